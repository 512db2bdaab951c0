"""Where the first of a text's shingles stands in each of many orders."""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inner

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

# Shingles that fit a processor's first cache together with what is computed from them.
_BLOCK = 512
#: words of 32 bits of room to work in
HALVES = 2 * _BLOCK
_MOST_32 = np.uint32(0xFFFFFFFF)
_PRIME, _61 = np.uint64((1 << 61) - 1), np.uint64(61)
_SIGNED_PRIME = np.int64((1 << 61) - 1)
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
def prime_minima(hashes: Hashes, firsts: Numbers, orders: Hashes, mask: np.uint64, values: Hashes) -> None:
    """Fill each row of `values` with the least of `(a * h + b) % (2^61 - 1) & mask`; the product is modulo 2^64."""
    for t in range(len(values)):
        values[t] = mask
        for start in range(firsts[t], firsts[t + 1], _BLOCK):
            block = hashes[start : min(start + _BLOCK, firsts[t + 1])]
            for k in range(values.shape[1]):
                a, b, least = orders[0, k], orders[1, k], np.int64(values[t, k] & _PRIME)
                for j in range(len(block)):
                    value = a * block[j] + b
                    rest = np.int64((value & _PRIME) + (value >> _61))
                    rest -= _SIGNED_PRIME if rest >= _SIGNED_PRIME else np.int64(0)
                    least = min(least, np.int64(np.uint64(rest) & mask))
                values[t, k] = np.uint64(least)


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
