"""Where the first of a text's shingles stands in each of many orders."""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inlined, inner

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

# Shingles that fit a processor's first cache together with what is computed from them.
_BLOCK = 512
#: words of 32 bits of room to work in
HALVES = 2 * _BLOCK
_MOST_32, _MOST_64 = np.uint32(0xFFFFFFFF), np.uint64(0xFFFFFFFFFFFFFFFF)
_PRIME, _61, _ONE = np.uint64((1 << 61) - 1), np.uint64(61), np.uint64(1)
#: what takes the prime to the least signed number, and where all values come before
_FROM_PRIME, _FARTHEST = np.uint64((1 << 63) - (1 << 61) + 1), np.uint64((1 << 63) - 1)
_16, _13, _32 = np.uint32(16), np.uint32(13), np.uint64(32)
_FINISH_1, _FINISH_2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


@inner
def odd_minima(hashes: Hashes, firsts: Numbers, orders: Hashes, halves: Words, values: Words) -> None:
    """Fill each row of `values` with the upper half of the least `a * h + b`, modulo 2^64.

    Shingles of text t are `hashes[firsts[t] : firsts[t + 1]]`; a text without any gets ones. `halves` is room for
    HALVES. Most processors multiply 32 bits at a time, so halves are multiplied, and the lower half of the sum is
    known only by what it carries.
    """
    lower, upper = halves[:_BLOCK], halves[_BLOCK:]
    for t in range(len(values)):
        values[t] = _MOST_32
        for start in range(firsts[t], firsts[t + 1], _BLOCK):
            count = min(_BLOCK, firsts[t + 1] - start)
            for j in range(count):
                lower[j], upper[j] = np.uint32(hashes[start + j]), np.uint32(hashes[start + j] >> _32)
            for k in range(values.shape[1]):
                b, least = orders[1, k], values[t, k]
                a, over = np.uint32(orders[0, k]), np.uint32(orders[0, k] >> _32)
                for j in range(count):
                    crossed = np.uint32(np.uint32(a * upper[j]) + np.uint32(over * lower[j]))
                    carried = np.uint32((np.uint64(a) * np.uint64(lower[j]) + b) >> _32)
                    least = min(least, np.uint32(carried + crossed))
                values[t, k] = least


@inner
def prime_minima(hashes: Hashes, firsts: Numbers, orders: Hashes, values: Hashes) -> None:
    """Fill each row of `values` with the least of `(a * h + b) % (2^61 - 1)`, modulo 2^64 before; or with ones.

    Four orders at a time, so that a shingle is read and parted into halves once for them; of the last ones some twice.
    """
    last = values.shape[1] - 1
    for t in range(len(values)):
        values[t] = _FARTHEST
        for start in range(firsts[t], firsts[t + 1], _BLOCK):
            block = hashes[start : min(start + _BLOCK, firsts[t + 1])]
            for k in range(0, last + 1, 4):
                second, third, fourth = min(k + 1, last), min(k + 2, last), min(k + 3, last)
                a, b, least = orders[0, k], orders[1, k], np.int64(values[t, k])
                a_2, b_2, least_2 = orders[0, second], orders[1, second], np.int64(values[t, second])
                a_3, b_3, least_3 = orders[0, third], orders[1, third], np.int64(values[t, third])
                a_4, b_4, least_4 = orders[0, fourth], orders[1, fourth], np.int64(values[t, fourth])
                for j in range(len(block)):
                    shingle = block[j]
                    least = min(least, _place(a * shingle + b))
                    least_2 = min(least_2, _place(a_2 * shingle + b_2))
                    least_3 = min(least_3, _place(a_3 * shingle + b_3))
                    least_4 = min(least_4, _place(a_4 * shingle + b_4))
                values[t, k], values[t, second] = np.uint64(least), np.uint64(least_2)
                values[t, third], values[t, fourth] = np.uint64(least_3), np.uint64(least_4)
        for k in range(last + 1):
            values[t, k] -= _FROM_PRIME
            if values[t, k] >= _PRIME:
                values[t, k] = _least_rest(hashes, firsts[t], firsts[t + 1], orders[0, k], orders[1, k])
        if firsts[t] == firsts[t + 1]:
            values[t] = _MOST_64


@inlined
def _place(value: np.uint64) -> np.int64:
    """Say where a value stands among others, modulo 2^61 - 1: that and `_FROM_PRIME`.

    Upper bits and the others make a sum of at most seven more than the prime. What is added makes the sums from the
    prime on overflow, so that as signed numbers they come first: nothing is compared or taken off but the minimum,
    unless one of these, whose remainders are up to 7, comes before a sum that is as small.
    """
    return np.int64((value & _PRIME) + (value >> _61) + _FROM_PRIME)


@inner
def _least_rest(hashes: Hashes, first: int, last: int, a: np.uint64, b: np.uint64) -> np.uint64:
    least = _PRIME
    for j in range(first, last):
        least = min(least, (a * hashes[j] + b) % _PRIME)
    return least


@inner
def small_prime_minima(hashes: Hashes, firsts: Numbers, orders: Hashes, values: Words) -> None:
    """Fill each row of `values` with the least lower half of `(a * h + b) % (2^61 - 1)`, modulo 2^64 before."""
    for t in range(len(values)):
        values[t] = _MOST_32
        for start in range(firsts[t], firsts[t + 1], _BLOCK):
            block = hashes[start : min(start + _BLOCK, firsts[t + 1])]
            for k in range(values.shape[1]):
                a, b, least = orders[0, k], orders[1, k], values[t, k]
                for j in range(len(block)):
                    value = a * block[j] + b
                    rest = (value & _PRIME) + (value >> _61)
                    # Taking the prime off adds 1 to the lower half, as does adding 1: of that 61 bits are left.
                    least = min(least, np.uint32(rest + (rest + _ONE >> _61)))
                values[t, k] = least


@inner
def finish(hashes: Hashes, words: Words) -> None:
    """Mix hashes of 32 bits with the finaliser of MurmurHash3."""
    for j in range(len(words)):
        value = np.uint32(hashes[j])
        value = np.uint32((value ^ (value >> _16)) * _FINISH_1)
        value = np.uint32((value ^ (value >> _13)) * _FINISH_2)
        words[j] = value ^ (value >> _16)


@inner
def small_minima(words: Words, firsts: Numbers, orders: Words, values: Words) -> None:
    """Fill each row of `values` with the least of `a * h + b`, modulo 2^32."""
    for t in range(len(values)):
        values[t] = _MOST_32
        for start in range(firsts[t], firsts[t + 1], 2 * _BLOCK):
            block = words[start : min(start + 2 * _BLOCK, firsts[t + 1])]
            for k in range(values.shape[1]):
                a, b, least = orders[0, k], orders[1, k], values[t, k]
                for j in range(len(block)):
                    least = min(least, np.uint32(a * block[j] + b))
                values[t, k] = least
