"""A page's blocks: scans its bytes, with room that grows as far as the page needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.layout import BLOCK_COLUMNS, CONTAINER_COLUMNS, MARK_COLUMNS
from pipelines.extraction.kernels.memory import BLOCKS, CONTAINERS, LISTED, MARKS, OUT, SIZE
from pipelines.extraction.kernels.names import ATTRIBUTES, ELEMENTS
from pipelines.extraction.kernels.references import NAMES, room
from pipelines.extraction.kernels.scan import DONE, Tables, Work, scan
from pipelines.extraction.kernels.text import SCRATCH
from pipelines.extraction.kernels.tokens import PADDING

#: rows that the first page finds; each table then grows by this factor as often as a page needs it
ROWS, GROWTH = 4096, 4
#: rows beyond which tables are given back with the next page
KEPT = 1 << 18
#: bytes of the longest page: places in its text, which may grow, are int32
LONGEST = 2**30


@dataclass(frozen=True, slots=True)
class Page:
    """What a scan found; the arrays are parts of the scanner's own and last until its next page."""

    #: the page's own bytes, and then PADDING more
    data: NDArray[np.uint8]
    #: uint8: the text of all blocks
    text: NDArray[np.uint8]
    #: int32 each, columns as in `kernels.layout`
    blocks: NDArray[np.int32]
    containers: NDArray[np.int32]
    marks: NDArray[np.int32]


class Scanner:
    """Scans pages one after the other in the same memory."""

    def __init__(self, hints: NDArray[np.uint64], frequent: NDArray[np.uint64], listed: int = 0) -> None:
        self._tables = Tables(ELEMENTS, ATTRIBUTES, hints, frequent, NAMES)
        self._listed = np.zeros((listed, 2), np.uint64)
        self._data = np.zeros(0, np.uint8)
        self._work = self._room(ROWS, 0)

    def scan(self, html: bytes) -> Page:
        """Read a page's bytes, which must be valid UTF-8; more than `LONGEST` raise ValueError."""
        size = len(html)
        if size > LONGEST:
            raise ValueError(f"a page of {size} bytes is longer than {LONGEST}")
        if len(self._work.blocks) > KEPT:
            self._work = self._room(ROWS, len(self._data))
        if size + PADDING > len(self._data):
            self._data = np.zeros(2 * size + PADDING, np.uint8)
            self._work = self._room(len(self._work.blocks), 2 * size)
        self._data[:size] = np.frombuffer(html, np.uint8)
        self._data[size : size + PADDING] = 0
        while scan(self._data, size, self._tables, self._fresh()) != DONE:
            # The shortest tag has three bytes, and adds a row at most to each table, or two to one if it is longer.
            rows = min(len(self._work.blocks) * GROWTH, size // 3 + ROWS)
            self._work = self._room(rows, len(self._data))
        work, memory = self._work, self._work.memory
        return Page(
            self._data[: size + PADDING],
            work.out[: memory[OUT]],
            work.blocks[: memory[BLOCKS]],
            work.containers[: memory[CONTAINERS]],
            work.marks[: memory[MARKS]],
        )

    @property
    def listed(self) -> NDArray[np.uint64]:
        """Give the containers of the last page and the keys of their names, one row for each name."""
        return self._listed[: self._work.memory[LISTED]]

    def _fresh(self) -> Work:
        """Make ready for a page: what a scan counts on being zero is."""
        self._work.memory[:] = 0
        self._work.containers[0] = 0
        self._work.memory[CONTAINERS] = 1
        return self._work

    def _room(self, rows: int, size: int) -> Work:
        """Make tables of so many rows, and room for the text of so many bytes."""
        return Work(
            np.empty(room(size) + 2 * SCRATCH, np.uint8),
            np.zeros((rows, BLOCK_COLUMNS), np.int32),
            np.zeros((rows, CONTAINER_COLUMNS), np.int32),
            np.zeros((rows, MARK_COLUMNS), np.int32),
            np.zeros(SIZE, np.int64),
            np.zeros(SCRATCH, np.uint8),
            self._listed,
        )
