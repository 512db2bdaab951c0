"""Duplicate n-grams."""

from typing import ClassVar

import pyarrow as pa
from pydantic import Field

from filters.filter import Share
from filters.kernels import repetition_ngrams
from filters.kernels.repetition_words import MOST, counted_words, joined
from filters.texts import Texts, ratio


class DuplicateNgrams(Share):
    """Share of the characters that stand in word n-grams met before; catches boilerplate inside of lines.

    Reading goes on behind each such n-gram, so that none is counted twice, and their spaces do not count. N-grams are
    compared without space, as datatrove does: `to day` and `today` are no different. 0 where a text has fewer than n
    words. Gopher's limits are 0.15 for n = 5, then 0.14, 0.13, 0.12, 0.11 and, for 10, 0.1.
    """

    name: ClassVar = "duplicate_ngrams"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1, as datatrove has it"
    examples: ClassVar = {
        "She sells sea shells by the shore, and the shells she sells are from the sea.": True,
        "Buy one and get one free! Buy one and get one free!": False,
    }

    high: float = 0.15
    #: how many words
    n: int = Field(default=5, ge=1, le=MOST)

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the characters of n-grams met before by all characters."""
        words = counted_words(texts, "all")
        characters = repetition_ngrams.jumped(*joined(texts, self.n), words.before, words.firsts, self.n)
        return ratio(characters, texts.characters)
