"""Turns a page's bytes into text: what the page says about its charset counts for as long as its bytes agree."""

import re
from collections.abc import Iterator

import numpy as np
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from pipelines.extraction.kernels.utf8 import is_utf8
from pipelines.http import Fault
from pipelines.reason import Reason

#: WHATWG's prescan looks at so many bytes
_PRESCAN = 1024
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_META = re.compile(rb"""<meta[\s/][^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""", re.IGNORECASE)
_BOMS = (
    # UTF-32 is no charset of WHATWG's, but its mark is beyond doubt, and begins like that of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
#: WHATWG names that Python knows by another name, or whose WHATWG form is the wider table
_CODECS = {
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "macintosh": "mac_roman",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
}
#: resiliparse answers with Python's names
_NAMES = {
    "euc_jp": "euc-jp",
    "euc_kr": "euc-kr",
    "iso2022_jp": "iso-2022-jp",
    "iso8859-11": "windows-874",
    "mac-roman": "macintosh",
    "utf-16-be": "utf-16be",
    "utf-16-le": "utf-16le",
}
#: labels of WHATWG's, and names of uchardet's, that resiliparse's table lacks
_LABELS = {
    "cp949": "euc-kr",
    "mac-cyrillic": "x-mac-cyrillic",
    "utf-8": "utf-8",
    "x-mac-cyrillic": "x-mac-cyrillic",
    "x-mac-ukrainian": "x-mac-cyrillic",
}
#: where a guess of ISO's charset meets bytes that are control characters in it, it is Windows's
_WINDOWS = {
    "iso-8859-2": "windows-1250",
    "iso-8859-5": "windows-1251",
    "iso-8859-7": "windows-1253",
    "iso-8859-8": "windows-1255",
    "iso-8859-6": "windows-1256",
    "iso-8859-13": "windows-1257",
}
_CONTROLS = re.compile(rb"[\x80-\x9f]")
_HIGH = bytes(range(0x80, 0x100))
#: more than one hopeless character in so many, and the text is none
_HOPELESS = 10
#: a charset still fits if no more than one in so many of the bytes beyond ASCII is wrong
_NEARLY = 4


def decode(body: bytes, header_charset: str | None) -> tuple[str, str] | Fault:
    """Decode a page; give its text and the WHATWG name of the charset that was used.

    Sources, in order: a byte order mark, the HTTP header, `<meta>` or an XML declaration, strict UTF-8, then
    uchardet's guess. The first whose charset has no invalid bytes wins; then the first in which at most a quarter of
    the bytes beyond ASCII are invalid. windows-1252 (which servers name unasked, and which hardly any bytes
    contradict) loses to valid UTF-8. If nothing fits, the first source decodes with replacement characters.

    The page is UNDECODABLE if more than a tenth of its characters are then replacements or NUL.
    """
    if header_charset is not None and header_charset.lower() == "utf-8" and not body.startswith(b"\xef\xbb\xbf"):
        try:
            return _strict(body, "utf-8")
        except UnicodeDecodeError:
            pass
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _readable(body[len(mark) :].decode(name, "replace"), name)
    return _decode_as(body, _declared(body, header_charset))


def to_utf8(body: bytes, header_charset: str | None) -> tuple[bytes, str] | Fault:
    """Give what `decode` gives, but as UTF-8: for most pages their own bytes."""
    likely = _tried_first(body, header_charset) == "utf-8" and b"\0" not in body
    if likely and is_utf8(np.frombuffer(body, np.uint8), 0, len(body)):
        return body, "utf-8"
    decoded = decode(body, header_charset)
    return decoded if isinstance(decoded, Fault) else (decoded[0].encode("utf-8", "replace"), decoded[1])


def _tried_first(body: bytes, header_charset: str | None) -> str | None:
    """Name the charset that is tried first; None if a byte order mark settles it."""
    if any(body.startswith(mark) for mark, _ in _BOMS):
        return None
    if header_charset is not None and header_charset.lower() == "utf-8":
        return "utf-8"
    return next(_candidates(body, _declared(body, header_charset)))


def _declared(body: bytes, header_charset: str | None) -> list[str]:
    return [name for name in (_charset(header_charset), _prescan(body)) if name is not None]


def _decode_as(body: bytes, declared: list[str]) -> tuple[str, str] | Fault:
    """Decode with the first charset that fits."""
    for name in _candidates(body, declared):
        try:
            return _strict(body, name)
        except UnicodeDecodeError:
            continue
    high = len(body) - len(body.translate(None, _HIGH))
    for name in [*declared, "utf-8"]:
        text = body.decode(_CODECS.get(name, name), "replace")
        if text.count("\ufffd") * _NEARLY <= high:
            return _readable(text, name)
    detected = _detected(body)
    try:
        return _strict(body, detected)
    except UnicodeDecodeError:
        name = (declared or [detected])[0]
        return _readable(body.decode(_CODECS.get(name, name), "replace"), name)


def _detected(body: bytes) -> str:
    """Guess by content; windows-1252 if uchardet has no idea."""
    name = _charset(detect_encoding(body, html5_compatible=False)) or "windows-1252"
    return _WINDOWS.get(name, name) if _CONTROLS.search(body) else name


def _candidates(body: bytes, declared: list[str]) -> Iterator[str]:
    """Name the charsets to try strictly, but for the guess."""
    if declared[:1] == ["windows-1252"]:
        yield "utf-8"
    yield from declared
    # ISO-2022-JP is written in ASCII bytes, so that it would pass for UTF-8.
    if not declared and (b"\x1b$B" in body or b"\x1b$@" in body):
        yield "iso-2022-jp"
    yield "utf-8"


def _charset(label: str | None) -> str | None:
    """Look a label up in WHATWG's table; None for one that is not in it."""
    wanted = (label or "").strip().lower()
    if wanted in _LABELS:
        return _LABELS[wanted]
    codec: str | None = map_encoding_to_html5(wanted, fallback_utf8=False) if wanted else None
    if codec is None:
        return None
    name = _NAMES.get(codec, codec)
    return name.replace("cp125", "windows-125").replace("iso8859", "iso-8859")


def _prescan(body: bytes) -> str | None:
    """Find the charset that the page names within its first bytes."""
    head = _COMMENT.sub(b"", body[:_PRESCAN])
    match = _META.search(head) or _XML.match(head)
    name = _charset(match[1].decode("latin-1")) if match else None
    # Whoever can read the word in ASCII is not reading UTF-16.
    return "utf-8" if name is not None and name.startswith("utf-16") else name


def _strict(body: bytes, name: str) -> tuple[str, str] | Fault:
    """Decode without replacing anything; raises UnicodeDecodeError. Only NUL can then make the text hopeless."""
    text = body.decode(_CODECS.get(name, name))
    return (text, name) if b"\0" not in body else _readable(text, name)


def _readable(text: str, name: str) -> tuple[str, str] | Fault:
    """Give the text, unless it is hopeless."""
    hopeless = text.count("\ufffd") + text.count("\0")
    if hopeless * _HOPELESS <= len(text):
        return text, name
    detail = f"as {name}, {hopeless} of {len(text)} characters are invalid or NUL; the limit is one in {_HOPELESS}"
    return Fault(Reason.UNDECODABLE, detail)
