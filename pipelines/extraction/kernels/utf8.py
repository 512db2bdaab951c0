"""Says whether bytes are UTF-8: most of a page is ASCII, which is passed WIDTH bytes at a time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import trailing_zeros
from filters.kernels.vectors import WIDTH, kinds

_high = kinds(((0x80, 0xFF),))
#: the first bits of a byte that goes on with a character
_KIND, _CONTINUES = 0xC0, 0x80


@inner
def is_utf8(data: NDArray[np.uint8], at: int, end: int) -> bool:
    """Say whether data[at:end] is valid, as Unicode's table 3-7 has it: no surrogates, nothing longer than need be."""
    while at < end:
        if at + WIDTH <= end:
            (found,) = _high(data, at)
            at += trailing_zeros(found) if found else WIDTH
            if not found:
                continue
        if data[at] < _CONTINUES:
            at += 1
            continue
        size = _character(data, at, end)
        if size == 0:
            return False
        at += size
    return True


@inlined
def _character(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Say how many bytes the character beyond ASCII that begins here has; 0: none does."""
    lead = data[at]
    size = 2 if 0xC2 <= lead < 0xE0 else 3 if 0xE0 <= lead < 0xF0 else 4 if 0xF0 <= lead < 0xF5 else 0
    if size == 0 or at + size > end:
        return 0
    second = data[at + 1]
    lowest = 0xA0 if lead == 0xE0 else 0x90 if lead == 0xF0 else 0x80
    highest = 0x9F if lead == 0xED else 0x8F if lead == 0xF4 else 0xBF
    if second < lowest or second > highest:
        return 0
    if size > 2 and not _continues(data[at + 2]):
        return 0
    return size if size < 4 or _continues(data[at + 3]) else 0


@inlined
def _continues(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    return byte & _KIND == _CONTINUES
