"""Finds e-mail addresses: by datatrove's expression, and by one of our own.

Each takes time in proportion to the text, whatever the text: a regular expression would try again from every letter.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import WORD, decode
from filters.kernels.compiled import inner

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_AT, _DOT, _HYPHEN, _OPEN, _CLOSE, _COLON = 64, 46, 45, 91, 93, 58

#: per byte: letter or digit of ASCII, letter, digit, of a name in datatrove's addresses, of a name in ours, and
#: the marks that Dolma lets stand around an address
_ALPHANUMERIC, _LETTER, _DIGIT, _ATOM, _NAME, MARK = 1, 2, 4, 8, 16, 32
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0123456789"


def _kinds() -> Bytes:
    table = np.zeros(256, np.uint8)
    for flag, members in (
        (_ALPHANUMERIC, _LETTERS + _DIGITS),
        (_LETTER, _LETTERS),
        (_DIGIT, _DIGITS),
        (_ATOM, _LETTERS + _DIGITS + "!#$%&'*+/=?^_`{|}~-"),
        (_NAME, _LETTERS + _DIGITS + "_.%+'-"),
        (MARK, ".,?!;:)("),
    ):
        table[[ord(member) for member in members]] |= np.uint8(flag)
    table.flags.writeable = False
    return table


#: what the kernels below are given as `kinds`
KINDS = _kinds()


@njit(cache=True, nogil=True)
def datatrove_emails(data: Bytes, offsets: Places, kinds: Bytes, traits: Bytes) -> tuple[Places, Places]:
    """Find what datatrove's expression finds; returns starts and ends in bytes."""
    out, count = room_for(data, offsets), 0
    for text in range(len(offsets) - 1):
        free, stop = offsets[text], offsets[text + 1]
        for at in range(offsets[text], stop):
            if data[at] == _AT:
                end = _datatrove_domain(data, at + 1, stop, kinds)
                start = _datatrove_name(data, free, at, offsets[text], kinds, traits) if end else -1
                if start >= 0:
                    out[0][count], out[1][count] = start, end
                    count += 1
                    free = end
    return out[0][:count], out[1][:count]


@njit(cache=True, nogil=True)
def room_for(data: Bytes, offsets: Places) -> tuple[Places, Places]:
    """Make room for as many starts and ends as there are at signs."""
    most = 0
    for i in range(offsets[0], offsets[-1]):
        most += data[i] == _AT
    return np.empty(most, np.int64), np.empty(most, np.int64)


@inner
def _datatrove_name(data: Bytes, free: int, at: int, text: int, kinds: Bytes, traits: Bytes) -> int:
    r"""Find the leftmost start, not before `free`, of atoms with dots between that end at `at`; -1 if there is none.

    A start stands at a `\b`: of it and what stands before it, one is a word character.
    """
    start, i = -1, at - 1
    while i >= free:
        kind = kinds[data[i]]
        if data[i] == _DOT:
            if i + 1 == at or i == free or not kinds[data[i + 1]] & _ATOM or not kinds[data[i - 1]] & _ATOM:
                break
        elif not kind & _ATOM:
            break
        elif _is_word(data, text, i, traits) != ((traits[data[i]] & WORD) != 0):
            start = i
        i -= 1
    return start


@inner
def _is_word(data: Bytes, text: int, end: int, traits: Bytes) -> bool:
    r"""Say whether the character that ends at `end` is a `\w`; there is none before `text`."""
    if end == text:
        return False
    i = end - 1
    while i > text and end - i < 4 and (data[i] & 0xC0) == 0x80:
        i -= 1
    point = data[i]
    if point > 127:
        point, _ = decode(data, i, end)
    return (traits[point] & WORD) != 0


