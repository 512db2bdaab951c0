"""Measures how well main text is extracted from HTML, against texts that people marked, and how fast.

    python -m benchmarks.extraction [--json F] [--engines a,b] [--cache DIR] [--pages FILE] [--sample N] [--fold K]

Words (as `words.py` defines them) are compared as multisets, page by page; means are over pages. A text put together by
an algorithm (readability's) counts in no headline figure. "Seen" are sources that an extractor may have been made
with (WCXB, Scrapinghub, Fundus, trafilatura), "unseen" all others. Snippets are counted apart.

Engines are named, or given as module:function, which takes bytes and a charset or None, and returns a text;
module:function@folds is called with a fold's number and returns such an engine, made without that fold's pages. Peers
run in environments of their own (`benchmarks/peers`, by uv). Their texts, and trafilatura's, are kept in the cache.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from benchmarks.extraction import speed, table
from benchmarks.extraction.engines import ENGINES
from benchmarks.extraction.folds import folds
from benchmarks.extraction.measure import Result, answers, measure
from benchmarks.extraction.outside import PEERS, PeerError
from benchmarks.extraction.truth import Bodies, Page, read_truth

SHARED = Path(__file__).parents[3] / "shared" / "data"


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print the tables, write the figures."""
    asked = _parser().parse_args(words)
    if not asked.pages.is_file() or not (asked.pages.parent / "pages").is_dir():
        print(f"nothing measured: {asked.pages}, or the folder `pages` beside it, is not there")
        return
    console = Console(width=None if sys.stdout.isatty() else 200)
    with tempfile.TemporaryDirectory() as temporary:
        cache = asked.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        pages = read_truth(asked.pages)
        fold = folds(pages)
        results = quality(asked, chosen(asked, pages, fold), fold, cache)
    summaries = {name: table.summary(found) for name, found in results.items() if found}
    for shown in table.tables(summaries) if summaries else ():
        console.print(shown)
    figures = {"engines": summaries, "speed": speeds(asked, console)}
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))
    if asked.details:
        asked.details.write_text("".join(details(results)), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.extraction",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    every = [*ENGINES, *PEERS]
    parser.add_argument("--engines", default=",".join(every), help="by default %(default)s")
    parser.add_argument("--pages", type=Path, default=SHARED / "extract_truth.jsonl.zst", help="the truth")
    parser.add_argument("--cache", type=Path, help="folder for texts of slow extractors; by default a temporary one")
    parser.add_argument("--sample", type=int, help="measure so many pages, chosen by hash")
    parser.add_argument("--fold", type=int, help="measure the pages of one of the five folds")
    parser.add_argument("--speed-pages", type=int, default=2000, help="pages to measure speed on; 0 for none")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--details", type=Path, help="where each page's figures go, as JSON lines")
    return parser


def chosen(asked: argparse.Namespace, pages: list[Page], fold: dict[str, int]) -> list[Page]:
    """Choose the pages that were asked for."""
    if asked.fold is not None:
        pages = [page for page in pages if fold[page.id] == asked.fold]
    if asked.sample is not None:
        pages = sorted(pages, key=lambda page: hashlib.sha256(page.html.encode()).digest())[: asked.sample]
    return pages


def quality(asked: argparse.Namespace, pages: list[Page], fold: dict[str, int], cache: Path) -> dict[str, list[Result]]:
    """Measure each engine on the pages; a peer that does not run is left out with a word why."""
    bodies = Bodies(asked.pages.parent / "pages")
    found: dict[str, list[Result]] = {}
    with Progress(console=Console(stderr=True)) as progress:
        for name in asked.engines.split(","):
            task = progress.add_task(name, total=len({page.html for page in pages}))
            try:
                told = answers(name, pages, bodies, fold, cache)
                found[name] = measure(pages, told, lambda task=task: progress.advance(task))
            except (PeerError, FileNotFoundError) as error:
                print(f"left out: {error}", file=sys.stderr)
    return found


def speeds(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Measure how fast the engines are that run in this process."""
    crawl = asked.pages.parent / "bulk"
    names = [name for name in asked.engines.split(",") if speed.is_measurable(name)]
    if not (asked.speed_pages and names and crawl.is_dir()):
        return {}
    bodies = speed.crawl(crawl, asked.speed_pages)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("speed", total=speed.ROUNDS * (len(names) + len(speed.PARTS)))
        found = speed.speed(names, bodies, lambda: progress.advance(task))
    console.print(table.speeds(found, len(bodies)))
    return found


def details(results: dict[str, list[Result]]) -> list[str]:
    """Write one line for each page and engine."""
    return [
        json.dumps(
            {
                "engine": name,
                "id": result.page.id,
                "language": result.page.language,
                **(result.words._asdict() if result.words else {}),
                **result.snippets._asdict(),
                "error": result.error,
            }
        )
        + "\n"
        for name, found in results.items()
        for result in found
    ]


if __name__ == "__main__":
    main()
