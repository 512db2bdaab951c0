"""Turns one record into text, or says why not. Runs inside the sandbox, where hostile pages do no harm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipelines.charset import to_utf8
from pipelines.extraction.engine import extractor
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.metadata import metadata
from pipelines.extraction.rights import Fields, page_rights
from pipelines.http import Fault, is_html, read_response
from pipelines.reason import Reason
from pipelines.stated import Detail, values

OK = 200


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one record: its text, or the reason why there is none; and what was learned on the way."""

    text: str | None = None
    reason: Reason | None = None
    detail: str = ""
    http_status: int | None = None
    mime: str | None = None
    charset: str | None = None
    #: what an HTML page says of itself, see `stated.values`
    stated: list[Any] | None = None

    def to_plain(self) -> dict[str, Any]:
        """Give the page as plain values, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Page":
        """Make a page of what came over a pipe: no object of the other side's choosing."""
        reason = plain.pop("reason")
        return cls(reason=Reason(reason) if reason else None, **plain)


def resiliparse(html: bytes) -> str:
    """Find the main text by resiliparse's rules: fast."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # only the engine that is used

    return extract_plain_text(html.decode(), main_content=True)


def trafilatura(html: bytes) -> str:
    """Find the main text by trafilatura as FineWeb sets it, without `deduplicate`: a text depends on its page alone."""
    from trafilatura import extract  # noqa: PLC0415  # it takes half a second

    text = extract(html.decode(), favor_precision=True, include_comments=False, deduplicate=False)
    return text or ""


def vitrine(html: bytes) -> str:
    """Find the main text by our own scanner and judge of blocks."""
    return extractor().extract(html)


#: a page's UTF-8 to its main text
ENGINES: dict[str, Callable[[bytes], str]] = {
    "resiliparse": resiliparse,
    "trafilatura": trafilatura,
    "vitrine": vitrine,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How pages are read: by which engine, of at most how many bytes, and how much of what they say of themselves."""

    engine: str
    max_bytes: int
    detail: Detail = "none"


def read_page(kind: str, content: bytes, url: str | None, how: Reading) -> Page:
    """Read the page that a record of this kind holds, which was fetched from `url` if that is known."""
    return read_html_page(content, url, how) if kind == "response" else read_text(content)


def read_text(content: bytes) -> Page:
    """Read a record that is text already: a WET conversion, a row."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Page(reason=Reason.UNDECODABLE, detail=f"expected UTF-8: {error.reason} at byte {error.start}")
    return finished(Page(text=text, mime="text/plain", charset="utf-8"))


def read_html_page(block: bytes, url: str | None, how: Reading) -> Page:
    """Read an HTTP response: undo its encodings, find its charset, its main text, and what it says of itself."""
    response = read_response(block, how.max_bytes)
    if isinstance(response, Fault):
        return Page(reason=response.reason, detail=response.detail)
    seen = Page(http_status=response.status, mime=response.content_type or None)
    if response.status != OK:
        return refused(seen, Reason.HTTP_STATUS, f"expected status 200, got {response.status}")
    if not response.body.strip():
        return refused(seen, Reason.EMPTY, "the body holds no bytes but space")
    if not is_html(response):
        return refused(seen, Reason.NOT_HTML, f"expected HTML, got {response.content_type or 'an unnamed type'}")
    decoded = to_utf8(response.body, response.charset)
    if isinstance(decoded, Fault):
        return refused(seen, decoded.reason, decoded.detail)
    html, charset = decoded
    text, stated = read_html(html, url, how, response.fields)
    return finished(Page(text, None, "", seen.http_status, seen.mime, charset, stated))


def read_html(html: bytes, url: str | None, how: Reading, fields: Fields = ()) -> tuple[str, list[Any] | None]:
    """Give the text, and what the page says of itself and of rights, as does its response in these fields.

    One scan serves all where the engine is ours.
    """
    if how.detail == "none":
        return ENGINES[how.engine](html), None
    if how.engine == "vitrine":
        text, page = extractor().read(html)
    else:
        text, page = ENGINES[how.engine](html), extractor().scanner.scan(html)
    evidence = Evidence(page, url)
    rights = page_rights(page, evidence, fields, url)
    return text, values(metadata(page, url, evidence), rights, how.detail)


def refused(page: Page, reason: Reason, detail: str) -> Page:
    """Keep what was learned of a page that cannot become a document."""
    return Page(None, reason, detail, page.http_status, page.mime, page.charset, page.stated)


def finished(page: Page) -> Page:
    """Give the text its last form: no space around it, no NUL, nothing that UTF-8 cannot carry."""
    text = (page.text or "").replace("\0", "").strip()
    # Half of a surrogate pair is not a character; `replace` keeps the rest of such a text.
    clean = text if text.isascii() else text.encode("utf-8", "replace").decode()
    if not clean:
        return refused(page, Reason.EMPTY, "no text was left of the page")
    return Page(clean, None, "", page.http_status, page.mime, page.charset, page.stated)
