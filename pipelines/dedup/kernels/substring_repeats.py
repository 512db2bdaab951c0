"""Finds what is repeated in texts that a suffix array was made of."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner

Bytes = NDArray[np.uint8]
Places = NDArray[Any]


@njit(cache=True, nogil=True)
def repeats(
    data: Bytes, offsets: Places, places: Places, suffixes: Places, size: int, keep_first: bool
) -> tuple[Places, Places, Places]:
    """Find the parts of texts that are made of repeated runs of `size` bytes; return text, start and end of each.

    `suffixes` are the starts of all suffixes of `data`, int32, sorted; text i is `data[offsets[i] : offsets[i + 1]]`,
    and the texts are all of the data. `places` says which text is the first. Takes five bytes for each byte of data.
    """
    # Where a suffix has `size` bytes in common with the one before it; then, where what begins here ends.
    common = _common_prefixes(data, suffixes)
    same = np.empty(len(suffixes), np.bool_)
    for row in range(len(suffixes)):
        same[row] = common[suffixes[row]] >= size
    ends = common
    ends[:] = 0
    row = 0
    while row < len(suffixes):
        stop = row + 1
        while stop < len(suffixes) and same[stop]:
            stop += 1
        if stop > row + 1:
            _mark(offsets, places, suffixes[row:stop], size, keep_first, ends)
        row = stop
    nothing = np.empty(0, np.int64)
    count = _collect(data, offsets, ends, nothing, nothing, nothing)
    text, start, end = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    _collect(data, offsets, ends, text, start, end)
    return text, start, end


@njit(cache=True, nogil=True)
def _common_prefixes(data: Bytes, suffixes: Places) -> Places:
    """Count for each suffix, by its start, the bytes in common with the one before it in order.

    Karkkainen, Manzini and Puglisi 2009: in the order of the text each count is at least the last one less 1.
    """
    before = np.empty(len(suffixes), np.int32)
    last = -1
    for row in range(len(suffixes)):
        before[suffixes[row]] = last
        last = suffixes[row]
    count = 0
    for i in range(len(before)):
        other = before[i]
        if other < 0:
            count = 0
        else:
            most = len(data) - max(i, other)
            while count < most and data[i + count] == data[other + count]:
                count += 1
        before[i] = count
        count = max(count - 1, 0)
    return before


@inner
def _mark(offsets: Places, places: Places, group: Places, size: int, keep_first: bool, ends: Places) -> None:
    """Mark all equal runs but the first; what of another one lies in the first stays, too.

    A run that ends in another text than it begins in is none. As equal runs are equal bytes and nothing else, no
    byte between texts is needed to tell those that are.
    """
    count, first, owner = 0, -1, -1
    for start in group:
        text = _text_of(offsets, start)
        if start + size <= offsets[text + 1]:
            count += 1
            if first < 0 or (places[text], start) < (places[owner], first):
                first, owner = np.int64(start), text
    if count < 2:
        return
    for start in group:
        text = _text_of(offsets, start)
        if start + size > offsets[text + 1]:
            continue
        begin = np.int64(start)
        if keep_first:
            if start == first:
                continue
            if text == owner:
                begin = max(begin, first + size)
        ends[begin] = max(ends[begin], start + size)


@inlined
def _text_of(offsets: Places, place: int) -> int:
    """Find the text that a byte lies in."""
    low, high = 0, len(offsets) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if offsets[middle] <= place:
            low = middle
        else:
            high = middle
    return low


@inner
def _collect(data: Bytes, offsets: Places, ends: Places, text: Places, start: Places, end: Places) -> int:
    """Join what overlaps or touches, leave characters whole, and write it down if there is room; count the parts."""
    count = 0
    for owner in range(len(offsets) - 1):
        i, stop = offsets[owner], offsets[owner + 1]
        while i < stop:
            if ends[i] == 0:
                i += 1
                continue
            begin, finish = i, np.int64(ends[i])
            while i < stop and i <= finish:
                finish = max(finish, np.int64(ends[i]))
                i += 1
            begin, last = _whole(data, begin, finish, stop)
            if begin < last:
                if len(text):
                    text[count], start[count], end[count] = owner, begin, last
                count += 1
    return count


@inlined
def _whole(data: Bytes, begin: int, finish: int, stop: int) -> tuple[int, int]:
    """Leave out what is only part of a character, on both sides."""
    while begin < finish and data[begin] & 0xC0 == 0x80:
        begin += 1
    while finish > begin and finish < stop and data[finish] & 0xC0 == 0x80:
        finish -= 1
    return begin, finish
