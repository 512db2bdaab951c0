"""Finds where a text may speak of rights: by the first letters of words, which others read on from there."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.anchors import EXTERNAL, host_key, target
from pipelines.extraction.kernels.keys import lowered
from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_BADGE, MARK_KIND, MARK_SECOND, MARK_SECOND_END
from pipelines.extraction.kernels.tokens import is_letter

#: may name a licence; reserves rights; is a notice of copyright
LICENCE, RESERVED, COPYRIGHT = range(3)
KINDS = 3
#: places of each kind that are kept, the first and the last ones
FIRSTS, LASTS = 32, 16
MOST = FIRSTS + LASTS
_WIDTH = 8
_ONE, _BYTE = np.uint64(1), np.uint64(0xFF)


class Beginnings(NamedTuple):
    """Beginnings of words, of 2 to 8 bytes in lower case, sorted by their first byte."""

    #: uint64[1024]: a bit for each pair of bytes with which one begins
    pairs: NDArray[np.uint64]
    #: int64[257]: where those begin that begin with a byte, be it upper or lower case
    starts: NDArray[np.int64]
    #: uint64 each: the bytes, the first one lowest; which bits of a text's eight bytes are compared
    words: NDArray[np.uint64]
    masks: NDArray[np.uint64]
    #: int64: LICENCE, RESERVED or COPYRIGHT
    kinds: NDArray[np.int64]


def beginnings(words: dict[str, int]) -> Beginnings:
    """Make the table of words and their kinds; of a word that is longer than 8 bytes, its beginning counts."""
    known = {word.encode()[:_WIDTH]: kind for word, kind in words.items()}
    pairs = np.zeros(1024, np.uint64)
    for word in known:
        for first in {word[:1].lower(), word[:1].upper()}:
            for second in {word[1:2].lower(), word[1:2].upper()}:
                pair = first[0] | second[0] << 8
                pairs[pair >> 6] |= np.uint64(1 << (pair & 63))
    rows = sorted(known)
    starts = np.searchsorted([row[0] for row in rows], np.arange(257)).astype(np.int64)
    raw = [int.from_bytes(word, "little") for word in rows]
    masks = [(1 << 8 * len(word)) - 1 for word in rows]
    kinds = np.array([known[word] for word in rows])
    return Beginnings(pairs, starts, np.array(raw, np.uint64), np.array(masks, np.uint64), kinds)


@inner
def find_mentions(
    text: NDArray[np.uint8],
    pairs: NDArray[np.uint64],
    starts: NDArray[np.int64],
    words: NDArray[np.uint64],
    masks: NDArray[np.uint64],
    kinds: NDArray[np.int64],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Write to `found` (int64[KINDS, MOST]) where words of each kind begin, and to `counts` how many there are.

    Of more than MOST, the first FIRSTS and the last LASTS are kept; the latter stand as in a ring. Eight bytes behind
    the text may be looked at.
    """
    for kind in range(KINDS):
        counts[kind] = 0
    before = np.uint8(0)
    for i in range(len(text) - 1):
        pair = np.int64(text[i]) | np.int64(text[i + 1]) << 8
        if pairs[pair >> 6] >> np.uint64(pair & 63) & _ONE:
            block = lowered(text, i, len(text))
            first = np.int64(block & _BYTE)
            for row in range(starts[first], starts[first + 1]):
                # Within a word of letters no other begins.
                if block & masks[row] == words[row] and not (first < 0x80 and is_letter(before)):
                    _keep(i, kinds[row], found, counts)
                    break
        before = text[i]


@inner
def find_linked(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    keys: NDArray[np.uint64],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Write to found[LICENCE] which marks are badges or lead to hosts whose keys are given, as `find_mentions` does."""
    counts[LICENCE] = 0
    for row in range(len(marks)):
        if marks[row, MARK_KIND] == MARK_BADGE:
            _keep(row, LICENCE, found, counts)
        elif marks[row, MARK_KIND] == MARK_ANCHOR:
            at, end = np.int64(marks[row, MARK_SECOND]), np.int64(marks[row, MARK_SECOND_END])
            kind, first, last = target(data, at, end, True)
            if kind == EXTERNAL and _is_one(host_key(data, first, last), keys):
                _keep(row, LICENCE, found, counts)


@inlined
def _is_one(key: np.uint64, keys: NDArray[np.uint64]) -> bool:
    for place in range(len(keys)):
        if keys[place] == key:
            return True
    return False


@inlined
def _keep(place: int, kind: int, found: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """Note a place: one of the first, or instead of one of the last."""
    number = counts[kind]
    counts[kind] += 1
    found[kind, number if number < FIRSTS else FIRSTS + (number - FIRSTS) % LASTS] = place
