"""Clusters of duplicates: whatever is linked, directly or through others, is one cluster.

So a cluster is a connected component, and two of its documents may have little in common: A is like B, B is like
C. What a removed document has in common with the one that stands for it is therefore measured and recorded.
"""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inner

Ordinals = npt.NDArray[np.int64]


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
