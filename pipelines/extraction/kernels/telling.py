"""Chooses the marks that may say something of the page: few of its links do."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_COLUMNS,
    MARK_FIRST,
    MARK_FIRST_END,
    MARK_ITEM,
    MARK_KIND,
    MARK_LINK,
)
from pipelines.extraction.kernels.references import Numbers
from pipelines.extraction.kernels.tokens import lower

#: beginnings, of four letters, of what relations and items of interest have in their names
_WORDS = tuple(int.from_bytes(word, "big") for word in (b"lice", b"copy", b"righ", b"cano", b"date", b"head", b"desc"))
_LICE, _COPY, _RIGH, _CANO, _DATE, _HEAD, _DESC = _WORDS
_AMPERSAND = 0x26


@njit(cache=True, nogil=True)
def telling(data: NDArray[np.uint8], marks: Numbers) -> NDArray[np.int32]:
    """Copy the marks that `evidence` reads: of links and items, those with a name of interest, or with a reference."""
    found, number = np.empty((len(marks), MARK_COLUMNS), np.int32), 0
    for row in range(len(marks)):
        kind = marks[row, MARK_KIND]
        if (kind == MARK_ANCHOR or kind == MARK_LINK or kind == MARK_ITEM) and not _is_telling(
            data, marks[row, MARK_FIRST], marks[row, MARK_FIRST_END]
        ):
            continue
        for column in range(MARK_COLUMNS):
            found[number, column] = marks[row, column]
        number += 1
    return found[:number]


@njit(cache=True, nogil=True)
def _is_telling(data: NDArray[np.uint8], at: int, end: int) -> bool:
    last = np.uint32(0)
    while at < end:
        byte = data[at]
        last = np.uint32(last << np.uint32(8) | np.uint32(lower(byte)))
        if last == _LICE or last == _COPY or last == _RIGH or last == _CANO or byte == _AMPERSAND:
            return True
        if last == _DATE or last == _HEAD or last == _DESC:
            return True
        at += 1
    return False
