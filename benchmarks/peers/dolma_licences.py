# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = ["dolma==1.2.1", "setuptools<81"]
# ///
# ruff: noqa: PLC0415  # --help answers where dolma is not installed
"""Dolma's taggers of Creative Commons licences over pages: what each says of every page, or how long they take.

Pages come as JSON lines, gzipped: `id`, `html` (already decoded). A tagger is asked as Dolma's reader of WARC files
asks it before it extracts text: an empty text, the markup in `metadata`. Each page is answered by a JSON line: `id`,
and by tagger the types of span with the score of each, best first.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

TAGGERS = ("cc_re", "cc_re_fast")
#: a page's markup to the scores of what is found, by type
Tag = Callable[[str], dict[str, float]]


def main() -> None:
    """Answer every page, or print a JSON object of processor seconds by tagger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="JSON lines, gzipped: id, html")
    parser.add_argument("--rounds", type=int, help="time so many rounds instead, and print the best of each tagger")
    asked = parser.parse_args()
    out = sys.stdout
    with redirect_stdout(sys.stderr), gzip.open(asked.pages, "rt", encoding="utf-8") as lines:
        taggers = {name: tagger(name) for name in TAGGERS}
        pages = [json.loads(line) for line in lines]
        if asked.rounds:
            json.dump(best(taggers, [page["html"] for page in pages], asked.rounds), out)
            return
        for page in pages:
            out.write(
                json.dumps({"id": page["id"], **{name: tag(page["html"]) for name, tag in taggers.items()}}) + "\n"
            )


def tagger(name: str) -> Tag:
    """Make a tagger that gives the best score of each type of span, the best type first."""
    from dolma.core.data_types import InputSpecWithMetadata
    from dolma.core.registry import TaggerRegistry

    import_module("dolma.taggers")  # they register themselves
    made = TaggerRegistry.get(name)()

    def tag(html: str) -> dict[str, float]:
        found = made.tag(InputSpecWithMetadata(id="", text="", metadata={"html": html}))
        scores = {kind: max(score for _, _, score in spans) for kind, spans in found.items()}
        return dict(sorted(scores.items(), key=lambda pair: -pair[1]))

    return tag


def best(taggers: dict[str, Tag], htmls: list[str], rounds: int) -> dict[str, float]:
    """Time taggers in turns over all pages; the best round of each."""
    seconds: dict[str, list[float]] = {name: [] for name in taggers}
    for _ in range(rounds):
        for name, tag in taggers.items():
            started = time.process_time()
            for html in htmls:
                tag(html)
            seconds[name].append(time.process_time() - started)
    return {name: min(found) for name, found in seconds.items()}


if __name__ == "__main__":
    main()
