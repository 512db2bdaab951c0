"""What a page's marks say, sorted by what they speak of; text is made of it only where somebody asks."""

from collections.abc import Sequence
from threading import local

import numpy as np

from pipelines.extraction.kernels.anchors import COUNTS, count_anchors
from pipelines.extraction.kernels.layout import (
    MARK_BLOCK,
    MARK_FIRST,
    MARK_FIRST_END,
    MARK_JSON_LD,
    MARK_KIND,
    MARK_RSL,
)
from pipelines.extraction.kernels.references import NAMES
from pipelines.extraction.kernels.telling import tell
from pipelines.extraction.kernels.told import (
    COLUMNS,
    CUT,
    DOCUMENTS,
    GROUPS,
    HEAD,
    LEFT_AGENTS,
    LEFT_PROPERTIES,
    MARK,
    NAME,
    NAME_END,
    NO_ROOM,
    ROWS,
    SCRIPTS,
    SIZE,
    VALUE,
    VALUE_END,
)
from pipelines.extraction.meta_names import NUMBERS
from pipelines.extraction.page import Page

#: bytes that the text of most pages has room in, and by how much that grows for a page that needs more
_ROOM, _GROWTH = 1 << 15, 8
#: characters; what is beyond says nothing of an address's host
_LONGEST = 2048


class _Room(local):
    """Where a thread's kernels write; kept for its next page."""

    def __init__(self, size: int) -> None:
        self.numbers = np.zeros(HEAD + ROWS * COLUMNS, np.int32)
        self.head, self.rows = self.numbers[:HEAD], self.numbers[HEAD:].reshape(ROWS, COLUMNS)
        self.tally = np.zeros(GROUPS, np.int64)
        self.out = np.zeros(size, np.uint8)
        self.hosts = np.zeros(size >> 3, np.uint64)

    def tell(self, page: Page, url: bytes) -> int:
        """Have all that a page says written; gives how many numbers that are, or NO_ROOM."""
        end = self.write(url)
        return tell(page.data, page.marks, NUMBERS, self.head, self.rows, self.tally, self.out, end, self.hosts)

    def write(self, address: bytes) -> int:
        """Write an address to where kernels look for it; gives where it ends."""
        self.out.data[: len(address)] = address
        return len(address)


_OWN = _Room(_ROOM)


class Evidence:
    """What a page says, in the groups of `kernels.told`; to be asked before the page's scanner reads another."""

    __slots__ = ("_cut", "_numbers", "_page", "_room", "_said", "_text")

    def __init__(self, page: Page, url: str | None) -> None:
        room, address = _OWN, _bytes(url or "")
        while (number := room.tell(page, address)) == NO_ROOM:
            room = _Room(len(room.out) * _GROWTH)
        self._page, self._room = page, room
        self._numbers: list[int] = room.numbers[:number].tolist()
        self._text = room.out[: self._numbers[SIZE]].tobytes()
        self._cut: set[int] = set()
        self._said: dict[int, list[int]] = {}
        for statement in range(HEAD, number, COLUMNS):
            self._said.setdefault(self._numbers[statement], []).append(statement)

    def said(self, group: int) -> Sequence[int]:
        """Give the statements of a group that were kept."""
        return self._said.get(group, ())

    def name(self, statement: int) -> str:
        """Give the name of a statement; empty for an element."""
        numbers = self._numbers
        return self._text[numbers[statement + NAME] : numbers[statement + NAME_END]].decode("utf-8", "replace")

    def value(self, statement: int) -> str:
        """Give the value of a statement, as plain text."""
        numbers = self._numbers
        if numbers[statement + CUT]:
            self._cut.add(numbers[statement + CUT])
        return self._text[numbers[statement + VALUE] : numbers[statement + VALUE_END]].decode("utf-8", "replace")

    def mark(self, statement: int) -> int:
        """Give the number of the mark that says it."""
        return self._numbers[statement + MARK]

    def place(self, statement: int) -> tuple[int, int]:
        """Give the kind of the mark that says it, and how many blocks end before it."""
        mark = self._page.marks[self.mark(statement)]
        return int(mark[MARK_KIND]), int(mark[MARK_BLOCK])

    @property
    def has_scripts(self) -> bool:
        """Say whether there is JSON-LD."""
        return self._numbers[SCRIPTS] > 0

    def scripts(self) -> list[bytes]:
        """Give the scripts of JSON-LD, as they stand."""
        marks, data = self._page.marks, self._page.data
        spans = marks[marks[:, MARK_KIND] == MARK_JSON_LD, MARK_FIRST : MARK_FIRST_END + 1].tolist()
        return [data[first:end].tobytes() for first, end in spans]

    def rsl(self) -> list[bytes]:
        """Give the RSL documents that stand in scripts."""
        if not self._numbers[DOCUMENTS]:
            return []
        marks, data = self._page.marks, self._page.data
        spans = marks[marks[:, MARK_KIND] == MARK_RSL, MARK_FIRST : MARK_FIRST_END + 1].tolist()
        return [data[first:end].tobytes() for first, end in spans]

    @property
    def anchors(self) -> list[int]:
        """Give the counts of `kernels.anchors`."""
        return self._numbers[:COUNTS]

    def count_anew(self, url: str, base: str) -> None:
        """Count the anchors of a page at another address, whose relative ones lead to where `base` says."""
        room, own = self._room, _bytes(url)
        end = room.write(own + _bytes(base))
        count_anchors(self._page.data, self._page.marks, room.out, len(own), end, NAMES, room.hosts, room.head)
        self._numbers[:COUNTS] = room.head[:COUNTS].tolist()

    @property
    def cut(self) -> int:
        """Say how many values were cut, of those that were asked for."""
        return len(self._cut)

    @property
    def left_out(self) -> list[int]:
        """Say how many statements were left out: properties, licences, crawlers."""
        return self._numbers[LEFT_PROPERTIES : LEFT_AGENTS + 1]


def _bytes(address: str) -> bytes:
    return address[:_LONGEST].encode(errors="replace")
