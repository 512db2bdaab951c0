"""Measures how well near-duplicates are found: pairs of texts that share a band, ours beside others'.

    python -m benchmarks.dedup_truth FOLDER... [--rensa PYTHON] [--text-dedup PYTHON] [--similar 0.8] [--json]

A folder holds `docs.jsonl.zst` (`id`, `text`) and `pairs.jsonl.zst`: every pair of a certain Jaccard similarity or
more (`a`, `b`, `jaccard`), of sets of five words. Found pairs that are not among them are less similar. All take
shingles of five words; 14 bands of 8 values where nothing else is said. For each tenth of similarity the table says
how many of the pairs are found, beside what the S-curve expects; then the precision, the recall and their harmonic
mean F1 of found pairs, if those are meant that are at least so similar.

`verified` are those of the found pairs whose shingles, as the profile has them, are that similar.
"""

import argparse
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import zstandard

from benchmarks.dedup_peers import PeerError, add_peers, ask, interpreters
from pipelines.dedup.jaccard import jaccard, shingle_sets
from pipelines.dedup.lsh import chance
from pipelines.dedup.minhash import MinHash, band_hashes, signatures
from pipelines.dedup.profiles import PROFILES

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: similarities whose pairs all and nearly all should be found
SURE = (0.8, 0.9)
#: bands and rows of all peers
_BANDS, _ROWS = 14, 8


@dataclass(frozen=True)
class Truth:
    """Texts, and every pair of them that is at all similar."""

    texts: list[str]
    #: int64[k, 2], the lower number first
    pairs: Numbers
    jaccard: Floats

    def similarity(self, found: Numbers) -> Floats:
        """Give the similarity of pairs; 0 for those that are not among the similar ones."""
        known = self._numbers(self.pairs)
        order, wanted = np.argsort(known), self._numbers(found)
        if not len(known):
            return np.zeros(len(found))
        places = order[np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)]
        return np.where(known[places] == wanted, self.jaccard[places], 0.0)

    def _numbers(self, pairs: Numbers) -> Numbers:
        return pairs[:, 0] * len(self.texts) + pairs[:, 1]


@dataclass(frozen=True)
class Tenth:
    """Pairs of about one similarity."""

    low: float
    pairs: int
    found: int
    #: how many the S-curve expects
    expected: float


@dataclass(frozen=True)
class Score:
    """How well pairs were found."""

    name: str
    candidates: int
    tenths: list[Tenth]
    precision: float
    recall: float
    f1: float
    #: by similarity from which on pairs count: the share found, and the share that the S-curve expects
    sure: dict[float, tuple[float, float]]


def score(name: str, truth: Truth, found: Numbers, shape: tuple[int, int], similar: float) -> Score:
    """Compare found pairs, int64[m, 2], each once and the lower number first, with all that there are."""
    numbers, similarity = truth._numbers(found), truth.similarity(found)  # noqa: SLF001  # the same module
    is_found = np.isin(truth._numbers(truth.pairs), numbers)  # noqa: SLF001  # likewise
    expected = np.array([chance(one, *shape) for one in truth.jaccard])
    steps = np.minimum((truth.jaccard * 10 + 1e-9).astype(int), 9)
    tenths = [
        Tenth(step / 10, int(inside.sum()), int(is_found[inside].sum()), float(expected[inside].sum()))
        for step in np.unique(steps).tolist()
        for inside in [steps == step]
    ]
    hits = int((similarity >= similar).sum())
    precision, recall = _share(hits, len(found)), _share(hits, int((truth.jaccard >= similar).sum()))
    sure = {low: (_mean(is_found[truth.jaccard >= low]), _mean(expected[truth.jaccard >= low])) for low in SURE}
    f1 = _share(2 * precision * recall, precision + recall)
    return Score(name, len(found), tenths, precision, recall, f1, sure)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: npt.NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else 0.0


