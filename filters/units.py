"""What counts as a word, a sentence and a line: a choice that a recipe declares, because rules mean nothing without."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_serializer

WordKind = Literal["whitespace", "unicode", "segmented", "spacy"]
SentenceKind = Literal["marks", "unicode", "spacy"]
LineKind = Literal["newline", "unicode"]


class Units(BaseModel):
    """The units that filters count in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: `whitespace`: what stands between white space, as `str.split` has it; `unicode`: words by UAX 29 that have a
    #: letter or a number; `segmented`: the same, with ICU's dictionaries for scripts that are written without spaces;
    #: `spacy`: as datatrove splits, punctuation included (extra `spacy`)
    words: WordKind = "whitespace"
    #: `marks`: up to a terminal mark, or the end of a line; `unicode`: by UAX 29; `spacy`: its rule-based sentencizer,
    #: as datatrove uses it (extra `spacy`)
    sentences: SentenceKind = "marks"
    #: `newline`: what stands between `\n`; `unicode`: at every line boundary that `str.splitlines` knows
    lines: LineKind = "newline"
    #: whose rules spaCy splits by, as an ISO 639 code
    language: str = "en"

    @property
    def packages(self) -> set[str]:
        """Name the distributions beyond Vitrine's own that these units need."""
        return {"spacy"} if "spacy" in {self.words, self.sentences} else set()


class OwnUnits(BaseModel):
    """The units that one step counts in, where they are not the recipe's; what is left out is the recipe's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: WordKind | None = None
    sentences: SentenceKind | None = None
    lines: LineKind | None = None
    language: str | None = None

    @model_serializer
    def chosen(self) -> dict[str, str]:
        """Give what is chosen, as a recipe spells it."""
        return {unit: value for unit, value in self if value is not None}

    def over(self, units: Units) -> Units:
        """Put what is chosen in the place of a recipe's units."""
        return units.model_copy(update=self.chosen())
