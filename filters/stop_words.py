"""Stop words."""

from typing import ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field, field_validator

from filters.filter import Range
from filters.texts import Texts, word_hash


class StopWords(Range):
    """How many different stop words occur, as written here; catches text that is not running prose."""

    name: ClassVar = "stop_words"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1"
    examples: ClassVar = {"the road to the sea": True, "the the the": False, "cheap shoes online": False}
    kind: ClassVar = pa.int64()

    low: float = 2
    #: the words to look for, whole and in this case
    words: tuple[str, ...] = Field(default=("the", "be", "to", "of", "and", "that", "have", "with"), min_length=1)

    @field_validator("words")
    @classmethod
    def _single_words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if len(word.split()) != 1:
                raise ValueError(f"expected words without white space, got {word!r}")
        return words

    def signal(self, texts: Texts) -> pa.Array:
        """Count the different stop words of each text, by the hashes of its words."""
        wanted = np.unique(np.array([word_hash(word) for word in self.words], np.uint64))
        words = texts.words
        place = np.minimum(np.searchsorted(wanted, words.hashes), len(wanted) - 1)
        found = np.flatnonzero(wanted[place] == words.hashes)
        text = np.searchsorted(words.firsts, found, side="right") - 1
        distinct = np.unique(text * len(wanted) + place[found])
        return pa.array(np.bincount(distinct // len(wanted), minlength=len(texts)))
