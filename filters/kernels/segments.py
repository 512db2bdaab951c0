"""Words as `unicode_words` has them, but with ICU's dictionaries for scripts that are written without spaces.

These are Han, Hiragana and Katakana, and those whose Line_Break is SA, such as Thai, Lao, Khmer and Burmese. Each run
of their characters (with the marks behind them) is cut out, whatever stands beside it, and only that goes to ICU: text
of other scripts takes the kernel alone. Scripts of that kind for which ICU has no dictionary are one word each run.

ICU sees at most LONGEST characters of a run at a time, so that a hostile page cannot cost more than its share.
"""

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from filters.kernels.breaks import ALPHABETIC, ALPHANUMERIC, UNSPACED, WORD_BREAKS, WORD_CLASS, Word
from filters.kernels.characters import decode
from filters.kernels.hashes import hash_bytes
from filters.kernels.unicode_words import find
from filters.kernels.word_rules import STEPS

if TYPE_CHECKING:
    from icu4py.breakers import WordBreaker

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]
Points = NDArray[np.int32]

#: code points of a run that ICU sees at once; longer runs are cut there
LONGEST = 4096
#: about as many code points make one call of ICU, which keeps its answers small
_BLOCK = 1 << 16


def _breaks() -> Bytes:
    unspaced = (WORD_BREAKS & UNSPACED) != 0
    breaks = np.where(unspaced, WORD_BREAKS & ~np.uint8(WORD_CLASS) | np.uint8(Word.DICTIONARY), WORD_BREAKS)
    breaks.flags.writeable = False
    return breaks


#: WORD_BREAKS, but for the class of what is UNSPACED
BREAKS = _breaks()


def words(data: Bytes, offsets: Offsets) -> tuple[NDArray[Any], ...]:
    """Find the words of each text; text i is data[offsets[i]:offsets[i + 1]].

    Returns what `spans.words` does, per word: start byte, end byte, characters, whether it has a letter, a 64-bit hash
    of its bytes; and per text the number of its first word, followed by the number of all words. Raises
    ModuleNotFoundError where icu4py is not installed.
    """
    breaker = _breaker()
    start, end, characters, flags, hashes, firsts = find(data, offsets, BREAKS, STEPS)
    runs = np.flatnonzero(flags & UNSPACED)
    if len(runs):
        points, pieces = _read(data, start[runs], end[runs], characters[runs], LONGEST)
        last = _split(breaker, points, pieces)
        start, end, characters, flags, hashes, firsts = _splice(
            data, start, end, characters, flags, hashes, firsts, last, WORD_BREAKS
        )
    return start, end, characters, (flags & ALPHABETIC) != 0, hashes, firsts


def _breaker() -> "type[WordBreaker]":
    """Import ICU when it is first needed."""
    try:
        from icu4py.breakers import WordBreaker  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError('words = "segmented" needs ICU: install icu4py') from error
    return WordBreaker


def _split(breaker: "type[WordBreaker]", points: Points, pieces: Offsets) -> NDArray[np.bool_]:
    """Say of each code point whether a word ends behind it; piece i is points[pieces[i]:pieces[i + 1]].

    Equal pieces are asked about once.
    """
    buffers = [None, pa.py_buffer(pieces * points.itemsize), pa.py_buffer(points)]
    encoded = pa.Array.from_buffers(pa.large_binary(), len(pieces) - 1, buffers).dictionary_encode()
    _, limits, content = encoded.dictionary.buffers()
    distinct = np.frombuffer(limits, np.int64)[: len(encoded.dictionary) + 1] // points.itemsize
    last = _split_distinct(breaker, np.frombuffer(content, np.int32)[: distinct[-1]], distinct)
    return _spread(last, distinct, encoded.indices.to_numpy(), pieces)


