"""What holds of any page, whatever is in it: asserted of what a scan finds, and of what is made of it.

Nothing here knows what a page should say: these are the promises of `kernels.layout`, checked row by row.
"""

import ctypes
import json
import mmap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from pipelines.extraction.engine import Extractor, Options
from pipelines.extraction.evidence import Evidence
from pipelines.extraction.explain import explain
from pipelines.extraction.frequent import frequent_words
from pipelines.extraction.kernels import layout
from pipelines.extraction.kernels.marks import MOST
from pipelines.extraction.kernels.memory import (
    BLOCK_ROWS,
    BLOCKS,
    CONTAINER_ROWS,
    CONTAINERS,
    DATA,
    DEEPEST,
    LISTED,
    MARK_ROWS,
    MARKS,
    OUT,
    TEXT,
)
from pipelines.extraction.kernels.names import NAMES
from pipelines.extraction.kernels.references import room
from pipelines.extraction.kernels.scan import DONE, scan
from pipelines.extraction.kernels.text import ROOM
from pipelines.extraction.kernels.tokens import PADDING
from pipelines.extraction.metadata import metadata
from pipelines.extraction.page import Page, Scanner
from pipelines.extraction.rights import MOST as ITEMS
from pipelines.extraction.rights import page_rights
from rights.raw import RAW_BYTES

#: what is scanned between two scans of a page, so that the second finds its remains
OTHER = b"<html lang=x><ul class=menu><li><a href=/x>Another</a> page.<pre>\n&amp;<title>t" + b"<table><td>cell" * 99
URL = "https://www.example.org/a/b"
OPTIONS = (Options(), Options("full"), Options("main", comments=True), Options("full", tables=False, code=False))
_COUNTED = slice(layout.BLOCK_WORDS, layout.BLOCK_INLINE + 1)
_HELD = {
    layout.HELD_WORDS: layout.BLOCK_WORDS,
    layout.HELD_LINK_WORDS: layout.BLOCK_LINK_WORDS,
    layout.HELD_FREQUENT: layout.BLOCK_FREQUENT,
    layout.HELD_STOPS: layout.BLOCK_STOPS,
}


class Guarded:
    """Memory before a page that nobody may touch: who reads or writes beyond its end is killed."""

    def __init__(self, size: int) -> None:
        self._size = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        self._map = mmap.mmap(-1, self._size + mmap.PAGESIZE)
        begin = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mprotect(ctypes.c_void_p(begin + self._size), mmap.PAGESIZE, 0):
            raise OSError(ctypes.get_errno(), "mprotect")

    def last(self, shape: tuple[int, ...], kind: DTypeLike) -> NDArray[Any]:
        """Give an array of zeros that ends where the memory does; ValueError where it has no room."""
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        if size > self._size:
            raise ValueError(f"{size} bytes have no room in {self._size}")
        found = np.frombuffer(self._map, np.uint8, size, self._size - size).view(kind).reshape(shape)
        found[:] = 0
        return found


class GuardedScan:
    """Scans in memory that is guarded: the page with its padding, its text, and tables of no row too many."""

    def __init__(self, hints: NDArray[np.uint64], frequent: NDArray[np.uint64], largest: int) -> None:
        self._scanner = Scanner(hints, frequent)
        sizes = (1, 2, 4 * layout.BLOCK_COLUMNS, 4 * layout.CONTAINER_COLUMNS, 4 * layout.MARK_COLUMNS)
        self._places = [Guarded(size * (largest + 1024)) for size in sizes]

    def __call__(self, raw: bytes, counts: Sequence[int]) -> Page:
        """Scan a page of which it is known how many blocks, containers and marks it has."""
        page = self.attempt(raw, max(counts) + MOST + 1)
        assert page is not None
        return page

    def attempt(self, raw: bytes, rows: int) -> Page | None:
        """Scan a page into tables of so many rows; None if it needs more."""
        size = len(raw)
        widths = (layout.BLOCK_COLUMNS, layout.CONTAINER_COLUMNS, layout.MARK_COLUMNS)
        shapes = [(size + PADDING,), (room(size) + ROOM,), *((rows, width) for width in widths)]
        kinds = [np.uint8, np.uint8, np.int32, np.int32, np.int32]
        data, out, blocks, containers, marks = (
            place.last(shape, kind) for place, shape, kind in zip(self._places, shapes, kinds, strict=True)
        )
        data[:size] = np.frombuffer(raw, np.uint8)
        self._scanner.hand({DATA: data, TEXT: out, BLOCK_ROWS: blocks, CONTAINER_ROWS: containers, MARK_ROWS: marks})
        if scan(self._scanner.address, size) != DONE:
            return None
        memory = self._scanner.memory
        assert memory[LISTED] == 0
        return Page(
            data, out[: memory[OUT]], blocks[: memory[BLOCKS]], containers[: memory[CONTAINERS]], marks[: memory[MARKS]]
        )


