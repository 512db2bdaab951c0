"""Passages: the parts of texts that are compared with each other, and what they are compared by.

A passage is repeated where another one has the same two hashes; what they are hashes of, each kind says. `cuts` says
which of them go.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from filters.kernels import spans
from filters.kernels.characters import CLASSES
from filters.texts import Spans, Texts
from pipelines.dedup.kernels import passage_normal
from pipelines.dedup.kernels.passage_folds import ccnet, simplified
from pipelines.dedup.kernels.passage_tokens import tokens


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of one batch, by text and place; those of one kind may overlap, where they are runs of sentences."""

    #: int64[n], the text that each lies in
    text: NDArray[np.int64]
    #: int64[n], bytes of `Texts.data`
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    #: uint64[n]; with n passages in all the chance that any two that differ share both is n^2 / 2^129
    hash: NDArray[np.uint64]
    check: NDArray[np.uint64]

    def __len__(self) -> int:
        """Count the passages."""
        return len(self.text)


class _Kind(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paragraphs(_Kind):
    r"""Paragraphs as CCNet compares them: what stands between newlines, in lower case, digits as 0, without marks.

    White space around a paragraph goes first. Then the lower case is taken, each `\d` becomes 0, and control
    characters and 34 quotation marks, dashes and full-width marks are left out. Marks of ASCII and accents stay: the
    paper removes both, the program it was made with does not. Source: Wenzek et al. 2020 (CCNet), `cc_net/dedup.py`.

    What differs: a paragraph that nothing is left of is not compared, whereas CCNet takes all blank lines for
    repeats of one; final and other sigmas are one letter; the hashes are not SHA-1's first eight bytes. CCNet's
    release also removes the first of the equal paragraphs: see `repeats` for both ways.
    """

    kind: Literal["paragraphs"] = "paragraphs"


class Lines(_Kind):
    """Lines byte for byte, those left out that are blank or too short; Dolma's paragraphs.

    Dolma compares paragraphs by a Bloom filter, raw, where `skip_empty` leaves out the blank ones (as its published
    configurations have it). Source: `dolma/src/deduper.rs`.

    What differs: no paragraph is taken for a repeat that is none; which is the first does not depend on threads;
    `min_words` works (Dolma compares no paragraph at all where it is set).
    """

    kind: Literal["lines"] = "lines"
    #: the fewest characters of a line that is compared
    min_characters: Annotated[int, Field(ge=0, lt=1 << 31)] = 0
    #: the fewest tokens of a line that is compared: what UAX 29 parts, marks of punctuation included
    min_words: Annotated[int, Field(ge=0, lt=1 << 31)] = 0


class SentenceSpans(_Kind):
    r"""Runs of sentences, of which C4 keeps the first; simplified as datatrove does.

    A sentence is what the texts' units say. Each is put in lower case, numbers become 0, marks become blanks,
    accents go, and runs of white space become one blank; then those of a run are joined by a blank. Runs overlap:
    one begins at each sentence. A run with nothing left is not compared, nor is any of a text with fewer sentences.
    Source: Raffel et al. 2020 (C4), section 2.2; datatrove's `SentenceDedup`, of whose defaults these are.

    What differs from datatrove: no sentence goes on in another line, and the white space that `cuts.cut` leaves is
    that of the side with more newlines (theirs is always that behind, so it glues sentences where there is none); no
    run is mistaken for another past the 65,535th sentence of a text, where its numbers of 16 bits begin again; the
    first is the first in the order of documents, whatever the shards; final and other sigmas are one letter; digits
    are Unicode 14's. Its `min_words_to_remove_span` (off by default; it looks at
    the first sentence of what is removed only) and its index of other collections are not offered.
    """

    kind: Literal["sentence_spans"] = "sentence_spans"
    #: sentences of a run
    sentences: Annotated[int, Field(ge=1, le=64)] = 3
    #: the fewest words of a document that was cut; 0 asks nothing
    min_words: Annotated[int, Field(ge=0, lt=1 << 31)] = 50
    #: the fewest sentences of a document that was cut
    min_sentences: Annotated[int, Field(ge=0, lt=1 << 31)] = 3

    def enough(self, texts: Texts, cut: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Say of each text whether enough is left of it, where it was `cut`; no empty text is enough.

        datatrove asks the same of the documents that it changed, and drops the others.
        """
        words = texts.words.count >= self.min_words
        sentences = texts.sentences.count >= self.min_sentences
        return (~cut | (words & sentences)) & (np.diff(texts.offsets) > 0)


Kind = Annotated[Paragraphs | Lines | SentenceSpans, Field(discriminator="kind")]


def passages(texts: Texts, kind: Paragraphs | Lines | SentenceSpans) -> Passages:
    """Find the passages of each text that are compared, ascending by text and place."""
    if isinstance(kind, SentenceSpans):
        return _sentence_spans(texts, kind.sentences)
    lines = Spans(*spans.all_lines(texts.data, texts.offsets, False))
    if isinstance(kind, Paragraphs):
        fold = ccnet()
        found = passage_normal.folded_lines(texts.data, lines.start, lines.end, fold.values, fold.sequences, CLASSES)
        return _compared(lines, *found)
    one, other, filled = passage_normal.raw_lines(texts.data, lines.start, lines.end, CLASSES)
    return _compared(lines, one, other, filled & _long_enough(texts, lines, kind))


def text_hashes(texts: Texts) -> NDArray[np.uint64]:
    """Hash each text as a whole, uint64[n], as lines are hashed: for a filter that knows whole documents."""
    bounds = texts.offsets
    return passage_normal.raw_lines(texts.data, bounds[:-1], bounds[1:], CLASSES)[0]


def _long_enough(texts: Texts, lines: Spans, kind: Lines) -> NDArray[np.bool_]:
    enough = np.ones(len(lines.start), np.bool_)
    if kind.min_characters > 0:
        begun = (texts.data & 0xC0) != 0x80  # noqa: PLR2004  # no byte that continues a character
        enough &= _counted(begun, lines) >= kind.min_characters
    if kind.min_words > 0:
        begun = np.zeros(len(texts.data), np.bool_)
        begun[tokens(texts.data, texts.offsets)[0]] = True
        enough &= _counted(begun, lines) >= kind.min_words
    return enough


def _counted(begun: NDArray[np.bool_], lines: Spans) -> NDArray[np.int64]:
    """Count in each line the bytes that something begins at."""
    sums = np.concatenate([[0], np.cumsum(begun, dtype=np.int64)])
    return sums[lines.end] - sums[lines.start]


def _compared(lines: Spans, one: NDArray[Any], other: NDArray[Any], wanted: NDArray[np.bool_]) -> Passages:
    owner = np.repeat(np.arange(len(lines.firsts) - 1), lines.count)
    start, end = lines.start.astype(np.int64), lines.end.astype(np.int64)
    return Passages(owner[wanted], start[wanted], end[wanted], one[wanted], other[wanted])


def _sentence_spans(texts: Texts, width: int) -> Passages:
    sentences, fold = texts.sentences, simplified()
    parts = (sentences.start, sentences.end, sentences.firsts)
    owner, first, one, other = passage_normal.spans(texts.data, parts, width, fold.values, fold.sequences)
    start, end = sentences.start[first].astype(np.int64), sentences.end[first + width - 1].astype(np.int64)
    return Passages(owner, start, end, one, other)
