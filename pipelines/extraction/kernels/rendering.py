"""Writes the text of chosen blocks: paragraphs apart, list items and table rows on lines of their own.

A blank line parts blocks. Items of one list and of those in it, terms and definitions, and rows of a table follow
each other on lines; an item begins with `- `, or with its number in an ordered list; cells of a row are parted by
` | ` if no cell of the row has two blocks.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.layout import (
    BLOCK_CONTAINER,
    BLOCK_END,
    BLOCK_KIND,
    BLOCK_START,
    CELL,
    ITEM,
    KIND_DEFINITION,
    KIND_PRE,
    NUMBER_IN_LIST,
    PARENT,
    ROW,
)

#: bytes that may stand before a block, at most: a separator, and an item's number
BEFORE = 16
_SPACE, _BAR, _DASH, _DOT, _ZERO, _FEED = 32, 124, 45, 46, 48, 10


@inner
def render(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    text: NDArray[np.uint8],
    kept: NDArray[np.bool_],
    out: NDArray[np.uint8],
    known: NDArray[np.int64],
) -> int:
    """Write the kept blocks to `out`, which has room for the text and BEFORE bytes for each; say how many bytes.

    `known` (int64[2]) is room to work in: a table row, and whether it is written as one line.
    """
    at, last = 0, -1
    known[0] = -1
    for b in range(len(blocks)):
        if not kept[b]:
            continue
        at = _part(blocks, containers, kept, last, b, out, at, known)
        for i in range(blocks[b, BLOCK_START], blocks[b, BLOCK_END]):
            out[at] = text[i]
            at += 1
        last = b
    return at


@inner
def _part(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    kept: NDArray[np.bool_],
    last: int,
    b: int,
    out: NDArray[np.uint8],
    at: int,
    known: NDArray[np.int64],
) -> int:
    """Write what stands between the last kept block and this one, and what marks an item."""
    here = blocks[b, BLOCK_CONTAINER]
    item, row = containers[here, ITEM], containers[here, ROW]
    begins = item > 0
    if last >= 0:
        there = blocks[last, BLOCK_CONTAINER]
        before, above = containers[there, ITEM], containers[there, ROW]
        begins = item > 0 and item != before
        if row > 0 and row == above and not begins and _is_row(blocks, containers, kept, b, row, known):
            out[at], out[at + 1], out[at + 2] = _SPACE, _BAR, _SPACE
            return at + 3
        lines = begins and (_follows(containers, item, before) or _follows(containers, before, item))
        lines |= row > 0 and above > 0 and row != above and _is_row(blocks, containers, kept, b, row, known)
        lines |= (blocks[b, BLOCK_KIND] & blocks[last, BLOCK_KIND] & KIND_DEFINITION) > 0
        out[at], out[at + 1] = _FEED, _FEED
        at += 1 if lines and not blocks[b, BLOCK_KIND] & KIND_PRE else 2
    return _bullet(containers[item, NUMBER_IN_LIST], out, at) if begins else at


@inner
def _follows(containers: NDArray[np.int32], item: int, other: int) -> bool:
    """Say whether an item, or one that it is nested in, is of the same list as another item."""
    while item > 0 and other > 0:
        if containers[item, PARENT] == containers[other, PARENT]:
            return True
        item = containers[containers[item, PARENT], ITEM]
    return False


@inner
def _is_row(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    kept: NDArray[np.bool_],
    b: int,
    row: int,
    known: NDArray[np.int64],
) -> bool:
    """Say whether no cell of a row has two kept blocks; asked once for each run of a row's blocks."""
    if known[0] == row:
        return known[1] > 0
    first, cell = b, -1
    while first > 0 and containers[blocks[first - 1, BLOCK_CONTAINER], ROW] == row:
        first -= 1
    known[0], known[1] = row, 1
    while first < len(blocks) and containers[blocks[first, BLOCK_CONTAINER], ROW] == row:
        if kept[first]:
            if containers[blocks[first, BLOCK_CONTAINER], CELL] == cell:
                known[1] = 0
            cell = containers[blocks[first, BLOCK_CONTAINER], CELL]
        first += 1
    return known[1] > 0


@inner
def _bullet(number: int, out: NDArray[np.uint8], at: int) -> int:
    """Write a dash, or a number with a full stop."""
    if number == 0:
        out[at], out[at + 1] = _DASH, _SPACE
        return at + 2
    unit = 1
    while unit * 10 <= number:
        unit *= 10
    while unit > 0:
        out[at] = _ZERO + number // unit % 10
        at += 1
        unit //= 10
    out[at], out[at + 1] = _DOT, _SPACE
    return at + 2