def _split_distinct(breaker: "type[WordBreaker]", points: Points, pieces: Offsets) -> NDArray[np.bool_]:
    """Say of each code point whether a word ends behind it, by ICU, of many pieces at a time, a line each."""
    last = np.zeros(len(points), np.bool_)
    blocks = np.unique(np.searchsorted(pieces, np.arange(0, len(points) + _BLOCK, _BLOCK)).clip(max=len(pieces) - 1))
    for first, after in pairwise(blocks):
        limits = pieces[first : after + 1] - pieces[first]
        lines = np.insert(points[pieces[first] : pieces[after]], limits[1:], ord("\n"))
        parts = breaker(lines.astype("<u4").tobytes().decode("utf-32-le"), "und").segments()
        ends = np.fromiter(chain.from_iterable(parts), np.int64)[1::2]
        # ICU counts 16-bit units.
        behind = np.isin(np.cumsum(1 + (lines > 0xFFFF)), ends)
        last[pieces[first] : pieces[after]] = behind[lines != ord("\n")]
    return last


@njit(cache=True, nogil=True)
def _read(data: Bytes, start: Points, end: Points, characters: Points, longest: int) -> tuple[Points, Offsets]:
    """Read the code points of the runs, end to end, and say where in them each piece begins, and the last one ends."""
    points = np.empty(characters.sum(), np.int32)
    pieces = np.empty(len(points) // longest + len(start) + 1, np.int64)
    at, piece = 0, 0
    for run in range(len(start)):
        i, first = np.int64(start[run]), at
        while i < end[run]:
            if (at - first) % longest == 0:
                pieces[piece] = at
                piece += 1
            points[at], i = decode(data, i, end[run])
            at += 1
    pieces[piece] = at
    return points, pieces[: piece + 1]


@njit(cache=True, nogil=True)
def _spread(
    last: NDArray[np.bool_], distinct: Offsets, indices: NDArray[np.int32], pieces: Offsets
) -> NDArray[np.bool_]:
    """Give each piece what was found for its distinct one."""
    spread = np.empty(pieces[-1], np.bool_)
    for piece in range(len(indices)):
        for k in range(pieces[piece + 1] - pieces[piece]):
            spread[pieces[piece] + k] = last[distinct[indices[piece]] + k]
    return spread


@njit(cache=True, nogil=True)
def _splice(
    data: Bytes,
    start: Points,
    end: Points,
    characters: Points,
    flags: Bytes,
    hashes: NDArray[np.uint64],
    firsts: Offsets,
    last: NDArray[np.bool_],
    breaks: Bytes,
) -> tuple[Any, ...]:
    """Put the words of each run in its place; `last` says of each code point of the runs whether a word ends there."""
    most = len(start) + last.sum()
    starts, ends = np.empty(most, np.int32), np.empty(most, np.int32)
    lengths, kinds = np.empty(most, np.int32), np.empty(most, np.uint8)
    mixed, numbers = np.empty(most, np.uint64), np.empty(len(firsts), np.int64)
    address, size = data.ctypes.data, len(data)
    word, at = 0, 0
    for text in range(len(firsts) - 1):
        numbers[text] = word
        for old in range(firsts[text], firsts[text + 1]):
            if not flags[old] & UNSPACED:
                starts[word], ends[word], lengths[word] = start[old], end[old], characters[old]
                kinds[word], mixed[word] = flags[old], hashes[old]
                word += 1
                continue
            i = np.int64(start[old])
            begin, length, seen = i, 0, np.uint8(0)
            while i < end[old]:
                point, i = decode(data, i, end[old])
                seen |= breaks[point]
                length += 1
                at += 1
                if last[at - 1]:
                    if seen & ALPHANUMERIC:
                        starts[word], ends[word], lengths[word] = begin, i, length
                        kinds[word], mixed[word] = seen, hash_bytes(address + begin, i - begin, size - begin)
                        word += 1
                    begin, length, seen = i, 0, np.uint8(0)
    numbers[-1] = word
    return starts[:word], ends[:word], lengths[:word], kinds[:word], mixed[:word], numbers
