"""Keeps the texts of slow extractors for another time, in a folder: one file of JSON lines for each."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.extraction.engines import Answer

#: pages, named by SHA-256, to their answers
Extract = Callable[[list[str]], Iterator[tuple[str, Answer]]]


def kept(path: Path, htmls: list[str], extract: Extract) -> Iterator[tuple[str, Answer]]:
    """Give what the file has, extract the rest, and add each answer to the file as soon as it comes."""
    found = dict(_read(path)) if path.exists() else {}
    yield from ((html, found[html]) for html in htmls if html in found)
    missing = [html for html in htmls if html not in found]
    if missing:
        with path.open("a", encoding="utf-8") as file:
            for html, answer in extract(missing):
                file.write(json.dumps([html, *answer]) + "\n")
                file.flush()
                yield html, answer


def _read(path: Path) -> Iterator[tuple[str, Answer]]:
    """Read whole lines; a run that was cut off may have left a part of one, and more behind it."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                html, *answer = json.loads(line)
            except ValueError:
                continue
            yield html, Answer(*answer)
