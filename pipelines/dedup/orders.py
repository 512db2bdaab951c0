"""Random orders of all shingle hashes, drawn from a seed."""

from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.dedup.profiles import Orders

Hashes = npt.NDArray[np.uint64]

#: a seed that numpy's RandomState takes
NUMPY_SEEDS = 1 << 32

# An odd number with bits as if by chance: the fraction of the golden ratio.
STEP = np.uint64(0x9E3779B97F4A7C15)
# The finaliser of splitmix64: Steele, Lea and Flood 2014, with Stafford's constants.
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)
_PRIME = (1 << 61) - 1


def draw(orders: Orders, count: int, seed: int) -> npt.NDArray[Any]:
    """Draw `count` orders: a and b of each, uint64[2, count], or uint32 of those of 32 bits."""
    if orders == "odd":
        return random_orders(count, seed)
    generator = np.random.RandomState(seed)
    if orders == "small":
        odd = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
        return np.stack([odd, generator.randint(0, 1 << 32, count, dtype=np.uint32)])
    if orders == "prime":
        return np.stack([generator.randint(low, _PRIME, count, dtype=np.uint64) for low in (1, 0)])
    pairs = [[generator.randint(low, _PRIME, dtype=np.uint64) for low in (1, 0)] for _ in range(count)]
    return np.array(pairs, np.uint64).T.copy()


def random_orders(count: int, seed: int) -> Hashes:
    """Draw `count` orders of all 64-bit shingle hashes, uint64[2, count]: h stands at `a * h + b`, a being odd.

    The seed gives the same numbers for ever; numpy promises that only of `RandomState`.
    """
    start = scramble(np.array([seed], np.uint64))
    orders = scramble(start + np.arange(1, 2 * count + 1, dtype=np.uint64) * STEP).reshape(2, count)
    orders[0] |= np.uint64(1)
    return orders


def scramble(values: Hashes) -> Hashes:
    """Mix each value, so that every bit of it depends on every bit before."""
    values = (values ^ (values >> _30)) * _MIX_1
    values = (values ^ (values >> _27)) * _MIX_2
    return values ^ (values >> _31)
