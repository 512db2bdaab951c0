"""Normalised words, and how many different ones a text has.

A word is normalised as RedPajama-V2 does it: lower case, without ASCII punctuation, parted at white space; words that
are nothing but punctuation are gone. A character is counted as it is written, not taken apart into letter and accent.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from filters.kernels.characters import CLASSES, LOWER, PUNCTUATION, SPACE, SYMBOL, decode
from filters.kernels.hashes import SEED, mixed
from filters.texts import Texts

_SIGMA, _FINAL_SIGMA = 0x3C3, 0x3C2


class Normalised(NamedTuple):
    """The normalised words of a batch."""

    #: per word: characters, and a 64-bit hash of its code points
    characters: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    #: per text the number of its first word, and at last the number of all
    firsts: npt.NDArray[np.int64]


def normalised(texts: Texts) -> Normalised:
    """Find the normalised words of each text."""
    return texts.fact("normalised words", lambda: Normalised(*normalise(texts.data, texts.offsets, CLASSES, LOWER)))


def diversity(texts: Texts) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Count the different normalised words of each text, and give the entropy of their frequencies in nats."""
    words = normalised(texts)
    return texts.fact("diversity", lambda: diversify(words.hashes, words.firsts))


@njit(cache=True, nogil=True)
def normalise(
    data: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    classes: npt.NDArray[np.uint8],
    lower: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Find the normalised words: characters and hash of each; per text its first word's number, then that of all."""
    most = (offsets[-1] - offsets[0]) // 2 + len(offsets)
    characters, hashes = np.empty(most, np.int32), np.empty(most, np.uint64)
    firsts = np.empty(len(offsets), np.int64)
    word = 0
    for text in range(len(offsets) - 1):
        firsts[text] = word
        i, stop = offsets[text], offsets[text + 1]
        length, hash_ = 0, SEED
        while i < stop:
            point, after = np.int32(data[i]), i + 1
            if point > 127:
                point, after = decode(data, i, stop)
            flags = classes[point]
            if flags & SPACE:
                if length:
                    characters[word], hashes[word] = length, hash_
                    word += 1
                length, hash_ = 0, SEED
            elif point > 127 or not flags & (PUNCTUATION | SYMBOL):
                # A capital sigma is not told from a final one.
                low = lower[point] if lower[point] != _FINAL_SIGMA else _SIGMA
                hash_ = mixed(hash_, np.uint64(low))
                length += 1
            i = after
        if length:
            characters[word], hashes[word] = length, hash_
            word += 1
    firsts[-1] = word
    return characters[:word], hashes[:word], firsts


@njit(cache=True, nogil=True)
def diversify(
    hashes: npt.NDArray[np.uint64], firsts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Count the different hashes of each text, and give the entropy of their frequencies; 0 of no words."""
    texts = len(firsts) - 1
    distinct, entropy = np.zeros(texts, np.int64), np.zeros(texts, np.float64)
    most = np.int64(0)
    for text in range(texts):
        most = max(most, firsts[text + 1] - firsts[text])
    size = 1
    while 2 * size < 3 * most:
        size *= 2
    keys, counts, used = np.empty(size, np.uint64), np.zeros(size, np.int32), np.empty(most, np.int64)
    last = np.uint64(size - 1)
    for text in range(texts):
        words, different = firsts[text + 1] - firsts[text], 0
        for word in range(firsts[text], firsts[text + 1]):
            place = hashes[word] & last
            while counts[place] and keys[place] != hashes[word]:
                place = (place + np.uint64(1)) & last
            if counts[place] == 0:
                keys[place] = hashes[word]
                used[different] = place
                different += 1
            counts[place] += 1
        surprise = 0.0
        for number in range(different):
            share = counts[used[number]] / words
            surprise -= share * math.log(share)
            counts[used[number]] = 0
        distinct[text], entropy[text] = different, surprise
    return distinct, entropy
