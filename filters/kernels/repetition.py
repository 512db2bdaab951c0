"""Finds what occurs more than once in a text: words, n-grams, lines and paragraphs alike, by 64-bit keys.

Two of `d` different things of one text have the same key with probability d² / 2⁶⁵: 3e-8 for a million different
words. A page made to collide could do so, and would only be taken for more repetitive than it is.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


@njit(cache=True, nogil=True)
def repeats(keys: NDArray[np.uint64], firsts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Say of each item which is the first of its text with the same key: int32; -1 where no other item has it.

    `keys` are one per item, 0 where an item is not asked about; `firsts` the number of each text's first item, and at
    last of all. Time and memory are linear in the items.
    """
    found = np.full(len(keys), -1, np.int32)
    most = 0
    for text in range(len(firsts) - 1):
        most = max(most, firsts[text + 1] - firsts[text])
    table = np.empty(slots_for(most), np.int32)
    for text in range(len(firsts) - 1):
        first, last = firsts[text], firsts[text + 1]
        asked = 0
        for item in range(first, last):
            asked += keys[item] != 0
        slots = slots_for(asked)
        table[:slots] = -1
        for item in range(first, last):
            key = keys[item]
            if key == 0:
                continue
            mixed = (key ^ key >> _HALF) * _SPREAD
            slot = np.int64(mixed >> _HALF) & (slots - 1)
            while table[slot] >= 0 and keys[table[slot]] != key:
                slot = (slot + 1) & (slots - 1)
            if table[slot] < 0:
                table[slot] = item
            else:
                found[item] = found[table[slot]] = table[slot]
    return found


@inner
def slots_for(items: int) -> int:
    """Size a table: a power of two with two thirds of its slots free or more, so that most are found at once."""
    slots = 2
    while slots < 3 * items:
        slots *= 2
    return slots
