"""Builds the buffers of edited texts, and says where the cuts lay in characters."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]


@njit(cache=True, nogil=True)
def splice(
    data: Bytes, offsets: Places, text: Places, start: Places, end: Places, puts: Bytes, put: Places, put_end: Places
) -> tuple[Bytes, NDArray[np.int32]]:
    """Copy all texts, with `puts[put:put_end]` in place of each cut `start:end`.

    Returns the new bytes, and where each text begins in them, followed by where the last one ends.
    """
    size = offsets[-1] - offsets[0] + np.sum(put_end - put) - np.sum(end - start)
    out, bounds = np.empty(size, np.uint8), np.empty(len(offsets), np.int32)
    at, cut = 0, 0
    for number in range(len(offsets) - 1):
        bounds[number] = at
        i = offsets[number]
        while cut < len(text) and text[cut] == number:
            at = _copy(data, i, start[cut], out, at)
            at = _copy(puts, put[cut], put_end[cut], out, at)
            i = end[cut]
            cut += 1
        at = _copy(data, i, offsets[number + 1], out, at)
    bounds[-1] = at
    return out, bounds


@inner
def _copy(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    # Views, because an index into one is known not to be negative: then many bytes are copied at once.
    source, target = data[start:end], out[at : at + end - start]
    for i in range(len(source)):
        target[i] = source[i]
    return at + end - start


@njit(cache=True, nogil=True)
def characters(
    data: Bytes, offsets: Places, text: Places, start: Places, end: Places
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Say before how many characters of its text each cut starts and ends."""
    first, last = np.empty(len(text), np.int32), np.empty(len(text), np.int32)
    i, count = 0, 0
    for cut in range(len(text)):
        if cut == 0 or text[cut] != text[cut - 1]:
            number: int = text[cut]
            i, count = offsets[number], 0
        count += _count(data, i, start[cut])
        first[cut] = count
        count += _count(data, start[cut], end[cut])
        last[cut] = count
        i = end[cut]
    return first, last


@inner
def _count(data: Bytes, start: int, end: int) -> int:
    count = 0
    for byte in data[start:end]:
        count += (byte & 0xC0) != 0x80
    return count
