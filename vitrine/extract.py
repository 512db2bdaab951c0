"""`vitrine extract`: the text of one page, by any engine, and what the judge of blocks thought of each of them."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.charset import to_utf8
from pipelines.extract import ENGINES, finished
from pipelines.extract import Page as Extracted
from pipelines.extraction.engine import Extractor, Options, extractor
from pipelines.extraction.explain import explain
from pipelines.extraction.metadata import metadata
from pipelines.http import Fault, read_response
from pipelines.mistakes import UsageError
from vitrine.captured import captured

#: characters of a block that the table shows
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Captured:
    """A page that a release has read: its address or id, and where the release and its files lie."""

    wanted: str
    release: str
    inputs: list[str]


def extract_page(place: str | Captured, engine: str, options: Options, *, explained: bool, as_json: bool) -> None:
    """Print the text of a page, its blocks, or both with its metadata as JSON.

    Raises OSError if there is no such file, ValueError if its bytes are no text, UsageError for an unknown engine, for
    options that only the engine `vitrine` has, and for a page that no release has read.
    """
    _check(engine, options, explained=explained)
    html = _read(place) if isinstance(place, str) else _read_captured(place)
    if as_json:
        sys.stdout.write(json.dumps(_plain(html, engine, options, explained=explained), ensure_ascii=False) + "\n")
    elif explained:
        _show(explain(extractor(), html, options))
    else:
        sys.stdout.write(_text(html, engine, options) + "\n")


def _check(engine: str, options: Options, *, explained: bool) -> None:
    if engine not in ENGINES:
        raise UsageError(f"--engine: expected one of {', '.join(ENGINES)}, got {engine!r}")
    if engine != "vitrine" and (explained or options != Options()):
        raise UsageError(f"--explain and the choice of what is taken need --engine vitrine, got {engine!r}")


def _read(place: str) -> bytes:
    """Read a page, as UTF-8."""
    body = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
    html = to_utf8(body, None)
    if isinstance(html, Fault):
        raise ValueError(f"{place}: {html.detail}")  # noqa: TRY004  # it is about what the file holds
    return html[0]


def _read_captured(page: Captured) -> bytes:
    """Read a page from the crawl, as UTF-8."""
    response = read_response(captured(page.release, page.wanted, page.inputs).content, 1 << 30)
    html = response if isinstance(response, Fault) else to_utf8(response.body, response.charset)
    if isinstance(html, Fault):
        raise ValueError(f"{page.wanted}: {html.detail}")  # noqa: TRY004  # it is about what the record holds
    return html[0]


def _text(html: bytes, engine: str, options: Options) -> str:
    """Give the text as a release would have it."""
    found = extractor().extract(html, options) if engine == "vitrine" else ENGINES[engine](html)
    return finished(Extracted(found)).text or ""


def _plain(html: bytes, engine: str, options: Options, *, explained: bool) -> dict[str, Any]:
    mine: Extractor = extractor()
    plain: dict[str, Any] = {"engine": engine, "text": _text(html, engine, options)}
    plain["metadata"] = asdict(metadata(mine.scanner.scan(html), None))
    if engine == "vitrine":
        plain["model"] = mine.model.digest
    if explained:
        plain["blocks"] = explain(mine, html, options)
    return plain


def _show(blocks: list[dict[str, Any]]) -> None:
    table = Table("", "score", "words", "links", "hints", "where", "text", title="blocks of the page, in order")
    for block in blocks:
        table.add_row(
            "kept" if block["kept"] else "",
            f"{block['score']:+.2f}",
            str(block["words"]),
            f"{block['link_share']:.0%}",
            f"{block['lowest_hint']:+d} {block['highest_hint']:+d}",
            Text(block["path"], overflow="ellipsis", no_wrap=True),
            # What a page says is no markup for the terminal.
            Text(" ".join(block["text"].split())[:SHOWN]),
            style=None if block["kept"] else "dim",
        )
    Console(width=160 if not sys.stdout.isatty() else None).print(table)
