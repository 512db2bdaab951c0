"""A word's hash depends on its bytes, all of them, and on nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray

from filters.document import documents
from filters.kernels.characters import LOWER
from filters.kernels.hashes import hash_block, hash_bytes
from filters.kernels.listed_words import lower_hashes
from filters.kernels.tokens import tokens_of
from filters.texts import Texts, word_hash
from filters.units import Units, WordKind


@njit
def hashed(data: NDArray[np.uint8], start: int, end: int) -> np.uint64:
    return hash_bytes(data.ctypes.data + start, end - start, len(data) - start)


@njit
def block_hashed(block: np.uint64, size: int) -> np.uint64:
    return hash_block(block, size)


def naive(word: bytes) -> int:
    mix, every = 0x9E3779B97F4A7C15, (1 << 64) - 1
    hash_ = (len(word) + 1) * mix & every
    for at in range(0, len(word), 8):
        hash_ = (hash_ ^ int.from_bytes(word[at : at + 8], "little")) * mix & every
        hash_ ^= hash_ >> 32
    hash_ = (hash_ ^ 1) * mix & every
    return max(hash_ ^ hash_ >> 29, 1)


@given(st.binary(max_size=40), st.binary(max_size=12), st.binary(max_size=12))
def test_a_hash_is_of_the_bytes_alone(word: bytes, before: bytes, behind: bytes) -> None:
    data = np.frombuffer(before + word + behind, np.uint8)
    assert int(hashed(data, len(before), len(before) + len(word))) == naive(word)


@given(st.binary(min_size=1, max_size=8))
def test_a_block_is_hashed_as_its_bytes(word: bytes) -> None:
    assert int(block_hashed(np.uint64(int.from_bytes(word, "little")), len(word))) == naive(word)


def test_zeros_count() -> None:
    words = ["abc", "\0abc", "\0\0abc", "abc\0", "\0", "\0\0", "\0" * 8, "\0" * 9, "\0" * 8 + "a", "a" + "\0" * 8]
    assert len({word_hash(word) for word in words} - {0}) == len(words)


@pytest.mark.parametrize("words", ["whitespace", "spacy"])
def test_zeros_count_in_words(words: WordKind) -> None:
    if words == "spacy":
        pytest.importorskip("spacy")
    texts = Texts(documents(["\0\0abc \0abc abc \0 \0\0"]), units=Units(words=words))
    hashes = texts.words.hashes.tolist()
    assert hashes == [word_hash(word) for word in ("\0\0abc", "\0abc", "abc", "\0", "\0\0")]
    assert len({*hashes, 0}) == len(hashes) + 1


def test_zeros_count_in_tokens() -> None:
    hashes = tokens_of(Texts(documents(["\0 \0\0 a"]))).hashes.tolist()
    assert hashes == [word_hash(word) for word in ("\0", "\0\0", "a")]


def test_zeros_count_in_lower_case() -> None:
    data = np.frombuffer(b"\0Abc abc", np.uint8)
    start, end, size = (np.array(numbers, np.int32) for numbers in ((0, 1, 5), (4, 4, 8), (4, 3, 3)))
    first, second, third = lower_hashes(data, start, end, size, LOWER, 0, 9).tolist()
    assert first != second == third
