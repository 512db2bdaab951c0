"""Which documents a text is compared with: the rarest and most fingerprints first, in bounded number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.passages.layer import Hits

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents that share fingerprints with a text."""

    #: those to compare, the likeliest first
    chosen: Numbers
    #: how many more there are among the hits that were read
    left: int
    #: fingerprints that were found, but in no chosen document
    not_followed: int
    #: hits that were not read
    not_read: int


def choose(hits: Sequence[Hits], documents: int, most: int) -> Candidates:
    """Choose at most `most` of the documents that have any of the fingerprints; `documents` is how many there are.

    A document counts the logarithms of how rare its fingerprints are. For each fingerprint the first of its documents
    comes before all that are not the first of any, so that as many fingerprints as can be are followed.
    """
    not_read = sum(hit.count - len(hit.documents) for hit in hits)
    found = [hit for hit in hits if len(hit.documents)]
    if not found:
        return Candidates(np.empty(0, np.int64), 0, 0, not_read)
    every, member = np.unique(np.concatenate([hit.documents for hit in found]), return_inverse=True)
    sizes = [len(hit.documents) for hit in found]
    weights = np.repeat([np.log2(1 + documents / hit.count) for hit in found], sizes)
    rank = np.empty(len(every), np.int64)
    rank[np.argsort(-np.bincount(member, weights, len(every)), kind="stable")] = np.arange(len(every))
    firsts = np.minimum.reduceat(rank[member], np.concatenate(([0], np.cumsum(sizes)[:-1])))
    needed = np.zeros(len(every), np.bool_)
    needed[firsts] = True
    order = np.concatenate([np.flatnonzero(needed), np.flatnonzero(~needed)])[:most]
    compared = np.zeros(len(every), np.bool_)
    compared[order] = True
    followed = np.logical_or.reduceat(compared[rank[member]], np.concatenate(([0], np.cumsum(sizes)[:-1])))
    return Candidates(every[np.argsort(rank)][order], len(every) - len(order), int((~followed).sum()), not_read)
