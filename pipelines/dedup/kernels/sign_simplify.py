"""Texts simplified as datatrove simplifies them, and what follows from words that are found in them."""

import numpy as np
import numpy.typing as npt

from filters.kernels.characters import decode
from filters.kernels.compiled import inner
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
_CAPITAL_SIGMA, _SIGMA, _FINAL_SIGMA = 0x3A3, 0x3C3, 0x3C2


@inner
def simplify(data: Bytes, offsets: Numbers, tables: Tables, room: Bytes, places: Numbers) -> None:
    """Write each text in lower case, each number as 0, what is no word as one blank, accents left out.

    `room` has three bytes for each byte of text; text t is then `room[places[t] : places[t + 1]]`.
    """
    kinds, simple, firsts, spelt = tables
    at = 0
    for t in range(len(offsets) - 1):
        i, end, start = offsets[t], offsets[t + 1], at
        places[t] = start
        gap, cased, was_cased = False, False, False
        while i < end:
            code_point = np.int64(data[i])
            kind = kinds[code_point]
            # What most characters are comes first: letters of ASCII.
            if code_point < 0x80 and kind == CASED:
                if gap and at > start:
                    room[at] = _SPACE
                    at += 1
                room[at] = np.uint8(simple[code_point])
                gap, cased, i, at = False, True, i + 1, at + 1
                continue
            code_point, i = decode(data, i, end)
            kind = kinds[code_point]
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
def _is_cased_next(data: Bytes, i: int, end: int, kinds: Bytes) -> bool:
    while i < end:
        code_point, i = decode(data, i, end)
        if not kinds[code_point] & IGNORABLE:
            return kinds[code_point] & CASED != 0
    return False


@inner
def join(data: Bytes, start: npt.NDArray[np.int32], end: npt.NDArray[np.int32], room: Bytes, starts: Numbers) -> None:
    """Write words, which are `data[start[w] : end[w]]`, one after the other, and a blank after each."""
    at = 0
    for word in range(len(start)):
        starts[word] = at
        for i in range(start[word], end[word]):
            room[at] = data[i]
            at += 1
        room[at] = _SPACE
        at += 1
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
