"""Parts texts into tokens: their hashes, or the folded letters that they are made of."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.blocks import HIGH, ONES, first_bytes
from filters.kernels.blocks import letters as letters_of
from filters.kernels.characters import MARK, SINGLE, WORD, decode
from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load, trailing_zeros
from pipelines.dedup.kernels.passage_hashes import mix

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Places = NDArray[Any]
#: kinds, values, sequences: see `pipelines.passage_index.tokens`
Tables = tuple[Bytes, NDArray[np.int32], NDArray[np.int32]]

#: a character that neither belongs to a token nor ends it
SKIPPED = 1
#: code points of the longest sequence
LONGEST = 4
#: of a letter: the number of its code point
POINT = (1 << 21) - 1
#: a token begins here
BEGIN = 1 << 24
#: and is one character of a script without spaces
ALONE = 1 << 25

_CASE = np.uint64(0x2020202020202020)
#: what takes the lowest byte of a kind to 0x80: `0`, and what follows `9`
_FROM_0, _PAST_9 = (ONES * np.uint64(0x80 - byte) for byte in (0x30, 0x3A))
_LOW = np.uint64(0x7F7F7F7F7F7F7F7F)
_EIGHT, _ZERO = np.uint64(8), np.uint64(0)
# Odd numbers with bits as if by chance: the fractions of the golden ratio and of the square root of 3.
_FACTOR, _SIZE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_32 = np.uint64(32)
#: marks the last of three bytes that stand for a code point beyond ASCII
_WIDE = np.uint64(0x800000)
#: kinds of characters that go on with a word
_INSIDE = WORD | MARK
#: hash of the blocks before, the block that is being filled, bytes in all
State = tuple[np.uint64, np.uint64, int]


@inlined
def _alphanumeric(block: np.uint64) -> np.uint64:
    """Mark the letters and digits of ASCII."""
    low = block & _LOW
    return letters_of(block) | ((low + _FROM_0) & ~(low + _PAST_9) & ~block & HIGH)


@inlined
def _absorb(hash_: np.uint64, block: np.uint64) -> np.uint64:
    hash_ = (hash_ ^ block) * _FACTOR
    return hash_ ^ (hash_ >> _32)


@inlined
def _push(state: State, code_point: np.int64) -> State:
    """Go on with a token's hash: by eight bytes, of which a character of ASCII is one and another three."""
    hash_, block, size = state
    filled = np.uint64(size & 7)
    value, width = (np.uint64(code_point), 1) if code_point < 0x80 else (np.uint64(code_point) | _WIDE, 3)
    block |= value << _EIGHT * filled
    if (size & 7) + width >= 8:
        hash_ = _absorb(hash_, block)
        block = value >> _EIGHT * (_EIGHT - filled) if filled else _ZERO
    return hash_, block, size + width


@inlined
def _hash(state: State) -> np.uint64:
    """Finish the hash of a token."""
    hash_, block, size = state
    return mix(_absorb(hash_, block) ^ np.uint64(size) * _SIZE)


@inner
def token_hashes(data: Bytes, i: int, end: int, tables: Tables, hashes: Hashes, units: Bytes) -> int:
    """Hash the tokens of `data[i:end]` and say how many units each is; returns how many there are.

    There is room for one token in two bytes, and for two more.
    """
    kinds, values, sequences = tables
    at = 0
    state = (_ZERO, _ZERO, 0)
    while i < end:
        # Words of ASCII, eight letters at a time: what most text is made of, in far fewer steps.
        if state[2] == 0 and i + 8 <= end:
            block, hash_, size = load(data, i), _ZERO, 0
            run = trailing_zeros(~_alphanumeric(block) & HIGH) >> 3
            if run == 0 and data[i] < 0x80:
                i += 1
                continue
            while run == 8 and i + 16 <= end:
                hash_, size, i = _absorb(hash_, block | _CASE), size + 8, i + 8
                block = load(data, i)
                run = trailing_zeros(~_alphanumeric(block) & HIGH) >> 3
            if run < 8:
                state = (hash_, first_bytes(block | _CASE, run), size + run)
                i += run
                if data[i] < 0x80:
                    hashes[at], units[at] = _hash(state), 2
                    at, i, state = at + 1, i + 1, (_ZERO, _ZERO, 0)
                    continue
            else:
                state = (hash_, _ZERO, size)
        code_point, i = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, end)
        kind = kinds[code_point]
        if kind == SKIPPED or (kind == MARK and state[2] == 0):
            continue
        if kind & _INSIDE:
            value = np.int64(values[code_point])
            if value >= 0:
                state = _push(state, value)
                continue
            for place in range(LONGEST):
                point = np.int64(sequences[-1 - value, place])
                if point:
                    state = _push(state, point)
            continue
        if state[2]:
            hashes[at], units[at] = _hash(state), 2
            at, state = at + 1, (_ZERO, _ZERO, 0)
        if kind == SINGLE:
            hashes[at], units[at] = _hash(_push(state, np.int64(values[code_point]))), 1
            at += 1
    if state[2]:
        hashes[at], units[at] = _hash(state), 2
        at += 1
    return at


@inner
def letters(data: Bytes, tables: Tables, points: Places, starts: Places) -> int:
    """Write the folded letters of a text, and the byte at which the character of each starts; returns their number.

    A letter is its code point with the flags BEGIN and ALONE. Nothing is written to arrays without room: that counts.
    """
    kinds, values, sequences = tables
    i, at, end, written, inside = 0, 0, len(data), len(points) > 0, False
    while i < end:
        start = i
        code_point, i = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, end)
        kind = kinds[code_point]
        if kind == SKIPPED or (kind == MARK and not inside):
            continue
        value, flags = np.int64(values[code_point]), np.int64(0 if inside else BEGIN)
        inside = kind & _INSIDE != 0
        if kind == SINGLE:
            flags = np.int64(BEGIN | ALONE)
        elif not inside:
            continue
        if value >= 0:
            if written:
                points[at], starts[at] = value | flags, start
            at += 1
            continue
        for place in range(LONGEST):
            point = np.int64(sequences[-1 - value, place])
            if point:
                if written:
                    points[at], starts[at] = point | flags, start
                at, flags = at + 1, np.int64(0)
    return at


@inner
def spelt_tokens(points: Places, hashes: Hashes, units: Bytes, firsts: Places) -> int:
    """Hash the tokens that letters make, as `token_hashes` does, and say which letter is the first of each."""
    at, state = -1, (_ZERO, _ZERO, 0)
    for letter in range(len(points)):
        if points[letter] & BEGIN:
            if at >= 0:
                hashes[at] = _hash(state)
            at, state = at + 1, (_ZERO, _ZERO, 0)
            firsts[at], units[at] = letter, 1 if points[letter] & ALONE else 2
        state = _push(state, np.int64(points[letter]) & POINT)
    if at >= 0:
        hashes[at] = _hash(state)
    return at + 1
