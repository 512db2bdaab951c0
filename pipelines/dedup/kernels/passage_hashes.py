"""Two 64-bit hashes of the same bytes, of which one finds passages and the other tells whether they are equal."""

import numpy as np

from filters.kernels.compiled import inlined
from filters.kernels.hashes import read

Number = int | np.int64

# Odd numbers with bits as if by chance: the fractions of the golden ratio and of the square roots of 3 and 5.
_ONE_FACTOR, _OTHER_FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_START = np.uint64(0x3C6EF372FE94F82B)
_29, _32, _35 = np.uint64(29), np.uint64(32), np.uint64(35)
# The finaliser of splitmix64: Steele, Lea and Flood 2014, with Stafford's constants.
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)


@inlined
def mix(value: np.uint64) -> np.uint64:
    """Let each bit change about half of all bits; no two values become one."""
    value = (value ^ (value >> _30)) * _MIX_1
    value = (value ^ (value >> _27)) * _MIX_2
    return value ^ (value >> _31)


@inlined
def hash_pair(address: Number, size: Number, room: Number) -> tuple[np.uint64, np.uint64]:
    """Hash the bytes at an address twice, by states that have nothing in common but the bytes.

    There are `room` bytes from the address on that may be read, as many as `size` at least. Neither withstands
    somebody who makes texts so that they collide.
    """
    one = (np.uint64(size) + _START) * _ONE_FACTOR
    other = (np.uint64(size) ^ _START) * _OTHER_FACTOR
    for at in range(0, size, 8):
        block = read(address + at, size - at, room - at)
        one = (one ^ block) * _ONE_FACTOR
        one ^= one >> _32
        other = (other + block) * _OTHER_FACTOR
        other = other << _29 | other >> _35
    return mix(one), mix(other)
