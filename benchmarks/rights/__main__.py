"""Measures how well the licences that pages state are found, against what people noted, and what that costs.

    python -m benchmarks.rights [--json F] [--errors] [--rounds N] [--dolma uv|none|PYTHON]

A yes is right where the licence covers the page's main text (scope `page`): one of a picture, a theme, a map or
something named on the page is none of its own. Pages whose scope nobody could tell are left out. Beside ours stand
Dolma's taggers `cc_re` and `cc_re_fast`, asked for their best span, and plain patterns; all see the same pages, decoded
as the pipeline does. Dolma runs in an environment of its own (`benchmarks/peers`, by uv or an interpreter that has
it: see --dolma); where it does not run, a line says why.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import Progress

from benchmarks.rights import outside, table
from benchmarks.rights.cost import Cost, cost
from benchmarks.rights.detectors import OURS, ask
from benchmarks.rights.errors import errors
from benchmarks.rights.ours import Told, answer
from benchmarks.rights.score import Answer, scored, summary
from benchmarks.rights.spellings import SPELLINGS, pages, reads
from benchmarks.rights.truth import Label, Page, read_labels, read_pages

SHARED = Path(__file__).parents[3] / "shared" / "data"
#: confidence below which a licence is taken for none, in rows of their own
LIMITS = (0.7, 0.9)
#: columns of a file that no terminal wraps
WIDE = 220


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print the tables, write the figures."""
    asked = _parser().parse_args(words)
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    figures = quality(asked, console) | spelled(asked, console) | speed(asked, console)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.rights",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--labels", type=Path, default=SHARED / "licence_truth.jsonl.zst", help="what people noted")
    parser.add_argument("--pages", type=Path, default=SHARED / "pages", help="folder of WARC files with these pages")
    parser.add_argument("--bulk", type=Path, default=SHARED / "bulk", help="folder of WARC files of a crawl, for cost")
    parser.add_argument("--rounds", type=int, default=5, help="rounds in which cost is measured; 0 for none")
    parser.add_argument("--dolma", default=outside.UV, help="uv, none, or an interpreter that has Dolma")
    parser.add_argument("--errors", action="store_true", help="tell where ours errs")
    parser.add_argument("--json", type=Path, help="where the figures go")
    return parser


def quality(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Score all detectors; nothing where the truth or its pages are not there."""
    if not (asked.labels.is_file() and asked.pages.is_dir()):
        print(f"detectors are not scored: {asked.labels} or {asked.pages} is not there")
        return {}
    known = {label.html: label for label in read_labels(asked.labels)}
    found = {page.id: page for page in read_pages(asked.pages, known)}
    labels = [label for html, label in known.items() if html in found]
    said = ask(found, asked.dolma)
    counts = _counts(labels, len(known))
    print(
        "{scored:,} pages, {licensed:,} with a licence, which are of {hosts:,} hosts; left out: {ambiguous:,} whose "
        "scope nobody could tell, {missing:,} that are not there".format(**counts)
    )
    _tell(said.left_out)
    summaries = {name: summary(labels, answers) for name, answers in said.answers.items()}
    sure = {f"{OURS}, {limit:g} or more": summary(labels, limited(said.ours, limit)) for limit in LIMITS}
    for shown in table.tables(summaries, sure) if labels else ():
        console.print(shown)
    if asked.errors:
        print(*errors(labels, said.ours), sep="\n")
    return {"pages": counts, "detectors": summaries | sure}


def _counts(labels: Sequence[Label], known: int) -> dict[str, int]:
    left = scored(labels)
    licensed = [label for label in left if label.has]
    return {
        "scored": len(left),
        "licensed": len(licensed),
        "hosts": len({urlsplit(label.url).hostname for label in licensed}),
        "ambiguous": len(labels) - len(left),
        "missing": known - len(labels),
    }


def limited(ours: Mapping[str, Told], limit: float) -> dict[str, Answer]:
    """Give our answers as if licences of less confidence were none."""
    return {html: answer(found, limit) for html, found in ours.items()}


def spelled(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Show which ways to state a licence each detector reads."""
    said = ask(pages(), asked.dolma)
    _tell(said.left_out)
    found = {
        name: {stated: reads(answers[stated].licence, licence) for stated, (_, licence) in SPELLINGS.items()}
        for name, answers in said.answers.items()
    }
    console.print(table.spellings(found))
    return {"spellings": found}


def speed(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Measure what rights cost; nothing where there is no crawl."""
    if not asked.rounds:
        return {}
    crawl = list(read_pages(asked.bulk)) if asked.bulk.is_dir() else []
    if not crawl:
        print(f"cost is not measured: no pages are in {asked.bulk}")
        return {}
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("cost", total=asked.rounds)
        found = cost(crawl, asked.rounds, lambda: progress.advance(task))
    peers = _peers(crawl, asked)
    console.print(table.costs(found, peers))
    print(shares(found))
    return {"cost": asdict(found) | {"peers": peers}}


def _peers(crawl: Sequence[Page], asked: argparse.Namespace) -> dict[str, float]:
    """Time Dolma's taggers; nothing where Dolma does not run."""
    try:
        return outside.seconds(((page.id, page.html.decode()) for page in crawl), asked.dolma, asked.rounds)
    except outside.PeerError as error:
        _tell(str(error))
        return {}


def shares(found: Cost) -> str:
    """Say in a sentence what the measured cost of rights is a share of."""
    return (
        f"rights are {found.of_resiliparse:.2%} of resiliparse's parse and main text, "
        f"{found.of_resiliparse_with_evidence:.2%} if evidence is charged to them alone, "
        f"and {found.of_ours:.2%} of our text, evidence and metadata"
    )


def _tell(left_out: str) -> None:
    if left_out:
        print(f"left out: {left_out}")


if __name__ == "__main__":
    main()
