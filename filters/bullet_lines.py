"""Bullet lines."""

from typing import ClassVar

import pyarrow as pa

from filters.filter import Share
from filters.texts import Texts, per_text, ratio


class BulletLines(Share):
    """Share of lines that start with a bullet, `•` or `-`; catches menus and bare lists."""

    name: ClassVar = "bullet_lines"
    source: ClassVar = "Rae et al. 2021 (Gopher), appendix A1.1"
    examples: ClassVar = {"Two things:\n- one\n- two": True, "• one\n- two\n  • three": False}

    high: float = 0.9

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the lines that start with a bullet by all lines."""
        lines = texts.lines
        bulleted = texts.starts(lines, "•") | texts.starts(lines, "-")
        return ratio(per_text(bulleted, lines.firsts), lines.count)
