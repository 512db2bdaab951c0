"""Compares the n-grams of paragraphs with all those that a Bloom filter was given before."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.dedup.kernels.bloom_bits import holds, put
from pipelines.dedup.kernels.passage_hashes import mix

Hashes = NDArray[Any]
Places = NDArray[Any]

_FACTOR, _ONE, _ZERO = np.uint64(0x3C6EF372FE94F82B), np.uint64(1), np.uint64(0)


@njit(cache=True, nogil=True)
def sift(
    bloom: tuple[Hashes, np.uint64, int],
    tokens: tuple[Places, Hashes],
    paragraphs: tuple[Places, Places],
    sizes: tuple[int, int],
    threshold: float,
) -> tuple[NDArray[np.bool_], Places, Places, int]:
    """Say of each paragraph, in order, whether too many of its n-grams are known; else put them into the filter.

    `bloom` are its words, bits and probes, `tokens` starts and hashes, `paragraphs` starts and ends, `sizes` the
    fewest and the most tokens of an n-gram. Returns, per paragraph, whether it goes, its n-grams and how many of them
    are known; and the number of those that were put in and new.
    """
    words, bits, probes = bloom
    start, end = paragraphs
    goes = np.zeros(len(start), np.bool_)
    total, known = np.zeros(len(start), np.int64), np.zeros(len(start), np.int64)
    ngrams = np.empty(_longest(tokens[0], start, end), np.uint64)
    token, new = 0, 0
    for paragraph in range(len(start)):
        first, token = _inside(tokens[0], token, start[paragraph], end[paragraph])
        count = _hash_ngrams(tokens[1], first, token, sizes, ngrams)
        total[paragraph] = count
        for ngram in range(count):
            known[paragraph] += holds(words, bits, probes, ngrams[ngram])
        if count and known[paragraph] / count > threshold:
            goes[paragraph] = True
        else:
            for ngram in range(count):
                new += not put(words, bits, probes, ngrams[ngram])
    return goes, total, known, new


@inner
def _inside(starts: Places, token: int, start: int, end: int) -> tuple[int, int]:
    """Find the first token of a paragraph, from some token before it, and the first one behind it."""
    while token < len(starts) and starts[token] < start:
        token += 1
    first = token
    while token < len(starts) and starts[token] < end:
        token += 1
    return first, token


@inner
def _longest(starts: Places, start: Places, end: Places) -> int:
    """Count the tokens of the paragraph with the most."""
    token, most = 0, 0
    for paragraph in range(len(start)):
        first, token = _inside(starts, token, start[paragraph], end[paragraph])
        most = max(most, token - first)
    return most


@inner
def _hash_ngrams(tokens: Hashes, first: int, stop: int, sizes: tuple[int, int], ngrams: Hashes) -> int:
    """Hash the runs of the most tokens, or all tokens if there are fewer; too few give none. Count them."""
    fewest, most = sizes
    if stop - first < fewest:
        return 0
    size = min(most, stop - first)
    power, value = _ONE, _ZERO
    for token in range(first, first + size - 1):
        power, value = power * _FACTOR, value * _FACTOR + tokens[token]
    count = stop - first - size + 1
    for ngram in range(count):
        value = value * _FACTOR + tokens[first + ngram + size - 1]
        ngrams[ngram] = mix(value)
        value -= tokens[first + ngram] * power
    return count
