"""What a classifier is handed of a text: each was trained on texts in a form of its own."""

from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import CLASSES, SPACE, decode
from filters.kernels.compiled import inner
from filters.kernels.trim import last_character

Form = Literal["spaces", "lines", "words", "joined"]
_LINES, _WORDS, _JOINED = 1, 2, 3
_FORMS = {"lines": _LINES, "words": _WORDS, "joined": _JOINED}
_NEWLINE, _BLANK = np.uint8(10), np.uint8(32)


def prepare(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], form: Form
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    r"""Bring texts into a form: their bytes, and where each begins and ends.

    `spaces`: as it stands, so that `\n` is a space as for `predict(text.replace("\n", " "))`; `lines`: as
    `" ".join(text.strip().splitlines())`; `words`: as `" ".join(text.split())`; `joined`: as
    `text.strip().replace("\n", "")`. Where one space stands there for another, or for several, is not told apart.
    """
    if form == "spaces":
        return data, offsets[:-1], offsets[1:]
    return _prepare(data, offsets, CLASSES, _FORMS[form])


@njit(cache=True, nogil=True)
def _prepare(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], classes: NDArray[np.uint8], form: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    prepared = np.empty(offsets[-1] - offsets[0], np.uint8)
    starts, ends = np.empty(len(offsets) - 1, np.int64), np.empty(len(offsets) - 1, np.int64)
    at = 0
    for text in range(len(starts)):
        i, end = _trim(data, offsets[text], offsets[text + 1], classes)
        starts[text] = at
        while i < end:
            point, after = np.int64(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, end)
            if form == _WORDS:
                blank = classes[point] & SPACE != 0
            else:
                blank = form == _LINES and (0x1C <= point <= 0x1E or point in (0x85, 0x2028, 0x2029))
            while i < after:
                if form != _JOINED or data[i] != _NEWLINE:
                    prepared[at] = _BLANK if blank else data[i]
                    at += 1
                i += 1
        ends[text] = at
    return prepared[:at], starts, ends


@inner
def _trim(data: NDArray[np.uint8], begin: int, end: int, classes: NDArray[np.uint8]) -> tuple[int, int]:
    """Cut the space at both ends, as str.strip does."""
    space = True
    while space and begin < end:
        point, after = decode(data, begin, end)
        space = classes[point] & SPACE != 0
        begin = after if space else begin
    space = True
    while space and begin < end:
        last = last_character(data, begin, end)
        space = classes[decode(data, last, end)[0]] & SPACE != 0
        end = last if space else end
    return begin, end
