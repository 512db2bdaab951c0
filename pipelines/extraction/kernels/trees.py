"""Asks a forest of oblivious trees about many blocks at once.

All nodes of one depth of an oblivious tree ask the same question, so a block's leaf is a number whose bits are the
answers: no branch is taken, and the compiler compares several blocks in one instruction. Many trees ask the same
questions: each is asked once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.lanes import LANES, answer, find_leaves

#: trees that are looked at together
TOGETHER = 4


class Forest(NamedTuple):
    """Trees with what they ask and what their leaves add; so many that TOGETHER divides them."""

    #: int32[questions]: the feature that is asked about; float32[questions]: the answer is yes above it
    features: NDArray[np.int32]
    borders: NDArray[np.float32]
    #: int32[trees, DEPTH]: the question whose answer is the bit of this depth
    trees: NDArray[np.int32]
    #: float32[trees, 2 ** DEPTH]
    leaves: NDArray[np.float32]


def forest(features: NDArray[np.int32], borders: NDArray[np.float32], leaves: NDArray[np.float32]) -> Forest:
    """Make a forest of trees that each have their own questions: int32 and float32 of [trees, DEPTH]."""
    asked = np.empty(features.size, [("feature", np.int32), ("border", np.float32)])
    asked["feature"], asked["border"] = features.ravel(), borders.ravel()
    questions, places = np.unique(asked, return_inverse=True)
    trees = places.reshape(features.shape).astype(np.int32)
    more = ((0, -len(trees) % TOGETHER), (0, 0))
    return Forest(questions["feature"].copy(), questions["border"].copy(), np.pad(trees, more), np.pad(leaves, more))


@inner
def ask(
    features: NDArray[np.int32],
    borders: NDArray[np.float32],
    trees: NDArray[np.int32],
    leaves: NDArray[np.float32],
    measured: NDArray[np.float32],
    answers: NDArray[np.uint8],
    scores: NDArray[np.float32],
) -> None:
    """Add to each block's score what the trees say.

    `measured` is float32[features, n * LANES or more]; `answers`, room to work in, uint8[questions + TOGETHER or more,
    LANES].
    """
    places = len(features)
    for start in range(0, len(scores), LANES):
        for question in range(len(features)):
            answer(measured, features[question], start, borders[question], answers, question)
        for tree in range(0, len(trees), TOGETHER):
            for place in range(TOGETHER):
                find_leaves(trees, tree + place, answers, places + place)
            for b in range(min(LANES, len(scores) - start)):
                score = scores[start + b]
                for place in range(TOGETHER):
                    score += leaves[tree + place, answers[places + place, b]]
                scores[start + b] = score
