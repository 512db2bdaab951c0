"""Finds where a text may speak of rights: by the first letters of words, which others read on from there."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.blocks import HIGH, letters, not_graphic
from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load, trailing_zeros
from pipelines.extraction.kernels.anchors import EXTERNAL, UNREAD, host_key, target
from pipelines.extraction.kernels.keys import lowered
from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_BADGE, MARK_KIND, MARK_SECOND, MARK_SECOND_END

#: may name a licence; reserves rights; is a notice of copyright
LICENCE, RESERVED, COPYRIGHT = range(3)
KINDS = 3
#: places of each kind that are kept, the first and the last ones
FIRSTS, LASTS = 8, 16
MOST = FIRSTS + LASTS
_WIDTH = 8
_ONE = np.uint64(1)
#: three bytes; what makes letters of them small, whatever it makes of others; their hash, of 14 bits
_THREE, _SMALL = np.uint64(0xFFFFFF), np.uint64(0x202020)
_MIX, _TO_BIT = np.uint64(0x9E3779B97F4A7C15), np.uint64(50)
_TO_WORD, _IN_WORD, _TO_BUCKET = np.uint64(6), np.uint64(63), np.uint64(4)
_BUCKETS = 1024
#: bits that take what is known of a byte to the next one, and of the last byte of a block to the first of the next
_BYTE, _TOP_BYTE = np.uint64(8), np.uint64(56)


class Beginnings(NamedTuple):
    """Beginnings of words, of 2 to 16 bytes in lower case, none of white space first, by buckets of their first three.

    The tables are small, as they are fetched anew for each page.
    """

    #: uint64[256]: a bit for each three bytes with which one begins, by their hash: a word may begin only there
    seen: NDArray[np.uint64]
    #: int16[1025]: where the rows of each bucket begin: of 16 bits of `seen`
    starts: NDArray[np.int16]
    #: uint64[n, 4]: the sixteen bytes as two numbers, the first byte lowest; which of their bits are compared
    rows: NDArray[np.uint64]
    #: int8: LICENCE, RESERVED or COPYRIGHT
    kinds: NDArray[np.int8]


def beginnings(words: dict[str, int]) -> Beginnings:
    """Make the table of words and their kinds; of a word that is longer than 16 bytes, its beginning counts."""
    # ASCII's capitals are those of the text's small letters; other scripts' stand as they are.
    known = {word.encode().lower()[: 2 * _WIDTH]: kind for word, kind in words.items()}
    placed = sorted({(bit, word) for word in known for bit in _bits(word)})
    seen = np.zeros(_BUCKETS // 4, np.uint64)
    for bit, _ in placed:
        seen[bit >> int(_TO_WORD)] |= np.uint64(1 << (bit & int(_IN_WORD)))
    rows = sorted({(bit >> int(_TO_BUCKET), word) for bit, word in placed})
    starts = np.searchsorted([bucket for bucket, _ in rows], np.arange(_BUCKETS + 1)).astype(np.int16)
    found = [word for _, word in rows]
    parts = [part for word in found for part in (word, b"\xff" * len(word))]
    raw = b"".join(part.ljust(2 * _WIDTH, b"\0") for part in parts)
    kinds = np.array([known[word] for word in found], np.int8)
    return Beginnings(seen, starts, np.frombuffer(raw, np.uint64).reshape(-1, 4).copy(), kinds)


def _bits(word: bytes) -> set[int]:
    """Hash the three bytes with which a word begins; the third one behind a word of two may be any."""
    begun = [word[:3]] if len(word) > 2 else [word + bytes([third]) for third in range(256)]
    return {(int.from_bytes(three, "little") | int(_SMALL)) * int(_MIX) % 2**64 >> int(_TO_BIT) for three in begun}


@inner
def find_mentions(
    text: NDArray[np.uint8],
    seen: NDArray[np.uint64],
    starts: NDArray[np.int16],
    rows: NDArray[np.uint64],
    kinds: NDArray[np.int8],
    found: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> int:
    """Write to `found` (int64[KINDS, MOST]) where words of each kind begin, and to `counts` how many there are.

    Of more than MOST, the first FIRSTS and the last LASTS are kept; the latter stand as in a ring. Eight bytes behind
    the text may be looked at, and do not count. Returns how many there are of all kinds.
    """
    for kind in range(KINDS):
        counts[kind] = 0
    last, after_letter = len(text) - 1, np.uint64(0)
    for base in range(0, last, _WIDTH):
        block = load(text, base)
        is_letter = letters(block)
        # Within a word of letters no other begins.
        after = (is_letter << _BYTE) | after_letter
        places = (block & block << _ONE & HIGH) | ~(after | not_graphic(block)) & HIGH
        after_letter = is_letter >> _TOP_BYTE
        while places:
            i = base + (trailing_zeros(places) >> 3)
            places &= places - _ONE
            if i >= last:
                break
            bit = ((load(text, i) & _THREE) | _SMALL) * _MIX >> _TO_BIT
            if seen[bit >> _TO_WORD] >> (bit & _IN_WORD) & _ONE:
                bucket = np.int64(bit >> _TO_BUCKET)
                row = _begun(text, i, rows, starts[bucket], starts[bucket + 1])
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
def _begun(text: NDArray[np.uint8], at: int, rows: NDArray[np.uint64], row: int, end: int) -> int:
    """Give the row before `end` whose word begins here; -1: there is none."""
    block = lowered(text, at, len(text))
    while row < end:
        same = block & rows[row, 2] == rows[row, 0]
        if same and _follows(text, at + _WIDTH, rows[row, 3], rows[row, 1]):
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
