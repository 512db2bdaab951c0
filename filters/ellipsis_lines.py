"""Lines that end in an ellipsis."""

from typing import ClassVar

import pyarrow as pa

from filters.filter import Share
from filters.texts import Texts, per_text, ratio


class EllipsisLines(Share):
    """Share of lines that end in `...` or `…`; catches pages of cut-off teasers."""

    name: ClassVar = "ellipsis_lines"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1"
    examples: ClassVar = {"one\ntwo\nthree\nand so on...": True, "read this...\nthen that…\nend": False}

    high: float = 0.3

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the lines that end in an ellipsis by all lines."""
        lines = texts.lines
        cut = texts.ends(lines, "...") | texts.ends(lines, "…")
        return ratio(per_text(cut, lines.firsts), lines.count)
