"""Measures the index of similar texts: its size, what building it costs, how long a question takes, what is found.

    python -m benchmarks.similar_index RELEASE [--texts 300] [--seed 1]

The index of the release's kept texts is built in a folder of its own, several times over, in one process. Then it is
asked for random texts of the release as they stand, and with some of their words replaced, which it should find with
the chance that it states: `said` is the mean of that chance over the pairs of a range of true similarities, `found`
the share of those pairs that was found. Times are warm; the peer is a comparison with all texts, which needs no index.
"""

import argparse
import json
import random
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup.jaccard import jaccard, shingle_sets
from pipelines.dedup.minhash import MinHash
from pipelines.passage_index.parts import texts_of
from pipelines.passage_index.winnow import bytes_of
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR, index_similar
from pipelines.store import Store
from provenance.similar import similar
from provenance.similar_index import SimilarIndex

BUILDS, SCANS = 5, 5
#: shares of words that are replaced
CHANGES = (0.01, 0.02, 0.04, 0.08)
#: words that a text must have, for changes to be small
FEWEST = 100
#: similarities that differ by less are those of one pair: answers are rounded
CLOSE = 1e-5


def main() -> None:
    """Build, ask, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for one in measured(given.release, given.texts, given.seed):
        print(json.dumps(one, indent=1 if "found" in one else None), flush=True)


def measured(release: Path, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield all that is measured, under its name, as it comes."""
    with TemporaryDirectory() as folder:
        shutil.copytree(release / "data", Path(folder) / "data")
        store = Store.at(folder)
        texts = pa.concat_arrays([array for name in store.list("data") for array in texts_of(store, name)])
        yield {"build": build(store, texts)}
        chance = random.Random(seed)  # noqa: S311  # the same texts each time
        plain = [text for text in texts.to_pylist() if len(text.split()) >= FEWEST]
        drawn = chance.sample(plain, min(count, len(plain)))
        with SimilarIndex(store) as index:
            yield {"query_ms": times(index, drawn), "scan_ms": scan(texts, drawn[:SCANS])}
            yield {"found": found(index, drawn, chance)}


def build(store: Store, texts: pa.Array) -> dict[str, Any]:
    """Build the index several times over; the first time loads the kernels and does not count."""
    core: list[float] = []
    for _ in range(BUILDS + 1):
        begun = time.process_time()
        index_similar(store, store.list("data"), BandScheme.by(MinHash()))
        core.append(time.process_time() - begun)
    size, index = pc.sum(pc.binary_length(texts)).as_py(), sum(store.size(name) for name in store.list(SIMILAR))
    return {
        "documents": len(texts),
        "text_mb": round(size / 1e6, 2),
        "index_bytes": index,
        "bytes_per_document": round(index / len(texts), 1),
        "ratio": round(index / size, 4),
        "mb_per_core_second": round(size / 1e6 / statistics.median(core[1:]), 1),
    }


def times(index: SimilarIndex, drawn: Sequence[str]) -> dict[str, float]:
    """Time questions, after all of them were asked once."""
    taken: list[float] = []
    for text in (*drawn, *drawn):
        begun = time.perf_counter()
        similar(index, text)
        taken.append((time.perf_counter() - begun) * 1000)
    ordered = sorted(taken[len(drawn) :])
    return {"median": round(statistics.median(ordered), 2), "p95": round(ordered[len(ordered) * 95 // 100], 2)}


def scan(texts: pa.Array, drawn: Sequence[str]) -> float:
    """Time a comparison of a text with all texts."""
    taken: list[float] = []
    for text in drawn:
        begun = time.perf_counter()
        everything = pa.concat_arrays([pa.array([text], texts.type), texts])
        pairs = np.column_stack((np.zeros(len(texts), np.int64), np.arange(1, len(everything))))
        jaccard(*shingle_sets(*bytes_of(everything), MinHash()), pairs)
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 2)


def found(index: SimilarIndex, drawn: Sequence[str], chance: random.Random) -> dict[str, dict[str, float]]:
    """Ask for changed texts, and count what is found in each range of similarities."""
    pairs: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for text in drawn:
        for share in CHANGES:
            other = changed(text, share, chance)
            everything = pa.array([text, other], pa.string())
            likeness = float(jaccard(*shingle_sets(*bytes_of(everything), MinHash()), np.array([[0, 1]]))[0])
            alike = [one.similarity for one in similar(index, other, 0.0, 1000).documents]
            was = any(abs(one - likeness) < CLOSE for one in alike)
            pairs[f"{int(likeness * 10) / 10}"].append((index.scheme.chance(likeness), was))
    return {
        name: {
            "pairs": len(ones),
            "said": round(statistics.fmean(said for said, _ in ones), 3),
            "found": round(statistics.fmean(was for _, was in ones), 3),
        }
        for name, ones in sorted(pairs.items())
    }


def changed(text: str, share: float, chance: random.Random) -> str:
    """Replace a share of the words."""
    words = text.split()
    for place in chance.sample(range(len(words)), max(1, round(share * len(words)))):
        words[place] = f"word{chance.randrange(10**9)}"
    return " ".join(words)


if __name__ == "__main__":
    main()
