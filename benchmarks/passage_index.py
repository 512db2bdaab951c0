"""Measures the passage index of a release: its size, what building it costs, and whether it finds what is there.

    python -m benchmarks.passage_index RELEASE [--passages 1000] [--seed 1] [--peers PYTHON]

The index of the release's kept texts is built in a folder of its own, several times over, in one process. Then it is
asked. Passages that are there: 15 to 60 words (or 45 to 180 characters of a text without spaces) cut from random
documents; half of them as they stand, half changed: case, white space, marks between words replaced or left out, marks
within words replaced, commas added. Each must be found whole, in its document, where it was cut. Nothing is promised of
as many more with all marks of ASCII left out, which makes one word of `state-of-the-art`, and of 8 to 14 words.
Passages that are not there: the first ones with their words in random order, of which no text has eight in a row, as a
scan of them all says. None may be found. Times are of traces of 76 words, warm.

All passages are taken for items of a benchmark, too, whose 13-grams are looked for in all texts.

With `--peers`, a Python with `tantivy` and `infini-gram` (and what that imports) searches the same texts for the same
passages: tantivy by a phrase query over lower-case words, infini-gram byte for byte.
"""

import argparse
import json
import platform
import random
import re
import shutil
import statistics
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.passage_index.build import KEPT, index_data
from pipelines.passage_index.kernels.parting import POINT
from pipelines.passage_index.parts import texts_of
from pipelines.passage_index.scheme import SCHEME
from pipelines.store import Store
from provenance.passages.answer import Trace
from provenance.passages.benchmark_items import Item
from provenance.passages.contamination import contamination
from provenance.passages.folded import Folded
from provenance.passages.index import PassageIndex
from provenance.passages.trace import trace

PEER = Path(__file__).parent / "peers" / "passage_search.py"
ENGINES = ("tantivy", "infini-gram")
BUILDS, TRIES, TRACE_WORDS, TRACES = 5, 5, 76, 1000
SHORTEST, FEWEST, MOST = 8, 15, 60
#: characters of a text without spaces for a word of others
CHARACTERS = 3
#: letters of a word beyond which a text is taken for one without spaces
LONG = 20
GAPS = (" ", "  ", "\n", "\t ", "\u00a0", "\r\n\r\n")
MARKS = ";:!?-/|"


@dataclass(frozen=True)
class Passage:
    """A passage, and where it was cut: None where it is in no document."""

    text: str
    document: int | None
    start: int = 0


