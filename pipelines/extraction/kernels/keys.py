"""Keys of names and words: up to eight bytes are a key by themselves, longer names are mixed. ASCII's case is none."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.blocks import HIGH, ONES, first_bytes
from filters.kernels.compiled import inlined
from filters.kernels.intrinsics import load

_MIX, _SHIFT, _TOP = np.uint64(0x9E3779B97F4A7C15), np.uint64(29), np.uint64(1 << 63)
_WIDTH, _LOW = 8, ~HIGH
#: what takes `A`, and what follows `Z`, to 0x80
_FROM_A, _PAST_Z = ONES * np.uint64(0x80 - 0x41), ONES * np.uint64(0x80 - 0x5B)
_TO_SLOT, _TO_CASE = np.uint64(32), np.uint64(2)


def key_of(name: str) -> int:
    """Compute the key of a name."""
    raw = name.encode().lower()
    if len(raw) <= _WIDTH and not raw.endswith(b"\0"):
        return int.from_bytes(raw, "little")
    return mixed_key(raw) | int(_TOP)


def mixed_key(raw: bytes) -> int:
    """Mix all bytes of a name, and its length."""
    key = len(raw)
    for at in range(0, len(raw), _WIDTH):
        key = (key ^ int.from_bytes(raw[at : at + _WIDTH], "little")) * int(_MIX) % 2**64
        key ^= key >> int(_SHIFT)
    return key


@inlined
def key_at(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """Compute the key of data[at:end]; 8 bytes may be looked at from any place before `end`."""
    if end - at <= _WIDTH and (at == end or data[end - 1] != 0):
        return lowered(data, at, end)
    key = np.uint64(end - at)
    while at < end:
        key = (key ^ lowered(data, at, end)) * _MIX
        key ^= key >> _SHIFT
        at += _WIDTH
    return key | _TOP


@inlined
def lowered(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """Load eight bytes, or those there are before the end, in lower case."""
    block = load(data, at)
    if end - at < _WIDTH:
        block = first_bytes(block, end - at)
    low = block & _LOW
    return block | ((low + _FROM_A) & ~(low + _PAST_Z) & ~block & HIGH) >> _TO_CASE


@inlined
def slot_of(key: np.uint64, slots: int) -> int | np.int64:
    """Say where a table of so many slots, a power of 2, begins to look for a key."""
    return np.int64(key * _MIX >> _TO_SLOT) & (slots - 1)


def slot_of_key(key: int, slots: int) -> int:
    """Say the same of one of Python's numbers."""
    return (key * int(_MIX) % 2**64 >> int(_TO_SLOT)) % slots
