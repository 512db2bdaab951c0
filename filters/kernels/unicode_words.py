"""Words as Unicode parts them (UAX 29, rules WB1 to WB999), each found in one pass over the bytes.

A segment between two boundaries is a word if it has a letter or a number: a character that is Alphabetic and no
combining mark, or of general category N. So `can't`, `3.14`, `snake_case`, `½`, `Ⅳ`, each Han character and each Thai
letter (with its marks) are words; white space, punctuation, symbols, emoji, lone marks and `___` are none. UAX 29 has
no dictionaries: see `segments`.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.blocks import HIGH, first_bytes, letters
from filters.kernels.breaks import ALPHABETIC, ALPHANUMERIC, WORD_BREAKS, WORD_CLASS
from filters.kernels.characters import decode
from filters.kernels.hashes import hash_block, hash_bytes
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.word_rules import BOUNDARY, END, HOLD, LETTER, NEWLINE, SPACE, START, STEPS, UNDECIDED

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]

_STATE = 31
_BLANK_BYTE, _NEWLINE_BYTE, _LETTER_BYTE = 32, 10, 97


def words(data: Bytes, offsets: Offsets) -> tuple[NDArray[Any], ...]:
    """Find the words of each text; text i is data[offsets[i]:offsets[i + 1]].

    Returns what `spans.words` does, per word: start byte, end byte, characters, whether it has a letter, a 64-bit hash
    of its bytes; and per text the number of its first word, followed by the number of all words.
    """
    start, end, characters, flags, hashes, firsts = find(data, offsets, WORD_BREAKS, STEPS)
    return start, end, characters, (flags & ALPHABETIC) != 0, hashes, firsts


@njit(cache=True, nogil=True)
def find(data: Bytes, offsets: Offsets, breaks: Bytes, steps: Bytes) -> tuple[Any, ...]:
    """Find the words; `breaks` are the classes and flags of characters, `steps` the rules.

    Returns as `words`, but with all flags of a word's characters instead of whether it has a letter.
    """
    # A character may be a word, and a byte that is no character is none.
    most = offsets[-1] - offsets[0]
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    characters, flags = np.empty(most, np.int32), np.empty(most, np.uint8)
    hashes, firsts = np.empty(most, np.uint64), np.empty(len(offsets), np.int64)
    address, size = data.ctypes.data, len(data)
    word = 0
    for text in range(len(offsets) - 1):
        firsts[text] = word
        i, stop = offsets[text], offsets[text + 1]
        state, begin, length, seen = START, i, 0, 0
        held, held_length, held_seen = i, 0, 0
        while True:
            # Short words of ASCII letters between blanks or newlines: what most text is made of, in far fewer steps.
            while state in (START, SPACE, NEWLINE) and not seen & ALPHANUMERIC and i + 8 <= stop:
                block = load(data, i)
                run = trailing_zeros(~letters(block) & HIGH) >> 3
                if run in (0, 8) or data[i + run] not in (_BLANK_BYTE, _NEWLINE_BYTE):
                    break
                start[word], end[word], characters[word] = i, i + run, run
                flags[word], hashes[word] = breaks[_LETTER_BYTE], hash_block(first_bytes(block, run), run)
                word += 1
                state = SPACE if data[i + run] == _BLANK_BYTE else NEWLINE
                i += run + 1
                begin, length, seen = i - 1, 1, breaks[data[i - 1]]
            point, after, class_ = np.int32(0), i + 1, np.uint8(END)
            if i < stop:
                point = np.int32(data[i])
                if point > 127:
                    point, after = decode(data, i, stop)
                class_ = breaks[point]
            step = steps[state << 5 | class_ & WORD_CLASS]
            if step & BOUNDARY:
                finish = i
                undecided = (state & 15) >= UNDECIDED
                if undecided:
                    # What had to follow did not: the boundary is before the mark, and from there it goes on.
                    finish, length, seen = held, held_length, held_seen
                if seen & ALPHANUMERIC:
                    start[word], end[word], characters[word] = begin, finish, length
                    flags[word], hashes[word] = seen, hash_bytes(address + begin, finish - begin, size - begin)
                    word += 1
                begin, length, seen = finish, 0, 0
                if undecided:
                    i, state = held, START
                    continue
                if i >= stop:
                    break
            elif step & HOLD:
                held, held_length, held_seen = i, length, seen
            state = step & _STATE
            seen |= class_
            length += 1
            i = after
            # Behind a letter more ASCII letters change nothing but that one was seen: a cedilla alone joins words as
            # a letter does, and is none.
            while state == LETTER and i + 8 <= stop:
                run = trailing_zeros(~letters(load(data, i)) & HIGH) >> 3
                length, i = length + run, i + run
                if run > 0:
                    seen |= breaks[_LETTER_BYTE]
                if run < 8:
                    break
    firsts[-1] = word
    return start[:word], end[:word], characters[:word], flags[:word], hashes[:word], firsts
