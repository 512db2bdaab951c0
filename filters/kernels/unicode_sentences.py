"""Sentences as Unicode parts them (UAX 29, rules SB1 to SB998), each found in one pass over the bytes."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.blocks import ONES, equal, not_printable
from filters.kernels.breaks import SENTENCE_BREAKS, SENTENCE_CLASS
from filters.kernels.characters import CLASSES, decode
from filters.kernels.compiled import inner
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.sentence_rules import BOUNDARY, CASED, END, HOLD, OTHER, PASSED, START, STEPS
from filters.kernels.trim import after_space, before_space

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]

_STATE = 15
_FULL_STOPS, _EXCLAMATIONS, _QUESTIONS = (np.uint64(ord(mark)) * ONES for mark in ".!?")


def sentences(data: Bytes, offsets: Offsets) -> tuple[NDArray[Any], ...]:
    """Find the sentences of each text, without the white space around them; what is all white space is none.

    Text i is data[offsets[i]:offsets[i + 1]]. Returns, per sentence: start byte, end byte; and per text the number of
    its first sentence, followed by the number of all.
    """
    return find(data, offsets, CLASSES, SENTENCE_BREAKS, STEPS)


@njit(cache=True, nogil=True)
def find(data: Bytes, offsets: Offsets, classes: Bytes, breaks: Bytes, steps: Bytes) -> tuple[Any, ...]:
    """Find the sentences; `breaks` are the classes of characters, `steps` the rules."""
    # A sentence ends behind a mark, a byte at least; what has no other character still is one.
    most = offsets[-1] - offsets[0]
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    firsts = np.empty(len(offsets), np.int64)
    sentence = 0
    for text in range(len(offsets) - 1):
        firsts[text] = sentence
        i, stop = offsets[text], offsets[text + 1]
        state, begin, held = START, i, i
        while True:
            after, class_ = i + 1, np.uint8(END)
            if i < stop:
                point = np.int32(data[i])
                if point > 127:
                    point, after = decode(data, i, stop)
                class_ = breaks[point]
            step = steps[state << 4 | class_ & SENTENCE_CLASS]
            if step & PASSED:
                start[sentence], end[sentence] = trim(data, begin, held, classes)
                sentence += start[sentence] < end[sentence]
                begin = held
            if step & BOUNDARY:
                if begin < i:
                    start[sentence], end[sentence] = trim(data, begin, i, classes)
                    sentence += start[sentence] < end[sentence]
                begin = i
                if i >= stop:
                    break
            if step & HOLD:
                held = i
            state = step & _STATE
            i = after
            # Between sentences' ends only whether the last character was a letter matters.
            while state in (OTHER, CASED) and i + 8 <= stop:
                block = load(data, i)
                marks = equal(block, _FULL_STOPS) | equal(block, _EXCLAMATIONS) | equal(block, _QUESTIONS)
                run = trailing_zeros(not_printable(block) | marks) >> 3
                i += run
                if run:
                    state = CASED if 97 <= data[i - 1] | 0x20 <= 122 else OTHER
                if run < 8:
                    break
    firsts[-1] = sentence
    return start[:sentence], end[:sentence], firsts


@inner
def trim(data: Bytes, begin: int, finish: int, classes: Bytes) -> tuple[int, int]:
    """Leave out white space on both sides; all of it gives an empty span."""
    begin = after_space(data, begin, finish, classes)
    return begin, before_space(data, begin, finish, classes)