@inner
def _datatrove_domain(data: Bytes, i: int, stop: int, kinds: Bytes) -> int:
    """Find the end of two labels or more, or of an address in brackets; 0 if there is none."""
    if i < stop and data[i] == _OPEN:
        return _literal(data, i + 1, stop, kinds)
    end, labels = 0, 0
    while i < stop and kinds[data[i]] & _ALPHANUMERIC:
        last = i
        while i < stop and (kinds[data[i]] & _ALPHANUMERIC or data[i] == _HYPHEN):
            last = last if data[i] == _HYPHEN else i
            i += 1
        labels += 1
        if labels > 1:
            end = last + 1
        if last + 1 < i or i == stop or data[i] != _DOT:
            break
        i += 1
    return end


@inner
def _literal(data: Bytes, i: int, stop: int, kinds: Bytes) -> int:
    """Find the end of `1.2.3.4]`, whose last part may be a word and a colon; 0 if there is none."""
    for _ in range(3):
        i = past_octet(data, i, stop)
        if i == 0 or i >= stop or data[i] != _DOT:
            return 0
        i += 1
    octet = past_octet(data, i, stop)
    if octet and octet < stop and data[octet] == _CLOSE:
        return octet + 1
    first = i
    while i < stop and (kinds[data[i]] & _ALPHANUMERIC or data[i] == _HYPHEN):
        i += 1
    ends = i > first and data[i - 1] != _HYPHEN and i + 1 < stop and data[i] == _COLON and data[i + 1] == _CLOSE
    return i + 2 if ends else 0


@inner
def past_octet(data: Bytes, i: int, stop: int) -> int:
    """Find the end of the digits at `i` if they are up to three and no more than 255; else 0."""
    value, end = 0, i
    while end < stop and 48 <= data[end] <= 57:
        if end - i == 3:
            return 0
        value = 10 * value + data[end] - 48
        end += 1
    return end if end > i and value <= 255 else 0


@njit(cache=True, nogil=True)
def vitrine_emails(data: Bytes, offsets: Places, kinds: Bytes) -> tuple[Places, Places]:
    """Find up to 64 bytes of a name, two labels or more, the last of letters; returns starts and ends in bytes."""
    out, count = room_for(data, offsets), 0
    for text in range(len(offsets) - 1):
        free, stop = offsets[text], offsets[text + 1]
        for at in range(offsets[text], stop):
            if data[at] == _AT:
                end = _vitrine_domain(data, at + 1, stop, kinds)
                start = _vitrine_name(data, max(free, at - 64), at, kinds) if end else at
                if start < at:
                    out[0][count], out[1][count] = start, end
                    count += 1
                    free = end
    return out[0][:count], out[1][:count]


@inner
def _vitrine_name(data: Bytes, free: int, at: int, kinds: Bytes) -> int:
    """Find the leftmost start of a name that ends at `at`: a letter, a digit or `_`; `at` if there is none."""
    start, i = at, at - 1
    while i >= free and kinds[data[i]] & _NAME:
        if kinds[data[i]] & _ALPHANUMERIC or data[i] == 95:
            start = i
        i -= 1
    return start


@inner
def _vitrine_domain(data: Bytes, i: int, stop: int, kinds: Bytes) -> int:
    """Find the end of the last label that can be a top-level domain; 0 if there is none."""
    end, labels = 0, 0
    while i < stop and kinds[data[i]] & _ALPHANUMERIC:
        first, last, lettered = i, i, True
        while i < stop and (kinds[data[i]] & _ALPHANUMERIC or data[i] == _HYPHEN):
            last = last if data[i] == _HYPHEN else i
            i += 1
        for place in range(first, last + 1):
            lettered = lettered and (kinds[data[place]] & _LETTER) != 0
        size = last + 1 - first
        if size > 63:
            break
        labels += 1
        if labels > 1 and ((lettered and 2 <= size <= 24) or (size > 4 and _is_punycode(data, first))):
            end = last + 1
        if last + 1 < i or i == stop or data[i] != _DOT:
            break
        i += 1
    return end


@inner
def _is_punycode(data: Bytes, i: int) -> bool:
    x, n = data[i] | 32, data[i + 1] | 32
    return x == 120 and n == 110 and data[i + 2] == _HYPHEN and data[i + 3] == _HYPHEN
