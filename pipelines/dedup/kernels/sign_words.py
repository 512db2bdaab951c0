"""Words of texts as hashes of them, or as the bytes that they are spelt with in lower case."""

import numpy as np
import numpy.typing as npt

from filters.kernels.characters import SINGLE, WORD, decode
from filters.kernels.compiled import inlined, inner

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
#: what each code point is, and its lower case
Tables = tuple[Bytes, npt.NDArray[np.int32]]

#: of a table of kinds, beside WORD and SINGLE: a character that neither belongs to a word nor ends it
SKIPPED = 1

# Odd numbers with bits as if by chance: the fractions of the square roots of 3 and 5.
_TOKEN, _SHINGLE = np.uint64(0xBB67AE8584CAA73B), np.uint64(0x3C6EF372FE94F82B)
# The finaliser of splitmix64: Steele, Lea and Flood 2014, with Stafford's constants.
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_27, _30, _31, _32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)
_ZERO, _ONE = np.uint64(0), np.uint64(1)
_SPACE = np.uint8(0x20)


@inlined
def mix(value: np.uint64) -> np.uint64:
    """Finish a hash, so that every bit of it depends on every bit before."""
    value = (value ^ (value >> _30)) * _MIX_1
    value = (value ^ (value >> _27)) * _MIX_2
    return value ^ (value >> _31)


@inlined
def _absorb(token: np.uint64, code_point: np.int64) -> np.uint64:
    token = (token ^ np.uint64(code_point)) * _TOKEN
    return token ^ (token >> _32)


@inner
def hashed_shingles(data: Bytes, offsets: Numbers, tables: Tables, ngram: int, hashes: Hashes, firsts: Numbers) -> None:
    """Write the hash of each run of `ngram` words of each text; a text of fewer words is one run.

    `hashes` has room for all words, and one for each text and one over. `firsts[t]` becomes the place of
    the first one of text t, and `firsts[-1]` the number of all.
    """
    kinds, lower = tables
    at = 0
    for t in range(len(offsets) - 1):
        i, end, first = offsets[t], offsets[t + 1], at
        firsts[t] = first
        token, inside = _ZERO, False
        while i < end:
            byte = data[i]
            kind = kinds[byte]
            if byte < 0x80 and not kind & ~WORD:
                # Where words end nobody can guess, so no branch depends on it: the hash is written at every
                # character, and stays where a word ended.
                hashes[at] = token
                at += np.int64(inside and not kind)
                longer = _absorb(token, np.int64(lower[byte]))
                token, inside = longer if kind else _ZERO, kind != 0
                i += 1
                continue
            code_point, i = decode(data, i, end)
            kind = kinds[code_point]
            if kind == WORD:
                token, inside = _absorb(token, np.int64(lower[code_point])), True
                continue
            if kind == SKIPPED:
                continue
            if inside:
                hashes[at] = token
                at, token, inside = at + 1, _ZERO, False
            if kind:
                hashes[at] = _absorb(_ZERO, np.int64(lower[code_point]))
                at += 1
        if inside:
            hashes[at] = token
            at += 1
        for word in range(first, at):
            hashes[word] = mix(hashes[word])
        at = first + _rolled(hashes, first, at - first, ngram)
    firsts[len(offsets) - 1] = at


@inlined
def _rolled(hashes: Hashes, first: int, words: int, ngram: int) -> int:
    """Replace the hashes of words by those of their runs, and count these."""
    ngram = min(ngram, words)
    power, shingle = _ONE, _ZERO
    for j in range(first, first + ngram - 1):
        power, shingle = power * _SHINGLE, shingle * _SHINGLE + hashes[j]
    count = words - ngram + 1 if words else 0
    for j in range(first, first + count):
        oldest = hashes[j]
        shingle = shingle * _SHINGLE + hashes[j + ngram - 1]
        hashes[j] = mix(shingle)
        shingle -= oldest * power
    return count


@inner
def spelt_words(data: Bytes, offsets: Numbers, tables: Tables, room: Bytes, starts: Numbers, firsts: Numbers) -> None:
    """Write each word of each text in lower case, and a blank after it.

    `room` has two bytes for each byte of text, and `starts` a place for each byte and one. Word w is
    `room[starts[w] : starts[w + 1] - 1]`; those of text t are the words from `firsts[t]` up to `firsts[t + 1]`.
    """
    kinds, lower = tables
    at, word = 0, 0
    for t in range(len(offsets) - 1):
        i, end = offsets[t], offsets[t + 1]
        firsts[t] = word
        inside = False
        while i < end:
            code_point = np.int64(data[i])
            if code_point < 0x80:
                i += 1
            else:
                code_point, i = decode(data, i, end)
            kind = kinds[code_point]
            if kind == SKIPPED:
                continue
            if inside and kind != WORD:
                room[at], at, inside = _SPACE, at + 1, False
            if kind:
                if not inside:
                    starts[word], word = at, word + 1
                at = encode(np.int64(lower[code_point]), room, at)
                inside = True
                if kind & SINGLE:
                    room[at], at, inside = _SPACE, at + 1, False
        if inside:
            room[at], at = _SPACE, at + 1
    starts[word], firsts[len(offsets) - 1] = at, word


@inlined
def encode(code_point: np.int64, room: Bytes, at: int) -> int:
    """Write a code point as UTF-8 at a place of `room`, and say where it ends."""
    if code_point < 0x80:
        room[at] = np.uint8(code_point)
        return at + 1
    if code_point < 0x800:
        room[at] = np.uint8(0xC0 | code_point >> 6)
        room[at + 1] = np.uint8(0x80 | code_point & 0x3F)
        return at + 2
    if code_point < 0x10000:
        room[at] = np.uint8(0xE0 | code_point >> 12)
        room[at + 1] = np.uint8(0x80 | code_point >> 6 & 0x3F)
        room[at + 2] = np.uint8(0x80 | code_point & 0x3F)
        return at + 3
    room[at] = np.uint8(0xF0 | code_point >> 18)
    room[at + 1] = np.uint8(0x80 | code_point >> 12 & 0x3F)
    room[at + 2] = np.uint8(0x80 | code_point >> 6 & 0x3F)
    room[at + 3] = np.uint8(0x80 | code_point & 0x3F)
    return at + 4
