"""RefinedWeb's rules for lines, as datamap-rs asks them: line by line, and its names in three rounds over a text."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, WORD, decode
from filters.kernels.compiled import inner
from filters.kernels.traits import DIGIT, UPPER
from filters.kernels.trim import last_character
from pipelines.edits.kernels.counters import is_counter

#: uint8
Bytes = NDArray[Any]
Flags = NDArray[np.bool_]
Places = NDArray[Any]
#: starts and ends of what a blank takes the place of, ascending; and how many there are, in an array of one
Found = tuple[Places, Places, Places]

_RETURN, _BLANK = 13, 32
#: `read more` is followed by as many characters
_MORE = 3


@njit(cache=True, nogil=True)
def datamap_lines(
    data: Bytes,
    lines: tuple[Places, Places, Places],
    words: Places,
    limits: tuple[float, float, int],
    counted: tuple[Places, Places],
    names: tuple[Bytes, Bytes, Bytes],
    steps: tuple[bool, bool, bool, bool],
    traits: Bytes,
    lower: NDArray[np.int32],
) -> tuple[Any, ...]:
    """Choose the lines that stay.

    `lines` are start, end and each text's first line, `words` the words of each line. `limits`: the greatest share of
    upper-case characters and of digits, each per byte, and the fewest words. `names` go out of lines: the first
    wherever it stands, for a blank, the second at the end, the third at the beginning. `counted` names what counters
    count. `steps`: whether these names are taken out, and whether counters go.

    Returns, per line, whether it stays, from which byte and to which; and the places that a blank takes.
    """
    start, end, firsts = lines
    kept, begin, finish = np.ones(len(start), np.bool_), start.astype(np.int64), end.astype(np.int64)
    room = len(data) // len(names[0]) + 1
    found = (np.empty(room, np.int64), np.empty(room, np.int64), np.zeros(1, np.int64))
    for line in range(len(start)):
        if begin[line] < finish[line]:
            few = words[line] < limits[2]
            kept[line] = not few and _is_prose(data, begin[line], finish[line], limits, traits)
            if kept[line] and steps[3]:
                kept[line] = not _counts(data, begin[line], finish[line], counted, traits, lower)
    for text in range(len(firsts) - 1):
        for step in range(3):
            if steps[step]:
                _round(data, (firsts[text], firsts[text + 1]), step, names[step], (kept, begin, finish), found, traits)
    return (kept, begin, finish, *_inside(end, kept, begin, finish, found))


@inner
def _is_prose(data: Bytes, i: int, end: int, limits: tuple[float, float, int], traits: Bytes) -> bool:
    """Say whether a line has no more than these shares of upper-case characters and of digits, per byte."""
    size, upper, digits = end - i, 0, 0
    while i < end:
        point, after = np.int64(data[i]), i + 1
        if point > 127:
            point, after = decode(data, i, end)
        upper += (traits[point] & UPPER) != 0
        digits += 48 <= point <= 57
        i = after
    return bool(upper / size <= limits[0] and digits / size <= limits[1])


@inner
def _counts(
    data: Bytes, i: int, end: int, counted: tuple[Places, Places], traits: Bytes, lower: NDArray[np.int32]
) -> bool:
    while i < end and data[i] < 128 and not traits[data[i]] & WORD:
        i += 1
    # The first word of most lines does not begin with a digit: they need no closer look.
    if i == end or (data[i] < 128 and not traits[data[i]] & DIGIT):
        return False
    return is_counter(data, i, end, counted, traits, lower)


@inner
def _round(
    data: Bytes,
    lines: tuple[int, int],
    step: int,
    name: Bytes,
    state: tuple[Flags, Places, Places],
    found: Found,
    traits: Bytes,
) -> None:
    """Take one name out of a text; its last newline goes, and a carriage return before each, as Rust reads lines."""
    kept, begin, finish = state
    last = lines[1] - 1
    while last >= lines[0] and not kept[last]:
        last -= 1
    ended = last >= lines[0] and begin[last] == finish[last]
    if ended:
        kept[last] = False
    for line in range(lines[0], last + 1):
        if not kept[line] or begin[line] == finish[line]:
            continue
        if (ended or line != last) and data[finish[line] - 1] == _RETURN:
            finish[line] -= 1
            if begin[line] == finish[line]:
                continue
        if step == 0:
            _blank_out(data, begin[line], finish[line], name, found, traits)
        elif step == 1:
            finish[line] = _before_name(data, begin[line], finish[line], name, found, traits)
        else:
            begin[line] = _past_name(data, begin[line], finish[line], name, found, traits)
        kept[line] = _has_more(data, begin[line], finish[line], found, traits)


@inner
def _blank_out(data: Bytes, begin: int, end: int, name: Bytes, found: Found, traits: Bytes) -> None:
    """Find a name wherever it stands in a line, with a space before it and one behind it."""
    i, free = begin, begin
    while i + len(name) <= end:
        if not _is_name(data, i, name):
            i += 1
            continue
        first = last_character(data, free, i) if i > free else i
        first = first if first < i and traits[decode(data, first, i)[0]] & SPACE else i
        stop = i + len(name)
        if stop < end:
            point, after = decode(data, stop, end)
            stop = after if traits[point] & SPACE else stop
        count = found[2][0]
        found[0][count], found[1][count] = first, stop
        found[2][0] += 1
        i = free = stop


@inner
def _is_name(data: Bytes, i: int, name: Bytes) -> bool:
    for place in range(len(name)):  # noqa: SIM110  # kernels have no generators
        if data[i + place] != name[place]:
            return False
    return True


@inner
def _before_name(data: Bytes, begin: int, end: int, name: Bytes, found: Found, traits: Bytes) -> int:
    """Find where a line ends without the name at its end, the characters behind it, and a space before it."""
    i = end
    for _ in range(_MORE):
        if i <= begin:
            return end
        _, i = _last(data, begin, i, found)
    for place in range(len(name)):
        if i <= begin:
            return end
        point, i = _last(data, begin, i, found)
        if point != name[len(name) - 1 - place]:
            return end
    if i > begin:
        point, before = _last(data, begin, i, found)
        i = before if traits[point] & SPACE else i
    return i


@inner
def _past_name(data: Bytes, begin: int, end: int, name: Bytes, found: Found, traits: Bytes) -> int:
    """Find where a line begins without the name at its beginning and a space behind it."""
    i = begin
    for letter in name:
        if i >= end:
            return begin
        point, i = _next(data, i, end, found)
        if point != letter:
            return begin
    if i < end:
        point, after = _next(data, i, end, found)
        i = after if traits[point] & SPACE else i
    return i


@njit(cache=True, nogil=True)
def _last(data: Bytes, begin: int, end: int, found: Found) -> tuple[Any, Any]:
    """Read the character that ends at `end > begin`, which may be a blank that was put: code point, start."""
    place = np.searchsorted(found[1][: found[2][0]], end)
    if place < found[2][0] and found[1][place] == end:
        return np.int64(_BLANK), found[0][place]
    i = last_character(data, begin, end)
    return decode(data, i, end)[0], i


@njit(cache=True, nogil=True)
def _next(data: Bytes, i: int, end: int, found: Found) -> tuple[Any, Any]:
    """Read the character that begins at `i < end`, which may be a blank that was put: code point, end."""
    place = np.searchsorted(found[0][: found[2][0]], i)
    if place < found[2][0] and found[0][place] == i:
        return np.int64(_BLANK), found[1][place]
    point, after = decode(data, i, end)
    return point, np.int64(after)


@inner
def _has_more(data: Bytes, i: int, end: int, found: Found, traits: Bytes) -> bool:
    """Say whether a line has a character that is no space."""
    while i < end:
        point, i = _next(data, i, end, found)
        if not traits[point] & SPACE:
            return True
    return False


@njit(cache=True, nogil=True)
def _inside(
    ends: Places,
    kept: Flags,
    begin: Places,
    finish: Places,
    found: Found,
) -> tuple[Places, Places]:
    """Take the places that lie in what stays of the lines."""
    count, line = 0, 0
    for place in range(found[2][0]):
        while ends[line] < found[1][place]:
            line += 1
        if kept[line] and begin[line] <= found[0][place] and found[1][place] <= finish[line]:
            found[0][count], found[1][count] = found[0][place], found[1][place]
            count += 1
    return found[0][:count], found[1][:count]
