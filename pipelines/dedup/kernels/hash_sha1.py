"""SHA-1 of many pieces of one array of bytes, many at a time: each of a processor's lanes works on its own piece."""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]
#: the words a, b, c, d, e of a piece
State = tuple[np.uint32, np.uint32, np.uint32, np.uint32, np.uint32]
#: four words of the schedule, for four rounds
Four = tuple[np.uint32, np.uint32, np.uint32, np.uint32]

#: pieces hashed at a time
LANES = 32
#: words of 32 bits of room to work in, of each lane: a block; the sums; which block of which piece it is; how many
#: bytes of the piece are left, and 8; the bits of the piece
ROOM = (16 + 5 + 5) * LANES

_SUMS, _PIECE, _BLOCK, _LEFT, _SIZE = (n * LANES for n in (16, 21, 22, 23, 24))
_NONE, _ONE, _3, _5, _7, _30, _32 = (np.uint32(n) for n in (0, 1, 3, 5, 7, 30, 32))
_K0, _K1, _K2, _K3 = (np.uint32(n) for n in (0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6))
#: what hashing starts with
_FROM_A, _FROM_B, _FROM_C, _FROM_D, _FROM_E = (
    np.uint32(n) for n in (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0)
)
_UPPER, _LENGTH_UPPER, _LENGTH = np.uint64(32), np.uint64(29), np.uint64(3)


@inner
def sha1(data: Bytes, starts: Numbers, ends: Numbers, whole: bool, work: Words, hashes: Hashes) -> None:
    """Hash `data[starts[j] : ends[j]]`: the first 8 bytes of the digest, or 4, the first byte lowest.

    `work` is room of ROOM words; `data` goes on for at least 8 bytes after the last piece; pieces are fewer than 2^32.
    A lane that has come to the end of its piece takes the next one, so that none waits for a longer one beside it.
    """
    count, following = len(hashes), min(LANES, len(hashes))
    lanes = busy = following
    for lane in range(lanes):
        _take(work, lane, lane)
    while busy:
        for lane in range(lanes):
            piece = np.int64(work[_PIECE + lane])
            if piece < count:
                _read(data, starts[piece], ends[piece], work, lane)
        _rounds(work)
        for lane in range(lanes):
            piece = np.int64(work[_PIECE + lane])
            if piece == count:
                continue
            work[_BLOCK + lane] += _ONE
            if ends[piece] - starts[piece] + 8 >= 64 * np.int64(work[_BLOCK + lane]):
                continue
            value = np.uint64(_reversed(work[_SUMS + lane]))
            if whole:
                value |= np.uint64(_reversed(work[_SUMS + LANES + lane])) << _UPPER
            hashes[piece] = value
            _take(work, lane, following)
            busy -= following == count
            following += following < count


@inlined
def _take(work: Words, lane: int, piece: int) -> None:
    """Begin with a piece."""
    work[_PIECE + lane], work[_BLOCK + lane] = np.uint32(piece), _NONE


@inlined
def _sums(work: Words, lane: int) -> State:
    """Give what the blocks before have come to, or what hashing starts with."""
    if not work[_BLOCK + lane]:
        return _FROM_A, _FROM_B, _FROM_C, _FROM_D, _FROM_E
    first, second, third = work[_SUMS + lane], work[_SUMS + LANES + lane], work[_SUMS + 2 * LANES + lane]
    return first, second, third, work[_SUMS + 3 * LANES + lane], work[_SUMS + 4 * LANES + lane]


@inlined
def _keep(work: Words, lane: int, sums: State) -> None:
    work[_SUMS + lane] = np.uint32(sums[0])
    work[_SUMS + LANES + lane] = np.uint32(sums[1])
    work[_SUMS + 2 * LANES + lane] = np.uint32(sums[2])
    work[_SUMS + 3 * LANES + lane] = np.uint32(sums[3])
    work[_SUMS + 4 * LANES + lane] = np.uint32(sums[4])


@inlined
def _read(data: Bytes, start: int, end: int, work: Words, lane: int) -> None:
    """Read the next 64 bytes of a piece, or others behind its end, which `_padded` takes out again."""
    first, size = start + 64 * np.int64(work[_BLOCK + lane]), np.uint64(end - start)
    for t in range(0, 16, 2):
        block = load(data, min(first + 4 * t, end))
        work[t * LANES + lane] = np.uint32(block)
        work[(t + 1) * LANES + lane] = np.uint32(block >> _UPPER)
    work[_LEFT + lane] = np.uint32(min(end - first, 64) + 8)
    work[_SIZE + lane], work[_SIZE + LANES + lane] = np.uint32(size >> _LENGTH_UPPER), np.uint32(size << _LENGTH)


@inlined
def _reversed(word: np.uint32) -> np.uint32:
    """Swap the four bytes."""
    low = (word & np.uint32(0xFF)) << np.uint32(24) | (word & np.uint32(0xFF00)) << np.uint32(8)
    return np.uint32(low | (word >> np.uint32(8) & np.uint32(0xFF00)) | word >> np.uint32(24))


