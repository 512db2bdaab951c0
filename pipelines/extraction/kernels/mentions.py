"""Finds where a text may speak of rights: by the first letters of words, which others read on from there."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load
from pipelines.extraction.kernels.anchors import EXTERNAL, UNREAD, host_key, target
from pipelines.extraction.kernels.keys import lowered
from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_BADGE, MARK_KIND, MARK_SECOND, MARK_SECOND_END
from pipelines.extraction.kernels.tokens import is_letter

#: may name a licence; reserves rights; is a notice of copyright
LICENCE, RESERVED, COPYRIGHT = range(3)
KINDS = 3
#: places of each kind that are kept, the first and the last ones
FIRSTS, LASTS = 8, 16
MOST = FIRSTS + LASTS
_WIDTH = 8
_ONE = np.uint64(1)
#: three bytes; what makes letters of them small, whatever it makes of others; their hash, of 16 bits
_THREE, _SMALL = np.uint64(0xFFFFFF), np.uint64(0x202020)
_MIX, _TO_BIT = np.uint64(0x9E3779B97F4A7C15), np.uint64(48)
_TO_WORD, _IN_WORD = np.uint64(6), np.uint64(63)


class Beginnings(NamedTuple):
    """Beginnings of words, of 2 to 16 bytes in lower case, sorted by the bucket of the three with which each begins."""

    #: uint64[1024]: a bit for each three bytes with which one begins, by their hash: a word may begin only there
    seen: NDArray[np.uint64]
    #: int64[1025]: where those begin whose bits share a number of `seen`
    starts: NDArray[np.int64]
    #: uint64[2, n] each: the bytes, the first one lowest; which bits of a text's sixteen bytes are compared
    words: NDArray[np.uint64]
    masks: NDArray[np.uint64]
    #: int64: LICENCE, RESERVED or COPYRIGHT
    kinds: NDArray[np.int64]


def beginnings(words: dict[str, int]) -> Beginnings:
    """Make the table of words and their kinds; of a word that is longer than 16 bytes, its beginning counts."""
    # ASCII's capitals are those of the text's small letters; other scripts' stand as they are.
    known = {word.encode().lower()[: 2 * _WIDTH]: kind for word, kind in words.items()}
    placed = sorted({(bit, word) for word in known for bit in _bits(word)})
    seen = np.zeros(1024, np.uint64)
    for bit, _ in placed:
        seen[bit >> 6] |= np.uint64(1 << (bit & 63))
    rows = sorted({(bit >> 6, word) for bit, word in placed})
    starts = np.searchsorted([bucket for bucket, _ in rows], np.arange(1025)).astype(np.int64)
    found = [word for _, word in rows]
    raw, masks = (
        np.array([[int.from_bytes(word[at : at + _WIDTH], "little") for word in part] for at in (0, _WIDTH)], np.uint64)
        for part in (found, [b"\xff" * len(word) for word in found])
    )
    return Beginnings(seen, starts, raw, masks, np.array([known[word] for word in found]))


def _bits(word: bytes) -> set[int]:
    """Hash the three bytes with which a word begins; the third one behind a word of two may be any."""
    begun = [word[:3]] if len(word) > 2 else [word + bytes([third]) for third in range(256)]
    return {(int.from_bytes(three, "little") | int(_SMALL)) * int(_MIX) % 2**64 >> int(_TO_BIT) for three in begun}


@inner
def find_mentions(
    text: NDArray[np.uint8],
    seen: NDArray[np.uint64],
    starts: NDArray[np.int64],
    words: NDArray[np.uint64],
    masks: NDArray[np.uint64],
    kinds: NDArray[np.int64],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Write to `found` (int64[KINDS, MOST]) where words of each kind begin, and to `counts` how many there are.

    Of more than MOST, the first FIRSTS and the last LASTS are kept; the latter stand as in a ring. Eight bytes behind
    the text may be looked at, and do not count. Returns how many there are of all kinds.
    """
    for kind in range(KINDS):
        counts[kind] = 0
    for i in range(len(text) - 1):
        bit = ((load(text, i) & _THREE) | _SMALL) * _MIX >> _TO_BIT
        # Within a word of letters no other begins.
        if seen[bit >> _TO_WORD] >> (bit & _IN_WORD) & _ONE and (
            text[i] >= 0x80 or i == 0 or not is_letter(text[i - 1])
        ):
            bucket = np.int64(bit >> _TO_WORD)
            row = _begun(text, i, words, masks, starts[bucket], starts[bucket + 1])
            if row >= 0:
                _keep(i, kinds[row], found, counts)
    return counts.sum()


@inner
def find_linked(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    keys: NDArray[np.uint64],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Write to found[LICENCE] which marks are badges or lead to hosts whose keys are given, as `find_mentions` does."""
    for kind in range(KINDS):
        counts[kind] = 0
    for row in range(len(marks)):
        if marks[row, MARK_KIND] == MARK_BADGE:
            _keep(row, LICENCE, found, counts)
        elif marks[row, MARK_KIND] == MARK_ANCHOR:
            at, end = np.int64(marks[row, MARK_SECOND]), np.int64(marks[row, MARK_SECOND_END])
            kind, first, last = target(data, at, end, True)
            # One that hides its host behind references is for others to read.
            if kind == UNREAD or (kind == EXTERNAL and _is_one(host_key(data, first, last), keys)):
                _keep(row, LICENCE, found, counts)
    return counts[LICENCE]


@inlined
def _begun(
    text: NDArray[np.uint8], at: int, words: NDArray[np.uint64], masks: NDArray[np.uint64], row: int, end: int
) -> int:
    """Give the row before `end` whose word begins here; -1: there is none."""
    block = lowered(text, at, len(text))
    while row < end:
        same = block & masks[0, row] == words[0, row]
        if same and _follows(text, at + _WIDTH, masks[1, row], words[1, row]):
            return row
        row += 1
    return -1


@inlined
def _follows(text: NDArray[np.uint8], at: int, mask: np.uint64, word: np.uint64) -> bool:
    return mask == 0 or (at < len(text) and lowered(text, at, len(text)) & mask == word)


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
