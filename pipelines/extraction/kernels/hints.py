"""Reads what the names that an author gave an element (`class`, `id`) say of its content.

A name is looked up whole and in its parts: `post-content`, `post`, `content`; `mainMenu`, `main`, `menu`.
"""

# numba's stubs know no `_nrt`, and kernels are given numpy's numbers.
import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.memory import BITS_FOUND, HIGHEST, LISTED, LISTED_FOR, LOWEST
from pipelines.extraction.kernels.names import FNV_PRIME, FNV_START
from pipelines.extraction.kernels.tokens import is_space, lower

#: what is added to a weight so that a table holds no negative numbers, and the bits of it
BIAS, BITS = 1 << 15, 16


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
    """Read the names in a value, data[at:end]; what they say is gathered in `memory`."""
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
