"""RefinedWeb's rules for lines, as DCLM asks them: one after the other over a whole text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, WORD, decode
from filters.kernels.compiled import inlined, inner
from filters.kernels.traits import DIGIT
from filters.kernels.trim import last_character
from pipelines.edits.kernels.counters import is_counter

#: uint8
Bytes = NDArray[Any]
Flags = NDArray[np.bool_]
Places = NDArray[Any]
#: starts and ends of the places that were taken out, ascending; and how many there are, in an array of one
Found = tuple[Places, Places, Places]


def spelt(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lay words out for the kernels: all their code points, `.` as -1; where each begins, then where the last ends."""
    bounds = np.cumsum([0, *(len(word) for word in words)], dtype=np.int64)
    return np.array([-1 if letter == "." else ord(letter) for word in words for letter in word], np.int64), bounds


@njit(cache=True, nogil=True)
def refinedweb_lines(
    data: Bytes,
    lines: tuple[Places, Places, Places],
    shares: tuple[float, float],
    words: tuple[int, int],
    counted: tuple[Places, Places],
    parts: tuple[Places, Places, Places],
    steps: tuple[bool, bool, bool, bool],
    traits: Bytes,
    lower: NDArray[np.int32],
) -> tuple[Any, ...]:
    """Choose the lines that stay.

    `lines` are start, end and each text's first line. `shares`: the greatest of upper-case characters and of digits.
    `words`: the fewest of a line, and the most of a line that `parts` are taken out of: the first wherever it stands,
    the second at its end, the third at its beginning. `counted` names what counters count. `steps`: whether these
    parts are taken out, and whether counters go.

    Returns, per line, whether it stays, from which byte and to which; and the places inside them that go.
    """
    start, end, firsts = lines
    kept, begin, finish = np.ones(len(start), np.bool_), start.astype(np.int64), end.astype(np.int64)
    bounds = (begin, finish)
    # characters, upper-case ones, digits, words; and from which byte to which they were counted
    facts = np.zeros((6, len(start)), np.int64)
    # Nothing shorter than its name is taken out.
    room = len(data) // len(parts[0]) + 1 if steps[0] else 1
    found = (np.empty(room, np.int64), np.empty(room, np.int64), np.zeros(1, np.int64))
    for text in range(len(firsts) - 1):
        first, stop = firsts[text], firsts[text + 1]
        for line in range(first, stop):
            _measure(data, line, bounds, traits, facts)
        for step, most in ((1, shares[0]), (2, shares[1])):
            for line in range(first, stop):
                if facts[0, line] and facts[step, line] / facts[0, line] > most:
                    kept[line] = False
            low, high = _strip(data, first, stop, kept, bounds, found, traits)
            for line in (low, high):
                if line >= 0 and (facts[4, line] != begin[line] or facts[5, line] != finish[line]):
                    _measure(data, line, bounds, traits, facts)
        if steps[3]:
            for line in range(first, stop):
                i = begin[line]
                while i < finish[line] and data[i] < 128 and not traits[data[i]] & WORD:
                    i += 1
                # The first word of most lines does not begin with a digit: they need no closer look.
                if kept[line] and i < finish[line] and (data[i] > 127 or traits[data[i]] & DIGIT):
                    kept[line] = not is_counter(data, i, finish[line], counted, traits, lower)
            _strip(data, first, stop, kept, bounds, found, traits)
        for line in range(first, stop):
            # How much space a line has at its ends does not matter for its words.
            if begin[line] < finish[line] and facts[3, line] < words[0]:
                kept[line] = False
        before = found[2][0]
        for step in range(3):
            if steps[step]:
                for line in range(first, stop):
                    if kept[line] and begin[line] < finish[line] and facts[3, line] <= words[1]:
                        # Where nothing was taken out yet, a few bytes tell that nothing will be.
                        untouched = found[2][0] == before or step == 0
                        if not untouched or _likely(data, begin[line], finish[line], step, facts[3, line]):
                            _take_out(data, line, step, parts[step], bounds, found, traits, lower)
                            kept[line] = _past_space(data, begin[line], finish[line], found, traits) < finish[line]
                _strip(data, first, stop, kept, bounds, found, traits)
    count = found[2][0]
    return kept, begin, finish, found[0][:count], found[1][:count]


@inner
def _measure(data: Bytes, line: int, bounds: tuple[Places, Places], traits: Bytes, facts: Places) -> None:
    """Count the characters of a line, those in upper case, the digits, and the words between white space."""
    i, end = bounds[0][line], bounds[1][line]
    facts[4, line], facts[5, line] = i, end
    characters, upper, digits, words, spaced = 0, 0, 0, 0, 1
    while i < end:
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, end)
        trait = np.int64(traits[point])
        characters += 1
        upper += trait >> 1 & 1
        digits += trait >> 2 & 1
        words += spaced & ~trait & 1
        spaced, i = trait & 1, after
    facts[0, line], facts[1, line], facts[2, line], facts[3, line] = characters, upper, digits, words


@inlined
def _likely(data: Bytes, start: int, end: int, step: int, words: int) -> bool:
    """Say whether a line may hold the part of this step, or nothing but space, which goes with it."""
    if words == 0:
        return True
    if step == 0:
        return words > 2
    if step == 1:
        ascii_end = end - start > 3 and (data[end - 1] | data[end - 2] | data[end - 3]) < 128
        return not ascii_end or data[end - 4] | 32 == 101
    return data[start] | 32 == 115 or data[start] > 127


