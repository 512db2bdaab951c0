"""Turns a choice of lines into cuts."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

#: uint8
Bytes = NDArray[Any]
Flags = NDArray[np.bool_]
Places = NDArray[Any]

#: what a cut is: bytes that go, a line boundary that becomes a newline, or a place inside a line
GONE, NEWLINE, INNER = 0, 1, 2
_NEWLINE_BYTE = 10


@njit(cache=True, nogil=True)
def line_cuts(
    data: Bytes,
    offsets: Places,
    lines: tuple[Places, Places, Places],
    kept: Flags,
    bounds: tuple[Places, Places],
    inner: tuple[Places, Places],
) -> tuple[Places, Places, Places, Places]:
    r"""Cut texts down to their kept lines, each from `bounds[0]` to `bounds[1]` without `inner`, with `\n` between.

    `lines` are start, end and each text's first line, as `all_lines` gives them; `inner` are ascending places.
    Returns, per cut: its text, start byte, end byte, and kind.
    """
    start, end, firsts = lines
    begin, finish = bounds
    most = 2 * len(start) + len(inner[0]) + len(offsets)
    out = (np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64))
    cut, place = 0, 0
    for text in range(len(offsets) - 1):
        first, stop = firsts[text], firsts[text + 1]
        last = stop - 1
        while last >= first and not kept[last]:
            last -= 1
        for line in range(first, stop):
            following = start[line + 1] if line + 1 < stop else offsets[text + 1]
            if kept[line]:
                cut = _cut(out, cut, text, start[line], begin[line], GONE)
                while place < len(inner[0]) and inner[0][place] < finish[line]:
                    low, high = max(inner[0][place], begin[line]), min(inner[1][place], finish[line])
                    cut = _cut(out, cut, text, low, high, INNER)
                    place += 1
                if line == last:
                    cut = _cut(out, cut, text, finish[line], following if line + 1 == stop else end[line], GONE)
                elif data[following - 1] == _NEWLINE_BYTE:
                    cut = _cut(out, cut, text, finish[line], following - 1, GONE)
                else:
                    cut = _cut(out, cut, text, finish[line], following, NEWLINE)
            elif line < last or last < first:
                cut = _cut(out, cut, text, start[line], following, GONE)
            else:
                # No kept line follows: the boundary before this one goes with it.
                cut = _cut(out, cut, text, end[line - 1], following if line + 1 == stop else end[line], GONE)
    return out[0][:cut], out[1][:cut], out[2][:cut], out[3][:cut]


@inner
def _cut(out: tuple[Places, Places, Places, Places], cut: int, text: int, start: int, end: int, kind: int) -> int:
    """Write a cut down, unless it is empty; return the number of the next one."""
    if start >= end:
        return cut
    out[0][cut], out[1][cut], out[2][cut], out[3][cut] = text, start, end, kind
    return cut + 1