def assert_page(page: Page, raw: bytes) -> None:
    """Assert what `kernels.layout` promises of a page's blocks, containers and marks."""
    assert page.data[: len(raw)].tobytes() == raw
    assert not page.data[len(raw) :].any()
    text = page.text.tobytes()
    text.decode()
    _assert_blocks(page, text, len(raw))
    _assert_containers(page)
    _assert_held(page)
    _assert_marks(page, len(raw))


def _assert_blocks(page: Page, text: bytes, size: int) -> None:
    blocks = page.blocks
    spans = blocks[:, [layout.BLOCK_START, layout.BLOCK_END]].tolist()
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end].decode().strip() for start, end in spans)
    sources = blocks[:, [layout.BLOCK_SOURCE, layout.BLOCK_SOURCE_END]].tolist()
    assert all(0 <= start < end <= size for start, end in sources)
    assert all(first[1] <= second[0] for first, second in pairwise(sources))
    words, linked, characters, linked_characters = blocks[:, layout.BLOCK_WORDS : layout.BLOCK_LINK_CHARACTERS + 1].T
    assert (blocks[:, _COUNTED] >= 0).all()
    assert (linked <= words).all()
    assert (linked_characters <= characters).all()
    assert (words <= characters).all()
    assert (characters <= blocks[:, layout.BLOCK_END] - blocks[:, layout.BLOCK_START]).all()
    assert (blocks[:, layout.BLOCK_FREQUENT] <= words).all()
    assert (blocks[:, layout.BLOCK_UPPER : layout.BLOCK_SIGNS + 1].sum(axis=1) <= characters).all()
    assert not (blocks[:, layout.BLOCK_KIND] & layout.KIND_DROPPED).any()


def _assert_containers(page: Page) -> None:
    rows, count = page.containers, len(page.containers)
    assert count > 0
    assert not rows[0, : layout.HELD_WORDS].any()
    assert ((page.blocks[:, layout.BLOCK_CONTAINER] >= 0) & (page.blocks[:, layout.BLOCK_CONTAINER] < count)).all()
    inner, parents = rows[1:], rows[1:, layout.PARENT]
    assert ((parents >= 0) & (parents < np.arange(1, count))).all()
    around = rows[parents]
    assert (inner[:, layout.DEPTH] == around[:, layout.DEPTH] + 1).all()
    assert (inner[:, layout.DEPTH] <= DEEPEST).all()
    assert ((inner[:, layout.TAG] >= 0) & (inner[:, layout.TAG] <= len(NAMES))).all()
    lost = around[:, layout.KIND] & ~inner[:, layout.KIND] & ~(layout.NEAREST | layout.KIND_ORDERED)
    assert not lost.any()
    assert (inner[:, layout.LOW] == np.minimum(around[:, layout.LOW], inner[:, layout.OWN_LOW])).all()
    assert (inner[:, layout.HIGH] == np.maximum(around[:, layout.HIGH], inner[:, layout.OWN_HIGH])).all()
    own = inner[:, layout.OWN_LOW] + inner[:, layout.OWN_HIGH]
    assert (inner[:, layout.SUM] == around[:, layout.SUM] + own).all()
    items = inner[:, layout.ITEM]
    assert ((items == around[:, layout.ITEM]) | (items == np.arange(1, count))).all()
    assert ((inner[:, layout.ROW] >= 0) & (inner[:, layout.CELL] >= 0) & (inner[:, layout.NUMBER_IN_LIST] >= 0)).all()


def _assert_held(page: Page) -> None:
    """Assert that each container holds what its own blocks and the containers in it hold."""
    holders, parents = page.blocks[:, layout.BLOCK_CONTAINER], page.containers[:, layout.PARENT].tolist()
    columns = {held: page.blocks[:, column] for held, column in _HELD.items()}
    columns[layout.HELD_BLOCKS] = np.ones(len(page.blocks), np.int32)
    for held, values in columns.items():
        sums = np.bincount(holders, values, len(parents)).tolist()
        for row in range(len(parents) - 1, 0, -1):
            sums[parents[row]] += sums[row]
        assert page.containers[:, held].tolist() == sums
    paragraphs = page.containers[:, layout.HELD_PARAGRAPH_WORDS]
    assert ((paragraphs >= 0) & (paragraphs <= page.containers[:, layout.HELD_WORDS])).all()


