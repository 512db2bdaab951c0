"""Writes a value of a page as plain text: references resolved, runs of white space one space, NUL replaced."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.references import Names, reference

#: bytes of text that one byte of a value may become: NUL is written as a replacement character
GROWTH = 3
_AMPERSAND, _SPACE = 0x26, 0x20
#: bool[256]: neither begins white space, nor is `&`
_IS_PLAIN = np.ones(256, np.bool_)
_IS_PLAIN[[*range(33), _AMPERSAND, 0xC2, 0xE1, 0xE2, 0xE3]] = False


@inner
def resolve(data: NDArray[np.uint8], first: int, end: int, names: Names, out: NDArray[np.uint8], at: int) -> int:
    """Write an attribute's value to `out` from `at` on with what its references stand for; gives where that ends."""
    while first < end:
        if data[first] == _AMPERSAND:
            first, at = reference(data, first, end, True, names, out, at)
        else:
            out[at] = data[first]
            first, at = first + 1, at + 1
    return at


@inner
def plain(
    data: NDArray[np.uint8], first: int, end: int, attribute: bool, names: Names, out: NDArray[np.uint8], at: int
) -> int:
    """Write data[first:end] to `out` from `at` on; gives where the text ends. There is room for GROWTH times as much.

    White space is what Python's `str.split` takes for it. References are read as in values (`attribute`) or in text.
    """
    begin = at
    while first < end:
        byte = data[first]
        if _IS_PLAIN[byte]:
            out[at] = byte
            first, at = first + 1, at + 1
        elif byte == _AMPERSAND:
            first, past = reference(data, first, end, attribute, names, out, at)
            at = _join(out, begin, at, past)
        elif byte == 0:
            out[at], out[at + 1], out[at + 2] = 0xEF, 0xBF, 0xBD
            first, at = first + 1, at + GROWTH
        else:
            first, at = _step(data, first, end, out, begin, at)
    return at - 1 if at > begin and out[at - 1] == _SPACE else at


@inner
def _join(text: NDArray[np.uint8], begin: int, at: int, end: int) -> int:
    """Make text[at:end] plain, which follows the plain text[begin:at]; gives where that ends then."""
    first = at
    while first < end:
        first, at = _step(text, first, end, text, begin, at)
    return at


@inlined
def _step(
    data: NDArray[np.uint8], first: int, end: int, out: NDArray[np.uint8], begin: int, at: int
) -> tuple[int, int]:
    """Write a byte, or a space for white space unless one is there or nothing; gives where to read and write on."""
    size = white_space(data, first, end)
    if size == 0:
        out[at] = data[first]
        return first + 1, at + 1
    if at > begin and out[at - 1] != _SPACE:
        out[at] = _SPACE
        at += 1
    return first + size, at


@inlined
def white_space(text: NDArray[np.uint8], at: int, end: int) -> int:
    """Say how many bytes the white space has that text[at] begins, UTF-8 that ends at `end`; 0 if it is none."""
    byte = text[at]
    if byte < 0xC2:
        return 1 if byte == _SPACE or 9 <= byte <= 13 or 28 <= byte <= 31 else 0
    second = text[at + 1] if at + 1 < end else np.uint8(0)
    if byte == 0xC2:
        return 2 if second == 0x85 or second == 0xA0 else 0
    third = text[at + 2] if at + 2 < end else np.uint8(0)
    if byte == 0xE1:
        return 3 if second == 0x9A and third == 0x80 else 0
    if byte == 0xE2 and second == 0x80:
        return 3 if 0x80 <= third <= 0x8A or third == 0xA8 or third == 0xA9 or third == 0xAF else 0
    if byte == 0xE2:
        return 3 if second == 0x81 and third == 0x9F else 0
    return 3 if byte == 0xE3 and second == 0x80 and third == 0x80 else 0