def pairs_of_bands(hashes: npt.NDArray[np.uint64]) -> Numbers:
    """Pair the rows that have the same hash in the same band, each pair once: int64[m, 2]."""
    count, numbers = len(hashes), [np.empty(0, np.int64)]
    for band in hashes.T:
        order = np.argsort(band, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(band[order])) + 1):
            one, other = np.triu_indices(len(group), 1)
            numbers.append(np.minimum(group[one], group[other]) * count + np.maximum(group[one], group[other]))
    every = np.unique(np.concatenate(numbers))
    return np.stack([every // max(count, 1), every % max(count, 1)], axis=1)


def rows(path: Path) -> list[dict[str, Any]]:
    """Read compressed lines of JSON."""
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        return [json.loads(line) for line in io.TextIOWrapper(stream, "utf-8")]


def read_truth(folder: Path) -> Truth:
    """Read documents and their pairs."""
    documents, pairs = rows(folder / "docs.jsonl.zst"), rows(folder / "pairs.jsonl.zst")
    at = {document["id"]: row for row, document in enumerate(documents)}
    ends = np.array([sorted((at[pair["a"]], at[pair["b"]])) for pair in pairs], np.int64).reshape(-1, 2)
    return Truth([d["text"] for d in documents], ends, np.array([pair["jaccard"] for pair in pairs]))


def ours(truth: Truth, similar: float) -> Iterator[Score]:
    """Find pairs with each profile, verified and not."""
    contents = [text.encode() for text in truth.texts]
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    data = np.frombuffer(b"".join(contents), np.uint8)
    for name in PROFILES:
        minhash = MinHash(profile=name)
        shape = minhash.resolved.bands, minhash.resolved.rows
        values, has = signatures(data, offsets, minhash)
        signed = np.flatnonzero(has)
        found = signed[pairs_of_bands(band_hashes(values[signed], minhash))]
        yield score(f"vitrine, {name} {shape[0]}x{shape[1]}", truth, found, shape, similar)
        real = jaccard(*shingle_sets(data, offsets, minhash), found)
        yield score(f"vitrine, {name}, verified", truth, found[real >= similar], shape, similar)


def theirs(truth: Truth, peers: dict[str, str], similar: float) -> Iterator[Score]:
    """Have peers find pairs."""
    for peer, python in peers.items():
        try:
            found = np.array(ask(peer, python, "pairs", truth.texts), np.int64).reshape(-1, 2)
        except PeerError as error:
            print(f"left out: {error}")
        else:
            yield score(peer, truth, found, (_BANDS, _ROWS), similar)


def show(scores: Iterable[Score], similar: float) -> None:
    """Print what was found of each tenth, in percent of its pairs, and how well that is."""
    for number, one in enumerate(scores):
        if not number:
            heads = "".join(f"{tenth.low:>11.1f}-" for tenth in one.tenths)
            print(f"{'':34}{heads}{'candidates':>12}{'precision':>11}{'recall':>8}{'F1':>8}  at {similar}")
            print(f"{'pairs':34}" + "".join(f"{tenth.pairs:>12,}" for tenth in one.tenths))
        cells = "".join(f"{f'{_part(t.found, t)} ({_part(t.expected, t)})':>12}" for t in one.tenths)
        print(
            f"{one.name:34}{cells}{one.candidates:>12,}{one.precision:>11.4f}{one.recall:>8.4f}{one.f1:>8.4f}", end=""
        )
        print("".join(f"  {low}+: {got:.4f} ({hoped:.4f})" for low, (got, hoped) in one.sure.items()))


def _part(count: float, tenth: Tenth) -> str:
    return f"{100 * count / tenth.pairs:.1f}"


def main() -> None:
    """Print a table for each folder, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--similar", type=float, default=0.8, help="the similarity from which on pairs are meant")
    parser.add_argument("--json", action="store_true")
    add_peers(parser)
    asked = parser.parse_args()
    found = {}
    for folder in asked.folders:
        truth = read_truth(folder)
        scores = [*ours(truth, asked.similar), *theirs(truth, interpreters(asked), asked.similar)]
        found[folder.name] = [asdict(one) for one in scores]
        if not asked.json:
            print(f"{folder.name}: {len(truth.texts):,} texts; percent found (and expected) by similarity")
            show(scores, asked.similar)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
