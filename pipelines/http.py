"""Reads the HTTP response that a record holds: its head, and its body with every encoding undone."""

import re
from dataclasses import dataclass

from pipelines.http_encoding import Fault, unchunk, undo
from pipelines.reason import Reason

__all__ = ["Fault", "Response", "is_html", "read_response"]

_HEAD_END = re.compile(rb"\n\r{0,2}\n")
#: no server sends more, and a block without a blank line must not be searched to its end
_MAX_HEAD = 1 << 20
_STATUS = re.compile(rb"HTTP/\d{1,2}(?:\.\d{1,2})?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_FIELD = re.compile(rb"[!#-'*+.^_`|~0-9A-Za-z-]+[ \t]*:")
_FOLD = re.compile(r"\r*\n[ \t]+")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)
_CONTINUE = 100

#: the tags by which WHATWG's MIME sniffing knows a page (section 7.1), each followed by a blank or ">"
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*(?:<!--|<\?xml\b[^>]*>\s*<(?:!doctype\s+)?html\b|"
    rb"<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\t\n\x0c\r >])",
    re.IGNORECASE,
)
_SNIFF = 512
_HTML_TYPES = ("text/html", "application/xhtml+xml")
#: empty lines before the status line are forgiven within so many bytes
_LEAD = 64
_BLANK = (b" ", b"\t")
_GZIP = b"\x1f\x8b\x08"


#: name in lower case and value, in the order in which they came
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response with its body as the page's author wrote it."""

    status: int
    fields: Fields
    #: MIME type in lower case without its parameters, or ""
    content_type: str
    #: as the Content-Type header names it
    charset: str | None
    body: bytes

    def header(self, name: str) -> str | None:
        """Look up the first header of this name, in whatever case it was written."""
        return _first(self.fields, name.lower())


def read_response(block: bytes, max_bytes: int) -> Response | Fault:
    """Read the block of a `response` record; its body, decoded, may have `max_bytes`.

    A body that is not in the encoding which its head names is taken as it is, where it is plainly text or markup:
    archives strip encodings and keep the head. A gzip body that the head does not mention is undone all the same for
    text types. BAD_HTTP: no status line, no end of the head, or bytes that are in no encoding; TRUNCATED: a chunk or a
    compressed body that ends too soon; TOO_LARGE: more than `max_bytes`.
    """
    begin = len(block[:_LEAD]) - len(block[:_LEAD].lstrip(b"\r\n"))
    while True:
        status = _STATUS.match(block, begin)
        if status is None:
            return Fault(Reason.BAD_HTTP, f"expected a line like HTTP/1.1 200 OK, came {block[begin : begin + 24]!r}")
        end = _HEAD_END.search(block, begin, begin + _MAX_HEAD)
        if int(status[1]) != _CONTINUE or end is None or not _STATUS.match(block, end.end()):
            break
        begin = end.end()
    if end is None and not _is_head(block[begin:]):
        return Fault(Reason.BAD_HTTP, "expected a blank line after the head of the HTTP response")
    fields = _fields(block[begin : end.start() if end else len(block)])
    return _response(int(status[1]), fields, block[end.end() :] if end else b"", max_bytes)


def is_html(response: Response) -> bool:
    """Say whether the response is a page: by its type or, where it names none, by how it begins."""
    if response.content_type:
        return response.content_type in _HTML_TYPES
    return _HTML.match(response.body[:_SNIFF]) is not None


def _response(status: int, fields: Fields, body: bytes, max_bytes: int) -> Response | Fault:
    """Undo the encodings of the body, last first."""
    kind = _first(fields, "content-type") or ""
    mime = kind.partition(";")[0].partition(",")[0].strip().lower()
    charset = _CHARSET.search(kind)
    undone = unchunk(body) if "chunked" in _listed(fields, "transfer-encoding") else body
    for encoding in reversed(_listed(fields, "content-encoding")):
        if isinstance(undone, bytes):
            undone = undo(encoding, undone, max_bytes)
    if isinstance(undone, bytes) and undone.startswith(_GZIP) and _is_text(mime):
        undone = undo("gzip", undone, max_bytes)
    if isinstance(undone, Fault):
        return undone
    if len(undone) > max_bytes:
        return Fault(Reason.TOO_LARGE, f"a body of {len(undone)} bytes; the limit is {max_bytes}")
    return Response(status, fields, mime, charset[1] if charset else None, undone)


def _fields(head: bytes) -> Fields:
    """Read named fields; folded lines are joined, lines that name nothing are passed over."""
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    parts = (line.partition(":") for line in text.split("\n")[1:])
    return tuple((name.strip().lower(), value.strip()) for name, colon, value in parts if colon)


def _is_head(block: bytes) -> bool:
    """Say whether a block without a blank line is all head."""
    lines = block[:_MAX_HEAD].rstrip(b"\r\n").split(b"\n")[1:]
    return len(block) <= _MAX_HEAD and all(_FIELD.match(line) or line[:1] in _BLANK for line in lines)


def _is_text(mime: str) -> bool:
    return not mime or mime in _HTML_TYPES or mime.startswith("text/")


def _first(fields: Fields, name: str) -> str | None:
    return next((value for key, value in fields if key == name), None)


def _listed(fields: Fields, name: str) -> list[str]:
    """Read the comma-separated words of all fields of this name."""
    words = (word.strip().lower() for key, value in fields if key == name for word in value.split(","))
    return [word for word in words if word]
