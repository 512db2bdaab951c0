"""What a text and one document share: the maximal runs of tokens about the fingerprints that both have."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.passages.folded import Folded
from provenance.passages.kernels.growth import grow

Numbers = npt.NDArray[np.int64]

#: pairs of places with equal fingerprints that are looked at in one document
_MOST_PAIRS = 1 << 16
#: letters that are compared for one document, beside as many as it has
_MOST_STEPS = 1 << 22


@dataclass(frozen=True, slots=True)
class Asked:
    """The text that is asked about, and those of its fingerprints that are looked up."""

    text: Folded
    #: distinct hashes, ascending
    hashes: Numbers
    #: of all shingles that are looked up, as they stand: hash, first letter, and the letter after the last
    every: Numbers
    letters: Numbers
    stops: Numbers
    #: their order by hash
    order: Numbers

    @classmethod
    def of(cls, text: Folded, tokens: Numbers) -> "Asked":
        """Look up the shingles that begin with these tokens."""
        hashes = text.hashes[tokens]
        before = np.concatenate(([0], np.cumsum(text.units)))
        stops = np.searchsorted(before, before[tokens] + text.scheme.shingle)
        letters = np.append(text.firsts, len(text.points)).astype(np.int64)
        order = np.argsort(hashes, kind="stable")
        return cls(text, np.unique(hashes), hashes, letters[tokens], letters[stops], order)

    def around(self, hashes: Numbers) -> tuple[int, int]:
        """Give the characters from the first to the last of some of the fingerprints."""
        found = np.isin(self.every, hashes)
        first, last = self.text.spans(self.letters[found].min(keepdims=True), self.stops[found].max(keepdims=True))
        return self.text.characters(int(first[0]), int(last[0]))


def matches(asked: Asked, document: Folded, most: int = _MOST_PAIRS) -> tuple[Numbers, int]:
    """Find what is shared: int64[n, 4], first letter and stop in the text, then first byte and end in the document.

    At most `most` runs are found. Also says how many pairs of equal fingerprints were not looked at.
    """
    hashes = document.hashes[document.chosen]
    low, high = (np.searchsorted(asked.every, hashes, side, asked.order) for side in ("left", "right"))
    counts = high - low
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    kept = min(total, _MOST_PAIRS, most)
    places = np.repeat(np.arange(len(hashes)), counts)[:kept]
    seeds = asked.letters[asked.order[low[places] + np.arange(kept) - (ends - counts)[places]]]
    others = document.firsts[document.chosen[places]].astype(np.int64)
    order = np.lexsort((seeds, others - seeds))
    found = np.empty((kept, 4), np.int64)
    steps = _MOST_STEPS + len(document.points)
    given = seeds[order], others[order]
    count, left = grow(asked.text.points, document.points, given, asked.text.scheme.shingle, steps, found)
    found = found[:count].copy()
    found[:, 2], found[:, 3] = document.spans(found[:, 2], found[:, 3])
    return found, total - kept + left
