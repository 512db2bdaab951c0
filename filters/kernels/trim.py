"""Where white space ends and begins, from a place on or before one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.blocks import not_graphic
from filters.kernels.characters import SPACE, decode
from filters.kernels.compiled import inlined
from filters.kernels.intrinsics import load, trailing_zeros

Bytes = NDArray[np.uint8]


@inlined
def after_space(data: Bytes, i: Any, stop: Any, classes: Bytes) -> Any:  # noqa: ANN401  # numbers of numpy's
    """Find the first character that is no space; `stop` where all are."""
    while i < stop:
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        if not classes[point] & SPACE:
            return i
        i = after
    return stop


@inlined
def next_space(data: Bytes, i: Any, stop: Any, classes: Bytes) -> Any:  # noqa: ANN401  # numbers of numpy's
    """Find the first character that is space; `stop` where none is."""
    while i < stop:
        if i + 8 <= stop:
            run = trailing_zeros(not_graphic(load(data, i))) >> 3
            i += run
            if run == 8 or i == stop:
                continue
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        if classes[point] & SPACE:
            return i
        i = after
    return stop


@inlined
def before_space(data: Bytes, begin: Any, stop: Any, classes: Bytes) -> Any:  # noqa: ANN401  # numbers of numpy's
    """Find where the last character ends that is no space; `begin` where all are."""
    while stop > begin:
        i = last_character(data, begin, stop)
        point = np.int64(data[i]) if data[i] < 0x80 else decode(data, i, stop)[0]
        if not classes[point] & SPACE:
            return stop
        stop = i
    return begin


@inlined
def last_character(data: Bytes, begin: int, stop: int) -> int:
    """Find where the character begins that ends before `stop > begin`."""
    i = stop - 1
    while i > begin and stop - i < 4 and data[i] & 0xC0 == 0x80:
        i -= 1
    return i
