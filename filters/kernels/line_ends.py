"""What a line ends with, and how many characters it has."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import decode
from filters.kernels.trim import last_character


@njit(cache=True, nogil=True)
def end_in(
    data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32], table: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Say of each line whether its last character is 1 in `table`; an empty line has none."""
    found = np.zeros(len(start), np.bool_)
    for line in range(len(start)):
        begin, stop = int(start[line]), int(end[line])
        if begin < stop:
            i = last_character(data, begin, stop)
            point = np.int64(data[i]) if data[i] < 0x80 else decode(data, i, stop)[0]
            found[line] = table[point] != 0
    return found


@njit(cache=True, nogil=True)
def characters(data: NDArray[np.uint8], start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int32]:
    """Count the characters of each line: bytes that do not continue one."""
    found = np.zeros(len(start), np.int32)
    for line in range(len(start)):
        number = np.int32(0)
        for byte in data[start[line] : end[line]]:
            number += byte & 0xC0 != 0x80
        found[line] = number
    return found
