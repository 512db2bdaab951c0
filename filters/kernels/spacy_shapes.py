"""Chunks, which are what stands between white space, and their shapes: all of them that a language's rules can see.

A shape is a chunk in which each run of letters, or of digits, is one byte that says how it begins and ends. A run that
could be of a special case, a unit or a currency keeps its letters, and a chunk that may be a URL keeps all of them. A
language whose rules are not known (`spacy_rules`) has no runs: there each shape is its chunk. Chunks of one shape are
cut alike. A chunk that is one run without a name is one word: it needs no shape.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import decode
from filters.kernels.compiled import inlined
from filters.kernels.hashes import hash_bytes, mixed

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Number = int | np.int64

#: What a character is to the rules, in a table of facts: these three bits, and then flags.
KIND = 7
#: a character that a shape keeps; one that could also stand in a URL's top-level domain; [0-9]
LITERAL, LITERAL_LETTER, DIGIT = 0, 1, 2
#: makes up runs: in none of the rules; one of their lower-case letters, of their upper-case letters, or both
OTHER, LOWER, UPPER, UNCASED = 3, 4, 5, 6
#: `str.isalpha`; `str.isspace`; ends a sentence; makes up runs
LETTER, SPACE, TERMINAL, RUN = 8, 16, 32, 64

#: A longer chunk, in bytes, is one word: spaCy's time grows with the square of a chunk's length.
LONGEST = 4096

_DOT = 46
#: bytes that stand for a run of digits, for one of lower-case letters only, and before a chunk that is kept whole
_DIGITS, _LOWER, _WHOLE = 0x7F, 0x20, 0xFF
#: what stands beside a run at the edge of a chunk; no code point
EDGE = 0x110000
#: a part of a domain's name has at most 64 characters, for spaCy; a shorter chunk cannot have a longer one
_LABEL = 62


class Chunks(NamedTuple):
    """All chunks of a batch, as `spans.words` has them, and whether each has a shape."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    characters: NDArray[np.int32]
    lettered: NDArray[np.bool_]
    hashes: Hashes
    shaped: NDArray[np.bool_]
    firsts: Numbers


class Shapes(NamedTuple):
    """The shapes of a batch, in order, each as often as it is met."""

    #: the bytes of all shapes, and where each stands in its chunk; the end of the chunk follows
    keys: Bytes
    places: NDArray[np.uint16]
    #: per shape where it begins in `keys`, its bytes, their hash, and the number of its chunk
    first: Numbers
    size: NDArray[np.int32]
    hashes: Hashes
    chunk: NDArray[np.int32]


@njit(cache=True, nogil=True)
def chunks(data: Bytes, offsets: Numbers, facts: Bytes, cases: Hashes) -> tuple[Any, ...]:
    """Find the chunks of all texts: the fields of `Chunks`."""
    most = (offsets[-1] - offsets[0]) // 2 + len(offsets)
    start, end, characters = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32)
    lettered, shaped = np.empty(most, np.bool_), np.empty(most, np.bool_)
    hashes, firsts = np.empty(most, np.uint64), np.empty(len(offsets), np.int64)
    address, size = data.ctypes.data, len(data)
    chunk, mask = 0, np.uint64(len(cases) - 1)
    for text in range(len(offsets) - 1):
        firsts[text] = chunk
        i, stop = offsets[text], offsets[text + 1]
        while i < stop:
            begin, after, length = i, i, 0
            every, some = np.uint8(255), np.uint8(0)
            while i < stop:
                point, after = np.int64(data[i]), i + 1
                if point > 127:
                    point, after = decode(data, i, stop)
                fact = facts[point]
                if fact & SPACE:
                    break
                every, some = every & fact, some | fact
                length, i = length + 1, after
            if length:
                hash_ = hash_bytes(address + begin, i - begin, size - begin)
                named = every & RUN == 0
                slot = np.int64(hash_ & mask)
                while not named and cases[slot]:
                    named = cases[slot] == hash_
                    slot = (slot + 1) % len(cases)
                start[chunk], end[chunk], characters[chunk] = begin, i, length
                lettered[chunk], hashes[chunk] = some & LETTER != 0, hash_
                shaped[chunk] = named and i - begin <= LONGEST
                chunk += 1
            i = after
    firsts[-1] = chunk
    return start[:chunk], end[:chunk], characters[:chunk], lettered[:chunk], hashes[:chunk], shaped[:chunk], firsts


