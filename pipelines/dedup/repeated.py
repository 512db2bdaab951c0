"""What a recipe says of repeated parts of texts: which kinds are looked for, and which of the equal ones stay.

They are looked for after whole documents, in the recipe's order, each kind in what the one before has left. Taking
one out is an edit, and stands in the ledger as one; a document of which nothing, or too little, is left is a duplicate.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.dedup.bloom import BloomSize
from pipelines.dedup.cuts import Keep
from pipelines.dedup.known_ngrams import KnownNgrams
from pipelines.dedup.passages import Lines, Paragraphs, SentenceSpans
from pipelines.dedup.substrings import Substrings


class Bloom(BaseModel):
    """A Bloom filter, for streams too large for anything else: some parts that are new are taken for known ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: how many different parts are expected
    items: Annotated[int, Field(ge=1)]
    #: the share of new parts that may be taken for known ones, once it holds so many
    rate: Annotated[float, Field(gt=0, lt=1)] = 1e-5

    @property
    def size(self) -> BloomSize:
        """The smallest filter that does it."""
        return BloomSize.of(self.items, self.rate)


class _Hashed(BaseModel):
    """What is common to parts that are compared by a hash of their own."""

    #: which of the equal parts stays: the `first`, by date of capture and id, or `none`
    keep: Keep = "first"
    #: how they are remembered: without it exactly, out of core. With it in one stream of documents, in the order of
    #: the inputs, where the first one stays
    bloom: Bloom | None = None

    @model_validator(mode="after")
    def _first(self) -> Self:
        if self.bloom and self.keep != "first":
            raise ValueError('a Bloom filter can only keep the first: expected keep = "first", or no bloom')
        return self


class RepeatedParagraphs(Paragraphs, _Hashed):
    """Paragraphs as CCNet compares them."""


class RepeatedLines(Lines, _Hashed):
    """Lines byte for byte, as Dolma compares paragraphs."""


class RepeatedSpans(SentenceSpans, _Hashed):
    """Runs of sentences, as C4 compares them."""


class RepeatedSubstrings(Substrings):
    """Substrings, by a suffix array of each partition: as many documents as a task's memory holds."""

    kind: Literal["substrings"] = "substrings"


class RepeatedNgrams(KnownNgrams):
    """Paragraphs and documents most of whose n-grams a Bloom filter knows, as DCLM's BFF."""

    kind: Literal["ngrams"] = "ngrams"
    #: how n-grams are remembered, in one stream of documents in the order of the inputs
    bloom: Bloom


Hashed = RepeatedParagraphs | RepeatedLines | RepeatedSpans
Kind = Hashed | RepeatedSubstrings | RepeatedNgrams
#: one kind, as a recipe's table names it
Repeated = Annotated[Kind, Field(discriminator="kind")]
KINDS = (RepeatedParagraphs, RepeatedLines, RepeatedSpans, RepeatedSubstrings, RepeatedNgrams)
#: what the ledger calls the edit, and a duplicate that was one through it
METHODS = {
    "paragraphs": "shared_paragraphs",
    "lines": "shared_lines",
    "sentence_spans": "shared_spans",
    "substrings": "shared_substrings",
    "ngrams": "known_ngrams",
}


def method(kind: Kind) -> str:
    """Say what the ledger calls it."""
    return METHODS[kind.kind]


def bloom_of(kind: Kind) -> Bloom | None:
    """Give the filter that documents are asked by, one after the other; None where what is found is exact."""
    return None if isinstance(kind, RepeatedSubstrings) else kind.bloom


def packages(kind: Kind) -> set[str]:
    """Name the distributions beyond Vitrine's own that it needs."""
    return {*kind.packages} if isinstance(kind, RepeatedSubstrings) else set()
