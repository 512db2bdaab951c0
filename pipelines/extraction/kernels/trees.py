"""Asks a forest of oblivious trees about many blocks at once.

All nodes of one depth of an oblivious tree ask the same question, so a block's leaf is a number whose bits are the
answers: no branch is taken, and the compiler compares several blocks in one instruction.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner


class Forest(NamedTuple):
    """Trees of one depth, with what they ask and what their leaves add."""

    #: int32[trees, depth]: the feature that is asked about
    features: NDArray[np.int32]
    #: float32[trees, depth]: a feature above it sets the bit of this depth
    borders: NDArray[np.float32]
    #: float32[trees, 2 ** depth]
    leaves: NDArray[np.float32]


@inner
def ask(
    features: NDArray[np.int32],
    borders: NDArray[np.float32],
    leaves: NDArray[np.float32],
    measured: NDArray[np.float32],
    places: NDArray[np.int32],
    scores: NDArray[np.float32],
) -> None:
    """Add to each block's score what the trees say.

    `measured` is float32[features, blocks]; `places` (int32[blocks]) is room to work in.
    """
    count = len(scores)
    for tree in range(len(features)):
        for b in range(count):
            places[b] = 0
        for depth in range(features.shape[1]):
            feature, border = features[tree, depth], borders[tree, depth]
            bit = np.int32(1 << depth)
            for b in range(count):
                places[b] |= bit if measured[feature, b] > border else np.int32(0)
        for b in range(count):
            scores[b] += leaves[tree, places[b]]
