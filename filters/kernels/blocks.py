"""Eight bytes of text as one number: which of them are of a kind, found for all eight at once.

`load` of `intrinsics` reads a block, the first byte lowest. A mask has the highest bit of each byte that is meant, so
`trailing_zeros(mask) >> 3` is the place of the first one, and 8 where there is none. Above its first bit a mask of
`equal` may hold bits too many.
"""

import numpy as np

from filters.kernels.compiled import inlined

ONES = np.uint64(0x0101010101010101)
HIGH = np.uint64(0x8080808080808080)
_LOW = np.uint64(0x7F7F7F7F7F7F7F7F)
_CASE = np.uint64(0x2020202020202020)
#: what takes the lowest byte of a kind to 0x80: `a`, what follows `z`, `!` and the blank
_FROM_A, _PAST_Z, _FROM_GRAPHIC, _FROM_BLANK = (ONES * np.uint64(0x80 - byte) for byte in (0x61, 0x7B, 0x21, 0x20))
_ONE, _EIGHT = np.uint64(1), np.uint64(8)


@inlined
def letters(block: np.uint64) -> np.uint64:
    """Mark the bytes `A` to `Z` and `a` to `z`."""
    low = (block | _CASE) & _LOW
    return (low + _FROM_A) & ~(low + _PAST_Z) & ~block & HIGH


@inlined
def not_graphic(block: np.uint64) -> np.uint64:
    """Mark all bytes but those of ASCII from `!` on: white space, controls, and parts of other characters."""
    return ~((block & _LOW) + _FROM_GRAPHIC & ~block) & HIGH


@inlined
def not_printable(block: np.uint64) -> np.uint64:
    """Mark all bytes but those of ASCII from the blank on."""
    return ~((block & _LOW) + _FROM_BLANK & ~block) & HIGH


@inlined
def equal(block: np.uint64, eight: np.uint64) -> np.uint64:
    """Mark the first byte that is equal in `eight`, such as ONES * byte; the marks above it may be wrong."""
    different = block ^ eight
    return (different - ONES) & ~different & HIGH


@inlined
def first_bytes(block: np.uint64, count: int | np.int64) -> np.uint64:
    """Leave the first `count` bytes, 0 to 7, and make the others 0."""
    return block & (_ONE << _EIGHT * np.uint64(count)) - _ONE
