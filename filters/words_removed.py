"""Words that edits removed."""

import math
from typing import ClassVar, Literal

import pyarrow as pa

from filters.filter import Range
from filters.kernels.counted_words import Counted, tally
from filters.texts import Texts, ratio


class WordsRemoved(Range):
    """Share of the words that earlier edits removed; catches pages that were boilerplate in the main."""

    name: ClassVar = "words_removed"
    source: ClassVar = "Li et al. 2024 (DCLM), word_removal_ratio_filter; after Penedo et al. 2023 (RefinedWeb)"
    examples: ClassVar = {"No edit came before, so nothing was removed.": True, " ": False}
    bounds: ClassVar = (-math.inf, 1)

    high: float = 0.05
    #: `all` words; those `unpunctuated`: not made of punctuation alone; the `alphanumeric`: with a letter or number, as
    #: OLMo 3's tool counts; `alphanumeric_first`: that begin with one, as DCLM counts
    counted: Counted = "all"
    #: what the words are compared with: the text before the first edit (`start`), or before the last ones (`edits`):
    #: those between this filter and the filter above them, as DCLM and OLMo 3's tool do
    since: Literal["start", "edits"] = "start"

    def signal(self, texts: Texts) -> pa.Array:
        """Divide what is missing by the number of words before those edits; below 0 where they added words."""
        before = tally(texts.before if self.since == "start" else texts.lately, self.counted).words
        return ratio(before - tally(texts, self.counted).words, before)
