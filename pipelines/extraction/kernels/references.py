"""Character references of HTML: what `&amp;`, `&nbsp` and `&#8217;` stand for, by the rules of WHATWG's tokenizer.

https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state. `references_build` wrote the file beside
this one. Hand the tables to a kernel as one argument.
"""

from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner

#: what text can grow to: six bytes stand for the five of `&nLt;` and `&nGt;`, and no reference grows by more
GROWTH = 6, 5

#: a node of the tree is its letter in seven bits, the flags below, and from bit REST on where its first child lies;
#: at `;`, where a name ends, there lie the place of what it stands for and, in three bits, how many bytes that has
LETTER = 0x7F
#: no sibling follows
LAST = 1 << 7
#: a name may end here without the `;`, which is the first child
OPEN = 1 << 8
REST = 9
#: bits of the number of bytes
SIZE = 3

#: uint8 and int32; to numba their elements are numbers, and a cast would only cost compile time
Bytes = NDArray[Any]
Numbers = NDArray[Any]

_AMPERSAND, _HASH, _SEMICOLON, _EQUALS, _SMALL, _X = 0x26, 0x23, 0x3B, 0x3D, 0x20, 0x78
_FIRST_CONTROL, _PAST_CONTROLS, _SURROGATE, _PAST_SURROGATES = 0x80, 0xA0, 0xD800, 0xE000
_BEYOND, _REPLACEMENT = 0x110000, 0xFFFD


class Names(NamedTuple):
    """The tables, all read-only."""

    #: int32[nodes]: names as paths of letters. A name begins at the node of its first byte's number, which is 0 if
    #: none does; siblings follow each other, in the order of their letters
    tree: NDArray[np.int32]
    #: uint8[bytes]: what names stand for, as UTF-8
    texts: NDArray[np.uint8]
    #: int32[32]: the code points for which the numbers 0x80 to 0x9F stand, as Windows-1252 has them
    controls: NDArray[np.int32]


def _load() -> Names:
    with files("pipelines.extraction.kernels").joinpath("references.npz").open("rb") as file, np.load(file) as tables:
        names = Names(*(tables[name] for name in Names._fields))
    for table in names:
        table.flags.writeable = False
    return names


#: the 2231 names of HTML
NAMES = _load()


@inner
def room(length: int) -> int:
    """Say how many bytes are enough for `length` bytes of text after its references are resolved, and may be needed."""
    return length * GROWTH[0] // GROWTH[1]


@inner
def reference(data: Bytes, i: int, end: int, attribute: bool, names: Names, out: Bytes, at: int) -> tuple[int, int]:
    """Write what the reference at data[i], an `&`, stands for to `out` from `at` on, as UTF-8.

    If it is none, the `&` itself is written and what follows it is text. Nothing at or past `end` is read: `end` is
    where the text or the value ends (`attribute` for a value). Returns where to read on and where to write on.
    `out` gets no more than `room` of the bytes read, six for five at most, and never fewer than one.
    """
    end = min(end, len(data))
    if i + 1 < end and data[i + 1] == _HASH:
        past, point = _number(data, i + 2, end, names.controls)
        if past:
            return past, _write(point, out, at)
    else:
        past, node = _name(data, i + 1, end, attribute, names.tree)
        if past:
            place, size = node >> REST + SIZE, node >> REST & (1 << SIZE) - 1
            for k in range(size):
                out[at + k] = names.texts[place + k]
            return past, at + size
    out[at] = _AMPERSAND
    return i + 1, at + 1


@inner
def _name(data: Bytes, i: int, end: int, attribute: bool, tree: Numbers) -> tuple[int, int]:
    """Find the longest name that begins at data[i]: where it ends, 0 if there is none, and its `;` in the tree."""
    past, found = 0, 0
    letter: int = data[i] if i < end and data[i] <= LETTER else 0
    node: int = tree[letter]
    while node:
        i += 1
        if node & LETTER == _SEMICOLON:
            return i, node
        place = node >> REST
        if node & OPEN:
            past, found = i, tree[place]
        if i >= end:
            break
        node = tree[place]
        while node & LETTER < data[i] and not node & LAST:
            place += 1
            node = tree[place]
        if node & LETTER != data[i]:
            break
    # In `?a=1&copy=2` a name means itself.
    if attribute and 0 < past < end:
        after = data[past]
        past = 0 if after == _EQUALS or 48 <= after <= 57 or 97 <= after | _SMALL <= 122 else past
    return past, found


@inner
def _number(data: Bytes, i: int, end: int, controls: Numbers) -> tuple[int, int]:
    """Read what follows `&#`: where it ends, 0 if there is no digit, and the code point for which it stands."""
    base = 16 if i < end and data[i] | _SMALL == _X else 10
    i += base >> 4
    first, point = i, 0
    while i < end:
        byte = data[i]
        small = byte | _SMALL
        digit = byte - 48 if 48 <= byte <= 57 else small - 87 if 97 <= small <= 102 else 16
        if digit >= base:
            break
        point = min(point * base + digit, _BEYOND)
        i += 1
    if i == first:
        return 0, 0
    if point == 0 or point >= _BEYOND or _SURROGATE <= point < _PAST_SURROGATES:
        point = _REPLACEMENT
    elif _FIRST_CONTROL <= point < _PAST_CONTROLS:
        point = controls[point - _FIRST_CONTROL]
    return i + 1 if i < end and data[i] == _SEMICOLON else i, point


@inner
def _write(point: int, out: Bytes, at: int) -> int:
    """Write a code point as UTF-8."""
    if point < 0x80:
        out[at] = point
        return at + 1
    size = 2 + (point >= 0x800) + (point >= 0x10000)
    for k in range(size - 1, 0, -1):
        out[at + k] = 0x80 | point & 0x3F
        point >>= 6
    # As many ones as there are bytes, then a zero.
    out[at] = 0xFF00 >> size & 0xFF | point
    return at + size
