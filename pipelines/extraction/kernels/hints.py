"""Reads what the names that an author gave an element (`class`, `id`) say of its content.

A name is looked up whole and in its parts: `post-content`, `post`, `content`; `mainMenu`, `main`, `menu`.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load
from pipelines.extraction.kernels.memory import (
    BITS_FOUND,
    HIGHEST,
    LISTED,
    LISTED_FOR,
    LOWEST,
    SAID,
    SAID_COLUMNS,
    SAID_VALUES,
)
from pipelines.extraction.kernels.names import FNV_PRIME, FNV_START
from pipelines.extraction.kernels.tokens import is_space, lower

#: what is added to a weight so that a table holds no negative numbers, and the bits of it
BIAS, BITS = 1 << 15, 16
_WIDTH, _MIX, _SHIFT = 8, np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


@inlined
def _note(key: np.uint64, table: NDArray[np.uint64], listed: NDArray[np.uint64], memory: NDArray[np.int64]) -> None:
    """Look one name up: keep the lowest and highest weight, gather the bits beyond; list it where there is room."""
    mask = len(table) - 1
    slot = np.int64(key & np.uint64(mask))
    while table[slot, 0] != 0:
        if table[slot, 0] == key:
            value = np.int64(table[slot, 1])
            weight = (value & 0xFFFF) - BIAS
            memory[LOWEST] = min(memory[LOWEST], weight)
            memory[HIGHEST] = max(memory[HIGHEST], weight)
            memory[BITS_FOUND] |= value >> BITS
            break
        slot = (slot + 1) & mask
    if memory[LISTED] < len(listed):
        listed[memory[LISTED], 0], listed[memory[LISTED], 1] = np.uint64(memory[LISTED_FOR]), key
        memory[LISTED] += 1


@inner
def read_hints(
    data: NDArray[np.uint8],
    at: int,
    end: int,
    table: NDArray[np.uint64],
    listed: NDArray[np.uint64],
    memory: NDArray[np.int64],
) -> None:
    """Read the names in a value, data[at:end]; what they say is gathered in `memory`.

    Values come again and again in a page: what one said is remembered until another one takes its place. 8 bytes may
    be looked at from any place before `end`.
    """
    key = np.int64(_hash(data, at, end))
    place = SAID + SAID_COLUMNS * (key & (SAID_VALUES - 1))
    low, high, bits = memory[LOWEST], memory[HIGHEST], memory[BITS_FOUND]
    if memory[place] != key or len(listed) > 0:
        memory[LOWEST] = memory[HIGHEST] = memory[BITS_FOUND] = 0
        _read_names(data, at, end, table, listed, memory)
        memory[place], memory[place + 1] = key, memory[LOWEST]
        memory[place + 2], memory[place + 3] = memory[HIGHEST], memory[BITS_FOUND]
    memory[LOWEST], memory[HIGHEST] = min(low, memory[place + 1]), max(high, memory[place + 2])
    memory[BITS_FOUND] = bits | memory[place + 3]


@inlined
def _hash(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """Mix a value's bytes, eight at a time, and their number."""
    key = np.uint64(end - at + 1) * FNV_PRIME
    while at < end:
        block = load(data, at)
        if end - at < _WIDTH:
            block &= (np.uint64(1) << np.uint64(8 * (end - at))) - np.uint64(1)
        key = (key ^ block) * _MIX
        key ^= key >> _SHIFT
        at += _WIDTH
    return key


@inner
def _read_names(
    data: NDArray[np.uint8],
    at: int,
    end: int,
    table: NDArray[np.uint64],
    listed: NDArray[np.uint64],
    memory: NDArray[np.int64],
) -> None:
    """Look up the names in a value, whole and in parts."""
    whole = part = FNV_START
    parts = length = 0
    previous = np.uint8(32)
    for i in range(at, end + 1):
        byte = data[i] if i < end else np.uint8(32)
        small = lower(byte)
        letter = 97 <= small <= 122 or byte >= 0x80
        if letter and not (65 <= byte <= 90 and 97 <= previous <= 122):
            part = (part ^ np.uint64(small)) * FNV_PRIME
            length += 1
        else:
            if length > 1:
                _note(part, table, listed, memory)
                parts += 1
            length = 1 if letter else 0
            part = (FNV_START ^ np.uint64(small)) * FNV_PRIME if letter else FNV_START
        if is_space(byte):
            if whole != FNV_START and parts > 1:
                _note(whole, table, listed, memory)
            whole, parts = FNV_START, 0
        else:
            whole = (whole ^ np.uint64(small)) * FNV_PRIME
        previous = byte
