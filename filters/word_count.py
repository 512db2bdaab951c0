"""Words."""

from typing import ClassVar

import pyarrow as pa

from filters.filter import Range
from filters.texts import Texts


class WordCount(Range):
    """How many words; catches stubs at one end and concatenated dumps at the other."""

    name: ClassVar = "word_count"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1"
    examples: ClassVar = {"word " * 50: True, "word " * 49: False}
    kind: ClassVar = pa.int64()

    low: float = 50
    high: float = 100_000

    def signal(self, texts: Texts) -> pa.Array:
        """Count what stands between white space."""
        return pa.array(texts.words.count)
