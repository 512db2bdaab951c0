"""Where a word stands in a model's dictionary."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.fasttext_tables import FNV_PRIME, FNV_START

PREFIX = np.frombuffer(b"__label__", np.uint8)
#: stands for the entry of a label, which is no word
LABEL = -2
S32, LOW32 = np.uint64(32), np.uint64(0xFFFFFFFF)


@inlined
def fnv_byte(hashed: np.uint32, byte: np.uint8) -> np.uint32:
    """Hash one more byte as fastText does: FNV-1a, but the byte is a signed char."""
    return np.uint32((hashed ^ np.uint32(np.int8(byte))) * FNV_PRIME)


@inner
def fnv(data: NDArray[np.uint8], start: int, end: int) -> np.uint32:
    """Hash data[start:end] so."""
    hashed = FNV_START
    for i in range(start, end):
        hashed = fnv_byte(hashed, data[i])
    return hashed


@njit(cache=True, nogil=True)
def index(names: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Put each entry into a slot: its hash above, its number and one below; 0 is an empty slot.

    Its slot is the one that the low bits of its hash say, or else the next empty one.
    """
    size = 2
    while size < 2 * len(starts):
        size *= 2
    slots = np.zeros(size, np.uint64)
    for entry in range(len(starts)):
        hashed = fnv(names, starts[entry], ends[entry])
        slot = np.int64(hashed) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = np.uint64(hashed) << S32 | np.uint64(entry + 1)
    return slots


@inlined
def find(
    data: NDArray[np.uint8],
    start: int,
    length: int,
    hashed: np.uint32,
    words: int,
    names: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    slots: NDArray[np.uint64],
) -> np.int64 | int:
    """Find the entry of the word data[start:start + length]; -1 if it has none, and LABEL for a label, known or not."""
    entry, slot = -1, np.int64(hashed) & (len(slots) - 1)
    while entry < 0 and slots[slot]:
        candidate = np.int64(slots[slot] & LOW32) - 1 if slots[slot] >> S32 == np.uint64(hashed) else -1
        if candidate >= 0 and ends[candidate] - starts[candidate] == length:
            begin, i = starts[candidate], 0
            while i < length and names[begin + i] == data[start + i]:
                i += 1
            entry = candidate if i == length else -1
        slot = (slot + 1) & (len(slots) - 1)
    i = 0
    while entry < 0 and i < min(length, len(PREFIX)) and data[start + i] == PREFIX[i]:
        i += 1
    return LABEL if entry >= words or i == len(PREFIX) else entry
