"""Tokens as Dolma and BFF have them: whatever stands between two word boundaries of UAX 29 and is not white space.

So a mark of punctuation is a token, unlike the words of `filters.kernels.unicode_words`.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.blocks import HIGH, first_bytes, letters
from filters.kernels.breaks import WORD_BREAKS, WORD_CLASS
from filters.kernels.characters import CLASSES, SPACE, decode
from filters.kernels.hashes import hash_block, hash_bytes
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.word_rules import BOUNDARY, END, HOLD, START, STEPS, UNDECIDED
from filters.kernels.word_rules import NEWLINE as AFTER_NEWLINE
from filters.kernels.word_rules import SPACE as AFTER_SPACE

Bytes = NDArray[np.uint8]
Places = NDArray[Any]

_STATE = 31
_BLANK_BYTE, _NEWLINE_BYTE = 32, 10


def tokens(data: Bytes, offsets: Places) -> tuple[Places, NDArray[np.uint64], Places]:
    """Find the tokens of each text: start byte and a 64-bit hash of each; and the number of each text's first one.

    Text i is `data[offsets[i] : offsets[i + 1]]`. The last number is that of all tokens.
    """
    return find(data, offsets, WORD_BREAKS, STEPS, CLASSES)


@njit(cache=True, nogil=True)
def find(data: Bytes, offsets: Places, breaks: Bytes, steps: Bytes, classes: Bytes) -> tuple[Any, Any, Any]:
    """Find the tokens; `breaks` are the classes of characters for the rules, `steps` the rules."""
    most = offsets[-1] - offsets[0]
    start, hashes = np.empty(most, np.int32), np.empty(most, np.uint64)
    firsts = np.empty(len(offsets), np.int64)
    address, size = data.ctypes.data, len(data)
    token = 0
    for text in range(len(offsets) - 1):
        firsts[text] = token
        i, stop = offsets[text], offsets[text + 1]
        state, begin, filled = START, i, False
        held = i
        while True:
            # Short words of ASCII letters between blanks or newlines: what most text is made of, in far fewer steps.
            while state in (START, AFTER_SPACE, AFTER_NEWLINE) and not filled and i + 8 <= stop:
                block = load(data, i)
                run = trailing_zeros(~letters(block) & HIGH) >> 3
                if run in (0, 8) or data[i + run] not in (_BLANK_BYTE, _NEWLINE_BYTE):
                    break
                start[token], hashes[token] = i, hash_block(first_bytes(block, run), run)
                token += 1
                state = AFTER_SPACE if data[i + run] == _BLANK_BYTE else AFTER_NEWLINE
                i += run + 1
                begin = i - 1
            point, after, class_ = np.int32(0), i + 1, np.uint8(END)
            if i < stop:
                point = np.int32(data[i])
                if point > 127:
                    point, after = decode(data, i, stop)
                class_ = breaks[point] & WORD_CLASS
            step = steps[state << 5 | class_]
            if step & BOUNDARY:
                finish = i
                undecided = (state & 15) >= UNDECIDED
                if undecided:
                    # What had to follow did not: the boundary is before the mark, and from there it goes on.
                    finish = held
                if filled:
                    start[token] = begin
                    hashes[token] = hash_bytes(address + begin, finish - begin, size - begin)
                    token += 1
                begin, filled = finish, False
                if undecided:
                    i, state = held, START
                    continue
                if i >= stop:
                    break
            elif step & HOLD:
                held = i
            state = step & _STATE
            filled = filled or not classes[point] & SPACE
            i = after
    firsts[-1] = token
    return start[:token], hashes[:token], firsts
