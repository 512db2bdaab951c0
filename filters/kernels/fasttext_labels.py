"""From the mean of a text's rows to labels and probabilities, as fastText's three kinds of output have them."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

#: fastText's logarithm of 0
FLOOR = np.float32(math.log(1e-5))
#: how far a search may be off for each node of the tree: fastText's logarithm of 1 is 1e-5
SLACK = 1e-4


@njit(cache=True, nogil=True)
def _log(probability: np.float32) -> np.float32:
    """FastText's logarithm, which is never infinite."""
    return np.float32(math.log(np.float64(probability) + 1e-5))


@njit(cache=True, nogil=True, forceinline=True)
def _split(
    output: NDArray[np.float32], row: np.int64 | int, means: NDArray[np.float32], text: int
) -> tuple[np.float32, np.float32]:
    """Give the logarithms of the probabilities of a node's left and right child."""
    a, b, c, d = np.float32(0), np.float32(0), np.float32(0), np.float32(0)
    dim = means.shape[1]
    # Four sums at a time, because one has to wait for itself.
    for i in range(0, dim - 3, 4):
        a += output[row, i] * means[text, i]
        b += output[row, i + 1] * means[text, i + 1]
        c += output[row, i + 2] * means[text, i + 2]
        d += output[row, i + 3] * means[text, i + 3]
    for i in range(dim & ~3, dim):
        a += output[row, i] * means[text, i]
    x = (a + b) + (c + d)
    right = np.float32(1 / np.float64(np.float32(1) + np.float32(math.exp(-x))))
    return _log(np.float32(1 - np.float64(right))), _log(right)


@njit(cache=True, nogil=True)
def search_tree(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    output: NDArray[np.float32],
    children: NDArray[np.int32],
    labels: NDArray[np.int32],
    probabilities: NDArray[np.float32],
) -> None:
    """Find each text's best leaf depth first, as fastText does for k = 1: of equal leaves the last one wins.

    A walk down the better child at each node comes first. Its leaf is a bound below which nothing need be looked at;
    the slack is larger than all that fastText's logarithm can add to a path.
    """
    nodes = children.shape[1]
    leaves = (nodes + 1) // 2
    waiting, waiting_scores = np.empty(nodes + 1, np.int64), np.empty(nodes + 1, np.float32)
    # What is known of a node, for the text with this number.
    known, splits = np.full(nodes, -1), np.empty((nodes, 2), np.float32)
    for text in range(len(means)):
        node, bound = nodes - 1, np.float32(0)
        while counts[text] and node >= leaves:
            splits[node, 0], splits[node, 1] = _split(output, node - leaves, means, text)
            known[node] = text
            side = np.int64(splits[node, 1] > splits[node, 0])
            node, bound = np.int64(children[side, node]), bound + splits[node, side]
        bound -= np.float32(SLACK * leaves)
        best = FLOOR
        waiting[0], waiting_scores[0] = nodes - 1, 0
        pending = 1 if counts[text] else 0
        while pending:
            pending -= 1
            node, score = waiting[pending], waiting_scores[pending]
            if score < best or score < bound:
                continue
            if node < leaves:
                labels[text], probabilities[text], best = node, math.exp(score), score
                continue
            if known[node] != text:
                splits[node, 0], splits[node, 1] = _split(output, node - leaves, means, text)
                known[node] = text
            waiting[pending], waiting_scores[pending] = children[1, node], score + splits[node, 1]
            waiting[pending + 1], waiting_scores[pending + 1] = children[0, node], score + splits[node, 0]
            pending += 2


@njit(cache=True, nogil=True)
def climb_tree(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    output: NDArray[np.float32],
    children: NDArray[np.int32],
    parents: NDArray[np.int32],
    wanted: NDArray[np.int64],
    probabilities: NDArray[np.float32],
) -> None:
    """Give each text the probabilities of the wanted leaves."""
    leaves = (len(parents) + 1) // 2
    for text in range(len(means)):
        for at in range(len(wanted) if counts[text] else 0):
            node, score = wanted[at], np.float32(0)
            while parents[node] >= 0:
                parent = np.int64(parents[node])
                left, right = _split(output, parent - leaves, means, text)
                score += left if children[0, parent] == node else right
                node = parent
            probabilities[text, at] = math.exp(score)


@inner
def _outputs(columns: NDArray[np.float32], means: NDArray[np.float32], text: int, outputs: NDArray[np.float32]) -> None:
    """Multiply the labels' rows with a text's mean: label by label in the same order, but many labels at a time."""
    outputs[:] = 0
    for i in range(means.shape[1]):
        mean = means[text, i]
        for label in range(len(outputs)):
            outputs[label] += columns[i, label] * mean


@njit(cache=True, nogil=True)
def _likely(outputs: NDArray[np.float32], softmax: bool) -> None:
    """Turn what the labels' rows gave into probabilities: by softmax or by a sigmoid each."""
    highest, whole = outputs.max(), np.float32(0)
    for label in range(len(outputs)):
        x = outputs[label]
        if softmax:
            outputs[label] = np.float32(math.exp(np.float64(x - highest)))
            whole += outputs[label]
        elif x < -8 or x > 8:
            outputs[label] = x > 0
        else:
            # FastText looks its sigmoid up in a table of 512 steps from -8 to 8.
            step = np.float32(16 * int(np.float32(x + np.float32(8)) * np.float32(32))) / np.float32(512)
            outputs[label] = 1 / np.float64(np.float32(1) + np.float32(math.exp(np.float32(8) - step)))
    if softmax:
        outputs /= whole


@njit(cache=True, nogil=True)
def search_all(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    columns: NDArray[np.float32],
    softmax: bool,
    labels: NDArray[np.int32],
    probabilities: NDArray[np.float32],
) -> None:
    """Compare all labels for each text: of equal ones the last one wins."""
    outputs = np.empty(columns.shape[1], np.float32)
    for text in range(len(means)):
        if counts[text]:
            _outputs(columns, means, text, outputs)
            _likely(outputs, softmax)
            best = np.float32(-np.inf)
            for label in range(len(outputs)):
                if outputs[label] >= best:
                    labels[text], best = label, np.float32(outputs[label])
            probabilities[text] = math.exp(_log(np.float32(best)))


@njit(cache=True, nogil=True)
def look_at_all(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    columns: NDArray[np.float32],
    softmax: bool,
    wanted: NDArray[np.int64],
    probabilities: NDArray[np.float32],
) -> None:
    """Give each text the probabilities of the wanted labels."""
    outputs = np.empty(columns.shape[1], np.float32)
    for text in range(len(means)):
        if counts[text]:
            _outputs(columns, means, text, outputs)
            _likely(outputs, softmax)
            for at in range(len(wanted)):
                probabilities[text, at] = math.exp(_log(np.float32(outputs[wanted[at]])))
