"""Paragraphs and documents most of whose n-grams were seen before, as BFF finds them with a Bloom filter."""

from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from filters.kernels import spans
from filters.texts import Spans, Texts, per_text
from pipelines.dedup.bloom import BloomFilter
from pipelines.dedup.cuts import Parts
from pipelines.dedup.kernels import bloom_ngrams
from pipelines.dedup.kernels.passage_tokens import tokens


class KnownNgrams(BaseModel):
    r"""Which paragraphs and documents go, because more than `threshold` of their n-grams of tokens are known.

    A paragraph stands between newlines; a token is what stands between two word boundaries of UAX 29 and is not
    blank. Paragraphs are asked one after the other: one that goes puts nothing into the filter, one that stays puts
    all its n-grams in. One with fewer tokens than `max_ngram` is one n-gram; one with fewer than `min_ngram` stays.
    `old-both` also drops a document if more than that share of all its paragraphs' n-grams was known when each was
    asked. Source: Li et al. 2024 (DCLM), whose configuration the defaults are; `dclm/dedup/bff`, where the program's
    own n-grams are of 20 tokens.

    What differs from BFF: its hashes are drawn anew in each run, and its threads share the filter, so that which
    paragraph goes changes from run to run; here the order of documents decides. The newline before a paragraph goes
    with it, but not the one that a text would then begin with. Tokens are Unicode 18's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: BFF's types of removal: `paragraph`; `document`, where the whole text is asked as if it were one paragraph; and
    #: `old-both`, which DCLM used
    remove: Literal["paragraph", "document", "old-both"] = "old-both"
    #: the fewest tokens of a paragraph that is asked
    min_ngram: Annotated[int, Field(ge=1, le=1024)] = 13
    #: tokens of an n-gram
    max_ngram: Annotated[int, Field(ge=1, le=1024)] = 13
    #: the share of known n-grams that still stays
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.8

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_ngram > self.max_ngram:
            raise ValueError(f"min_ngram is {self.min_ngram}, which is more than max_ngram, {self.max_ngram}")
        return self


@dataclass(frozen=True, slots=True)
class Known:
    """What was found in one batch."""

    #: the paragraphs that go, for `cuts.cut`
    parts: Parts
    #: bool[n], the documents that go
    dropped: NDArray[np.bool_]
    #: int64[n], the n-grams of each document, and how many of them were known
    ngrams: NDArray[np.int64]
    known: NDArray[np.int64]


def known_ngrams(texts: Texts, bloom: BloomFilter, rule: KnownNgrams) -> Known:
    """Ask for and put in the n-grams of each text, in order; `bloom` is changed."""
    units = _units(texts, whole=rule.remove == "document")
    start, hashes, _ = tokens(texts.data, texts.offsets)
    sizes = (rule.min_ngram, rule.max_ngram)
    goes, total, known, new = bloom_ngrams.sift(
        bloom.state, (start, hashes), (units.start, units.end), sizes, rule.threshold
    )
    bloom.items += new
    total, known = per_text(total, units.firsts), per_text(known, units.firsts)
    # BFF divides first, too: a share of exactly the threshold stays.
    dropped = (known / np.maximum(total, 1) > rule.threshold) & (rule.remove != "paragraph")
    if rule.remove == "document":
        goes[:] = False
    owner = np.repeat(np.arange(len(texts)), units.count)[goes]
    return Known(
        Parts(owner, units.start[goes].astype(np.int64), units.end[goes].astype(np.int64)), dropped, total, known
    )


def _units(texts: Texts, whole: bool) -> Spans:
    """Give the paragraphs of each text, or the text itself."""
    if not whole:
        return Spans(*spans.all_lines(texts.data, texts.offsets, False))
    bounds = texts.offsets.astype(np.int32)
    return Spans(bounds[:-1], bounds[1:], np.arange(len(bounds)))
