"""Labels blocks of a page by the truth of its main text: words are aligned in order, runs before single words."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.extraction.truth import Page
from benchmarks.extraction.words import words
from pipelines.extraction.kernels.layout import BLOCK_END, BLOCK_START
from pipelines.extraction.page import Page as Scanned

#: pairs of words beyond which a page is left out: one byte each
MOST = 600_000_000
#: what a step back in the alignment passes: a word of each, one of ours, one of theirs
_BOTH, _OURS, _THEIRS = range(3)


def block_labels(page: Page, scanned: Scanned) -> NDArray[np.float64] | None:
    """Give each block the share of its words that are main text, NaN where that is not known.

    None where the page is too large to be aligned.
    """
    text = scanned.text.tobytes()
    spans = scanned.blocks[:, [BLOCK_START, BLOCK_END]].tolist()
    found = [words(text[start:end].decode()) for start, end in spans]
    if page.truth is None:
        return _by_snippets(found, page)
    numbers: dict[str, int] = {}
    ours = np.array([numbers.setdefault(word, len(numbers)) for block in found for word in block], np.int32)
    theirs = np.array([numbers.setdefault(word, len(numbers)) for word in words(page.truth)], np.int32)
    if len(ours) * len(theirs) > MOST:
        return None
    counts = np.array([len(block) for block in found], np.int64)
    owners = np.repeat(np.arange(len(found)), counts)
    hits = np.bincount(owners, aligned(ours, theirs), len(found))
    return np.where(counts > 0, hits / np.maximum(counts, 1), np.nan)


def _by_snippets(found: list[list[str]], page: Page) -> NDArray[np.float64]:
    labels = np.full(len(found), np.nan)
    joined = [" ".join(block) for block in found]
    for label, snippets in ((0.0, page.unwanted), (1.0, page.wanted)):
        for snippet in filter(None, (" ".join(words(snippet)) for snippet in snippets)):
            labels[[snippet in block for block in joined]] = label
    return labels


@njit(cache=True)
def aligned(ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Say which of our words (int32 each, equal numbers for equal words) stand for one of theirs, in the same order.

    The longest common subsequence, where a match that follows another one counts up to twice as much.
    """
    count, other = len(ours), len(theirs)
    above, here = np.zeros(other + 1, np.int32), np.zeros(other + 1, np.int32)
    runs_above, runs = np.zeros(other + 1, np.int32), np.zeros(other + 1, np.int32)
    steps = np.zeros((count, other), np.uint8)
    for i in range(count):
        for j in range(other):
            best, step, run = max(above[j + 1], here[j]), _OURS if above[j + 1] >= here[j] else _THEIRS, 0
            if ours[i] == theirs[j]:
                score = above[j] + 2 + min(runs_above[j], 2)
                if score >= best:
                    best, step, run = score, _BOTH, runs_above[j] + 1
            here[j + 1], runs[j + 1], steps[i, j] = best, run, step
        above, here = here, above
        runs_above, runs = runs, runs_above
    hits = np.zeros(count, np.uint8)
    i, j = count - 1, other - 1
    while i >= 0 and j >= 0:
        step = steps[i, j]
        hits[i] = hits[i] or step == _BOTH
        i -= step != _THEIRS
        j -= step != _OURS
    return hits
