"""Asks for and sets the bits of a Bloom filter."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import ones
from pipelines.dedup.kernels.passage_hashes import mix

Hashes = NDArray[Any]

_STEP, _ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(1)
_6, _32, _63, _HALF = np.uint64(6), np.uint64(32), np.uint64(63), np.uint64(0xFFFFFFFF)


@inner
def put_all(words: Hashes, bits: np.uint64, probes: int, hashes: Hashes, seen: NDArray[np.bool_]) -> int:
    """Put hashes in, one after the other; say of each whether it was there before, and count those that were not."""
    new = 0
    for item in range(len(hashes)):
        seen[item] = put(words, bits, probes, hashes[item])
        new += not seen[item]
    return new


@inner
def find_all(words: Hashes, bits: np.uint64, probes: int, hashes: Hashes, seen: NDArray[np.bool_]) -> None:
    """Say of each hash whether it was put in."""
    for item in range(len(hashes)):
        seen[item] = holds(words, bits, probes, hashes[item])


@inner
def count_bits(words: Hashes) -> int:
    """Count the bits that are set."""
    count = 0
    for word in words:
        count += ones(word)
    return count


@inlined
def put(words: Hashes, bits: np.uint64, probes: int, hash_: np.uint64) -> bool:
    """Set the bits of a hash; say whether all of them were set."""
    (place, step), seen = _first(hash_), True
    for _ in range(probes):
        at = scaled(place, bits)
        bit = _ONE << (at & _63)
        word = words[at >> _6]
        if not word & bit:
            seen = False
            words[at >> _6] = word | bit
        place += step
    return seen


@inlined
def holds(words: Hashes, bits: np.uint64, probes: int, hash_: np.uint64) -> bool:
    """Say whether all bits of a hash are set."""
    place, step = _first(hash_)
    for _ in range(probes):
        at = scaled(place, bits)
        if not words[at >> _6] & _ONE << (at & _63):
            return False
        place += step
    return True


@inlined
def _first(hash_: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Give the first place of a hash among all numbers, and the step to the next: double hashing."""
    place = mix(hash_)
    return place, mix(place ^ _STEP) | _ONE


@inlined
def scaled(place: np.uint64, bits: np.uint64) -> np.uint64:
    """Scale a place among all numbers of 64 bits to one among the filter's: the upper half of their product."""
    high, low = place >> _32, place & _HALF
    more, less = bits >> _32, bits & _HALF
    upper = high * less + (low * less >> _32)
    middle = low * more + (upper & _HALF)
    return high * more + (upper >> _32) + (middle >> _32)