def _assert_marks(page: Page, size: int) -> None:
    marks = page.marks
    assert ((marks[:, layout.MARK_KIND] >= layout.MARK_TITLE) & (marks[:, layout.MARK_KIND] <= layout.MARK_RSL)).all()
    holders = marks[:, layout.MARK_CONTAINER]
    assert ((holders >= 0) & (holders < len(page.containers))).all()
    for first, last in ((layout.MARK_FIRST, layout.MARK_FIRST_END), (layout.MARK_SECOND, layout.MARK_SECOND_END)):
        assert ((marks[:, first] >= 0) & (marks[:, first] <= marks[:, last]) & (marks[:, last] <= size)).all()
    before = [0, *marks[:, layout.MARK_BLOCK].tolist(), len(page.blocks)]
    assert before == sorted(before)


def prefixes(page: Page, raw: bytes, most: int) -> Iterator[tuple[int, bytes]]:
    """Cut a page where blocks end, in at most so many places: the blocks before it, and the page up to there."""
    count = len(page.blocks)
    for number in range(0, count, max(1, count // most)):
        yield number + 1, raw[: page.blocks[number, layout.BLOCK_SOURCE_END]]


class Checker:
    """Takes pages through all that is made of them, and asserts what must hold; remembers nothing of a page."""

    def __init__(self, largest: int, *, plain: Callable[[Any], Any] = asdict) -> None:
        self._plain = plain
        self.extractor = Extractor()
        self._guarded = GuardedScan(self.extractor.model.hints, frequent_words(), largest)

    def __call__(self, raw: bytes) -> Page:
        """Check a page of valid UTF-8; what comes back is the scanner's own."""
        page = self.extractor.scanner.scan(raw)
        assert_page(page, raw)
        kept = [table.copy() for table in (page.text, page.blocks, page.containers, page.marks)]
        self._assert_same(kept, self._guarded(raw, (len(page.blocks), len(page.containers), len(page.marks))))
        for count, part in prefixes(page, raw, 3):
            self._assert_prefix(kept, count, self.extractor.scanner.scan(part))
        self.extractor.scanner.scan(OTHER)
        page = self.extractor.scanner.scan(raw)
        self._assert_same(kept, page)
        self._assert_text(page)
        self._assert_metadata(page)
        assert len(explain(self.extractor, raw, OPTIONS[0])) == len(self.extractor.read(raw)[1].blocks)
        return self.extractor.scanner.scan(raw)

    def _assert_same(self, kept: list[NDArray[Any]], page: Page) -> None:
        tables = (page.text, page.blocks, page.containers, page.marks)
        assert all(np.array_equal(old, new) for old, new in zip(kept, tables, strict=True))

    def _assert_prefix(self, kept: list[NDArray[Any]], count: int, page: Page) -> None:
        """Assert that what comes after the end of a block changes nothing of it, but for which element holds it."""
        text, blocks = kept[0], kept[1][:count].copy()
        assert len(page.blocks) == count
        assert np.array_equal(page.text, text[: blocks[-1, layout.BLOCK_END]])
        blocks[-1, layout.BLOCK_CONTAINER] = page.blocks[-1, layout.BLOCK_CONTAINER]
        assert np.array_equal(page.blocks, blocks)

    def _assert_text(self, page: Page) -> None:
        """Assert that judging gives each block a number, the same each time, and that what is kept is written."""
        extractor, text = self.extractor, page.text.tobytes()
        scores = extractor.judge.scores(page).copy()
        assert len(scores) == len(page.blocks)
        assert np.isfinite(scores).all()
        assert np.array_equal(scores, extractor.judge.scores(page))
        choices = [extractor.choose(page, options) for options in OPTIONS]
        everything = np.ones(len(page.blocks), np.bool_)
        for kept in (*choices, everything, ~everything):
            written, at = extractor.render(page, kept), 0
            for start, end in page.blocks[kept][:, [layout.BLOCK_START, layout.BLOCK_END]].tolist():
                block = text[start:end].decode()
                at = written.index(block, at) + len(block)
            assert at == len(written)

    def _assert_metadata(self, page: Page) -> None:
        """Assert that what a page says of itself can be written down, is bounded, and is the same each time."""
        found = [metadata(page, url) for url in (URL, None, URL)]
        assert found[0] == found[2]
        for one in found:
            plain = self._plain(one)
            json.dumps(plain, ensure_ascii=False).encode()
            assert all(count >= 0 for count in plain["left_out"].values())
            assert all(count >= 0 for count in plain["links"].values())
            assert plain["canonical"] is None or plain["canonical"].lower().startswith(("http://", "https://"))
        self._assert_rights(page)

    def _assert_rights(self, page: Page) -> None:
        """Assert that evidence of rights can be written down, is bounded, and is the same each time."""
        found, again = (page_rights(page, Evidence(page, URL), (), URL) for _ in range(2))
        assert found == again
        assert len(found.items) <= ITEMS
        assert found.left_out >= 0
        for item in found.items:
            assert len(item.raw.encode()) <= RAW_BYTES
            assert item.parsed
            assert 0 <= item.confidence <= 1
        assert 0 <= found.licence.confidence <= 1
