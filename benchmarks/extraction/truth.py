"""Pages with what a human says is their main text: rows of JSON lines, and the pages themselves in WARC files."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import fasttext
import zstandard
from isal import igzip

from benchmarks.language import packaged_model
from pipelines.http import Fault, Response, read_response

#: sources that an extractor may have been made with, and those that none of ours has seen
SEEN = frozenset({"wcxb", "scrapinghub", "fundus", "trafilatura"})
#: an algorithm's own output, not a human's
NO_TRUTH = frozenset({"readability"})
MAX_BYTES = 1 << 28
#: annotators of CleanEval noted the address above the text
_ADDRESS = re.compile(r"\ufeff?URL:\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """One page's truth."""

    id: str
    source: str
    url: str
    #: "" where it is not known
    host: str
    #: SHA-256 of the page's bytes: where they are found
    html: str
    #: pages that tell the same have the same
    cluster: str
    #: main text; None where only snippets are known
    truth: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    #: ISO 639 as the source labels it or, where it does not, as lid.176 finds; "" if nothing is known
    language: str
    page_type: str

    @property
    def headline(self) -> bool:
        """Say whether its words count in headline figures."""
        return self.truth is not None and self.source not in NO_TRUTH


class Body(NamedTuple):
    """What an engine is given."""

    raw: bytes
    #: as the Content-Type header names it
    charset: str | None


def read_truth(path: Path) -> list[Page]:
    """Read the usable rows of a file, in its order."""
    with (
        zstandard.open(path, "rt", encoding="utf-8") if path.suffix == ".zst" else path.open(encoding="utf-8") as lines
    ):
        rows = [row for row in map(json.loads, lines) if row["usable"]]
    labels = iter(_languages([_sample(row) for row in rows]))
    return [_page(row, next(labels)) for row in rows]


def _page(row: dict[str, Any], label: str) -> Page:
    """Make a page of a row."""
    truth = row["truth"]
    return Page(
        id=row["id"],
        source=row["source"],
        url=row["url"] or "",
        host=row["host"] or "",
        html=row["html_sha256"],
        cluster=row["cluster"],
        truth=_ADDRESS.sub("", truth, count=1) if truth and _ADDRESS.match(truth) else truth,
        wanted=tuple(row.get("with") or ()),
        unwanted=tuple(row.get("without") or ()),
        language=_CODES.get(row.get("lang") or "", row.get("lang") or label),
        page_type=row.get("page_type") or "",
    )


#: lid.176 has ISO 639-1 for the languages that sources label by ISO 639-3
_CODES = {"eng": "en", "rus": "ru", "zho": "zh", "ell": "el", "pol": "pl", "hrv": "hr", "deu": "de"}


def _sample(row: dict[str, Any]) -> str:
    text = row["truth"] or " ".join(row.get("with") or ())
    return " ".join(text.split())[:2000]


def _languages(texts: list[str]) -> list[str]:
    """Identify the language of each text; "" for an empty one."""
    model = fasttext.load_model(str(packaged_model()))
    return ["".join(model.predict(text)[0]).removeprefix("__label__") if text else "" for text in texts]


class Bodies:
    """Finds the bytes of pages in the WARC files of a folder, by the indices that lie beside them."""

    def __init__(self, folder: Path) -> None:
        self.places = {row["id"].removeprefix("html:"): row for row in _indexed(folder)}
        self.folder = folder

    def read(self, html: str) -> Body:
        """Read the page with this SHA-256; a KeyError or ValueError if it is not there."""
        place = self.places[html]
        with (self.folder / place["file"]).open("rb") as file:
            file.seek(place["offset"])
            record = igzip.decompress(file.read(place["length"]))
        response = read_response(record.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n"), MAX_BYTES)
        return _checked(response, html)


def _indexed(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.index.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _checked(response: Response | Fault, html: str) -> Body:
    """Take the body, if it is the one that was meant."""
    if isinstance(response, Fault):
        raise ValueError(f"expected a page, came {response.reason}: {response.detail}")  # noqa: TRY004  # data
    found = hashlib.sha256(response.body).hexdigest()
    if found != html:
        raise ValueError(f"expected the page with SHA-256 {html}, came {found}")
    return Body(response.body, response.charset)
