"""C4's rules for lines."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.blocks import ONES, equal
from filters.kernels.characters import SPACE, decode
from filters.kernels.compiled import inner
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.traits import DECIMAL
from filters.kernels.trim import after_space, before_space, next_space
from pipelines.edits.kernels.phrases import contains

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_OPEN, _CLOSE, _STOP = 91, 93, 46
_OPENS = np.uint64(_OPEN) * ONES
_EDIT = np.frombuffer(b"edit]", np.uint8)
_NEEDED = np.frombuffer(b"citation needed]", np.uint8)


@njit(cache=True, nogil=True)
def c4_lines(
    data: Bytes,
    lines: tuple[Places, Places, Places],
    rules: tuple[bool, bool, int, int],
    phrases: tuple[Any, ...],
    traits: Bytes,
) -> tuple[Any, ...]:
    """Choose the lines that stay.

    `lines` are start, end and each text's first line. `rules`: whether a line must end in a mark, whether citations
    go, the fewest words, the most characters of a word; a word is what stands between white space.

    Returns, per line, whether it stays, from which byte and to which; and the places of citations inside them.
    """
    start, end, firsts = lines
    punctuated, uncited, fewest, longest = rules
    kept, begin, finish = np.zeros(len(start), np.bool_), start.astype(np.int64), start.astype(np.int64)
    # Two brackets at least.
    room = len(data) // 2 + 1 if uncited else 1
    cited = (np.empty(room, np.int64), np.empty(room, np.int64))
    scratch = np.empty(np.max(end - start) if len(start) else 0, np.uint8)
    count = 0
    for text in range(len(firsts) - 1):
        first, last, first_byte, last_byte = -1, -1, 0, 0
        for line in range(firsts[text], firsts[text + 1]):
            low = after_space(data, np.int64(start[line]), np.int64(end[line]), traits)
            high = before_space(data, low, np.int64(end[line]), traits)
            if low < high:
                begin[line], finish[line] = low, high
            if not _has_words(data, low, high, fewest, longest, traits):
                continue
            before, low, high = count, begin[line], finish[line]
            if uncited:
                count = _citations(data, low, high, cited, count, traits)
            if count > before:
                size = _without(data, low, high, cited, before, count, scratch)
                kept[line] = _stays(scratch, 0, size, punctuated, phrases)
            else:
                kept[line] = _stays(data, low, high, punctuated, phrases)
            if not kept[line]:
                count = before
                continue
            if count > before:
                low, high = _visible(data, low, high, cited, before, count, traits)
            if low < high:
                if first < 0:
                    first, first_byte = line, low
                last, last_byte = line, high
        # The joined text is stripped: what shows nothing goes from both ends.
        if first < 0:
            kept[firsts[text] : firsts[text + 1]] = False
        else:
            kept[firsts[text] : first] = False
            kept[last + 1 : firsts[text + 1]] = False
            begin[first], finish[last] = first_byte, last_byte
    return kept, begin, finish, cited[0][:count], cited[1][:count]


@njit(cache=True, nogil=True)
def _has_words(data: Bytes, i: int, end: int, fewest: int, longest: int, traits: Bytes) -> bool:
    """Say whether there are `fewest` words from `i` on, none of them with more than `longest` characters."""
    number, long_ones = 0, end - i > longest
    while i < end and (number < fewest or long_ones):
        after = next_space(data, i, end, traits)
        if after - i > longest and _count(data, i, after) > longest:
            return False
        number += 1
        i = after_space(data, after, end, traits)
    return number >= fewest


@inner
def _count(data: Bytes, start: int, end: int) -> int:
    """Count the characters."""
    count, i = 0, start
    while i < end:
        i = i + 1 if data[i] < 0x80 else decode(data, i, end)[1]
        count += 1
    return count


@inner
def _stays(data: Bytes, start: int, end: int, punctuated: bool, phrases: tuple[Any, ...]) -> bool:
    if punctuated:
        mark = data[end - 1] if end > start else 0
        if mark not in (46, 63, 33, 34, 39):
            return False
        if mark == _STOP and end - start > 2 and data[end - 2] == _STOP and data[end - 3] == _STOP:
            return False
    return not contains(data, start, end, phrases)


@inner
def _citations(data: Bytes, i: int, end: int, out: tuple[Places, Places], count: int, traits: Bytes) -> int:
    """Find `[12]`, `[]`, `[edit]` and `[citation needed]` from byte `i` on; return how many places there are now."""
    while i < end:
        if i + 8 <= end:
            place = trailing_zeros(equal(load(data, i), _OPENS)) >> 3
            i += place
            if place == 8:
                continue
        if data[i] == _OPEN:
            close = _closing(data, i + 1, end, traits)
            if close > 0:
                out[0][count], out[1][count] = i, close
                count += 1
                i = close
                continue
        i += 1
    return count


@inner
def _closing(data: Bytes, start: int, end: int, traits: Bytes) -> int:
    """Say where the citation ends whose bracket opens before `start`; 0 where it is none."""
    i = start
    while i < end:
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, end)
        if not traits[point] & DECIMAL:
            break
        i = after
    if i < end and data[i] == _CLOSE:
        return i + 1
    if _reads(data, start, end, _EDIT):
        return start + len(_EDIT)
    return start + len(_NEEDED) if _reads(data, start, end, _NEEDED) else 0


@inner
def _reads(data: Bytes, start: int, end: int, wanted: Bytes) -> bool:
    if end - start < len(wanted):
        return False
    same = True
    for i in range(len(wanted)):
        same = same and data[start + i] == wanted[i]
    return same


@inner
def _without(data: Bytes, start: int, end: int, cuts: tuple[Places, Places], first: int, last: int, out: Bytes) -> int:
    """Copy what is left of `data[start:end]` without the cuts `first` to `last`; return its size."""
    size, i = 0, start
    for cut in range(first, last + 1):
        stop = cuts[0][cut] if cut < last else end
        while i < stop:
            out[size] = data[i]
            size += 1
            i += 1
        if cut < last:
            i = cuts[1][cut]
    return size


@inner
def _visible(
    data: Bytes, start: int, end: int, cuts: tuple[Places, Places], first: int, last: int, traits: Bytes
) -> tuple[int, int]:
    """Find the first and the last byte that are no space, nor in the cuts `first` to `last`; the end is exclusive."""
    low, high, i, cut = end, end, start, first
    while i < end:
        if cut < last and i == cuts[0][cut]:
            i = cuts[1][cut]
            cut += 1
            continue
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, end)
        if not traits[point] & SPACE:
            low, high = (i if low == end else low), after
        i = after
    return low, high
