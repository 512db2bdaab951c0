"""Texts simplified as datatrove simplifies them, and what follows from words that are found in them."""

import numpy as np
import numpy.typing as npt

from filters.kernels.blocks import HIGH, ONES, letters
from filters.kernels.characters import decode
from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load, trailing_zeros
from pipelines.dedup.kernels.sign_words import encode

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
#: what each code point is; what it becomes: a code point, 0 for nothing, or -1 - s for the spelling s; where the bytes
#: of each spelling start, and at last where all end; these bytes
Tables = tuple[Bytes, npt.NDArray[np.int32], Numbers, Bytes]

#: white space, or a mark that becomes a blank
BLANK = 1
DIGIT = 2
#: may stand between the digits of one number
SEPARATOR = 4
#: tell whether a sigma before or after it stands at the end of a word
CASED = 8
IGNORABLE = 16

_SPACE, _ZERO = np.uint8(0x20), np.uint8(0x30)
#: what makes letters of ASCII lower-case, in eight bytes
_CASE = ONES * np.uint64(0x20)
#: what takes the lowest byte of a kind to 0x80: `0`, and what follows `9`
_FROM_0, _PAST_9 = ONES * np.uint64(0x80 - 0x30), ONES * np.uint64(0x80 - 0x3A)
_ONE = np.uint64(1)
_CAPITAL_SIGMA, _SIGMA, _FINAL_SIGMA = 0x3A3, 0x3C3, 0x3C2


@inner
def simplify(data: Bytes, offsets: Numbers, tables: Tables, room: Bytes, places: Numbers) -> None:
    """Write each text in lower case, each number as 0, what is no word as one blank, accents left out.

    `room` has three bytes for each byte of text, and eight; text t is then `room[places[t] : places[t + 1]]`.
    """
    kinds, simple, firsts, spelt = tables
    at = 0
    for t in range(len(offsets) - 1):
        i, end, start = offsets[t], offsets[t + 1], at
        places[t] = start
        gap, cased, was_cased = False, False, False
        while i < end:
            # What most characters are comes first: letters of ASCII, and its blanks after them. Where words end nobody
            # can guess, so no branch depends on it.
            if data[i] < 0x80 and kinds[data[i]] & (CASED | BLANK) and i + 8 <= end:
                block = load(data, i)
                word = letters(block)
                others = ~word & HIGH
                count = trailing_zeros(others) >> 3
                room[at] = _SPACE
                at += gap & (count > 0) & (at > start)
                _write(block | _CASE, room, at)
                # Bits from the first one that is no letter's, of those that are no blank's either.
                after = trailing_zeros((word | _neither(block)) & ~(others - _ONE & ~others)) >> 3
                gap, i, at = after > count, i + after, at + count
                continue
            here = i
            code_point, i = decode(data, i, end)
            kind = kinds[code_point]
            # Whether what was read many at a time ended in a cased letter is asked only where it matters.
            if kind & IGNORABLE or code_point == _CAPITAL_SIGMA:
                cased = _is_cased_before(data, offsets[t], here, kinds, cased)
            if not kind & IGNORABLE:
                was_cased, cased = cased, kind & CASED != 0
            if kind & BLANK:
                gap = True
                continue
            # Between texts there is nothing to part; a mark that is left out had a blank before it all the same.
            if gap and at > start:
                room[at] = _SPACE
                at += 1
            gap = False
            if kind & DIGIT:
                i = _after_number(data, i, end, kinds)
                room[at] = _ZERO
                at += 1
                continue
            becomes = np.int64(simple[code_point])
            if code_point == _CAPITAL_SIGMA:
                final = was_cased and not _is_cased_next(data, i, end, kinds)
                becomes = np.int64(_FINAL_SIGMA if final else _SIGMA)
            if becomes > 0:
                at = encode(becomes, room, at)
            elif becomes < 0:
                for place in range(firsts[-1 - becomes], firsts[-becomes]):
                    room[at] = spelt[place]
                    at += 1
        while at > start and room[at - 1] == _SPACE:
            at -= 1
    places[len(offsets) - 1] = at


@inlined
def _neither(block: np.uint64) -> np.uint64:
    """Mark the bytes of digits, and those beyond ASCII: what remains are letters and blanks."""
    low = block & ~HIGH
    return ((low + _FROM_0) & ~(low + _PAST_9) | block) & HIGH


@inner
def _after_number(data: Bytes, i: int, end: int, kinds: Bytes) -> int:
    """Say where a number ends of which a digit was read: digits, and once a separator and digits."""
    separated = False
    while i < end:
        code_point, after = decode(data, i, end)
        kind = kinds[code_point]
        if not kind & DIGIT:
            if separated or not kind & SEPARATOR or after >= end:
                break
            code_point, after = decode(data, after, end)
            if not kinds[code_point] & DIGIT:
                break
            separated = True
        i = after
    return i


@inner
def _is_cased_before(data: Bytes, first: int, i: int, kinds: Bytes, cased: bool) -> bool:
    """Say whether the last character that tells is cased; `cased` says so of those that were read one by one."""
    while i > first and data[i - 1] < 0x80:
        kind = kinds[data[i - 1]]
        if not kind & IGNORABLE:
            return kind & CASED != 0
        i -= 1
    return cased


@inner
def _is_cased_next(data: Bytes, i: int, end: int, kinds: Bytes) -> bool:
    while i < end:
        code_point, i = decode(data, i, end)
        if not kinds[code_point] & IGNORABLE:
            return kinds[code_point] & CASED != 0
    return False


@inlined
def _write(block: np.uint64, room: Bytes, at: int) -> None:
    """Write eight bytes, the lowest first.

    The compiler makes one instruction of it, if it need not ask whether a place is counted from the end.
    """
    place = np.uint64(at)
    for k in range(8):
        room[place + np.uint64(k)] = np.uint8(block >> np.uint64(8 * k))


@inner
def join(data: Bytes, start: npt.NDArray[np.int32], end: npt.NDArray[np.int32], room: Bytes, starts: Numbers) -> None:
    """Write words, which are `data[start[w] : end[w]]`, one after the other, and a blank after each.

    `data` and `room` go on for at least 8 bytes after the last word.
    """
    at = 0
    for word in range(len(start)):
        starts[word] = at
        i, size = np.int64(start[word]), np.int64(end[word] - start[word])
        _write(load(data, i), room, at)
        for k in range(8, size, 8):
            _write(load(data, i + k), room, at + k)
        room[at + size] = _SPACE
        at += size + 1
    starts[len(start)] = at


@inner
def runs(
    words: Numbers, firsts: Numbers, ngram: int, short: bool, start: Numbers, end: Numbers, shingles: Numbers
) -> None:
    """Say where each run of `ngram` words starts and ends; if `short`, a text of fewer words is one run.

    `words` are the places of words with a blank after each, `firsts` the first word of each text, and at last the
    number of all; `shingles` becomes the same of runs.
    """
    at = 0
    for t in range(len(firsts) - 1):
        shingles[t] = at
        first, last = firsts[t], firsts[t + 1]
        size = min(ngram, last - first) if short else ngram
        if size:
            for word in range(first, last - size + 1):
                start[at], end[at] = words[word], words[word + size] - 1
                at += 1
    shingles[len(firsts) - 1] = at
