r"""Finds addresses of pages in texts, as DCLM's two expressions do, in time that grows with the text.

By name: up to ten white space, perhaps a scheme, up to 256 characters of a host or a user, a dot, a top-level domain
that ends at a `\b`, and then all that can stand in an address. By number: the same before four numbers with dots.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import SPACE, WORD, decode
from filters.kernels.compiled import inner
from filters.kernels.trim import last_character

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_DOT, _SLASH, _COLON = 46, 47, 58
#: per byte: what stands before a top-level domain, and what may stand after it
_HOST, _REST = 1, 2
#: the most of a host and of white space, in characters
_MOST, _SPACES = 256, 10
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def _members() -> Bytes:
    table = np.zeros(256, np.uint8)
    for flag, members in ((_HOST, _LETTERS + "-@:%._+~#="), (_REST, _LETTERS + "-()@:%_+.~#?&/=")):
        table[[ord(member) for member in members]] |= np.uint8(flag)
    table.flags.writeable = False
    return table


#: what the kernels below are given as `members`
MEMBERS = _members()


@njit(cache=True, nogil=True)
def named(
    data: Bytes, offsets: Places, asked: NDArray[np.bool_], tree: tuple[Any, ...], members: Bytes, traits: Bytes
) -> tuple[Places, Places]:
    """Find addresses by name in the texts that are `asked`; returns starts and ends in bytes."""
    out, count = _room(data, offsets), 0
    for text in range(len(offsets) - 1):
        i, free, stop = offsets[text], offsets[text], offsets[text + 1]
        while asked[text] and i < stop:
            if (
                data[i] != _DOT
                or i == free
                or not members[data[i - 1]] & _HOST
                or not _top(data, i, stop, tree, traits)
            ):
                i += 1
                continue
            start = _host(data, free, i, members)
            i = _past(data, _last_top(data, start, stop, tree, members, traits), stop, members)
            out[0][count], out[1][count] = _before(data, free, start, traits), i
            count += 1
            free = i
    return out[0][:count], out[1][:count]


@njit(cache=True, nogil=True)
def numbered(data: Bytes, offsets: Places, members: Bytes, traits: Bytes) -> tuple[Places, Places]:
    """Find addresses by number; returns starts and ends in bytes."""
    out, count = _room(data, offsets), 0
    for text in range(len(offsets) - 1):
        free, stop = offsets[text], offsets[text + 1]
        i = free
        while i < stop:
            if not 48 <= data[i] <= 57 or _ends_word(data, offsets[text], i, traits):
                i += 1
            elif _is_number(data, i, stop):
                start = _scheme(data, free, i)
                # A scheme, too, stands at a `\b`.
                start = i if start < i and _ends_word(data, offsets[text], start, traits) else start
                out[0][count], i = _spaces(data, free, start, traits), _past(data, i, stop, members)
                out[1][count] = free = i
                count += 1
            else:
                i = _past_digits(data, i, stop)
    return out[0][:count], out[1][:count]


@njit(cache=True, nogil=True)
def _room(data: Bytes, offsets: Places) -> tuple[Places, Places]:
    """Make room for as many starts and ends as there are dots."""
    most = 0
    for i in range(offsets[0], offsets[-1]):
        most += data[i] == _DOT
    return np.empty(most, np.int64), np.empty(most, np.int64)


@inner
def _top(data: Bytes, dot: int, stop: int, tree: tuple[Any, ...], traits: Bytes) -> int:
    r"""Find the end of the longest top-level domain after a dot that ends at a `\b`; 0 if there is none."""
    heads, said, children, siblings, ends = tree
    found, i = 0, dot + 1
    node = heads[data[i]] if i < stop else 0
    while node:
        i += 1
        if ends[node] and _ends_word(data, dot, i, traits) != _begins_word(data, i, stop, traits):
            found = i
        node = children[node] if i < stop else 0
        while node and said[node] != data[i]:
            node = siblings[node]
    return found


@inner
def _host(data: Bytes, free: int, dot: int, members: Bytes) -> int:
    """Find where the host begins that a dot ends."""
    start = dot
    while start > free and dot - start < _MOST and members[data[start - 1]] & _HOST:
        start -= 1
    return start


@inner
def _last_top(data: Bytes, start: int, stop: int, tree: tuple[Any, ...], members: Bytes, traits: Bytes) -> int:
    """Find the end of the last top-level domain that a host which begins at `start` can have."""
    end, i = 0, start + 1
    while i < stop and i <= start + _MOST and members[data[i]] & _HOST:
        if data[i] == _DOT:
            found = _top(data, i, stop, tree, traits)
            end = found or end
        i += 1
    return end


@inner
def _past(data: Bytes, i: int, stop: int, members: Bytes) -> int:
    """Find the end of what can stand in the rest of an address."""
    while i < stop and members[data[i]] & _REST:
        i += 1
    return i


@inner
def _before(data: Bytes, free: int, start: int, traits: Bytes) -> int:
    """Find the start of the scheme and of the white space before an address."""
    return _spaces(data, free, _scheme(data, free, start), traits)


@inner
def _scheme(data: Bytes, free: int, start: int) -> int:
    """Find where `http://`, `https://` or `ftp://` begins that ends at `start`; `start` if none does."""
    if start - free < 6 or data[start - 1] != _SLASH or data[start - 2] != _SLASH or data[start - 3] != _COLON:
        return start
    end = start - 3
    if data[end - 3] == 102 and data[end - 2] == 116 and data[end - 1] == 112:
        return end - 3
    first = end - 5 if data[end - 1] == 115 else end - 4
    if first < free or data[first] != 104 or data[first + 1] != 116 or data[first + 2] != 116 or data[first + 3] != 112:
        return start
    return first


@inner
def _spaces(data: Bytes, free: int, start: int, traits: Bytes) -> int:
    """Step back over white space, as far as an address takes it with it."""
    for _ in range(_SPACES):
        if start == free:
            break
        place = last_character(data, free, start)
        point, _ = decode(data, place, start)
        if not traits[point] & SPACE:
            break
        start = place
    return start


@inner
def _is_number(data: Bytes, i: int, stop: int) -> bool:
    """Say whether three numbers, each with a dot behind it, and a digit stand at `i`; none of them is above 299."""
    for _ in range(3):
        end = _past_digits(data, i, stop)
        if not 0 < end - i <= 3 or (end - i == 3 and data[i] > 50) or end == stop or data[end] != _DOT:
            return False
        i = end + 1
    return i < stop and 48 <= data[i] <= 57


@inner
def _past_digits(data: Bytes, i: int, stop: int) -> int:
    while i < stop and 48 <= data[i] <= 57:
        i += 1
    return i


@inner
def _ends_word(data: Bytes, begin: int, end: int, traits: Bytes) -> bool:
    r"""Say whether the character that ends at `end` is a `\w`; there is none before `begin`."""
    if end == begin:
        return False
    point, _ = decode(data, last_character(data, begin, end), end)
    return (traits[point] & WORD) != 0


@inner
def _begins_word(data: Bytes, i: int, stop: int, traits: Bytes) -> bool:
    r"""Say whether the character that begins at `i` is a `\w`."""
    if i == stop:
        return False
    point, _ = decode(data, i, stop)
    return (traits[point] & WORD) != 0
