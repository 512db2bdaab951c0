"""Words and lines of every text in a batch, each found in one pass over the bytes."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.blocks import ONES, equal, letters, not_graphic, not_printable
from filters.kernels.characters import LETTER, SPACE, decode
from filters.kernels.compiled import inlined, inner
from filters.kernels.hashes import hash_bytes
from filters.kernels.intrinsics import load, trailing_zeros
from filters.kernels.trim import after_space, before_space

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]

_NEWLINE = 10
_NEWLINES = ONES * np.uint64(_NEWLINE)


@njit(cache=True, nogil=True)
def words(data: Bytes, offsets: Offsets, classes: Bytes) -> tuple[Any, ...]:
    """Find the runs of non-space characters of each text.

    Returns, per word: start byte, end byte, characters, whether it has a letter, a 64-bit hash of its bytes;
    and per text the number of its first word, followed by the number of all words.
    """
    # Two words have a byte between them, so this is enough; pages that are never written cost nothing.
    most = (offsets[-1] - offsets[0]) // 2 + len(offsets)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    characters, lettered = np.empty(most, np.int32), np.empty(most, np.bool_)
    hashes, firsts = np.empty(most, np.uint64), np.empty(len(offsets), np.int64)
    address, size = data.ctypes.data, len(data)
    word = 0
    for text in range(len(offsets) - 1):
        firsts[text] = word
        i, stop = offsets[text], offsets[text + 1]
        begin, length, has_letter = i, 0, False
        while i < stop:
            if i + 8 <= stop:
                block = load(data, i)
                run = trailing_zeros(not_graphic(block)) >> 3
                has_letter = has_letter or trailing_zeros(letters(block)) >> 3 < run
                length, i = length + run, i + run
                if run == 8 or i == stop:
                    continue
            point, after = np.int32(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            flags = classes[point]
            if flags & SPACE:
                if length:
                    start[word], end[word], characters[word] = begin, i, length
                    lettered[word], hashes[word] = has_letter, hash_bytes(address + begin, i - begin, size - begin)
                    word += 1
                begin, length, has_letter = after, 0, False
            else:
                has_letter = has_letter or (flags & LETTER) != 0
                length += 1
            i = after
        if length:
            start[word], end[word], characters[word] = begin, i, length
            lettered[word], hashes[word] = has_letter, hash_bytes(address + begin, i - begin, size - begin)
            word += 1
    firsts[-1] = word
    return start[:word], end[:word], characters[:word], lettered[:word], hashes[:word], firsts


@njit(cache=True, nogil=True)
def lines(data: Bytes, offsets: Offsets, classes: Bytes) -> tuple[Any, ...]:
    r"""Find the lines of each text: what stands between `\n`, without space around it; blank lines are none.

    Returns, per line: start byte, end byte; and per text the number of its first line, then the number of all.
    """
    most = (offsets[-1] - offsets[0]) // 2 + len(offsets)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    firsts = np.empty(len(offsets), np.int64)
    line = 0
    for text in range(len(offsets) - 1):
        firsts[text] = line
        i, stop = offsets[text], offsets[text + 1]
        while i < stop:
            after = newline(data, i, stop)
            begin = after_space(data, i, after, classes)
            if begin < after:
                start[line], end[line] = begin, before_space(data, begin, after, classes)
                line += 1
            i = after + 1
    firsts[-1] = line
    return start[:line], end[:line], firsts


@inlined
def newline(data: Bytes, i: int, stop: int) -> int:
    r"""Find the next `\n` from `i` on; `stop` where there is none."""
    while i + 8 <= stop:
        place = trailing_zeros(equal(load(data, i), _NEWLINES)) >> 3
        i += place
        if place < 8:
            return i
    while i < stop and data[i] != _NEWLINE:
        i += 1
    return i


@njit(cache=True, nogil=True)
def all_lines(data: Bytes, offsets: Offsets, unicode: bool) -> tuple[Any, ...]:
    r"""Find all lines of each text as they stand, blank ones too: as `split("\n")`, or as `splitlines()` if `unicode`.

    Returns, per line: start byte, end byte; and per text the number of its first line, then the number of all.
    """
    most = offsets[-1] - offsets[0] + len(offsets)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    firsts = np.empty(len(offsets), np.int64)
    line = 0
    for text in range(len(offsets) - 1):
        firsts[text] = line
        i, stop = offsets[text], offsets[text + 1]
        begin = i
        while i < stop:
            if i + 8 <= stop:
                block = load(data, i)
                # Most bytes are neither controls nor outside ASCII.
                place = trailing_zeros(not_printable(block) if unicode else equal(block, _NEWLINES)) >> 3
                i += place
                if place == 8:
                    continue
            byte, after = data[i], i
            if byte < 0x20 or byte in (0xC2, 0xE2):
                after += _line_break(data, i, stop) if unicode else byte == _NEWLINE
            if after > i:
                start[line], end[line] = begin, i
                line += 1
                begin = after
            i = max(after, i + 1)
        # Where `splitlines` ends with a boundary no line follows; `split` gives an empty one.
        if begin < stop or not unicode:
            start[line], end[line] = begin, stop
            line += 1
    firsts[-1] = line
    return start[:line], end[:line], firsts


@inner
def _line_break(data: Bytes, i: int, stop: int) -> int:
    r"""Say how many bytes the line boundary at `i` takes; 0 where there is none. `\r\n` is one."""
    byte = data[i]
    if byte < 0x20:
        if byte == 0x0D:
            return 2 if i + 1 < stop and data[i + 1] == _NEWLINE else 1
        return 1 if 0x0A <= byte <= 0x0C or 0x1C <= byte <= 0x1E else 0
    if byte == 0xC2:
        return 2 if i + 1 < stop and data[i + 1] == 0x85 else 0
    if byte == 0xE2 and i + 2 < stop and data[i + 1] == 0x80:
        return 3 if data[i + 2] == 0xA8 or data[i + 2] == 0xA9 else 0
    return 0