@inner
def _strip(
    data: Bytes, first: int, stop: int, kept: Flags, bounds: tuple[Places, Places], found: Found, traits: Bytes
) -> tuple[int, int]:
    """Strip a text of its space; return the first and the last line that stay, -1 where none does."""
    begin, finish = bounds
    low, high = first, stop - 1
    while low < stop:
        if kept[low]:
            begin[low] = _past_space(data, begin[low], finish[low], found, traits)
            if begin[low] < finish[low]:
                break
            kept[low] = False
        low += 1
    while high >= low:
        if kept[high]:
            finish[high] = _before_space(data, begin[high], finish[high], found, traits)
            if begin[high] < finish[high]:
                break
            kept[high] = False
        high -= 1
    return (low, high) if low < stop else (-1, -1)


@inner
def _past_space(data: Bytes, i: int, end: int, found: Found, traits: Bytes) -> int:
    """Find the first character of a line that is neither space nor taken out."""
    while i < end:
        point, before, after = _next(data, i, end, found)
        if before < end and not traits[point] & SPACE:
            return before
        i = after
    return end


@inner
def _before_space(data: Bytes, start: int, end: int, found: Found, traits: Bytes) -> int:
    """Find where the last character of a line ends that is neither space nor taken out."""
    while end > start:
        point, before, after = _last(data, start, end, found)
        if after > start and not traits[point] & SPACE:
            return after
        end = before
    return start


@njit(cache=True, nogil=True)
def _next(data: Bytes, i: int, end: int, found: Found) -> tuple[Any, int, int]:
    """Read the first character from `i` on that was not taken out: code point, start, end; `end` thrice if none."""
    place = np.searchsorted(found[0][: found[2][0]], i)
    while place < found[2][0] and found[0][place] == i:
        i = found[1][place]
        place += 1
    if i >= end:
        return end, end, end
    point, after = data[i], i + 1
    if point > 127:
        point, after = decode(data, i, end)
    return point, i, after


@njit(cache=True, nogil=True)
def _last(data: Bytes, start: int, end: int, found: Found) -> tuple[Any, int, int]:
    """Read the last character up to `end` that was not taken out: code point, start, end; `start` thrice if none."""
    place = np.searchsorted(found[1][: found[2][0]], end, side="right") - 1
    while place >= 0 and found[1][place] == end and end > start:
        end = found[0][place]
        place -= 1
    if end <= start:
        return start, start, start
    i = last_character(data, start, end)
    point = data[i]
    if point > 127:
        point, _ = decode(data, i, end)
    return point, i, end


@inner
def _take_out(
    data: Bytes,
    line: int,
    step: int,
    name: Places,
    bounds: tuple[Places, Places],
    found: Found,
    traits: Bytes,
    lower: NDArray[np.int32],
) -> None:
    """Take a name out of a line: wherever it stands in step 0, at the end in step 1, at the beginning in step 2."""
    begin, finish = bounds
    if step == 0:
        _take_out_all(data, begin[line], finish[line], name, found, traits, lower)
    elif step == 1:
        i = finish[line]
        for letter in name[::-1]:
            point, i, after = _last(data, begin[line], i, found)
            if after <= begin[line] or not _same(point, letter, lower):
                return
        point, before, after = _last(data, begin[line], i, found)
        finish[line] = before if after > begin[line] and traits[point] & SPACE else i
    else:
        i = begin[line]
        for letter in name:
            point, before, i = _next(data, i, finish[line], found)
            if before >= finish[line] or not _same(point, letter, lower):
                return
        point, before, after = _next(data, i, finish[line], found)
        begin[line] = after if before < finish[line] and traits[point] & SPACE else i


@inner
def _take_out_all(
    data: Bytes, start: int, end: int, name: Places, found: Found, traits: Bytes, lower: NDArray[np.int32]
) -> None:
    i, free = start, start
    while i < end:
        byte = data[i]
        # i, or the first byte of one with a dot or without
        stop = _past_letters(data, i, end, name, lower) if byte | 32 == 105 or byte == 0xC4 else 0
        if not stop:
            i += 1
            continue
        # The space before goes too, where it was not a part of what went before.
        before = i
        if i > free:
            before = last_character(data, free, i)
            point = data[before]
            if point > 127:
                point, _ = decode(data, before, i)
            before = before if traits[point] & SPACE else i
        count = found[2][0]
        found[0][count], found[1][count] = before, stop
        found[2][0] += 1
        i = free = stop


@inner
def _past_letters(data: Bytes, i: int, end: int, name: Places, lower: NDArray[np.int32]) -> int:
    """Say where a name ends that begins at `i`; 0 where it does not."""
    for letter in name:
        if i >= end:
            return 0
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, end)
        if not _same(point, letter, lower):
            return 0
        i = after
    return i


@njit(cache=True, nogil=True)
def _same(point: int | np.integer[Any], letter: int, lower: NDArray[np.int32]) -> bool:
    """Say whether a regular expression that ignores case takes `point` for `letter`; -1 is any character."""
    if letter < 0 or lower[point] == letter:
        return True
    # The dotless i and the long s; the tables hold the other two such characters.
    return (point == 0x131 and letter == 105) or (point == 0x17F and letter == 115)
