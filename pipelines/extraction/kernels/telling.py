"""Gathers what a page's marks say of it: sorted by what they speak of, those first that are most to be believed."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import trailing_zeros
from pipelines.extraction.kernels.anchors import HELD, count_anchors
from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_BASE,
    MARK_FIRST,
    MARK_FIRST_END,
    MARK_ITEM,
    MARK_JSON_LD,
    MARK_KIND,
    MARK_LANGUAGE,
    MARK_LINK,
    MARK_META,
    MARK_RSL,
    MARK_SECOND,
    MARK_SECOND_END,
    MARK_TIME,
    MARK_TITLE,
)
from pipelines.extraction.kernels.naming import (
    FIELD,
    FIELD_BITS,
    IS_CANONICAL,
    IS_CLAIM,
    IS_ITEM,
    ROOM,
    TOLD,
    TOLD_BITS,
    read_name,
)
from pipelines.extraction.kernels.plain import GROWTH, plain
from pipelines.extraction.kernels.references import NAMES, Names
from pipelines.extraction.kernels.told import (
    AGENT,
    AGENTS,
    AUTHOR,
    BASE,
    CANONICAL,
    CLAIM,
    CLAIMS,
    COLUMNS,
    CUT,
    DOCUMENTS,
    GROUP,
    GROUPS,
    HEAD,
    HTML,
    LEFT_AGENTS,
    LEFT_CLAIMS,
    LEFT_PROPERTIES,
    LONGEST,
    LONGEST_ADDRESS,
    MARK,
    NAME,
    NAME_END,
    NO_ROOM,
    OPEN_GRAPH,
    PROPERTIES,
    RANK,
    SCRIPTS,
    SIZE,
    STARTS,
    TIME,
    TITLE_TEXT,
    VALUE,
    VALUE_END,
)

#: by kind of mark
_GROUPS = np.zeros(MARK_BASE + 1, np.int64)
_GROUPS[[MARK_TITLE, MARK_LANGUAGE, MARK_TIME, MARK_BASE]] = TITLE_TEXT, HTML, TIME, BASE
_NAMED = np.zeros(MARK_RSL + 1, np.bool_)
_NAMED[[MARK_META, MARK_LINK, MARK_ANCHOR, MARK_ITEM]] = True
_TREE, _TEXTS, _CONTROLS = NAMES
_CLAIM, _CANONICAL, _NONE = np.int64(CLAIM), np.int64(CANONICAL), np.int64(0)
# UTF-8: the first bits of a byte say whether it goes on with a character.
_KIND, _CONTINUES = 0xC0, 0x80


@inner
def tell(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    names: NDArray[np.uint64],
    head: NDArray[np.int32],
    rows: NDArray[np.int32],
    tally: NDArray[np.int64],
    out: NDArray[np.uint8],
    size: int,
    hosts: NDArray[np.uint64],
) -> int:
    """Sort what marks say into int32[HEAD] and int32[ROWS, COLUMNS], see `told`; gives how many numbers, or NO_ROOM.

    `out` holds the page's address, of `size` bytes; the text of names and values follows. Values are plain text; one
    that is empty, and was not cut, is left out, but not of properties, crawlers and rights.
    """
    if size + HELD > len(out) or 2 * len(marks) > len(hosts):
        return NO_ROOM
    for place in range(HEAD):
        head[place] = 0
    for group in range(GROUPS):
        tally[group] = 0
    references = Names(_TREE, _TEXTS, _CONTROLS)
    count_anchors(data, marks, out, size, size, references, hosts, head)
    for mark in range(len(marks)):
        kind = marks[mark, MARK_KIND]
        if _NAMED[kind]:
            if marks[mark, MARK_FIRST_END] > marks[mark, MARK_FIRST]:
                if size + ROOM > len(out):
                    return NO_ROOM
                size = _named(mark, data, marks, names, references, head, rows, tally, out, size)
        elif kind == MARK_JSON_LD:
            head[SCRIPTS] += 1
        elif kind == MARK_RSL:
            head[DOCUMENTS] += 1
        elif kind <= MARK_BASE:
            _note(_GROUPS[kind], _NONE, mark, _NONE, _NONE, rows, tally)
    head[LEFT_PROPERTIES] += max(0, tally[OPEN_GRAPH] - PROPERTIES)
    head[LEFT_CLAIMS] = max(0, tally[CLAIM] - CLAIMS)
    head[LEFT_AGENTS] = max(0, tally[AGENT] - AGENTS)
    return _read(data, marks, references, head, rows, tally, out, size)


@inlined
def _named(
    row: int,
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    names: NDArray[np.uint64],
    references: Names,
    head: NDArray[np.int32],
    rows: NDArray[np.int32],
    tally: NDArray[np.int64],
    out: NDArray[np.uint8],
    size: int,
) -> int:
    """Note what a mark with a name says; gives where `out` goes on: past the name, if a row has it."""
    kind, first, end = marks[row, MARK_KIND], np.int64(marks[row, MARK_FIRST]), np.int64(marks[row, MARK_FIRST_END])
    at, past, number = read_name(data, first, end, names, references, out, size)
    field, rank = number >> FIELD & (1 << FIELD_BITS) - 1, number & (1 << FIELD) - 1
    told, noted = number >> TOLD & (1 << TOLD_BITS) - 1, False
    if number & IS_CLAIM:
        noted = _note(_CLAIM, _NONE, row, at, past, rows, tally)
    if kind == MARK_ITEM and not (number & IS_ITEM and marks[row, MARK_SECOND] < marks[row, MARK_SECOND_END]):
        field = 0
    if field and (kind == MARK_META or kind == MARK_ITEM):
        noted |= _note(field - 1, rank, row, at, past, rows, tally)
    if told and kind == MARK_META:
        group = OPEN_GRAPH + trailing_zeros(np.uint64(told))
        if group == OPEN_GRAPH and _is_known(at, past, rows, tally, out):
            head[LEFT_PROPERTIES] += 1
        else:
            noted |= _note(group, _NONE, row, at, past, rows, tally)
    if number & IS_CANONICAL and kind == MARK_LINK:
        noted |= _note(_CANONICAL, _NONE, row, at, past, rows, tally)
    return past if noted else size


@inner
def _note(
    group: int, rank: int, row: int, name: int, name_end: int, rows: NDArray[np.int32], tally: NDArray[np.int64]
) -> bool:
    """Note a statement after those of the same rank or a lower one; says whether it is kept."""
    first, end = STARTS[group], STARTS[group + 1]
    at = min(first + tally[group], end)
    tally[group] += 1
    while at > first and rows[at - 1, RANK] > rank:
        if at < end:
            for column in range(COLUMNS):
                rows[at, column] = rows[at - 1, column]
        at -= 1
    if at == end:
        return False
    rows[at, NAME], rows[at, NAME_END], rows[at, MARK], rows[at, RANK] = name, name_end, row, rank
    return True


@inner
def _is_known(at: int, end: int, rows: NDArray[np.int32], tally: NDArray[np.int64], out: NDArray[np.uint8]) -> bool:
    """Say whether there is a statement of the property out[at:end]."""
    first = STARTS[OPEN_GRAPH]
    for row in range(first, first + min(tally[OPEN_GRAPH], PROPERTIES)):
        name = rows[row, NAME]
        if rows[row, NAME_END] - name == end - at:
            i = at
            while i < end and out[i] == out[name + i - at]:
                i += 1
            if i == end:
                return True
    return False


@inlined
def _read(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    references: Names,
    head: NDArray[np.int32],
    rows: NDArray[np.int32],
    tally: NDArray[np.int64],
    out: NDArray[np.uint8],
    size: int,
) -> int:
    """Write the values of what was noted, and move the rows together."""
    number = 0
    for group in range(GROUPS):
        first = STARTS[group]
        for row in range(first, min(first + tally[group], STARTS[group + 1])):
            mark, title = rows[row, MARK], group == TITLE_TEXT
            value = np.int64(marks[mark, MARK_FIRST if title else MARK_SECOND])
            end = np.int64(marks[mark, MARK_FIRST_END if title else MARK_SECOND_END])
            if group == CANONICAL and end - value > LONGEST_ADDRESS:
                continue
            cut = end - value > LONGEST
            if cut:
                end = value + LONGEST
                while end > value and data[end] & _KIND == _CONTINUES:
                    end -= 1
            if size + GROWTH * (end - value) > len(out):
                return NO_ROOM
            past = plain(data, value, end, not title, references, out, size)
            if past == size and not cut and group != OPEN_GRAPH and group != AGENT and group != CLAIM:
                continue
            for column in range(COLUMNS):
                rows[number, column] = rows[row, column]
            rows[number, GROUP], rows[number, CUT] = group, value if cut else 0
            rows[number, VALUE], rows[number, VALUE_END] = size, past
            number, size = number + 1, past
            if past > rows[number - 1, VALUE] and (group < AUTHOR or title):
                break
    head[SIZE] = size
    return HEAD + COLUMNS * number