def main() -> None:
    """Build, ask, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", metavar="PYTHON", help="a Python in which tantivy and infini-gram are installed")
    given = parser.parse_args()
    for one in measured(given.release, given.passages, given.seed, given.peers):
        print(json.dumps(one, indent=1 if "found" in one else None), flush=True)


def measured(release: Path, count: int, seed: int, peers: str | None) -> Iterator[dict[str, Any]]:
    """Yield all that is measured, under its name, as it comes."""
    with TemporaryDirectory() as folder:
        store = Store.at(copied(release, Path(folder)))
        names = store.list("data")
        texts = [text for name in names for array in texts_of(store, name) for text in array.to_pylist()]
        yield {"machine": platform.processor() or platform.machine(), "python": platform.python_version()}
        yield {"build": build(store, names)}
        one, other = random.Random(seed), random.Random(seed)  # noqa: S311  # drawn anew for each part
        drawn = passages(texts, count, one)
        drawn["not there"] = absent(store, names, drawn, one)
        with PassageIndex(store) as index:
            yield {"found": {kind: check(index, ones, texts) for kind, ones in drawn.items()}}
            yield {"trace_ms": times(index, texts, other)}
        yield {"contamination": contaminated(store, names, drawn)}
        for engine in ENGINES if peers else ():
            yield {engine: peer(str(peers), engine, texts, drawn, Path(folder))}


def copied(release: Path, folder: Path) -> Path:
    """Copy what the index is made of, so that the release stays as it is."""
    shutil.copytree(release / "data", folder / "data")
    shutil.copytree(release / "ledger", folder / "ledger")
    shutil.copy(release / "release.json", folder)
    return folder


def build(store: Store, names: list[str]) -> dict[str, Any]:
    """Build the index several times over; the first time compiles or loads the kernels and does not count."""
    size = sum(pc.sum(pc.binary_length(array)).as_py() or 0 for name in names for array in texts_of(store, name))
    reading, clock, core = [], [], []
    for _ in range(BUILDS + 1):
        begun = time.process_time()
        for name in names:
            for _ in texts_of(store, name):
                pass
        reading.append(time.process_time() - begun)
        begun = time.perf_counter(), time.process_time()
        built = index_data(store, names)
        clock.append(time.perf_counter() - begun[0])
        core.append(time.process_time() - begun[1])
    index = sum(store.size(name) for name in store.list(KEPT))
    seconds, read = statistics.median(core[1:]), statistics.median(reading[1:])
    return {
        "text_mb": round(size / 1e6, 2),
        "documents": built.documents,
        "postings": built.postings,
        "index_bytes": index,
        "ratio": round(index / size, 4),
        "mb_per_core_second": round(size / 1e6 / seconds, 1),
        "mb_per_core_second_without_reading": round(size / 1e6 / (seconds - read), 1),
        "mb_per_second_by_the_clock": round(size / 1e6 / statistics.median(clock[1:]), 1),
    }


def passages(texts: list[str], count: int, chance: random.Random) -> dict[str, list[Passage]]:
    """Draw passages of each kind."""
    cuts = [cut(texts, chance.randint(FEWEST, MOST), chance) for _ in range(count)]
    short = [cut(texts, chance.randint(SHORTEST, FEWEST - 1), chance) for _ in range(count)]
    half = count // 2
    without = str.maketrans("", "", string.punctuation)
    return {
        "as they stand": cuts[:half],
        "changed": [Passage(changed(one.text, chance), one.document, one.start) for one in cuts[half:]],
        "all marks left out": [Passage(one.text.translate(without), one.document, one.start) for one in cuts],
        f"of {SHORTEST} to {FEWEST - 1} words": short,
    }


def absent(store: Store, names: list[str], drawn: dict[str, list[Passage]], chance: random.Random) -> list[Passage]:
    """Shuffle passages until no text has eight words in a row of any."""
    found: list[Passage] = []
    left = [*drawn["as they stand"], *drawn["changed"]]
    for _ in range(TRIES):
        items = [Item(1, shuffled(one.text, chance), ("text",)) for one in left]
        measured = contamination(store, names, items, SHORTEST, 0).items
        found += [Passage(item.text, None) for item, one in zip(items, measured, strict=True) if not one.found]
        left = [one for one, of_one in zip(left, measured, strict=True) if of_one.found]
    return found


def cut(texts: list[str], words: int, chance: random.Random) -> Passage:
    """Cut so many words out of a random document that has as many."""
    while True:
        document = chance.randrange(len(texts))
        text = texts[document]
        parts = [(part.start(), part.end()) for part in re.finditer(r"\S+", text)]
        if not parts:
            continue
        if len(text) / len(parts) > LONG:
            parts = [(at, at + 1) for at, one in enumerate(text) if not one.isspace()]
            wanted = words * CHARACTERS
        else:
            wanted = words
        if len(parts) < wanted:
            continue
        first = chance.randrange(len(parts) - wanted + 1)
        start, end = parts[first][0], parts[first + wanted - 1][1]
        spelt = text[start:end]
        if len(re.findall(r"\w*[^\W_]\w*", spelt)) >= min(FEWEST, words) or wanted > MOST:
            return Passage(spelt, document, start)


def changed(text: str, chance: random.Random) -> str:
    """Change case, white space and punctuation."""
    case = chance.choice((str.upper, str.lower, str.swapcase, str.title))
    words: list[str] = []
    for word in text.split():
        bare = word.strip(string.punctuation) or word
        inner = re.sub(r"[!-/:-@\[-`{-~]", lambda _: chance.choice(MARKS), bare)
        edge = chance.choice(("", "", "", ",", ' "', "..."))
        words.append(inner + edge)
    return "".join(case(word) + chance.choice(GAPS) for word in words)


def shuffled(text: str, chance: random.Random) -> str:
    """Put the words in random order, as the index has them, or the characters of a text without spaces."""
    folded = Folded.of(text, SCHEME)
    points = folded.points & POINT
    words = ["".join(map(chr, word)) for word in np.split(points, folded.firsts[1:])]
    chance.shuffle(words)
    return " ".join(words)


def check(index: PassageIndex, ones: list[Passage], texts: list[str]) -> dict[str, Any]:
    """Count what is found as it should be; name a few of the others."""
    right, wrong = 0, list[str]()
    parts = 0
    for one in ones:
        found = trace(index, one.text)
        good = not found.spans if one.document is None else whole(index, found, one, texts)
        parts += bool(found.spans)
        right += good
        if not good:
            wrong.append(one.text)
    return {"passages": len(ones), "right": right, "found at all": parts, "wrong": wrong[:3]}


def whole(index: PassageIndex, found: Trace, one: Passage, texts: list[str]) -> bool:
    """Say whether the whole passage is found in its document, where it was cut."""
    asked = letters(index, one.text)
    for span in found.spans:
        if letters(index, one.text[span.start : span.end]) != asked:
            continue
        for source in span.sources:
            text = texts[
                index.kept.documents.firsts[index.kept.documents.files.index(source.data_file)] + source.data_row
            ]
            same = text == texts[one.document or 0]
            there = source.places > 1 or one.start <= source.start <= source.end <= one.start + len(one.text) * 2
            if same and there and letters(index, text[source.start : source.end]) == asked:
                return True
    return False


def letters(index: PassageIndex, text: str) -> list[int]:
    """Give the folded letters of a text."""
    return (Folded.of(text, index.scheme).points & POINT).tolist()


def times(index: PassageIndex, texts: list[str], chance: random.Random) -> dict[str, float]:
    """Time traces of 76 words, after as many others."""
    taken: list[float] = []
    for _ in range(2 * TRACES):
        passage = cut(texts, TRACE_WORDS, chance)
        begun = time.perf_counter()
        trace(index, passage.text)
        taken.append((time.perf_counter() - begun) * 1000)
    ordered = sorted(taken[TRACES:])
    return {"median": round(statistics.median(ordered), 2), "p95": round(ordered[TRACES * 95 // 100], 2)}


def contaminated(store: Store, names: list[str], drawn: dict[str, list[Passage]]) -> dict[str, Any]:
    """Take the passages for items of a benchmark: all n-grams of those that are there are, and none of the others."""
    kinds = [kind for kind, ones in drawn.items() for _ in ones]
    items = [Item(number, one.text, ("text",)) for number, one in enumerate(chain(*drawn.values()), 1)]
    seconds: list[float] = []
    for some in (items[:1], items[:1], items):
        begun = time.process_time()
        found = contamination(store, names, some)
        seconds.append(time.process_time() - begun)
    shares = {kind: [one.share for one, own in zip(found.items, kinds, strict=True) if own == kind] for kind in drawn}
    means = {kind: round(statistics.fmean(share or 0 for share in ones), 4) for kind, ones in shares.items()}
    size = sum(pc.sum(pc.binary_length(array)).as_py() or 0 for name in names for array in texts_of(store, name))
    speed = {
        "mb_per_core_second of one item": round(size / 1e6 / seconds[1], 1),
        "seconds of all": round(seconds[2], 2),
    }
    return {"items": len(items), "mean share": means, **speed}


def peer(python: str, engine: str, texts: list[str], drawn: dict[str, list[Passage]], folder: Path) -> dict[str, Any]:
    """Let another engine search the same texts for the same passages."""
    corpus, asked = folder / "corpus.parquet", folder / "passages.json"
    pq.write_table(pa.table({"text": texts}), corpus)
    asked.write_text(json.dumps({kind: [[one.text, one.document] for one in ones] for kind, ones in drawn.items()}))
    command = [python, str(PEER), engine, str(corpus), str(asked)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        return {"failed": ran.stderr.strip().splitlines()[-1:]}
    return json.loads(ran.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