@njit(cache=True, nogil=True)
def shapes(data: Bytes, found: Chunks, facts: Bytes, spelt: Hashes) -> tuple[Any, ...]:
    """Make the shapes of chunks: the fields of `Shapes`. One that is not UTF-8 has none: `shaped` says so then."""
    start, end, shaped, mask = found.start, found.end, found.shaped, np.uint64(len(spelt) - 1)
    count, most = 0, 0
    for chunk in range(len(start)):
        count += shaped[chunk]
        most += (end[chunk] - start[chunk] + 2) * shaped[chunk]
    keys, places = np.empty(most, np.uint8), np.empty(most, np.uint16)
    first, size, chunk_of = np.empty(count, np.int64), np.empty(count, np.int32), np.empty(count, np.int32)
    hashes = np.empty(count, np.uint64)
    shape, at = 0, 0
    for chunk in range(len(start)):
        if not shaped[chunk]:
            continue
        begin, i, stop = int(start[chunk]), int(start[chunk]), int(end[chunk])
        top, valid, wide = at, True, stop - begin > _LABEL
        dotted, domain, numbers, left = False, False, 0, np.int64(EDGE)
        while i < stop:
            point, after = np.int64(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
                valid = valid and _is_character(point, after - i)
                for k in range(i + 1, after):
                    valid = valid and data[k] & 0xC0 == 0x80
            kind = np.int64(facts[point] & KIND)
            numbers += dotted and kind == DIGIT
            domain = domain or (dotted and kind not in (DIGIT, LITERAL))
            dotted = point == _DOT
            wide = wide or point > 127 or kind == OTHER or _parts_urls(point)
            head, run, every, before, last = i, kind, kind, np.int64(0), kind
            mark, i = beside(point, kind), after
            while run >= DIGIT and i < stop:
                point, after = np.int64(data[i]), i + 1
                if point > 127:
                    point, after = decode(data, i, stop)
                    valid = valid and _is_character(point, after - i)
                    for k in range(i + 1, after):
                        valid = valid and data[k] & 0xC0 == 0x80
                kind = np.int64(facts[point] & KIND)
                if kind < DIGIT or (kind == DIGIT) != (run == DIGIT):
                    break
                wide = wide or point > 127 or kind == OTHER
                every, before, last, i = every | kind, last, kind, after
            right = beside(point, kind) if i < stop else np.int64(EDGE)
            named, case = run < DIGIT, 0
            hash_ = np.uint64(0) if named else hash_bytes(data.ctypes.data + head, i - head, len(data) - head)
            while not named and case < 5:
                sought = hash_
                if case:
                    sought = context(hash_, left * (case & 1), right * (case > 2))
                slot = np.int64(sought & mask)
                while spelt[slot] and spelt[slot] != sought:
                    slot = (slot + 1) % len(spelt)
                if case == 0 and not spelt[slot]:
                    break
                named, case = case > 0 and spelt[slot] != 0, case + 1
            if named:
                for k in range(head, i):
                    keys[at], places[at] = data[k], k - begin
                    at += 1
            else:
                keys[at], places[at] = _run(run, every, before, last), head - begin
                at += 1
            left = mark
        # Whether it is a URL depends on more than a shape tells, but for the names of short ASCII domains; an address
        # has three dots between its numbers.
        if numbers > 2 or (domain and wide):
            at, keys[top], places[top] = top + 1, _WHOLE, 0
            for k in range(begin, stop):
                keys[at], places[at] = data[k], k - begin
                at += 1
        shaped[chunk] = valid
        if not valid:
            at = top
            continue
        first[shape], size[shape], chunk_of[shape], places[at] = top, at - top, chunk, stop - begin
        hashes[shape] = hash_bytes(keys.ctypes.data + top, at - top, most - top)
        shape, at = shape + 1, at + 1
    return keys[:at], places[:at], first[:shape], size[:shape], hashes[:shape], chunk_of[:shape]


@njit(cache=True, nogil=True, forceinline=True)
def beside(point: Number, kind: Number) -> Number:
    """Say of a character what a run is told by that stands beside it: itself, or that it is a digit or a letter."""
    return np.int64(point) if kind < DIGIT else np.int64(0x30 if kind == DIGIT else 0x41)


@inlined
def context(run: np.uint64, left: Number, right: Number) -> np.uint64:
    """Hash a run and what stands beside it: characters as `beside` has them, EDGE, or 0 for anything."""
    return mixed(np.uint64(run), np.uint64(1 << 62 | left << 24 | right))


@njit(cache=True, nogil=True, forceinline=True)
def _run(first: Number, every: Number, before: Number, last: Number) -> Number:
    """Make one byte of all that rules see of a run: the kinds of its first letter and of its last two.

    Also whether all are lower-case, as in a top-level domain; `every` is all kinds, or-ed.
    """
    if first == DIGIT:
        return _DIGITS
    if every == LOWER:
        return _LOWER
    if last < UPPER:
        return (first - OTHER) * 8 + last - OTHER
    # The rule for a dot after two upper-case letters; where the run is one letter, what stands before it is seen too.
    two = 0 if before == 0 else 1 if before >= UPPER else 2
    return (first - OTHER) * 8 + 2 + (last - UPPER) * 3 + two


@inlined
def _parts_urls(point: Number) -> bool:
    """Say whether the character is one of #/:?@, which part a URL from what stands around its domain."""
    return point in (0x23, 0x2F, 0x3A, 0x3F, 0x40)


@inlined
def _is_character(point: Number, size: int) -> bool:
    """Say whether UTF-8 has this code point in so many bytes, as Python decodes it; the first is not ASCII."""
    if size == 2:
        return bool(point >= 0x80)
    if size == 3:
        return bool(point >= 0x800 and not 0xD800 <= point < 0xE000)
    return bool(size == 4 and point >= 0x10000)
