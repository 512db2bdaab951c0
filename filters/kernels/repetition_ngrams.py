"""Which word n-grams of a text occur more than once, and how many characters they take.

`first` is what `repeats` gives for n-grams: per word the first n-gram of its text that equals the one which begins
there, -1 where none does. `before` counts the characters of all words before each word, of the batch, and at last of
all: an n-gram of n words from word i has before[i + n] - before[i] characters.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.hashes import read
from filters.kernels.intrinsics import load
from filters.kernels.repetition import slots_for

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Counts = NDArray[np.int64]
Keys = NDArray[np.uint64]

_HALF = np.uint64(32)
_BASE = np.uint64(0x9E3779B97F4A7C15)
#: _BASE * _INVERSE = 1, modulo 2^64
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
#: the powers of _BASE and _INVERSE, and the sums of those of _BASE before each
_POWERS, _INVERSES = (
    np.array([pow(int(base), exponent, 1 << 64) for exponent in range(9)], np.uint64) for base in (_BASE, _INVERSE)
)
_ONES = np.concatenate([[np.uint64(0)], np.cumsum(_POWERS, dtype=np.uint64)])
_BYTE = np.uint64(255)
_ONE, _SIX, _LAST = np.uint64(1), np.uint64(6), np.uint64(63)
#: bytes by which n-grams that may recur are found
WINDOW = 16


@njit(cache=True, nogil=True)
def longer_keys(first: Places, firsts: Counts) -> Keys:
    """Give each n-gram a key, of the two (n-1)-grams in it; 0 where either occurs once, because then so does it."""
    keys = np.zeros(len(first), np.uint64)
    for text in range(len(firsts) - 1):
        for word in range(firsts[text], firsts[text + 1] - 1):
            both = np.uint64(first[word] >= 0) & np.uint64(first[word + 1] >= 0)
            keys[word] = both * (np.uint64(first[word] + 1) << _HALF | np.uint64(first[word + 1] + 1))
    return keys


@njit(cache=True, nogil=True)
def sums(data: Bytes, start: Places, end: Places) -> tuple[Any, Any]:
    """Hash the bytes of all words, as if nothing stood between them, so that any run of words is hashed at once.

    The words from i up to j have the hash (sums[j] - sums[i]) * shifts[i], which does not depend on where they stand
    or on where one word ends and the next begins. Both have an item for each word and one for the end. It is a
    polynomial modulo 2^64: words that collide can be made (Thue-Morse sequences of a thousand bytes), prose does not.
    """
    sums_, shifts = np.empty(len(start) + 1, np.uint64), np.empty(len(start) + 1, np.uint64)
    address, size = data.ctypes.data, len(data)
    sum_, power, shift = np.uint64(0), np.uint64(1), np.uint64(1)
    for word in range(len(start)):
        sums_[word], shifts[word] = sum_, shift
        i, left = np.int64(start[word]), np.int64(end[word] - start[word])
        while left > 0:
            taken, block = min(left, 8), read(address + i, left, size - i)
            # One more than each byte, because 0 would add nothing; what eight add does not wait for others.
            eight = _ONES[taken]
            for place in range(8):
                eight += (block >> np.uint64(8 * place) & _BYTE) * _POWERS[place]
            sum_ += eight * power
            power *= _POWERS[taken]
            shift *= _INVERSES[taken]
            i, left = i + 8, left - 8
    sums_[-1], shifts[-1] = sum_, shift
    return sums_, shifts


@njit(cache=True, nogil=True)
def recurring(data: Bytes, start: Places, end: Places, firsts: Counts, least: int) -> tuple[Places, Counts]:
    """List the words with which an n-gram may begin that its text has twice, of `least` words or more.

    N-grams are equal if they are so when written without space: so those of WINDOW bytes or more have these in common,
    and shorter ones are all listed. Some that the text has once are listed, too. Returns the numbers of such words, and
    per text the number of its first one among them, and at last of all.
    """
    joined, places = _join(data, start, end)
    listed, numbers = np.empty(len(start), np.int32), np.empty(len(firsts), np.int64)
    most, count = 0, np.int64(0)
    for text in range(len(firsts) - 1):
        most = max(most, firsts[text + 1] - firsts[text])
    # A bit for each of many keys: whether it was met, and whether it was met again.
    met, again = np.empty(slots_for(most), np.uint64), np.empty(slots_for(most), np.uint64)
    keys = np.empty(most, np.uint64)
    for text in range(len(firsts) - 1):
        numbers[text] = count
        first, words = firsts[text], max(firsts[text + 1] - firsts[text] - least + 1, 0)
        slots = np.uint64(max(slots_for(words) >> 3, 1) - 1)
        met[: slots + _ONE] = again[: slots + _ONE] = 0
        for word in range(np.uint64(words)):
            place = places[np.uint64(first) + word]
            key = (load(joined, place) * _BASE ^ load(joined, place + 8)) * _INVERSE
            key ^= key >> _HALF
            slot, bit = key >> _SIX & slots, _ONE << (key & _LAST)
            again[slot] |= met[slot] & bit
            met[slot] |= bit
            keys[word] = key
        for word in range(np.uint64(words)):
            key, at = keys[word], np.uint64(first) + word
            short = places[at + np.uint64(least)] - places[at] < WINDOW
            listed[count] = at
            count += np.int64(short | (again[key >> _SIX & slots] >> (key & _LAST) & _ONE != 0))
    numbers[-1] = count
    return listed[:count], numbers


@njit(cache=True, nogil=True)
def _join(data: Bytes, start: Places, end: Places) -> tuple[Bytes, Places]:
    """Write all words one after the other, and zeros; say where each begins, and where the last one ends."""
    joined, places = np.zeros(np.sum(end - start) + WINDOW, np.uint8), np.empty(len(start) + 1, np.int32)
    address, size = data.ctypes.data, len(data)
    at = np.uint64(0)
    for word in range(len(start)):
        places[word] = at
        i, left = np.int64(start[word]), np.int64(end[word] - start[word])
        while left > 0:
            eight = read(address + i, left, size - i)
            for place in range(8):
                joined[at + np.uint64(place)] = eight >> np.uint64(8 * place)
            at += np.uint64(min(left, 8))
            i, left = i + 8, left - 8
    places[-1] = at
    return joined, places


@njit(cache=True, nogil=True)
def jumped(
    sums_: Keys, shifts: Keys, listed: Places, numbers: Counts, before: Counts, firsts: Counts, n: int
) -> Counts:
    """Count the characters of n-grams met before, reading on behind each, so that no two of them overlap.

    N-grams are equal if they are so when written without space. `listed` and `numbers` are what `recurring` gives.
    """
    characters = np.zeros(len(firsts) - 1, np.int64)
    most = 0
    for text in range(len(firsts) - 1):
        most = max(most, numbers[text + 1] - numbers[text])
    keys, table = np.empty(most, np.uint64), np.empty(slots_for(most), np.int32)
    for text in range(len(firsts) - 1):
        first, until = numbers[text], firsts[text]
        slots = slots_for(numbers[text + 1] - first)
        table[:slots] = -1
        for number in range(numbers[text + 1] - first):
            word = listed[first + number]
            if word < until or word + n > firsts[text + 1]:
                continue
            key = (sums_[word + n] - sums_[word]) * shifts[word]
            slot = np.int64((key ^ key >> _HALF) * _BASE >> _HALF) & (slots - 1)
            while table[slot] >= 0 and keys[table[slot]] != key:
                slot = (slot + 1) & (slots - 1)
            if table[slot] < 0:
                table[slot], keys[number] = number, key
            else:
                characters[text] += before[word + n] - before[word]
                until = word + n
    return characters


@njit(cache=True, nogil=True)
def top(first: Places, before: Counts, firsts: Counts, n: int, longest: bool) -> tuple[Any, Any]:
    """Find the most frequent n-gram of each text: how often it occurs, and its characters; 0 and 0 where there is none.

    Of equally frequent ones it is the first or, if `longest`, the first of those with the most characters.
    """
    counts, characters = np.zeros(len(firsts) - 1, np.int64), np.zeros(len(firsts) - 1, np.int64)
    seen = np.zeros(len(first), np.int32)
    for text in range(len(firsts) - 1):
        most, length = 0, 0
        for word in range(firsts[text], firsts[text + 1]):
            if first[word] >= 0:
                seen[first[word]] += 1
        for word in range(firsts[text], firsts[text + 1] - n + 1):
            count = seen[word] + (first[word] < 0)
            if count > most:
                most, length = count, before[word + n] - before[word]
            elif longest and count == most:
                length = max(length, before[word + n] - before[word])
        counts[text], characters[text] = most, length
    return counts, characters


@njit(cache=True, nogil=True)
def covered(first: Places, before: Counts, firsts: Counts, n: int, later: bool) -> tuple[Any, Any]:
    """Count the characters of words that lie in a repeated n-gram (if `later`, in a later copy of one), each word once.

    Returns, per text, these characters, and the gaps between such words: one less than the words of each n-gram or of
    several that overlap.
    """
    characters, gaps = np.zeros(len(firsts) - 1, np.int64), np.zeros(len(firsts) - 1, np.int64)
    for text in range(len(firsts) - 1):
        until = firsts[text]
        for word in range(firsts[text], firsts[text + 1]):
            if first[word] < 0 or (later and first[word] == word):
                continue
            begin = max(word, until)
            characters[text] += before[word + n] - before[begin]
            gaps[text] += min(word + n - begin, n - 1)
            until = word + n
    return characters, gaps


@njit(cache=True, nogil=True)
def summed(first: Places, before: Counts, firsts: Counts, n: int) -> tuple[Any, Any]:
    """Add up the characters of n-grams that occur more than once, and those of all n-grams, though they overlap."""
    repeated, every = np.zeros(len(firsts) - 1, np.int64), np.zeros(len(firsts) - 1, np.int64)
    for text in range(len(firsts) - 1):
        for word in range(firsts[text], firsts[text + 1] - n + 1):
            length = before[word + n] - before[word]
            every[text] += length
            if first[word] >= 0:
                repeated[text] += length
    return repeated, every
