"""Judges the blocks of a page: which are its main text."""

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.context import CONTEXT, surround
from pipelines.extraction.kernels.features import FEATURES, WEIGHTS, measure
from pipelines.extraction.kernels.lanes import LANES
from pipelines.extraction.kernels.names import NUMBER
from pipelines.extraction.kernels.trees import TOGETHER, ask
from pipelines.extraction.model import Model
from pipelines.extraction.page import Page

#: int64[elements + 1]: the level of a heading by the number of its element; 0: none
HEADINGS = np.zeros(len(NUMBER) + 1, np.int64)
HEADINGS[[NUMBER[f"h{level}"] for level in range(1, 7)]] = range(1, 7)
#: blocks beyond the page's in a row of measures, lest all of a block's lie in the same few sets of the cache
_APART = 16
_ROWS = len(FEATURES) + len(CONTEXT)
#: blocks that are judged together, at most: their measures take 20 MB
STRETCH = 1 << 15
#: containers beyond which memory is given back with the next page
KEPT = 1 << 18


class Judge:
    """Scores pages one after the other in the same memory."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._room = self._containers = 0
        self._buffer, self._weights = np.zeros(0, np.float32), np.zeros((0, WEIGHTS), np.float32)
        self._found = np.zeros((_ROWS, 0), np.float32)
        questions = max(len(model.first.features), len(model.second.features))
        self._answers = np.zeros((questions + TOGETHER, LANES), np.uint8)

    def measured(self, page: Page) -> NDArray[np.float32]:
        """Measure the blocks: float32[features, blocks], without what only the first forest can tell."""
        return self._measure(page, page.blocks)[: len(FEATURES), : len(page.blocks)]

    def scores(self, page: Page) -> NDArray[np.float32]:
        """Score the blocks: float32[blocks], the logarithm of the odds that a block is main text.

        More than STRETCH blocks are judged in stretches, each as if the page had no others.
        """
        count = len(page.blocks)
        if count <= STRETCH:
            return self._scores(page, page.blocks)
        stretches = [page.blocks[start : start + STRETCH] for start in range(0, count, STRETCH)]
        return np.concatenate([self._scores(page, blocks) for blocks in stretches])

    def _scores(self, page: Page, blocks: NDArray[np.int32]) -> NDArray[np.float32]:
        found, model, answers = self._measure(page, blocks), self._model, self._answers
        first = np.full(len(blocks), model.biases[0], np.float32)
        ask(*model.first, found, answers, first)
        surround(first, found, len(FEATURES))
        second = np.full(len(blocks), model.biases[1], np.float32)
        ask(*model.second, found, answers, second)
        return second

    def _measure(self, page: Page, blocks: NDArray[np.int32]) -> NDArray[np.float32]:
        self._make_room(len(blocks), len(page.containers))
        measure(blocks, page.containers, page.text, HEADINGS, self._weights, self._found)
        return self._found

    @property
    def held(self) -> int:
        """Say how many bytes the pages' own memory takes."""
        return self._buffer.nbytes + self._weights.nbytes

    def _make_room(self, blocks: int, containers: int) -> None:
        """Make room for a page; its rows follow each other without gaps."""
        width = -(-blocks // LANES) * LANES + _APART
        if width > self._room:
            self._room = 2 * width
            self._buffer = np.zeros(_ROWS * self._room, np.float32)
        if containers > self._containers or (self._containers > KEPT >= containers):
            self._containers = max(2 * containers, LANES)
            self._weights = np.zeros((self._containers, WEIGHTS), np.float32)
        if width != self._found.shape[1]:
            self._found = self._buffer[: _ROWS * width].reshape(_ROWS, width)
