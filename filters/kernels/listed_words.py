"""How many words of each text stand on a short list: each word is looked up once, by its hash."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import LOWER, decode
from filters.kernels.hashes import SEED, mixed
from filters.texts import Texts, word_hash

_FINAL_SIGMA, _SIGMA = 0x3C2, 0x3C3


def count(texts: Texts, listed: tuple[str, ...], *, lowercase: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count each text's words that are listed, and how many of the list these are.

    With `lowercase` neither the list nor the text tells upper from lower case.
    """
    return texts.fact(("listed words", listed, lowercase), lambda: _count(texts, listed, lowercase))


def _count(texts: Texts, listed: tuple[str, ...], lowercase: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    words = texts.words
    if not lowercase:
        slots, mask = _slots({word_hash(word) for word in listed})
        return look_up(words.hashes, words.firsts, slots, mask)
    hashes = {_lower_hash(word) for word in listed}
    slots, mask = _slots(hashes)
    lengths = [len(word) for word in listed]
    lowered = lower_hashes(texts.data, words.start, words.end, words.characters, LOWER, min(lengths), max(lengths))
    return look_up(lowered, words.firsts, slots, mask)


def _lower_hash(word: str) -> int:
    data = np.frombuffer(word.encode(), np.uint8)
    start, end, length = (np.array([number], np.int32) for number in (0, len(data), len(word)))
    return int(lower_hashes(data, start, end, length, LOWER, 0, len(word))[0])


def _slots(hashes: set[int]) -> tuple[NDArray[np.uint64], int]:
    """Make an open hash table, at most a quarter full; 0 is an empty slot."""
    size = 1 << (4 * len(hashes) - 1).bit_length()
    slots = np.zeros(size, np.uint64)
    for number in sorted(hashes - {0}):
        place = number & (size - 1)
        while slots[place]:
            place = (place + 1) & (size - 1)
        slots[place] = number
    return slots, size - 1


@njit(cache=True, nogil=True)
def look_up(
    hashes: NDArray[np.uint64], firsts: NDArray[np.int64], slots: NDArray[np.uint64], mask: int
) -> tuple[Any, ...]:
    """Look up each word: per text, how many have a slot, and how many slots have a word; a hash of 0 has none."""
    texts = len(firsts) - 1
    found, distinct = np.zeros(texts, np.int64), np.zeros(texts, np.int64)
    seen = np.full(len(slots), -1, np.int64)
    most = np.uint64(mask)
    for text in range(texts):
        for word in range(firsts[text], firsts[text + 1]):
            hash_ = hashes[word]
            place = np.int64(hash_ & most)
            while slots[place] != 0 and slots[place] != hash_:
                place = (place + 1) & mask
            if slots[place] != 0:
                found[text] += 1
                if seen[place] != text:
                    seen[place] = text
                    distinct[text] += 1
    return found, distinct


@njit(cache=True, nogil=True)
def lower_hashes(
    data: NDArray[np.uint8],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    characters: NDArray[np.int32],
    lower: NDArray[np.int32],
    least: int,
    most: int,
) -> NDArray[np.uint64]:
    """Hash each word's code points in lower case, a final sigma as any other; 0 for words of another length."""
    hashes = np.zeros(len(start), np.uint64)
    for word in range(len(start)):
        if characters[word] < least or characters[word] > most:
            continue
        i, stop, hash_ = int(start[word]), int(end[word]), SEED
        while i < stop:
            point, i = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
            point = np.int64(lower[point])
            point = np.int64(_SIGMA) if point == _FINAL_SIGMA else point
            hash_ = mixed(hash_, np.uint64(point))
        hashes[word] = hash_
    return hashes
