r"""Tokens as NLTK's `WordPunctTokenizer` has them: runs of word characters, and runs of other signs."""

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from filters.kernels.cases import LOWER, TITLE, UPPER
from filters.kernels.characters import CLASSES, LETTER, SPACE, WORD, decode
from filters.kernels.hashes import hash_bytes
from filters.texts import Texts, Words

Bytes = npt.NDArray[np.uint8]


def tokens_of(texts: Texts) -> Words:
    """Find the tokens of each text; a hash is that of `Texts.words`."""
    return texts.fact("tokens", lambda: Words(*tokens(texts.data, texts.offsets, CLASSES)))


@njit(cache=True, nogil=True)
def tokens(data: Bytes, offsets: npt.NDArray[np.int64], classes: Bytes) -> tuple[Any, ...]:
    r"""Find the runs of `\w` and the runs of what is neither that nor white space.

    Returns, per token: start byte, end byte, characters, whether it has a letter, a 64-bit hash of its bytes;
    and per text the number of its first token, followed by the number of all.
    """
    most = offsets[-1] - offsets[0]
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    characters, lettered = np.empty(most, np.int32), np.empty(most, np.bool_)
    hashes, firsts = np.empty(most, np.uint64), np.empty(len(offsets), np.int64)
    address, size = data.ctypes.data, len(data)
    token = np.int64(0)
    for text in range(len(offsets) - 1):
        firsts[text] = token
        i, stop = offsets[text], offsets[text + 1]
        while i < stop:
            begin, kind, length, has_letter = i, -1, 0, False
            after = i
            while i < stop:
                point, after = np.int32(data[i]), i + 1
                if point > 127:
                    point, after = decode(data, i, stop)
                flags = classes[point]
                is_word = 1 if flags & WORD else 0
                if flags & SPACE or (length and is_word != kind):
                    break
                kind = is_word
                has_letter = has_letter or (flags & LETTER) != 0
                length += 1
                i = after
            if length:
                start[token], end[token], characters[token] = begin, i, length
                lettered[token], hashes[token] = has_letter, hash_bytes(address + begin, i - begin, size - begin)
                token += 1
            else:
                i = after
    firsts[-1] = token
    return start[:token], end[:token], characters[:token], lettered[:token], hashes[:token], firsts


@njit(cache=True, nogil=True)
def uppercase(
    data: Bytes, start: npt.NDArray[np.int32], end: npt.NDArray[np.int32], cases: Bytes
) -> npt.NDArray[np.bool_]:
    """Say of each word whether it is all upper case: it has an upper-case character, no lower and no title case."""
    found = np.empty(len(start), np.bool_)
    for word in range(len(start)):
        i, stop, seen = int(start[word]), int(end[word]), 0
        while i < stop and not seen & (LOWER | TITLE):
            point, after = np.int32(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            seen |= cases[point]
            i = after
        found[word] = seen == UPPER
    return found


def places(wanted: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Lay hashes out as a table for `members`: each at its low bits, or at the next free place."""
    size = 1 << (4 * len(wanted)).bit_length()
    table = np.zeros(size, np.uint64)
    for one in wanted:
        place = int(one) % size
        while table[place]:
            place = (place + 1) % size
        table[place] = one
    table.flags.writeable = False
    return table


@njit(cache=True, nogil=True)
def members(hashes: npt.NDArray[np.uint64], table: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Say of each hash whether it stands in the table, where 0 is a free place and no hash."""
    found = np.empty(len(hashes), np.bool_)
    last = np.uint64(len(table) - 1)
    for word in range(len(hashes)):
        place = hashes[word] & last
        while table[place] and table[place] != hashes[word]:
            place = (place + np.uint64(1)) & last
        found[word] = table[place] != 0
    return found
