"""Mean word length."""

from typing import ClassVar

import pyarrow as pa

from filters.filter import Range
from filters.texts import Texts, per_text, ratio


class MeanWordLength(Range):
    """Characters per word; catches code, keys and URLs (long) and exploded tables (short)."""

    name: ClassVar = "mean_word_length"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1"
    examples: ClassVar = {"three little words": True, "a b c 1 2 3": False, "pneumonoultramicroscopic": False}

    low: float = 3
    high: float = 10

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the characters of all words by their number."""
        words = texts.words
        return ratio(per_text(words.characters, words.firsts), words.count)
