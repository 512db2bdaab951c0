"""Notices of cookies and terms."""

from typing import ClassVar

import pyarrow as pa
from pydantic import Field, field_validator

from filters.filter import Share
from filters.kernels.span_strings import automaton, contain
from filters.kernels.stretches import paragraphs
from filters.texts import Texts, per_text, ratio

#: C4's, as NeMo Curator extends them; its five whole notices are cut to how they begin
PHRASES = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "privacy overview",
    "use of cookies",
    "use cookies",
    "privacy & cookies policy",
    "privacy and cookies policy",
    "necessary cookies are absolutely essential",
    "any cookies that may not be particularly necessary",
    "if you continue to browse this site without changing your cookie settings",
)


class BoilerplateParagraphs(Share):
    r"""Share of paragraphs with a notice of cookies, privacy or terms; what stands between `\n\n` is a paragraph.

    NeMo Curator also calls a text with `lorem ipsum` all boilerplate: `lorem_ipsum` is a filter of its own here. The
    five longest of its notices it looks for whole.
    """

    name: ClassVar = "boilerplate_paragraphs"
    source: ClassVar = "NeMo Curator, BoilerPlateStringFilter, after Raffel et al. 2020 (C4)"
    examples: ClassVar = {
        "The tide comes in twice a day.\n\nSo does the mail.\n\nThis site uses cookies.": True,
        "Welcome!\n\nRead our Privacy Policy and the Terms of Use.": False,
    }

    high: float = 0.4
    #: what a notice contains, in lower case; case does not matter in the text, of the letters A to Z
    phrases: tuple[str, ...] = Field(default=PHRASES, min_length=1)

    @field_validator("phrases")
    @classmethod
    def _lower_case(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not phrase or phrase != phrase.lower():
                raise ValueError(f"expected phrases in lower case, got {phrase!r}")
        return phrases

    def signal(self, texts: Texts) -> pa.Array:
        """Divide the paragraphs with a notice by all paragraphs, empty ones too."""
        start, end, firsts = paragraphs(texts.data, texts.offsets)
        found = contain(texts.data, start, end, automaton(self.phrases, fold=True))
        return ratio(per_text(found, firsts), firsts[1:] - firsts[:-1])
