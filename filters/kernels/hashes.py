"""How all kernels hash a word, so that the same bytes have one hash, whoever found them."""

import numpy as np

from filters.kernels.blocks import first_bytes
from filters.kernels.compiled import inlined
from filters.kernels.intrinsics import byte_at, load_at

Number = int | np.int64

MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)
#: what a hash by code points starts with: from 0, leading zeros would change nothing
SEED = MIX
_HALF = np.uint64(32)
_EIGHT, _ONE = np.uint64(8), np.uint64(1)


@inlined
def mixed(hash_: np.uint64, more: np.uint64) -> np.uint64:
    """Go on with a hash: one code point, or eight bytes."""
    hash_ = (hash_ ^ more) * MIX
    return hash_ ^ hash_ >> SHIFT


@inlined
def read(address: Number, left: Number, room: Number) -> np.uint64:
    """Read up to eight bytes as one number, the first byte lowest: no more than are `left`, and 0 behind them.

    There are `room` bytes from the address on, as many as are `left` at least.
    """
    if room >= 8:
        block = load_at(address)
        return first_bytes(block, left) if left < 8 else block
    block = np.uint64(0)
    for place in range(left):
        block |= np.uint64(byte_at(address + place)) << _EIGHT * np.uint64(place)
    return block


@inlined
def hash_bytes(address: Number, size: Number, room: Number) -> np.uint64:
    """Hash the bytes at an address, eight at a time: a uint64 that is never 0. It depends on these bytes alone.

    There are `room` bytes from the address on that may be read, as many as `size` at least.
    """
    hash_ = _sized(size)
    for at in range(0, size, 8):
        hash_ = _longer(hash_, read(address + at, size - at, room - at))
    return _done(hash_)


@inlined
def hash_block(block: np.uint64, size: Number) -> np.uint64:
    """Hash 1 to 8 bytes that were read, as `hash_bytes` does."""
    return _done(_longer(_sized(size), block))


@inlined
def _sized(size: Number) -> np.uint64:
    """Begin with the size: else bytes of zero at the end of a word would change nothing."""
    return (np.uint64(size) + _ONE) * MIX


@inlined
def _longer(hash_: np.uint64, block: np.uint64) -> np.uint64:
    hash_ = (hash_ ^ block) * MIX
    return hash_ ^ hash_ >> _HALF


@inlined
def _done(hash_: np.uint64) -> np.uint64:
    """Mix once more, so that the lowest bits, which tables go by, know of the last bytes."""
    return max(mixed(hash_, _ONE), _ONE)
