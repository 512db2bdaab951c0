"""Reads what the names that an author gave an element (`class`, `id`) say of its content.

A name is looked up whole and in its parts: `post-content`, `post`, `content`; `mainMenu`, `main`, `menu`.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.vectors import WIDTH, kinds
from pipelines.extraction.kernels.keys import key_at, slot_of
from pipelines.extraction.kernels.memory import (
    BITS_FOUND,
    HIGHEST,
    LISTED,
    LISTED_FOR,
    LOWEST,
    SAID,
    SAID_COLUMNS,
    SAID_VALUES,
    data_of,
    hints_of,
    listed_of,
    memory_of,
)
from pipelines.extraction.kernels.tokens import is_space, past_space

#: what is added to a weight so that a table holds no negative numbers, and the bits of it
BIAS, BITS = 1 << 15, 16
_ONE = np.uint64(1)
_CAPITALS, _SMALL, _HIGH = (65, 90), (97, 122), (128, 255)
_letters = kinds((_CAPITALS, _SMALL, _HIGH), (_CAPITALS,), (_SMALL,))
_EIGHT, _PRIME, _MIX, _SHIFT = 8, np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


@inner
def read_hints(page: int, at: int, end: int) -> None:
    """Read the names in a value, data[at:end]; what they say is gathered in the memory.

    Values come again and again in a page: what one said is remembered until another one takes its place.
    """
    memory, listed = memory_of(page), listed_of(page)
    key = np.int64(_hash(data_of(page), at, end))
    place = SAID + SAID_COLUMNS * (key & (SAID_VALUES - 1))
    low, high, bits = memory[LOWEST], memory[HIGHEST], memory[BITS_FOUND]
    if memory[place] != key or len(listed) > 0:
        memory[LOWEST] = memory[HIGHEST] = memory[BITS_FOUND] = 0
        _read_names(page, at, end)
        memory[place], memory[place + 1] = key, memory[LOWEST]
        memory[place + 2], memory[place + 3] = memory[HIGHEST], memory[BITS_FOUND]
    memory[LOWEST], memory[HIGHEST] = min(low, memory[place + 1]), max(high, memory[place + 2])
    memory[BITS_FOUND] = bits | memory[place + 3]


@inlined
def _hash(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """Mix a value's bytes, eight at a time, and their number."""
    key = np.uint64(end - at + 1) * _PRIME
    while at < end:
        block = load(data, at)
        if end - at < _EIGHT:
            block &= (np.uint64(1) << np.uint64(8 * (end - at))) - np.uint64(1)
        key = (key ^ block) * _MIX
        key ^= key >> _SHIFT
        at += _EIGHT
    return key


@inner
def _read_names(page: int, at: int, end: int) -> None:
    """Look up the names in a value, whole and in parts."""
    data = data_of(page)
    at = past_space(data, at, end)
    while at < end:
        last = at
        while last < end and not is_space(data[last]):
            last += 1
        if _read_parts(page, at, last) > 1:
            _note(page, key_at(data, at, last))
        at = past_space(data, last, end)


@inner
def _read_parts(page: int, at: int, end: int) -> int:
    """Look up the parts of a name that are longer than a letter, and count them: a capital after a small one is new."""
    data, parts = data_of(page), 0
    begin, opened, before_small = at, np.uint64(0), np.uint64(0)
    while at < end:
        letter, capital, small = _letters(data, at)
        count = min(end - at, WIDTH)
        here = (_ONE << np.uint64(count)) - _ONE
        before, anew = letter << _ONE | opened, capital & (small << _ONE | before_small)
        begins, ends = here & letter & (~before | anew), here & before & (~letter | anew)
        while ends:
            if not opened:
                begin = at + trailing_zeros(begins)
                begins &= begins - _ONE
            parts += _note_part(page, begin, at + trailing_zeros(ends))
            ends &= ends - _ONE
            opened = np.uint64(0)
        if begins:
            begin = at + trailing_zeros(begins)
        opened, before_small = letter >> np.uint64(count - 1) & _ONE, small >> np.uint64(count - 1) & _ONE
        at += count
    return parts + _note_part(page, begin, end) if opened else parts


@inlined
def _note_part(page: int, begin: int, end: int) -> int | np.int64:
    """Look up a part, unless it is one letter: 1 or 0."""
    if end - begin > 1:
        _note(page, key_at(data_of(page), begin, end))
    return np.int64(end - begin > 1)


@inner
def _note(page: int, key: np.uint64) -> None:
    """Look one name up: keep the lowest and highest weight, gather the bits beyond; list it where there is room."""
    table, listed, memory = hints_of(page), listed_of(page), memory_of(page)
    slots = len(table) >> 1
    slot = slot_of(key, slots)
    while table[slot] != 0 and table[slot] != key:
        slot = (slot + 1) & (slots - 1)
    if table[slot] == key:
        value = np.int64(table[slots + slot])
        weight = (value & 0xFFFF) - BIAS
        memory[LOWEST] = min(memory[LOWEST], weight)
        memory[HIGHEST] = max(memory[HIGHEST], weight)
        memory[BITS_FOUND] |= value >> BITS
    if memory[LISTED] < len(listed):
        listed[memory[LISTED], 0], listed[memory[LISTED], 1] = np.uint64(memory[LISTED_FOR]), key
        memory[LISTED] += 1
