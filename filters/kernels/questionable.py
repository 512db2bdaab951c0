"""What makes a sentence questionable, each in one pass over the bytes."""

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from filters.kernels.cases import UPPER
from filters.kernels.characters import SPACE, WORD, decode
from filters.kernels.compiled import inner

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int32]

_NEWLINE, _BLANK, _EXCLAMATION, _COMMA, _FULL_STOP, _QUESTION, _UNDERSCORE = 0x0A, 0x20, 0x21, 0x2C, 0x2E, 0x3F, 0x5F
#: how often a shape must come in a row
_OFTEN = 9


@njit(cache=True, nogil=True)
def split_at_stops(data: Bytes, offsets: npt.NDArray[np.int64], classes: Bytes) -> tuple[Any, ...]:
    r"""Find what stands between `[.!?]+\s+`, without space around it and without blank ones; the last keeps its stop.

    Returns, per sentence: start byte, end byte; and per text the number of its first one, then the number of all.
    """
    most = (offsets[-1] - offsets[0]) // 2 + len(offsets)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    firsts = np.empty(len(offsets), np.int64)
    sentence = 0
    for text in range(len(offsets) - 1):
        firsts[text] = sentence
        i, stop = offsets[text], offsets[text + 1]
        # `finish`: the end of the last character that is no space; `cut`: where stops begin that a space may follow,
        # and `kept`: where the sentence before them ends.
        begin, finish, cut, kept = np.int64(-1), i, np.int64(-1), i
        while i < stop:
            point, after = np.int32(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            if classes[point] & SPACE:
                if cut >= 0:
                    if begin < cut:
                        start[sentence], end[sentence] = begin, kept
                        sentence += 1
                    begin, cut = np.int64(-1), np.int64(-1)
            else:
                begin = i if begin < 0 else begin
                if point not in (_FULL_STOP, _EXCLAMATION, _QUESTION):
                    cut = np.int64(-1)
                elif cut < 0:
                    cut, kept = i, finish
                finish = after
            i = after
        if begin >= 0:
            start[sentence], end[sentence] = begin, finish
            sentence += 1
    firsts[-1] = sentence
    return start[:sentence], end[:sentence], firsts


@njit(cache=True, nogil=True)
def count_capitalised(
    data: Bytes, start: Places, end: Places, word_start: Places, word_end: Places, classes: Bytes, cases: Bytes
) -> tuple[Places, Places]:
    """Count, per sentence, the words whose first letter or number is upper case, and all words that have one."""
    capitalised, words = np.zeros(len(start), np.int32), np.zeros(len(start), np.int32)
    word = np.int64(np.searchsorted(word_start, start[0])) if len(start) else np.int64(0)
    for sentence in range(len(start)):
        while word < len(word_start) and word_start[word] < start[sentence]:
            word += 1
        while word < len(word_start) and word_start[word] < end[sentence]:
            i, stop = int(word_start[word]), int(min(word_end[word], end[sentence]))
            while i < stop:
                point, i = np.int64(data[i]), i + 1
                if point > 127:
                    point, i = decode(data, i - 1, stop)
                if classes[point] & WORD and point != _UNDERSCORE:
                    capitalised[sentence] += (cases[point] & UPPER) != 0
                    words[sentence] += 1
                    break
            word += 1
    return capitalised, words


@njit(cache=True, nogil=True)
def repeat_shapes(data: Bytes, start: Places, end: Places) -> npt.NDArray[np.bool_]:
    r"""Say of each sentence whether one of MADLAD-400's four expressions for repeated shapes matches it.

    They are ` ...`, ` ....` and ` [^ ]`, each nine times in a row, and `, ..,,? ..,,? ..,,? ..,`, where a dot is any
    character but a newline: words of three letters, of four, single letters, and pairs of letters between commas.
    """
    found = np.zeros(len(start), np.bool_)
    # Of the blanks that come every four characters (or five), by the place of the first: the last, and how many.
    last_third, thirds = np.empty(4, np.int64), np.empty(4, np.int64)
    last_fourth, fourths = np.empty(5, np.int64), np.empty(5, np.int64)
    for sentence in range(len(start)):
        i, stop = int(start[sentence]), int(end[sentence])
        last_third[:], last_fourth[:] = -9, -9
        # `due`: the character with which the ninth word ends, if no newline comes before it.
        place, newline, due, singles, after_blank = 0, -1, -1, 0, False
        while i < stop:
            point, after = np.int32(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            if point == _BLANK:
                phase = place & 3
                follows = last_third[phase] == place - 4 and newline < place - 4
                thirds[phase] = thirds[phase] + 1 if follows else 1
                last_third[phase] = place
                if thirds[phase] >= _OFTEN and due < 0:
                    due = place + 3
                phase = place % 5
                follows = last_fourth[phase] == place - 5 and newline < place - 5
                fourths[phase] = fourths[phase] + 1 if follows else 1
                last_fourth[phase] = place
                if fourths[phase] >= _OFTEN and due < 0:
                    due = place + 4
                singles = 0 if after_blank else singles
                after_blank = True
            else:
                singles = singles + 1 if after_blank else 0
                after_blank = False
                if point == _NEWLINE:
                    newline, due = place, -1
            if place == due or singles >= _OFTEN or (point == _COMMA and _pairs(data, after, stop)):
                found[sentence] = True
                break
            place += 1
            i = after
    return found


@inner
def _pairs(data: Bytes, i: int, stop: int) -> bool:
    """Say whether ` ..,,? ..,,? ..,,? ..,` stands at `i`."""
    for _ in range(4):
        if i >= stop or data[i] != _BLANK:
            return False
        i += 1
        for _ in range(2):
            if i >= stop or data[i] == _NEWLINE:
                return False
            i = i + 1 if data[i] < 0x80 else decode(data, i, stop)[1]
        if i >= stop or data[i] != _COMMA:
            return False
        i += 2 if i + 1 < stop and data[i + 1] == _COMMA else 1
    return True
