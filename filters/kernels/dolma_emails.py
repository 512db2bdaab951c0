"""Finds e-mail addresses by Dolma's expression, in time in proportion to the text, whatever the text."""

from typing import Any

from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, decode
from filters.kernels.compiled import inner
from filters.kernels.emails import MARK, room_for

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_AT, _DOT, _NEWLINE, _QUESTION, _BRACKET = 64, 46, 10, 63, 40


@njit(cache=True, nogil=True)
def dolma_emails(data: Bytes, offsets: Places, kinds: Bytes, traits: Bytes) -> tuple[Places, Places]:
    """Find what Dolma's expression finds in each line, with the marks and the space around; returns starts and ends."""
    (starts, ends), count = room_for(data, offsets), 0
    for text in range(len(offsets) - 1):
        questions = 0
        for i in range(offsets[text], offsets[text + 1]):
            questions += data[i] == _QUESTION
        # Dolma leaves such a text alone.
        line = offsets[text + 1] if questions > 10_000 else offsets[text]
        while line < offsets[text + 1]:
            stop, ats = line, 0
            while stop < offsets[text + 1] and data[stop] != _NEWLINE:
                ats += data[stop] == _AT
                stop += 1
            stop = min(stop + 1, offsets[text + 1])
            if ats:
                count = _dolma_line(data, line, stop, kinds, traits, starts, ends, count)
            line = stop
    return starts[:count], ends[:count]


@inner
def _dolma_line(
    data: Bytes, i: int, stop: int, kinds: Bytes, traits: Bytes, starts: Places, ends: Places, count: int
) -> int:
    """Find the addresses of one line; return how many there are now.

    The expression is `M*([^ @]+@[^ @M']+?)M? ` with M for the marks, `@` and space, M' for those but the dot. It takes
    all that it can of M* first: where an address of marks alone, such as `.@.`, is followed by M until the next
    address, both begin at the same place, and the last of them is found.
    """
    # where the marks begin that the place read last belongs to; where the name begins; where the marks before it do
    marks, name, lead = -1, -1, -1
    # whether the name holds more than marks
    solid = False
    # the last address of marks alone, and whether it counts
    held, held_end, held_counts = -1, 0, False
    point, after, space, mark = 0, i, False, False
    while True:
        if i < stop:
            point, after = data[i], i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            space, mark = (traits[point] & SPACE) != 0, point < 128 and (kinds[point] & MARK) != 0
        if held >= 0 and (i >= stop or (point == _AT and name >= 0 and lead != held)):
            if held_counts:
                starts[count], ends[count] = held, held_end
                count += 1
            i, marks, name, held = held_end, -1, -1, -1
            continue
        if i >= stop:
            return count
        if point == _AT and name >= 0:
            end, dotted = _dolma_domain(data, i + 1, stop, kinds, traits)
            counts = dotted and (solid or data[i - 1] != _BRACKET)
            if end and not solid:
                held, held_end, held_counts = lead, end, counts
            elif end:
                if counts:
                    starts[count], ends[count] = lead, end
                    count += 1
                i, marks, name, held = end, -1, -1, -1
                continue
        if point == _AT or space:
            name = -1
        elif name < 0:
            name, lead, solid = i, (marks if marks >= 0 else i), False
        if not (point == _AT or space or mark):
            marks, solid = -1, True
        elif marks < 0:
            marks = i
        i = after


@inner
def _dolma_domain(data: Bytes, i: int, stop: int, kinds: Bytes, traits: Bytes) -> tuple[int, bool]:
    """Find where the space ends after a domain, 0 if there is none; and say whether there is a dot in the domain."""
    first, dots, dot_last = i, 0, False
    while i < stop:
        point, after = data[i], i + 1
        if point > 127:
            point, after = decode(data, i, stop)
        elif point == _AT or (kinds[point] & MARK and point != _DOT):
            break
        if traits[point] & SPACE:
            break
        dot_last = point == _DOT
        dots += dot_last
        i = after
    if i == first or i >= stop:
        return 0, False
    after = _past_space(data, i, stop, traits)
    if after and dot_last and i - 1 > first:
        return after, dots > 1
    second = _past_space(data, after or i + 1, stop, traits)
    return (second or after), dots > 0


@inner
def _past_space(data: Bytes, i: int, stop: int, traits: Bytes) -> int:
    """Say where the space at `i` ends; 0 where there is none."""
    if i >= stop:
        return 0
    point, after = data[i], i + 1
    if point > 127:
        point, after = decode(data, i, stop)
    return after if traits[point] & SPACE else 0
