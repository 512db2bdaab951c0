"""SHA-1 of many pieces of one array of bytes, many at a time: each of a processor's lanes works on its own piece."""

import numpy as np
import numpy.typing as npt

from filters.kernels.blocks import first_bytes
from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

#: pieces hashed at a time
LANES = 32
#: words of 32 bits of room to work in: the schedule, the states and the sums of so many pieces
ROOM = (80 + 85 + 5) * LANES

_STATE, _SUMS = 80 * LANES, 165 * LANES
#: where the words of a state stand behind the last one, e, and the one that is made of them
_D, _C, _B, _A, _NEW = LANES, 2 * LANES, 3 * LANES, 4 * LANES, 5 * LANES
_1, _2, _5, _30, _31, _27 = (np.uint32(n) for n in (1, 2, 5, 30, 31, 27))
_K0, _K1, _K2, _K3 = (np.uint32(n) for n in (0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6))
#: what hashing starts with
_FROM = tuple(np.uint32(n) for n in (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0))
_BIT, _NONE, _32 = np.uint64(0x80), np.uint64(0), np.uint64(32)


@inlined
def reversed_word(word: np.uint32) -> np.uint32:
    """Swap the four bytes."""
    low = (word & np.uint32(0xFF)) << np.uint32(24) | (word & np.uint32(0xFF00)) << np.uint32(8)
    return np.uint32(low | (word >> np.uint32(8) & np.uint32(0xFF00)) | word >> np.uint32(24))


@inlined
def _block(data: Bytes, i: int, end: int, work: Words, lane: int) -> None:
    """Read 64 bytes, the first of each four highest, of a piece and the bit that follows it."""
    for t in range(0, 16, 2):
        left = end - i - 4 * t
        block = load(data, min(i + 4 * t, end))
        if left < 8:
            block = first_bytes(block, left) | _BIT << np.uint64(8 * left) if left > 0 else _BIT if not left else _NONE
        work[t * LANES + lane] = reversed_word(np.uint32(block))
        work[(t + 1) * LANES + lane] = reversed_word(np.uint32(block >> _32))


@inner
def sha1(data: Bytes, starts: Numbers, ends: Numbers, whole: bool, work: Words, hashes: Hashes) -> None:
    """Hash `data[starts[j] : ends[j]]`: the first 8 bytes of the digest, or 4, the first byte lowest.

    `work` is room of ROOM words; `data` goes on for at least 8 bytes after the last piece.
    """
    for first in range(0, len(hashes), LANES):
        lanes = min(LANES, len(hashes) - first)
        most = 0
        for lane in range(lanes):
            most = max(most, (ends[first + lane] - starts[first + lane] + 8) // 64 + 1)
        for lane in range(LANES):
            work[_SUMS + lane] = _FROM[0]
            work[_SUMS + LANES + lane] = _FROM[1]
            work[_SUMS + 2 * LANES + lane] = _FROM[2]
            work[_SUMS + 3 * LANES + lane] = _FROM[3]
            work[_SUMS + 4 * LANES + lane] = _FROM[4]
        for block in range(most):
            for lane in range(lanes):
                start, end = starts[first + lane], ends[first + lane]
                i = start + 64 * block
                _block(data, i, end, work, lane)
                if block == (end - start + 8) // 64:
                    work[14 * LANES + lane] = np.uint32((end - start) >> 29)
                    work[15 * LANES + lane] = np.uint32((end - start) << 3)
            _rounds(work)
            for lane in range(lanes):
                if block <= (ends[first + lane] - starts[first + lane] + 8) // 64:
                    _add(work, lane)
        for lane in range(lanes):
            value = np.uint64(reversed_word(work[_SUMS + lane]))
            if whole:
                value |= np.uint64(reversed_word(work[_SUMS + LANES + lane])) << _32
            hashes[first + lane] = value


@inlined
def _turned(word: np.uint32, left: np.uint32, right: np.uint32) -> np.uint32:
    return np.uint32(word << left | word >> right)


@inlined
def _add(work: Words, lane: int) -> None:
    """Add the state after all rounds to one piece's sums."""
    last = _STATE + 84 * LANES + lane
    work[_SUMS + lane] += work[last]
    work[_SUMS + LANES + lane] += work[last - LANES]
    work[_SUMS + 2 * LANES + lane] += work[last - 2 * LANES]
    work[_SUMS + 3 * LANES + lane] += work[last - 3 * LANES]
    work[_SUMS + 4 * LANES + lane] += work[last - 4 * LANES]


@inner
def _rounds(work: Words) -> None:
    """Run all rounds on one block of each piece: row t + 5 of the states is made from the five before it.

    Of the five words of a state each round makes one, turns one, and only renames the others, so a row is written
    once, and is turned in its place when it is the second of the five.
    """
    for i in range(LANES):
        for row in range(5):
            work[_STATE + row * LANES + i] = work[_SUMS + (4 - row) * LANES + i]
    for t in range(16, 80):
        for i in range(t * LANES, (t + 1) * LANES):
            mixed = work[i - 3 * LANES] ^ work[i - 8 * LANES] ^ work[i - 14 * LANES] ^ work[i - 16 * LANES]
            work[i] = _turned(mixed, _1, _31)
    for t in range(20):
        for i in range(t * LANES, (t + 1) * LANES):
            b, c, d = work[_STATE + i + _B], work[_STATE + i + _C], work[_STATE + i + _D]
            _round(work, i, b, np.uint32((b & (c ^ d)) ^ d) + _K0)
    for t in range(20, 40):
        for i in range(t * LANES, (t + 1) * LANES):
            b, c, d = work[_STATE + i + _B], work[_STATE + i + _C], work[_STATE + i + _D]
            _round(work, i, b, np.uint32(b ^ c ^ d) + _K1)
    for t in range(40, 60):
        for i in range(t * LANES, (t + 1) * LANES):
            b, c, d = work[_STATE + i + _B], work[_STATE + i + _C], work[_STATE + i + _D]
            _round(work, i, b, np.uint32((b & c) | (d & (b | c))) + _K2)
    for t in range(60, 80):
        for i in range(t * LANES, (t + 1) * LANES):
            b, c, d = work[_STATE + i + _B], work[_STATE + i + _C], work[_STATE + i + _D]
            _round(work, i, b, np.uint32(b ^ c ^ d) + _K3)


@inlined
def _round(work: Words, i: int, b: np.uint32, chosen: np.uint32) -> None:
    a, e = work[_STATE + i + _A], work[_STATE + i]
    work[_STATE + i + _B] = _turned(b, _30, _2)
    work[_STATE + i + _NEW] = np.uint32(np.uint32(_turned(a, _5, _27) + e) + np.uint32(chosen + work[i]))
