"""Judges the blocks of a page: which are its main text."""

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.context import CONTEXT, surround
from pipelines.extraction.kernels.features import FEATURES, WEIGHTS, measure
from pipelines.extraction.kernels.names import NUMBER
from pipelines.extraction.kernels.trees import ask
from pipelines.extraction.model import Model
from pipelines.extraction.page import Page

#: int64[elements + 1]: the level of a heading by the number of its element; 0: none
HEADINGS = np.zeros(len(NUMBER) + 1, np.int64)
HEADINGS[[NUMBER[f"h{level}"] for level in range(1, 7)]] = range(1, 7)


class Judge:
    """Scores pages one after the other in the same memory."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._found = np.zeros((len(FEATURES) + len(CONTEXT), 0), np.float32)
        self._weights = np.zeros((0, WEIGHTS), np.float32)
        self._places = np.zeros(0, np.int32)

    def measured(self, page: Page) -> NDArray[np.float32]:
        """Measure the blocks: float32[features, blocks], without what only the first forest can tell."""
        found, weights = self._room(page)
        measure(page.blocks, page.containers, page.text, HEADINGS, weights, found)
        return found[: len(FEATURES)]

    def scores(self, page: Page) -> NDArray[np.float32]:
        """Score the blocks: float32[blocks], the logarithm of the odds that a block is main text."""
        self.measured(page)
        count = len(page.blocks)
        model, found, places = self._model, self._found, self._places
        first = np.full(count, model.biases[0], np.float32)
        ask(*model.first, found, places, first)
        surround(first, found, len(FEATURES))
        second = np.full(count, model.biases[1], np.float32)
        ask(*model.second, found, places, second)
        return second

    def _room(self, page: Page) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Make room for a page; a page's rows of measures follow each other without gaps."""
        blocks, containers = len(page.blocks), len(page.containers)
        if blocks > len(self._places):
            self._places = np.zeros(2 * blocks, np.int32)
            self._buffer = np.zeros(2 * blocks * len(self._found), np.float32)
        if containers > len(self._weights):
            self._weights = np.zeros((2 * containers, WEIGHTS), np.float32)
        if blocks:
            self._found = self._buffer[: len(self._found) * blocks].reshape(len(self._found), blocks)
        return self._found, self._weights
