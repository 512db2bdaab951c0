"""Reads notices of copyright and "all rights reserved", which are most of what texts say of rights, where ASCII tells.

The rules are those of `rights.licence_names.licence_begins`; whatever folding may change is left to it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.tokens import is_letter, lower

#: what a text begins with: only others can tell, nothing, a notice of copyright, a reservation of all rights
UNREAD, NOTHING, NOTICE, ALL_RESERVED = range(4)
#: bytes from a place on within which others look for notices, and those within which what is looked at begins
_FARTHEST, _LONGEST = 120, 112
#: bytes before it in which may stand what it is an end of
_BEFORE = 16
#: signs of a folded text that are no byte of ASCII's: the end, what is not ASCII; and the blank
_END, _OTHER, _BLANK = -1, -2, 0x20
#: the copyright sign is 0xC2 0xA9, and the blank that does not break 0xC2 0xA0
_LEAD, _SIGN, _NO_BREAK = 0xC2, 0xA9, 0xA0
_OPEN, _CLOSE, _AMPERSAND, _COMMA, _COLON, _LOW_LINE = b"()&,:_"
_ZERO, _ONE, _TWO, _NINE = b"0129"
_B, _C, _Y = b"bcy"
_COPY, _COPYRIGHT, _PHRASE = (
    np.frombuffer(word, np.uint8) for word in (b"&copy;", b"copyright", b"all rights reserved")
)
#: how words end that make "all" no more than some
_ENDINGS = np.frombuffer(b"osnsninere", np.uint8).reshape(-1, 2)
#: signs between the word and the year or sign, and between the sign and a name
_APART, _APART_OF_NAME = 4, 3


@inner
def notice(text: NDArray[np.uint8], first: int, at: int, end: int) -> int:
    """Say what text[at:end] begins with, where text[first:at] precedes it in its block."""
    byte = text[at]
    if byte == _OPEN:
        found = _bracketed(text, at, end)
    elif byte == _LEAD:
        found = _signed(text, at, end)
    elif _begins(text, at, end, _COPYRIGHT):
        found = _spelt(text, at, end)
    else:
        found = _reserved(text, first, at, end)
    # What folding drops may part what is nothing as it stands.
    return UNREAD if found == NOTHING and not _is_plain(text, at, end) else found


@inlined
def _is_plain(text: NDArray[np.uint8], at: int, end: int) -> bool:
    """Say whether the signs in which others look for notices are ASCII's but for those that are known here."""
    here, farthest = at, min(end, at + _FARTHEST)
    while here < farthest:
        if text[here] >= 0x80 and _sign(text, here, end)[0] == _OTHER:
            return False
        here += 1 + (text[here] == _LEAD)
    return True


@inlined
def _sign(text: NDArray[np.uint8], at: int, end: int) -> tuple[int | np.int64, int]:
    """Give the sign of the folded text that stands at a place, and where the next one does: blanks are one."""
    blank = at
    while blank < end and _is_blank(text, blank, end):
        blank += 1 + (text[blank] == _LEAD)
    if blank > at:
        return _BLANK, blank
    if at >= end:
        return _END, at
    if text[at] < 0x80:
        return np.int64(lower(text[at])), at + 1
    if text[at] == _LEAD and at + 1 < end and text[at + 1] == _SIGN:
        return _SIGN, at + 2
    return _OTHER, at


@inlined
def _is_blank(text: NDArray[np.uint8], at: int, end: int) -> bool:
    byte = text[at]
    return byte == _BLANK or 9 <= byte <= 13 or 28 <= byte <= 31 or _is_no_break(text, at, end)


@inlined
def _is_no_break(text: NDArray[np.uint8], at: int, end: int) -> bool:
    return text[at] == _LEAD and at + 1 < end and text[at + 1] == _NO_BREAK


@inlined
def _is_of_word(sign: int) -> bool:
    return is_letter(sign) or _is_digit(sign)