@inlined
def _padded(word: np.uint32, left: np.uint32, place: int) -> np.uint32:
    """Put a bit behind the last byte of a piece, of which `left` less 8 are left, and nothing behind that."""
    bit = np.uint32(_ONE << np.uint32((left & _3) << _3))
    last = np.uint32((word & np.uint32(bit - _ONE)) | np.uint32(bit << _7))
    kept = last if left < np.uint32(place + 12) else word
    return _reversed(np.uint32(0) if left < np.uint32(place + 8) else kept)


@inner
def _rounds(work: Words) -> None:
    """Run all rounds on one block of each piece, and add what comes out to its sums.

    There is no loop but that over the lanes, so that it becomes one of vectors, whose states never leave registers.
    """
    for i in range(LANES):
        sums = _sums(work, i)
        state = sums
        left = work[_LEFT + i]
        one, two, three = _four(work, i, left, 0), _four(work, i, left, 4), _four(work, i, left, 8)
        four = _four(work, i, left, 12)
        if left < 64:
            four = (four[0], four[1], work[_SIZE + i], work[_SIZE + LANES + i])
        state = _choose(_choose(_choose(_choose(state, one), two), three), four)
        one = _later(one, two, three, four)
        state = _choose(state, one)
        two = _later(two, three, four, one)
        state = _compare(state, two, _K1)
        three = _later(three, four, one, two)
        state = _compare(state, three, _K1)
        four = _later(four, one, two, three)
        state = _compare(state, four, _K1)
        one = _later(one, two, three, four)
        state = _compare(state, one, _K1)
        two = _later(two, three, four, one)
        state = _compare(state, two, _K1)
        three = _later(three, four, one, two)
        state = _outvote(state, three)
        four = _later(four, one, two, three)
        state = _outvote(state, four)
        one = _later(one, two, three, four)
        state = _outvote(state, one)
        two = _later(two, three, four, one)
        state = _outvote(state, two)
        three = _later(three, four, one, two)
        state = _outvote(state, three)
        four = _later(four, one, two, three)
        state = _compare(state, four, _K3)
        one = _later(one, two, three, four)
        state = _compare(state, one, _K3)
        two = _later(two, three, four, one)
        state = _compare(state, two, _K3)
        three = _later(three, four, one, two)
        state = _compare(state, three, _K3)
        state = _compare(state, _later(four, one, two, three), _K3)
        a, b, c, d, e = state
        _keep(work, i, (a + sums[0], b + sums[1], c + sums[2], d + sums[3], e + sums[4]))


@inlined
def _four(work: Words, lane: int, left: np.uint32, t: int) -> Four:
    """Give four words of a block, the first of their bytes highest."""
    first, second = _padded(work[t * LANES + lane], left, 4 * t), _padded(work[(t + 1) * LANES + lane], left, 4 * t + 4)
    third = _padded(work[(t + 2) * LANES + lane], left, 4 * t + 8)
    return first, second, third, _padded(work[(t + 3) * LANES + lane], left, 4 * t + 12)


@inlined
def _later(one: Four, two: Four, three: Four, four: Four) -> Four:
    """Make the four words of the schedule that follow sixteen."""
    first = _turned(np.uint32(four[1] ^ three[0] ^ one[2] ^ one[0]), _ONE)
    second = _turned(np.uint32(four[2] ^ three[1] ^ one[3] ^ one[1]), _ONE)
    third = _turned(np.uint32(four[3] ^ three[2] ^ two[0] ^ one[2]), _ONE)
    return first, second, third, _turned(np.uint32(first ^ three[3] ^ two[1] ^ one[3]), _ONE)


@inlined
def _turned(word: np.uint32, left: np.uint32) -> np.uint32:
    return np.uint32(np.uint32(word << left) | np.uint32(word >> np.uint32(_32 - left)))


@inlined
def _choose(state: State, words: Four) -> State:
    """Run four of the first twenty rounds."""
    state = _round(state, _chosen(state), words[0])
    state = _round(state, _chosen(state), words[1])
    state = _round(state, _chosen(state), words[2])
    return _round(state, _chosen(state), words[3])


@inlined
def _compare(state: State, words: Four, constant: np.uint32) -> State:
    """Run four rounds of the second twenty, or of the last."""
    state = _round(state, _differing(state, constant), words[0])
    state = _round(state, _differing(state, constant), words[1])
    state = _round(state, _differing(state, constant), words[2])
    return _round(state, _differing(state, constant), words[3])


@inlined
def _outvote(state: State, words: Four) -> State:
    """Run four of the third twenty rounds."""
    state = _round(state, _most(state), words[0])
    state = _round(state, _most(state), words[1])
    state = _round(state, _most(state), words[2])
    return _round(state, _most(state), words[3])


@inlined
def _chosen(state: State) -> np.uint32:
    return np.uint32(np.uint32((state[1] & (state[2] ^ state[3])) ^ state[3]) + _K0)


@inlined
def _differing(state: State, constant: np.uint32) -> np.uint32:
    return np.uint32(np.uint32(state[1] ^ state[2] ^ state[3]) + constant)


@inlined
def _most(state: State) -> np.uint32:
    return np.uint32(np.uint32((state[1] & state[2]) | (state[3] & (state[1] | state[2]))) + _K2)


@inlined
def _round(state: State, mixed: np.uint32, word: np.uint32) -> State:
    a, b, c, d, e = state
    new = np.uint32(np.uint32(_turned(a, _5) + e) + np.uint32(mixed + word))
    return new, a, _turned(b, _30), c, d
