"""Chooses which of equal passages go."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

Numbers = NDArray[Any]

_OPEN, _STAYS, _GOES = 0, 1, 2


@njit(cache=True, nogil=True)
def goes(
    order: Numbers, hashes: Numbers, check: Numbers, place: Numbers, start: Numbers, first: bool
) -> NDArray[np.bool_]:
    """Say of each passage whether it goes: an equal one has a lower place and start, or, unless `first`, any is equal.

    `order` puts those of one hash beside each other. Returns bool[n].
    """
    fates = np.zeros(len(hashes), np.uint8)
    row = 0
    while row < len(order):
        stop = row + 1
        while stop < len(order) and hashes[order[stop]] == hashes[order[row]]:
            stop += 1
        if stop > row + 1:
            _choose(order[row:stop], check, place, start, first, fates)
        row = stop
    return fates == _GOES


@inner
def _choose(run: Numbers, check: Numbers, place: Numbers, start: Numbers, first: bool, fates: Numbers) -> None:
    """Choose among passages of one hash: one check after the other, and there is hardly ever more than one."""
    for one in run:
        if fates[one] != _OPEN:
            continue
        best, count = one, 0
        for other in run:
            if check[other] == check[one]:
                count += 1
                if (place[other], start[other]) < (place[best], start[best]):
                    best = other
        for other in run:
            if check[other] == check[one]:
                fates[other] = _STAYS if count == 1 or (first and other == best) else _GOES
