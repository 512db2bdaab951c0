"""A page's blocks: scans its bytes, with room that grows as far as the page needs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.kernels.layout import BLOCK_COLUMNS, CONTAINER_COLUMNS, MARK_COLUMNS
from pipelines.extraction.kernels.memory import (
    ATTRIBUTE_NAMES,
    BLOCK_ROWS,
    BLOCKS,
    CONTAINER_ROWS,
    CONTAINERS,
    CONTROLS,
    DATA,
    ELEMENT_NAMES,
    FREQUENT,
    HINTS,
    LISTED,
    LISTED_NAMES,
    MARK_ROWS,
    MARKS,
    OUT,
    SCRATCH,
    SCRIPTLESS,
    SIZE,
    TEXT,
    TEXTS,
    TREE,
)
from pipelines.extraction.kernels.names import ATTRIBUTES, ELEMENTS
from pipelines.extraction.kernels.references import NAMES, room
from pipelines.extraction.kernels.scan import DONE, scan
from pipelines.extraction.kernels.text import ROOM
from pipelines.extraction.kernels.tokens import PADDING

#: rows that the first page finds; each table then grows by this factor as often as a page needs it
ROWS, GROWTH = 4096, 4
#: rows beyond which tables are given back with the next page
KEPT = 1 << 18
#: and bytes of a page beyond which the same goes for its text
KEPT_BYTES = 1 << 24
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
        self._listed = np.zeros((listed, 2), np.uint64)
        #: what kernels are handed, and its address
        self.memory = np.zeros(SIZE, np.int64)
        self.address: int = self.memory.ctypes.data
        #: what the memory holds addresses of
        self._handed: dict[int, NDArray[Any]] = {}
        tables = {ELEMENT_NAMES: ELEMENTS, ATTRIBUTE_NAMES: ATTRIBUTES, HINTS: hints, FREQUENT: frequent}
        names = {TREE: NAMES.tree, TEXTS: NAMES.texts, CONTROLS: NAMES.controls}
        self.hand({**tables, **names, LISTED_NAMES: self._listed, SCRATCH: np.zeros(ROOM, np.uint8)})
        self._data = np.zeros(0, np.uint8)
        self._make_room(ROWS, 0)

    def scan(self, html: bytes, *, scripts: bool = True) -> Page:
        """Read a page's bytes, which must be valid UTF-8, as a browser with or without scripts does.

        More than `LONGEST` bytes raise ValueError.
        """
        size, memory, handed = len(html), self.memory, self._handed
        memory[SCRIPTLESS] = not scripts
        if size > LONGEST:
            raise ValueError(f"a page of {size} bytes is longer than {LONGEST}")
        if self.rows > KEPT:
            self._make_room(ROWS, len(self._data))
        if size + PADDING > len(self._data) or len(self._data) > KEPT_BYTES >= 2 * size + PADDING:
            self._data = np.zeros(2 * size + PADDING, np.uint8)
            self._make_room(self.rows, 2 * size)
        self._data[:size] = np.frombuffer(html, np.uint8)
        self._data[size : size + PADDING] = 0
        while scan(self.address, size) != DONE:
            # The shortest tag has three bytes, and adds a row at most to each table, or two to one if it is longer.
            self._make_room(min(self.rows * GROWTH, size // 3 + ROWS), len(self._data))
        return Page(
            self._data[: size + PADDING],
            handed[TEXT][: memory[OUT]],
            handed[BLOCK_ROWS][: memory[BLOCKS]],
            handed[CONTAINER_ROWS][: memory[CONTAINERS]],
            handed[MARK_ROWS][: memory[MARKS]],
        )

    @property
    def listed(self) -> NDArray[np.uint64]:
        """Give the containers of the last page and the keys of their names, one row for each name."""
        return self._listed[: self.memory[LISTED]]

    @property
    def rows(self) -> int:
        """Say how many rows the tables have room for."""
        return len(self._handed[BLOCK_ROWS])

    @property
    def held(self) -> int:
        """Say how many bytes the pages' own memory takes."""
        return sum(self._handed[place].nbytes for place in (DATA, TEXT, BLOCK_ROWS, CONTAINER_ROWS, MARK_ROWS))

    def _make_room(self, rows: int, size: int) -> None:
        """Make tables of so many rows, and room for the text of so many bytes."""
        columns = {BLOCK_ROWS: BLOCK_COLUMNS, CONTAINER_ROWS: CONTAINER_COLUMNS, MARK_ROWS: MARK_COLUMNS}
        tables = {place: np.zeros((rows, width), np.int32) for place, width in columns.items()}
        self.hand({DATA: self._data, TEXT: np.empty(room(size) + ROOM, np.uint8), **tables})

    def hand(self, arrays: dict[int, NDArray[Any]]) -> None:
        """Note the addresses of arrays and their numbers of rows, by their places in the memory; and keep them."""
        for place, array in arrays.items():
            self.memory[place], self.memory[place + 1] = array.ctypes.data, len(array)
        self._handed.update(arrays)
