"""Finds telephone numbers: by Dolma's expression, and by rules of our own."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, decode
from filters.kernels.compiled import inner
from filters.kernels.ips import is_word
from filters.kernels.traits import DECIMAL

#: uint8
Bytes = NDArray[Any]
Flags = NDArray[np.bool_]
Places = NDArray[Any]

_PLUS, _OPEN, _CLOSE, _HYPHEN, _DOT, _BLANK, _NEWLINE, _QUESTION = 43, 40, 41, 45, 46, 32, 10, 63

#: calling codes of ITU-T E.164 that are assigned
CALLING_CODES = (
    *(1, 20, 27, 211, 212, 213, 216, 218, *range(220, 259), *range(260, 270), 290, 291, 297, 298, 299, 30, 31, 32, 33),
    *(34, 36, 39, *range(350, 360), *range(370, 379), 380, 381, 382, 383, 385, 386, 387, 389, 40, 41, *range(43, 50)),
    *(420, 421, 423, *range(500, 510), *range(51, 59), *range(590, 600), *range(60, 67), 670, *range(672, 684)),
    *(*range(685, 693), 7, 800, 808, 81, 82, 84, 850, 852, 853, 855, 856, 86, 870, 878, 880, 881, 882, 883, 886, 888),
    *(*range(90, 96), 98, *range(960, 969), *range(970, 978), 979, 992, 993, 994, 995, 996, 998),
)


def _codes() -> Flags:
    table = np.zeros(1000, np.bool_)
    for code in CALLING_CODES:
        room = 10 ** (3 - len(str(code)))
        table[code * room : (code + 1) * room] = True
    table.flags.writeable = False
    return table


#: per three digits, whether a calling code of ITU-T E.164 begins them; what `vitrine_phones` is given as `codes`
CODES = _codes()


@njit(cache=True, nogil=True)
def vitrine_phones(data: Bytes, offsets: Places, codes: Flags) -> tuple[Places, Places]:
    """Find international numbers after a plus, and those of North America; returns starts and ends in bytes."""
    # Seven digits at least, and something between two of them.
    room = (offsets[-1] - offsets[0]) // 8 + 1
    out, count = (np.empty(room, np.int64), np.empty(room, np.int64)), 0
    for text in range(len(offsets) - 1):
        i: int = offsets[text]
        stop: int = offsets[text + 1]
        while i < stop:
            byte, end = data[i], 0
            if byte in (_PLUS, _OPEN) or 49 <= byte <= 57:
                before = data[i - 1] if i > offsets[text] else _BLANK
                # Digits are not within a price, a date, a decimal or another number.
                inside = is_word(before) or (byte > 48 and before in (35, 36, 43, 45, 46, 47))
                if byte == _PLUS and before != _PLUS and not inside:
                    end = _international(data, i + 1, stop, codes)
                elif byte != _PLUS and not inside:
                    end = _american(data, i, stop)
            if end:
                out[0][count], out[1][count] = i, end
                count += 1
            i = max(i + 1, end)
    return out[0][:count], out[1][:count]


@inner
def _international(data: Bytes, i: int, stop: int, codes: Flags) -> int:
    """Find the end of 8 to 15 digits, with up to three marks between two, that begin with a calling code; else 0."""
    end, digits, gap, lead, national, exchange = i, 0, 0, 0, 0, 0
    while i < stop and gap < 4 and digits < (11 if lead == 1 else 15):
        byte = data[i]
        if 48 <= byte <= 57:
            digits, gap, end = digits + 1, 0, i + 1
            # North America's numbers have 11 digits, and no nought or one where an area or an exchange begins.
            lead = byte - 48 if digits == 1 else lead
            national = national * 10 + byte - 48 if digits < 4 else national
            exchange = byte if digits == 5 else exchange
        elif byte in (_BLANK, _HYPHEN, _DOT, 47, _OPEN, _CLOSE):
            gap += 1
        elif byte == 0xC2 and i + 1 < stop and data[i + 1] == 0xA0:
            gap, i = gap + 1, i + 1
        else:
            break
        i += 1
    if digits < 8 or not codes[national] or (end < stop and is_word(data[end])):
        return 0
    if lead == 1 and (digits < 11 or national < 120 or exchange < 50):
        return 0
    return end


@inner
def _american(data: Bytes, i: int, stop: int) -> int:
    """Find the end of an area, an exchange and a number as North America writes them: `(212) 555-0123`; else 0."""
    if data[i] == 49 and i + 1 < stop:
        i += 1 if data[i + 1] == _OPEN else 2 if data[i + 1] in (_HYPHEN, _DOT, _BLANK) else 0
    closed = i < stop and data[i] == _OPEN
    i = _past_digits(data, i + closed, stop, 3, 50)
    if i == 0 or i + 1 >= stop:
        return 0
    mark = data[i]
    if (closed and mark != _CLOSE) or (not closed and mark not in (_HYPHEN, _DOT)):
        return 0
    i += 2 if closed and data[i + 1] in (_HYPHEN, _DOT, _BLANK) else 1
    i = _past_digits(data, i, stop, 3, 50)
    if i == 0 or i >= stop or (data[i] not in (_HYPHEN, _DOT, _BLANK) if closed else data[i] != mark):
        return 0
    i = _past_digits(data, i + 1, stop, 4, 48)
    if i == 0 or (i < stop and is_word(data[i])):
        return 0
    # As in `212-555-1234-5`.
    longer = i + 1 < stop and data[i] in (_HYPHEN, _DOT) and 48 <= data[i + 1] <= 57
    return 0 if longer else i


@inner
def _past_digits(data: Bytes, i: int, stop: int, count: int, least: int) -> int:
    """Find the end of so many digits at `i`, the first no less than the byte `least`; else 0."""
    if i + count > stop or data[i] < least:
        return 0
    for place in range(i, i + count):
        if not 48 <= data[place] <= 57:
            return 0
    return i + count


@njit(cache=True, nogil=True)
def dolma_phones(data: Bytes, offsets: Places, traits: Bytes) -> tuple[Places, Places]:
    """Find what Dolma's expression finds in each line, with the space before it; returns starts and ends in bytes."""
    room = (offsets[-1] - offsets[0]) // 11 + 1
    out, count = (np.empty(room, np.int64), np.empty(room, np.int64)), 0
    for text in range(len(offsets) - 1):
        i, stop, questions = offsets[text], offsets[text + 1], 0
        for place in range(i, stop):
            questions += data[place] == _QUESTION
        # Dolma leaves such a text alone.
        i = stop if questions > 10_000 else i
        start = -1
        while i < stop:
            point, after = data[i], i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            if traits[point] & SPACE:
                # A number and the space before it stand in one line.
                start = -1 if point == _NEWLINE else start if start >= 0 else i
            elif start >= 0:
                end = _dolma_number(data, i, stop, traits)
                if end:
                    out[0][count], out[1][count] = start, end
                    count += 1
                    after = end
                start = -1
            i = after
    return out[0][:count], out[1][:count]


@inner
def _dolma_number(data: Bytes, i: int, stop: int, traits: Bytes) -> int:
    r"""Find the end of `\(?\d{3}\)?[-. ]*\d{3}[-. ]?\d{4}`; else 0."""
    i += data[i] == _OPEN
    i = _past_decimals(data, i, stop, 3, traits)
    if i == 0:
        return 0
    i += i < stop and data[i] == _CLOSE
    while i < stop and data[i] in (_HYPHEN, _DOT, _BLANK):
        i += 1
    i = _past_decimals(data, i, stop, 3, traits)
    if i == 0:
        return 0
    i += i < stop and data[i] in (_HYPHEN, _DOT, _BLANK)
    return _past_decimals(data, i, stop, 4, traits)


@inner
def _past_decimals(data: Bytes, i: int, stop: int, count: int, traits: Bytes) -> int:
    """Find the end of so many digits of any script at `i`; else 0."""
    for _ in range(count):
        if i >= stop:
            return 0
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, stop)
        if not traits[point] & DECIMAL:
            return 0
        i = after
    return i
