"""Clusters of duplicates: whatever is linked, directly or through others, is one cluster.

So a cluster is a connected component, and two of its documents may have little in common: A is like B, B is like
C. What a removed document has in common with the one that stands for it is therefore measured and recorded.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inner

Ordinals = npt.NDArray[np.int64]


def edges_of_band(ordinals: Ordinals, keys: npt.NDArray[np.uint64]) -> Ordinals:
    """Link each document to the first of those that have the same key.

    `keys` is uint64[n], or uint64[n, w] for keys of w words. Returns int64[m, 2]: a document and the first one of
    its run, by ordinal; the first itself has no edge. Neither depends on the order of the rows.
    """
    words = keys if keys.ndim > 1 else keys[:, np.newaxis]
    order = np.lexsort((ordinals, *words.T))
    words, ordinals = words[order], ordinals[order]
    repeats = np.concatenate(([False], (words[1:] == words[:-1]).all(axis=1)))[: len(order)]
    firsts = np.maximum.accumulate(np.where(repeats, 0, np.arange(len(order))))
    return np.column_stack((ordinals[repeats], ordinals[firsts[repeats]]))


def clusters(documents: int, edges: Iterable[Ordinals]) -> Ordinals:
    """Name for each of so many documents the smallest ordinal of its cluster, int64[documents].

    `edges` are arrays int64[m, 2], one per band; the answer does not depend on their order.
    """
    parents = np.arange(documents, dtype=np.int64)
    for pairs in edges:
        join_pairs(parents, pairs)
    while (parents != (higher := parents[parents])).any():
        parents = higher
    return parents


@inner
def _root(parents: Ordinals, document: int) -> int:
    while parents[document] != document:
        # Path halving: each step also lets a document skip its parent, so that the next search is shorter.
        parents[document] = parents[parents[document]]
        document = parents[document]
    return document


@inner
def join_pairs(parents: Ordinals, edges: Ordinals) -> None:
    """Union by smallest ordinal: a parent never comes after its child, so the root is the cluster's first."""
    for e in range(len(edges)):
        one, other = _root(parents, edges[e, 0]), _root(parents, edges[e, 1])
        if one < other:
            parents[other] = one
        else:
            parents[one] = other
