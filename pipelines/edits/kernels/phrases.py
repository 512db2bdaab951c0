"""Finds any of a few lower-case ASCII phrases, whatever the case of the text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.blocks import ONES, equal
from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load

#: uint8
Bytes = NDArray[Any]
#: the phrases' bytes; where each begins, then where the last one ends; per byte, those that begin with it, as bits;
#: per byte, those whose second is it; which fours of bytes stand in them; and how far apart one looks for a four, or 0
Phrases = tuple[Bytes, NDArray[np.int64], NDArray[np.uint64], NDArray[np.uint64], Bytes, int]

_FOUR, _CASE = np.uint64(0xFFFFFFFF), np.uint64(0x20202020)
_MIX, _SHIFT = np.uint64(0x9E3779B1), np.uint64(20)
#: the sign for kelvin, whose lower case is a k, begins with this byte
_KELVIN = np.uint64(0xE2) * ONES


def phrases(wanted: Sequence[str]) -> Phrases:
    """Prepare up to 64 phrases of two letters or more for `contains`."""
    encoded = [phrase.encode("ascii") for phrase in wanted]
    first, second = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    for number, phrase in enumerate(encoded):
        for table, byte in ((first, phrase[:1]), (second, phrase[1:2])):
            table[[*byte, *byte.upper()]] |= np.uint64(1 << number)
    bounds = np.cumsum([0, *(len(phrase) for phrase in encoded)], dtype=np.int64)
    data = np.frombuffer(b"".join(encoded), np.uint8)
    return data, bounds, first, second, *_fours(encoded)


def _fours(encoded: list[bytes]) -> tuple[Bytes, int]:
    """Mark the fours of bytes within as many as the shortest phrase has, and say how far apart one of them must lie."""
    least = min(map(len, encoded), default=0)
    marked = np.zeros(1 << 12, np.uint8)
    for phrase in encoded:
        for place in range(least - 3):
            marked[_number(np.uint64(int.from_bytes(phrase[place : place + 4], "little")))] = 1
    marked.flags.writeable = False
    # A block has to reach the next one: else a kelvin could be passed over.
    return marked, min(max(least - 3, 0), 8)


@inlined
def _number(block: np.uint64) -> np.uint64:
    """Give the first four bytes of a block a number, whatever their case."""
    return (((block | _CASE) & _FOUR) * _MIX & _FOUR) >> _SHIFT


@inner
def contains(data: Bytes, start: int, end: int, wanted: Phrases) -> bool:
    """Say whether `data[start:end]`, in lower case, contains one of the phrases."""
    marked, step = wanted[4], wanted[5]
    i = start
    while step and i + 8 <= end:
        block = load(data, i)
        if equal(block, _KELVIN) and _has_kelvin(data, i, end):
            return _begins_within(data, start, end - 1, end, wanted)
        # Wherever a phrase began, one of its first fours is met.
        if marked[_number(block)] and _begins_within(data, max(start, i - step + 1), i + 1, end, wanted):
            return True
        i += step
    return _begins_within(data, max(start, i - max(step - 1, 0)), end - 1, end, wanted)


@inner
def _has_kelvin(data: Bytes, start: int, end: int) -> bool:
    for i in range(start, min(start + 8, end - 2)):
        if data[i] == 0xE2 and data[i + 1] == 0x84 and data[i + 2] == 0xAA:
            return True
    return False


@inner
def _begins_within(data: Bytes, start: int, stop: int, end: int, wanted: Phrases) -> bool:
    """Say whether a phrase begins in `data[start:stop]` and ends by `end`."""
    letters, bounds, first, second = wanted[0], wanted[1], wanted[2], wanted[3]
    for i in range(start, min(stop, end - 1)):
        likely = first[data[i]] & second[data[i + 1]]
        number = 0
        while likely:
            if likely & np.uint64(1) and _matches(data, i, end, letters, bounds[number], bounds[number + 1]):
                return True
            likely >>= np.uint64(1)
            number += 1
    return False


@inner
def _matches(data: Bytes, i: int, end: int, letters: Bytes, start: int, stop: int) -> bool:
    for place in range(start, stop):
        if i >= end:
            return False
        byte, step = data[i], 1
        if 65 <= byte <= 90:
            byte += 32
        # The sign for kelvin is the only other character whose lower case is one ASCII letter.
        elif byte == 0xE2 and i + 2 < end and data[i + 1] == 0x84 and data[i + 2] == 0xAA:
            byte, step = np.uint8(107), 3
        if byte != letters[place]:
            return False
        i += step
    return True
