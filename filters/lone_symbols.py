"""Symbols that stand alone."""

from typing import ClassVar

import numpy as np
import pyarrow as pa

from filters.filter import Share
from filters.kernels.tokens import members, places
from filters.stop_words import SingleWords
from filters.texts import Texts, per_text, ratio, word_hash


class LoneSymbols(Share):
    """Share of words, parted by white space, that are only a number sign or an ellipsis; catches teasers and tags.

    A word of several number signs is none of NeMo Curator's either: its expression `#+` counts each run once. It also
    counts a word in which more than half of the characters are such runs, `#a#`.
    """

    name: ClassVar = "lone_symbols"
    source: ClassVar = "NeMo Curator, SymbolsToWordsFilter, after Rae et al. 2021 (Gopher)"
    examples: ClassVar = {"He paused ... and went on for ten words or more, in one breath.": True, "more ... #": False}

    high: float = 0.1
    #: the words that are counted, as written here
    symbols: SingleWords = ("#", "...", "…", "[...]", "[…]", "(...)", "-»")

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the symbols that stand alone by all that stands between white space."""
        wanted = places(np.array(sorted({word_hash(symbol) for symbol in self.symbols}), np.uint64))
        chunks = texts.chunks
        return ratio(per_text(members(chunks.hashes, wanted), chunks.firsts), chunks.count)
