"""Normalises and hashes passages: what they become is written to a buffer of bytes, and hashed there."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import decode
from filters.kernels.compiled import inlined
from filters.kernels.trim import after_space, before_space
from pipelines.dedup.kernels.passage_folds import BLANK, GROWTH, LONGEST, NOTHING, SEVERAL, ZERO
from pipelines.dedup.kernels.passage_hashes import hash_pair

Bytes = NDArray[np.uint8]
Places = NDArray[Any]
Hashes = NDArray[np.uint64]

_BLANK_BYTE, _ZERO_BYTE = 32, 48
_POINT, _COMMA, _ARABIC_COMMA, _ARABIC_POINT = 0x2E, 0x2C, 0x60C, 0x66B
_DECIMAL_SIGNS, _LAST_DECIMAL_SIGN = 0x2396, 0x2398


@njit(cache=True, nogil=True)
def raw_lines(data: Bytes, start: Places, end: Places, classes: Bytes) -> tuple[Hashes, Hashes, NDArray[np.bool_]]:
    """Hash lines as they stand: their two hashes, and whether there is anything but white space in them."""
    one, other = np.empty(len(start), np.uint64), np.empty(len(start), np.uint64)
    filled = np.empty(len(start), np.bool_)
    address, size = data.ctypes.data, len(data)
    for line in range(len(start)):
        begin, stop = np.int64(start[line]), np.int64(end[line])
        filled[line] = after_space(data, begin, stop, classes) < stop
        one[line], other[line] = hash_pair(address + begin, stop - begin, size - begin)
    return one, other, filled


@njit(cache=True, nogil=True)
def folded_lines(
    data: Bytes, start: Places, end: Places, values: Places, sequences: Places, classes: Bytes
) -> tuple[Hashes, Hashes, NDArray[np.bool_]]:
    """Hash what lines become by a table, without space around them: two hashes, and whether anything is left."""
    one, other = np.empty(len(start), np.uint64), np.empty(len(start), np.uint64)
    filled = np.empty(len(start), np.bool_)
    longest = 0
    for line in range(len(start)):
        longest = max(longest, end[line] - start[line])
    out = np.empty(GROWTH * longest, np.uint8)
    address = out.ctypes.data
    for line in range(len(start)):
        stop = before_space(data, np.int64(start[line]), np.int64(end[line]), classes)
        i, at = after_space(data, np.int64(start[line]), stop, classes), 0
        while i < stop:
            point, i = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
            value = np.int64(values[point])
            if value >= 0:
                at = _put(out, at, value)
            elif value == ZERO:
                at = _put(out, at, np.int64(_ZERO_BYTE))
            elif value <= SEVERAL:
                at = _put_all(out, at, sequences[SEVERAL - value])
        filled[line] = at > 0
        one[line], other[line] = hash_pair(address, at, len(out))
    return one, other, filled


@njit(cache=True, nogil=True)
def spans(
    data: Bytes, parts: tuple[Places, Places, Places], width: int, values: Places, sequences: Places
) -> tuple[Places, Places, Hashes, Hashes]:
    """Hash all runs of `width` sentences of each text, simplified one by one and joined by a blank.

    `parts` are start, end and each text's first sentence. Returns, per span that is not blank: its text, its first
    sentence, and two hashes.
    """
    start, end, firsts = parts
    texts = len(firsts) - 1
    most, longest, many = 0, 0, 0
    for text in range(texts):
        count = firsts[text + 1] - firsts[text]
        if count >= width:
            most, many = most + count - width + 1, max(many, count)
            longest = max(longest, end[firsts[text + 1] - 1] - start[firsts[text]])
    owner, first = np.empty(most, np.int64), np.empty(most, np.int64)
    one, other = np.empty(most, np.uint64), np.empty(most, np.uint64)
    out, begins, ends = np.empty(GROWTH * longest + many, np.uint8), np.empty(many, np.int64), np.empty(many, np.int64)
    address, span = out.ctypes.data, 0
    for text in range(texts):
        count = firsts[text + 1] - firsts[text]
        if count < width:
            continue
        at = 0
        for part in range(count):
            begins[part] = at
            at = _simplify(
                data,
                np.int64(start[firsts[text] + part]),
                np.int64(end[firsts[text] + part]),
                out,
                at,
                values,
                sequences,
            )
            ends[part] = at
            out[at] = _BLANK_BYTE
            at += 1
        for part in range(count - width + 1):
            filled = False
            for inside in range(part, part + width):
                filled = filled or ends[inside] > begins[inside]
            if filled:
                begin, size = begins[part], ends[part + width - 1] - begins[part]
                owner[span], first[span] = text, firsts[text] + part
                one[span], other[span] = hash_pair(address + begin, size, len(out) - begin)
                span += 1
    return owner[:span], first[:span], one[:span], other[:span]


@inlined
def _simplify(data: Bytes, i: int, stop: int, out: Bytes, at: int, values: Places, sequences: Places) -> int:
    """Write a sentence in lower case, numbers as 0, without marks and accents, runs of white space as one blank.

    White space is counted before accents go: one that stands alone leaves a blank on both sides.
    """
    origin, gap, blanks = at, False, 0
    while i < stop:
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        value = np.int64(values[point])
        if value == BLANK:
            gap, i = True, after
            continue
        if gap and at > origin:
            blanks += 1
        gap, i = False, after
        if value == NOTHING:
            continue
        while blanks > 0:
            out[at] = _BLANK_BYTE
            at, blanks = at + 1, blanks - 1
        if value >= 0:
            at = _put(out, at, value)
        elif value == ZERO:
            i = _after_number(data, i, stop, values)
            at = _put(out, at, np.int64(_ZERO_BYTE))
        else:
            at = _put_all(out, at, sequences[SEVERAL - value])
    return at


@inlined
def _after_number(data: Bytes, i: int, stop: int, values: Places) -> int:
    """Find where a number ends that goes on at `i`: digits, and maybe a decimal sign with digits behind it."""
    i = _after_digits(data, i, stop, values)
    if i < stop:
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        sign = point in (_POINT, _COMMA, _ARABIC_COMMA, _ARABIC_POINT)
        if sign or _DECIMAL_SIGNS <= point <= _LAST_DECIMAL_SIGN:
            further = _after_digits(data, after, stop, values)
            if further > after:
                i = further
    return i


@inlined
def _after_digits(data: Bytes, i: int, stop: int, values: Places) -> int:
    while i < stop:
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        if values[point] != ZERO:
            return i
        i = after
    return i


@inlined
def _put(out: Bytes, at: int, point: np.int64) -> int:
    """Write a code point as UTF-8."""
    if point < 0x80:
        out[at] = point
        return at + 1
    if point < 0x800:
        out[at], out[at + 1] = 0xC0 | point >> 6, 0x80 | point & 0x3F
        return at + 2
    if point < 0x10000:
        out[at], out[at + 1], out[at + 2] = 0xE0 | point >> 12, 0x80 | point >> 6 & 0x3F, 0x80 | point & 0x3F
        return at + 3
    out[at], out[at + 1] = 0xF0 | point >> 18, 0x80 | point >> 12 & 0x3F
    out[at + 2], out[at + 3] = 0x80 | point >> 6 & 0x3F, 0x80 | point & 0x3F
    return at + 4


@inlined
def _put_all(out: Bytes, at: int, points: Places) -> int:
    for place in range(LONGEST):
        if points[place]:
            at = _put(out, at, np.int64(points[place]))
    return at
