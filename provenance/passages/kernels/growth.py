"""Grows what two texts share to both sides, as far as it goes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.passage_index.kernels.parting import ALONE, BEGIN, POINT

Letters = NDArray[np.int32]
Places = NDArray[Any]


@inner
def grow(  # what is shared, where it was found, and where it goes
    one: Letters, other: Letters, seeds: tuple[Places, Places], least: int, steps: int, found: Places
) -> tuple[int, int]:
    """Grow pairs of letters to maximal runs of equal letters that begin and end with tokens in both texts.

    `seeds` are the letters of both, sorted by their difference, then by the first: what lies in a run that was grown
    is not grown again. Runs of fewer than `least` units are none. Row i of `found` becomes start and end in the first
    text, then in the other. At most about `steps` letters are compared. Returns how many runs there are, and how many
    seeds were not looked at.
    """
    count, last, stop = 0, np.int64(1) << 62, np.int64(-1)
    for seed in range(len(seeds[0])):
        at, shift = seeds[0][seed], seeds[1][seed] - seeds[0][seed]
        if shift == last and at < stop:
            continue
        if steps <= 0:
            return count, len(seeds[0]) - seed
        low, high = at, at
        while low > 0 and low + shift > 0 and _same(one[low - 1], other[low - 1 + shift]):
            low -= 1
        while high < len(one) and high + shift < len(other) and _same(one[high], other[high + shift]):
            high += 1
        steps -= high - low + 1
        last, stop = shift, max(high, at + 1)
        while low < at and not _parted(one, low, other, low + shift):
            low += 1
        while high > at and not _parted(one, high, other, high + shift):
            high -= 1
        if _units(one, low, high) >= least:
            found[count, 0], found[count, 1] = low, high
            found[count, 2], found[count, 3] = low + shift, high + shift
            count += 1
    return count, 0


@inlined
def _same(one: np.int32, other: np.int32) -> bool:
    return one & POINT == other & POINT


@inlined
def _parted(one: Letters, at: int, other: Letters, place: int) -> bool:
    """Say whether a token begins, or the text ends, in both."""
    return (at == len(one) or one[at] & BEGIN != 0) and (place == len(other) or other[place] & BEGIN != 0)


@inlined
def _units(letters: Letters, low: int, high: int) -> int:
    units = 0
    for letter in range(low, high):
        if letters[letter] & BEGIN:
            units += 1 if letters[letter] & ALONE else 2
    return units
