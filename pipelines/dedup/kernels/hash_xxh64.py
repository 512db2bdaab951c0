"""xxHash64 of many pieces of one array of bytes."""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_P1, _P2 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F)
_P3, _P4, _P5 = np.uint64(0x165667B19E3779F9), np.uint64(0x85EBCA77C2B2AE63), np.uint64(0x27D4EB2F165667C5)
_64, _LOW = np.uint64(64), np.uint64(0xFFFFFFFF)
_1, _7, _11, _12, _18 = (np.uint64(n) for n in (1, 7, 11, 12, 18))
_23, _27, _29, _31, _32, _33 = (np.uint64(n) for n in (23, 27, 29, 31, 32, 33))


@inlined
def _turned(value: np.uint64, bits: np.uint64) -> np.uint64:
    return value << bits | value >> (_64 - bits)


@inlined
def _round(lane: np.uint64, more: np.uint64) -> np.uint64:
    return _turned(lane + more * _P2, _31) * _P1


@inlined
def _merged(value: np.uint64, lane: np.uint64) -> np.uint64:
    return (value ^ _round(np.uint64(0), lane)) * _P1 + _P4


@inner
def xxh64(data: Bytes, starts: Numbers, ends: Numbers, hashes: Hashes) -> None:
    """Hash `data[starts[j] : ends[j]]` with seed 0; `data` goes on for at least 8 bytes after the last piece."""
    for j in range(len(hashes)):
        i, end = starts[j], ends[j]
        size = np.uint64(end - i)
        if end - i >= 32:
            one, two, three, four = _P1 + _P2, _P2, np.uint64(0), np.uint64(0) - _P1
            while i + 32 <= end:
                one, two = _round(one, load(data, i)), _round(two, load(data, i + 8))
                three, four = _round(three, load(data, i + 16)), _round(four, load(data, i + 24))
                i += 32
            value = _turned(one, _1) + _turned(two, _7) + _turned(three, _12) + _turned(four, _18)
            value = _merged(_merged(_merged(_merged(value, one), two), three), four)
        else:
            value = _P5
        value += size
        while i + 8 <= end:
            value = _turned(value ^ _round(np.uint64(0), load(data, i)), _27) * _P1 + _P4
            i += 8
        if i + 4 <= end:
            value = _turned(value ^ (load(data, i) & _LOW) * _P1, _23) * _P2 + _P3
            i += 4
        while i < end:
            value = _turned(value ^ np.uint64(data[i]) * _P5, _11) * _P1
            i += 1
        value = (value ^ value >> _33) * _P2
        value = (value ^ value >> _29) * _P3
        hashes[j] = value ^ value >> _32
