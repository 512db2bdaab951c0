"""Word n-grams that a text has more than once."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels import punctuation, repetition_ngrams
from filters.kernels.characters import decode
from filters.kernels.repetition import repeats
from filters.kernels.vocabulary import normalised
from filters.texts import Texts

Counted = Literal["all", "alphanumeric", "alphanumeric_first", "normalised"]
#: the longest n-grams that a recipe may ask about: each n takes 4 bytes per word
MOST = 20
#: n-grams of so many words or more are looked for among the same ones
_LEAST = 5

Places = NDArray[np.int32]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CountedWords:
    """The words that count, and what n-gram rules need to know of them."""

    hashes: NDArray[np.uint64]
    #: the characters of all words before each word of the batch, and at last of all words
    before: Counts
    #: per text the number of its first word, and at last the number of all
    firsts: Counts

    @property
    def characters(self) -> Counts:
        """Characters of the words of each text."""
        return np.diff(self.before[self.firsts])


def counted_words(texts: Texts, counted: Counted) -> CountedWords:
    """Find the words that count.

    Of the recipe's words: `all`; the `alphanumeric`, with a letter or number; `alphanumeric_first`, which begin with
    one. Or, whatever the recipe's words are, those `normalised` as RedPajama-V2 does.
    """
    return texts.fact(("counted words", counted), lambda: _counted(texts, counted))


def first_ngrams(texts: Texts, counted: Counted, n: int) -> Places:
    """Say of each word which n-gram of its text is the first like the one that begins there; -1 where no other is."""
    return texts.fact(("first n-grams", counted, n), lambda: _first_ngrams(texts, counted, n))


def joined(texts: Texts, n: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64], Places, Counts]:
    """See all words as if no space stood between: what `jumped` asks for, to find n-grams of n words.

    These are the hashes of all runs of words, and the words with which an n-gram may recur; see `sums` and `recurring`.
    """
    words, least = texts.words, min(n, _LEAST)
    bounds = (texts.data, words.start, words.end)
    hashes = texts.fact("joined words", lambda: repetition_ngrams.sums(*bounds))
    key = ("recurring words", least)
    return *hashes, *texts.fact(key, lambda: repetition_ngrams.recurring(*bounds, words.firsts, least))


def _counted(texts: Texts, counted: Counted) -> CountedWords:
    if counted == "normalised":
        found = normalised(texts)
        return CountedWords(found.hashes, _before(found.characters), found.firsts)
    words = texts.words
    if counted == "all":
        return CountedWords(words.hashes, _before(words.characters), words.firsts)
    first = counted == "alphanumeric_first"
    chosen = choose(texts.data, words.start, words.end, punctuation.alphanumeric(), first)
    numbers = np.concatenate([[0], np.cumsum(chosen)])[words.firsts]
    return CountedWords(words.hashes[chosen], _before(words.characters[chosen]), numbers)


def _before(characters: NDArray[np.int32]) -> Counts:
    return np.concatenate([[0], np.cumsum(characters, dtype=np.int64)])


def _first_ngrams(texts: Texts, counted: Counted, n: int) -> Places:
    words = counted_words(texts, counted)
    if n == 1:
        return repeats(words.hashes, words.firsts)
    return repeats(repetition_ngrams.longer_keys(first_ngrams(texts, counted, n - 1), words.firsts), words.firsts)


@njit(cache=True, nogil=True)
def choose(
    data: NDArray[np.uint8], start: Places, end: Places, table: NDArray[np.uint8], first: bool
) -> NDArray[np.bool_]:
    """Say of each word whether one of its characters, or the `first` one, is 1 in `table`."""
    chosen = np.zeros(len(start), np.bool_)
    for word in range(len(start)):
        i, stop = int(start[word]), int(end[word])
        while i < stop and not chosen[word]:
            point, i = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
            chosen[word] = table[point] != 0
            if first:
                break
    return chosen
