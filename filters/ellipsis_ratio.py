"""Ellipses."""

from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from filters.filter import Range
from filters.texts import Texts, ratio


class EllipsisRatio(Range):
    """Ellipses, written `...` or `…`, per word; catches lists of teasers."""

    name: ClassVar = "ellipsis_ratio"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1: symbol-to-word ratio"
    examples: ClassVar = {
        "He paused... and then he went on for ten more words.": True,
        "More… click… now...": False,
    }

    high: float = 0.1

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the number of ellipses by the number of words."""
        dots = pc.add(pc.count_substring(texts.column, "..."), pc.count_substring(texts.column, "…"))
        return ratio(dots.to_numpy(zero_copy_only=False), texts.words.count)