@inlined
def _is_digit(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    return _ZERO <= byte <= _NINE


@inlined
def _is_year(text: NDArray[np.uint8], at: int, end: int) -> bool:
    if at + 4 > end or not (_is_digit(text[at + 2]) and _is_digit(text[at + 3])):
        return False
    return (text[at] == _ONE and text[at + 1] == _NINE) or (text[at] == _TWO and text[at + 1] == _ZERO)


@inlined
def _begins(text: NDArray[np.uint8], at: int, end: int, word: NDArray[np.uint8]) -> bool:
    if at + len(word) > end:
        return False
    for place in range(len(word)):
        if lower(text[at + place]) != word[place]:
            return False
    return True


@inlined
def _is_mark(text: NDArray[np.uint8], at: int, end: int) -> bool:
    """Say whether `(c)` or `&copy;` stands at a place."""
    if at + 3 <= end and text[at] == _OPEN and text[at + 2] == _CLOSE and lower(text[at + 1]) == _C:
        return True
    return _begins(text, at, end, _COPY)


@inlined
def _spelt(text: NDArray[np.uint8], at: int, end: int) -> int:
    """Read on after the word copyright: a year or a sign must come."""
    farthest, here = at + _LONGEST, at + len(_COPYRIGHT)
    for _ in range(_APART + 1):
        if here > farthest:
            return UNREAD
        sign, behind = _sign(text, here, end)
        if sign == _SIGN or _is_year(text, here, end) or _is_mark(text, here, end):
            return NOTICE
        if sign == _OTHER:
            return UNREAD
        if sign == _END or _is_of_word(sign):
            return NOTHING
        here = behind
    return NOTHING


@inlined
def _signed(text: NDArray[np.uint8], at: int, end: int) -> int:
    """Read on after the copyright sign: a name or a year must come."""
    sign, here = _sign(text, at, end)
    if sign != _SIGN:
        return UNREAD
    for _ in range(_APART_OF_NAME + 1):
        if here > at + _LONGEST:
            return UNREAD
        sign, here = _sign(text, here, end)
        if _is_of_word(sign):
            return NOTICE
        if sign == _OTHER:
            return UNREAD
        if sign != _BLANK and sign != _COMMA and sign != _COLON:
            return NOTHING
    return NOTHING


@inlined
def _bracketed(text: NDArray[np.uint8], at: int, end: int) -> int:
    """Read on after `(c)` and a blank: a year must come, perhaps with `by` before it."""
    blank, here = _sign(text, at + 3, end)
    if blank != _BLANK or here >= end or here > at + _LONGEST // 2:
        return UNREAD
    if lower(text[here]) == _B and here + 2 < end and lower(text[here + 1]) == _Y:
        sign, behind = _sign(text, here + 2, end)
        here = behind if sign == _BLANK else here
    if here > at + _LONGEST or here >= end or text[here] >= 0x80:
        return UNREAD
    return NOTICE if _is_year(text, here, end) else NOTHING


@inlined
def _reserved(text: NDArray[np.uint8], first: int, at: int, end: int) -> int:
    """Read "all rights reserved", unless what precedes it may take it back."""
    here = at
    for place in range(len(_PHRASE)):
        sign, here = _sign(text, here, end)
        if sign != _PHRASE[place]:
            return UNREAD
    sign, _ = _sign(text, here, end)
    if here > at + _LONGEST or sign == _OTHER or sign == _LOW_LINE or _is_of_word(sign):
        return UNREAD
    return ALL_RESERVED if _stands_alone(text, first, at) else UNREAD


@inlined
def _stands_alone(text: NDArray[np.uint8], first: int, at: int) -> bool:
    """Say whether no word such as `algunos` precedes, or another that may end as one of these does."""
    before = at
    while before > first and before > at - _BEFORE and _is_blank(text, before - 1, at):
        before -= 1
    if before == first or before == at - _BEFORE:
        return True
    if text[before - 1] >= 0x80:
        return False
    for pair in range(len(_ENDINGS)):
        if before - 2 >= first and _begins(text, before - 2, before, _ENDINGS[pair]):
            return False
    return True
