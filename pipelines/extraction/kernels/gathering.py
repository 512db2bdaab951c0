"""Finds all places where a page may speak of rights, in its anchors and in its text, with what lies around them."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.layout import (
    BLOCK_CONTAINER,
    BLOCK_END,
    BLOCK_START,
    KIND,
    KIND_ASIDE,
    KIND_COMMENTS,
    KIND_FIGURE,
    KIND_FOOTER,
    KIND_HIDDEN,
    KIND_MEDIA,
    KIND_NAVIGATION,
    KIND_NESTED_ARTICLE,
)
from pipelines.extraction.kernels.mentions import (
    FIRSTS,
    KINDS,
    LASTS,
    LICENCE,
    MOST,
    RESERVED,
    find_linked,
    find_mentions,
)
from pipelines.extraction.kernels.notices import ALL_RESERVED, NOTHING, UNREAD, notice

#: what a row is: a mark; else a place in the text, as `notices` reads it
LINKED = ALL_RESERVED + 1
# The rows: what they are; the mark, or where the text begins, after what stands before it, and where that begins; where
# it ends; what is around it, see AROUND.
READ, PLACE, BEFORE, END, AROUND_IT = range(5)
COLUMNS = 5
# The head, before the rows: anchors and mentions that were left out.
LEFT_LINKED, LEFT_MENTIONS = range(2)
HEAD = 2
#: mentions of these kinds that are read: most notices of copyright are somebody's pictures, the page's own is the last
RESERVATIONS, NOTICES = 2, 1
ROWS = 2 * MOST + RESERVATIONS + NOTICES
#: bytes before and after a place in a text that are looked at
NEARBY = 240
#: blocks at the end of a page that are its end, at most, and one in so many of all
END_BLOCKS, END_SHARE = 12, 8
#: what is around a place: these kinds of its container, and whether it is at the end
AROUND = (
    KIND_FOOTER
    | KIND_FIGURE
    | KIND_COMMENTS
    | KIND_NAVIGATION
    | KIND_ASIDE
    | KIND_NESTED_ARTICLE
    | KIND_HIDDEN
    | KIND_MEDIA
)
AT_END = 1 << 30


@inner
def gather(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    text: NDArray[np.uint8],
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    keys: NDArray[np.uint64],
    seen: NDArray[np.uint64],
    starts: NDArray[np.int16],
    rows: NDArray[np.uint64],
    kinds: NDArray[np.int8],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
    out: NDArray[np.int64],
) -> int:
    """Write head and rows to `out` (int64[HEAD + ROWS * COLUMNS]); gives how many numbers, 0 where nothing is found.

    What is known to say nothing has no row. `found` and `counts` are those of `find_mentions`.
    """
    size = HEAD
    linked = find_linked(data, marks, keys, found, counts)
    for number in range(min(linked, MOST)):
        out[size + READ], out[size + PLACE] = LINKED, found[LICENCE, _ordered(number, linked)]
        size += COLUMNS
    out[LEFT_LINKED] = linked - min(linked, MOST)
    mentioned = find_mentions(text, seen, starts, rows, kinds, found, counts) if len(blocks) else 0
    out[LEFT_MENTIONS] = mentioned
    for kind in range(KINDS):
        count = counts[kind] if mentioned else 0
        kept = min(count, MOST if kind == LICENCE else RESERVATIONS if kind == RESERVED else NOTICES)
        out[LEFT_MENTIONS] -= kept
        for number in range(min(count, MOST) - kept, min(count, MOST)):
            place = found[kind, _ordered(number, count)]
            size = _mention(text, blocks, containers, kind, place, out, size)
    return size if linked or mentioned else 0


@inlined
def _ordered(number: int, count: int) -> int:
    """Say where the place of a number, in their order, stands in the ring of places that were kept."""
    if number < FIRSTS or count <= MOST:
        return number
    return FIRSTS + (number + count - MOST - FIRSTS) % LASTS


@inlined
def _mention(
    text: NDArray[np.uint8],
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    kind: int,
    place: int,
    out: NDArray[np.int64],
    size: int,
) -> int:
    """Write the row of a place in the text; gives where the next one goes."""
    block = _block_of(blocks, place)
    start, end = np.int64(blocks[block, BLOCK_START]), np.int64(blocks[block, BLOCK_END])
    before = max(start, place - NEARBY)
    read = notice(text, before, place, end) if kind != LICENCE else UNREAD
    if read == NOTHING:
        return size
    around = containers[blocks[block, BLOCK_CONTAINER], KIND] & AROUND
    is_end = block >= len(blocks) - min(END_BLOCKS, len(blocks) // END_SHARE)
    out[size + READ], out[size + BEFORE], out[size + PLACE] = read, before, place
    out[size + END], out[size + AROUND_IT] = min(end, place + NEARBY), around | AT_END if is_end else around
    return size + COLUMNS


@inlined
def _block_of(blocks: NDArray[np.int32], place: int) -> int | np.int64:
    """Find the first block that ends behind a place; the last one if none does."""
    first, last = np.int64(0), np.int64(len(blocks) - 1)
    while first < last:
        middle = (first + last) >> 1
        if blocks[middle, BLOCK_END] > place:
            last = middle
        else:
            first = middle + 1
    return first
