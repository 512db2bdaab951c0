"""Turns passages that go into cuts, so that what is left reads on as well as it can."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.trim import after_space, before_space

Bytes = NDArray[np.uint8]
Places = NDArray[Any]

_NEWLINE = 10


@njit(cache=True, nogil=True)
def cuts(
    data: Bytes, offsets: Places, text: Places, start: Places, end: Places, classes: Bytes
) -> tuple[Places, Places, Places]:
    """Join passages, ascending by text and start, that touch, overlap, or have but white space between; add the space.

    Where something is left on both sides, the newlines of one side stay: of that with more, else those behind. What
    stays in a line beside them stays, too: its indentation, and blanks at its end. Where there is no newline the blanks
    behind stay, or else those before. Where nothing is left on one side, all of that side goes. Returns text, start
    and end of the cuts.
    """
    out = (np.empty(len(text), np.int64), np.empty(len(text), np.int64), np.empty(len(text), np.int64))
    cut, number = 0, 0
    while number < len(text):
        owner = text[number]
        begin, stop = offsets[owner], offsets[owner + 1]
        finish = before_space(data, start[number], end[number], classes)
        first = after_space(data, start[number], finish, classes)
        number += 1
        if first >= finish:
            continue
        behind = after_space(data, finish, stop, classes)
        while number < len(text) and text[number] == owner and start[number] <= behind:
            further = before_space(data, start[number], end[number], classes)
            # All white space, where `further` is its start.
            if further > finish and further > start[number]:
                finish = further
                behind = after_space(data, finish, stop, classes)
            number += 1
        before = before_space(data, begin, first, classes)
        out[0][cut] = owner
        out[1][cut], out[2][cut] = _with_space(data, (begin, before, first), (finish, behind, stop))
        cut += 1
    return out[0][:cut], out[1][:cut], out[2][:cut]


@inner
def _with_space(data: Bytes, left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[int, int]:
    """Say from where to where a cut goes.

    On the left: where the text begins, where what stays ends, where what goes begins; on the right: where that ends,
    where what stays begins, where the text ends.
    """
    begin, before, first = left
    finish, behind, stop = right
    if before == begin:
        return begin, stop if behind == stop else _past_newline(data, finish, behind, behind)
    if behind == stop:
        return _newline(data, before, first, before), stop
    above, below = _newlines(data, before, first), _newlines(data, finish, behind)
    if below > above or (below == above and (below > 0 or behind > finish)):
        if above == 0:
            return before, finish
        return _newline(data, before, first, before), _newline(data, finish, behind, finish)
    if below == 0:
        return first, behind
    return _past_newline(data, before, first, first), _past_newline(data, finish, behind, behind)


@inlined
def _newlines(data: Bytes, i: int, stop: int) -> int:
    count = 0
    for byte in data[i:stop]:
        count += byte == _NEWLINE
    return count


@inlined
def _newline(data: Bytes, i: int, stop: int, otherwise: int) -> int:
    """Find the first newline; `otherwise` where there is none."""
    while i < stop and data[i] != _NEWLINE:
        i += 1
    return i if i < stop else otherwise


@inlined
def _past_newline(data: Bytes, i: int, stop: int, otherwise: int) -> int:
    """Find what follows the last newline; `otherwise` where there is none."""
    origin = i
    i = stop
    while i > origin and data[i - 1] != _NEWLINE:
        i -= 1
    return i if i > origin else otherwise
