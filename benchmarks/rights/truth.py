"""Pages whose licence and wishes people have noted, and the pages themselves in WARC files."""

import io
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.rights.named import Named, of_identifier
from pipelines.charset import to_utf8
from pipelines.http import Fault, is_html, read_response

OK = 200
MAX_BYTES = 1 << 28
#: the scope of a licence that covers the page's main text
PAGE = "page"
#: where the people who noted it could not say of what a licence speaks
AMBIGUOUS = "ambiguous"
_SOURCE, _URL = "WARC-X-Source-Id", "WARC-Target-URI"
_HTML = "html:"

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one page."""

    #: SHA-256 of the page's bytes: where it is found
    html: str
    url: str
    #: of what the licence speaks that is shown, or what is shown instead
    scope: str
    #: None where the page has none
    licence: Named | None
    #: the syntaxes in which the page objects to training or mining
    reserved: tuple[str, ...]

    @property
    def has(self) -> bool:
        """Say whether the page has a licence."""
        return self.scope == PAGE


class Page(NamedTuple):
    """What a detector is given."""

    #: as the WARC file names it
    id: str
    url: str | None
    #: in UTF-8
    html: bytes
    #: of the response
    fields: Fields


def read_labels(path: Path) -> list[Label]:
    """Read the rows of a file of JSON lines, compressed by zstd, in its order."""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return [_label(json.loads(line)) for line in io.TextIOWrapper(stream, "utf-8")]


def _label(row: dict[str, Any]) -> Label:
    licence = row["page_licence"]
    # `tdm-policy` alone forbids nothing; it stands beside the reservation.
    reserved = tuple(name for name in row.get("reservation") or () if name in {"robots", "tdm-reservation"})
    named = _named(licence, row["licence_family"]) if licence else None
    return Label(row["html_sha256"], row["url"] or "", row["scope"], named, reserved)


def _named(licence: str, family: str) -> Named:
    """Read a licence as the truth writes it; the family is taken at the truth's word."""
    return of_identifier(licence)._replace(family=family) if licence != family else Named(family)


def read_pages(folder: Path, wanted: Container[str] | None = None) -> Iterator[Page]:
    """Read what the pipeline takes for a page from a folder's WARC files: all, or those with these SHA-256."""
    for path in sorted(folder.glob("*.warc.gz")):
        for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=False):
            name = (record.headers.get(_SOURCE) or "").removeprefix(_HTML)
            if wanted is None or name in wanted:
                page = _page(name, record.headers.get(_URL), record.reader.read())
                if page is not None:
                    yield page


def _page(name: str, url: str | None, block: bytes) -> Page | None:
    """Read a response as the pipeline does: status 200, HTML, not empty, decoded."""
    response = read_response(block, MAX_BYTES)
    if isinstance(response, Fault) or response.status != OK or not is_html(response) or not response.body.strip():
        return None
    decoded = to_utf8(response.body, response.charset)
    return None if isinstance(decoded, Fault) else Page(name, url, decoded[0], response.fields)
