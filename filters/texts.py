"""One batch's texts seen as bytes and offsets, with the facts that filters share, each computed once, on demand."""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.kernels import spans
from filters.kernels.characters import CLASSES
from filters.units import OwnUnits, Units

Fact = TypeVar("Fact")

#: the kernels behind the words of `Units`
_WORDS = {"unicode": "unicode_words", "segmented": "segments", "spacy": "spacy_words"}
_SENTENCES = {"marks": "marks", "unicode": "unicode_sentences"}


def per_text(values: NDArray[Any], firsts: NDArray[np.int64]) -> NDArray[Any]:
    """Sum `values`, one per word or line, over each text; `firsts` are the texts' first words or lines."""
    sums = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
    return sums[firsts[1:]] - sums[firsts[:-1]]


def ratio(parts: NDArray[Any], wholes: NDArray[Any]) -> pa.DoubleArray:
    """Divide, with null where there is nothing to divide by."""
    empty = wholes == 0
    return pa.array(parts / np.where(empty, 1, wholes), mask=empty, type=pa.float64())


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a batch, in order; what a word is says the recipe's `Units`."""

    #: bytes of `Texts.data`
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    characters: NDArray[np.int32]
    #: whether it has a letter
    lettered: NDArray[np.bool_]
    hashes: NDArray[np.uint64]
    #: per text the number of its first word, and at last the number of all
    firsts: NDArray[np.int64]

    @property
    def fields(self) -> tuple[NDArray[Any], ...]:
        """All of these, in order, as a kernel takes them."""
        return self.start, self.end, self.characters, self.lettered, self.hashes, self.firsts

    @property
    def count(self) -> NDArray[np.int64]:
        """Words of each text."""
        return np.diff(self.firsts)


@dataclass(frozen=True, slots=True)
class Spans:
    """All lines, paragraphs or sentences of a batch, in order, without the space around them."""

    #: bytes of `Texts.data`
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    #: per text the number of its first span, and at last the number of all
    firsts: NDArray[np.int64]

    @property
    def count(self) -> NDArray[np.int64]:
        """Spans of each text."""
        return np.diff(self.firsts)


@dataclass(frozen=True, slots=True)
class Origin:
    """The texts that an edit was made to, and what it cut."""

    texts: "Texts"
    #: of each cut: its text, start and end, ascending
    cuts: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    #: what stands in place of each: bytes, and where it starts and ends in them
    put: tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]


class Texts:
    """The text column of one batch of DOCUMENT, and its facts."""

    def __init__(
        self,
        batch: pa.RecordBatch,
        resources: Mapping[str, Any] = MappingProxyType({}),
        units: Units = Units(),  # noqa: B008  # frozen
        before: "Texts | None" = None,
        origin: Origin | None = None,
    ) -> None:
        self.batch = batch
        self.resources = resources
        self.units = units
        self.column: pa.StringArray = batch.column("text")
        # Nothing kept here may lead back to these texts: a batch would then stay until the garbage collector comes.
        self._before = before
        self._lately: Texts | None = None
        self._origin = origin
        self._facts: dict[Hashable, Any] = {}
        #: these texts in other units, and the words, lines and sentences that all of these views have in common
        self._views: dict[str, Texts] = {}
        self._parts: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.column)

    @property
    def before(self) -> "Texts":
        """The same documents before the first edit; these texts themselves where there was none."""
        return self if self._before is None else self._before

    @property
    def lately(self) -> "Texts":
        """The same documents before the last edits, those that no filter parts; these texts where there was none."""
        return self if self._lately is None else self._lately

    def left_of(self, given: "Texts") -> "Texts":
        """See these texts as what edits left of those `given`; where nothing was changed, facts stay known."""
        left = copy(self)
        left._views, left._lately = {}, given  # noqa: SLF001  # its own kind
        return left

    def take(self, rows: NDArray[np.int64]) -> "Texts":
        """Take some of the documents, in the order given; facts are found anew."""
        before = None if self._before is None else self._before.take(rows)
        taken = Texts(self.batch.take(pa.array(rows)), self.resources, self.units, before)
        taken._lately = None if self._lately is None else self._lately.take(rows)
        return taken

    def counted_in(self, own: OwnUnits) -> "Texts":
        """See the same texts in a step's own units; steps that choose the same ones see, and share, the same facts."""
        units = own.over(self.units)
        if units == self.units:
            return self
        if str(units) not in self._views:
            before = None if self._before is None else self._before.counted_in(own)
            view = self._views[str(units)] = Texts(self.batch, self.resources, units, before, self._origin)
            view._parts = self._parts
            view._lately = None if self._lately is None else self._lately.counted_in(own)
        return self._views[str(units)]

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where each text begins in `data`, and at last where the last one ends; bytes."""
        raw = np.frombuffer(self.column.buffers()[1] or b"\0\0\0\0", np.int32)
        # A sliced column shares its parent's buffers.
        return raw[self.column.offset : self.column.offset + len(self) + 1].astype(np.int64)

    @cached_property
    def data(self) -> NDArray[np.uint8]:
        """The UTF-8 bytes of all texts, read-only."""
        data = np.frombuffer(self.column.buffers()[2] or b"", np.uint8)
        # Some of Arrow's buffers may be written to: a kernel would be compiled once more for those.
        data.flags.writeable = False
        return data

    @cached_property
    def characters(self) -> NDArray[np.int64]:
        """Code points of each text."""
        return pc.utf8_length(self.column).to_numpy(zero_copy_only=False).astype(np.int64)

    @cached_property
    def chunks(self) -> Words:
        """What stands between white space, whatever the recipe calls a word."""
        return self._part(("words", "whitespace", ""), lambda: self._words(("words", "whitespace", "")))

    @cached_property
    def words(self) -> Words:
        """The words, as the recipe's units have them."""
        if self.units.words == "whitespace":
            return self.chunks
        key = ("words", self.units.words, self.units.language)
        return self._part(key, lambda: self._words(key))

    @property
    def worded(self) -> bool:
        """Whether words were found in these texts already."""
        return any(key[0] == "words" for key in self._parts if isinstance(key, tuple))

    @cached_property
    def lines(self) -> Spans:
        """The lines that are not blank."""
        return self._part("lines", lambda: Spans(*spans.lines(self.data, self.offsets, CLASSES)))

    @cached_property
    def all_lines(self) -> Spans:
        """All lines as they stand, blank ones too: as `str.split` or `str.splitlines`, by the recipe's units."""
        unicode = self.units.lines == "unicode"
        return self._part(("all lines", unicode), lambda: Spans(*spans.all_lines(self.data, self.offsets, unicode)))

    @cached_property
    def sentences(self) -> Spans:
        """The sentences, as the recipe's units have them; none goes on in another line."""
        key = ("sentences", self.units.sentences, self.units.lines, self.units.language)
        return self._part(key, self._sentences)

    def _sentences(self) -> Spans:
        if self.units.sentences != "spacy":
            return Spans(*self._split(_SENTENCES[self.units.sentences], "sentences"))
        # SpaCy's sentencizer reads over newlines, so each line is a text to it, and what parts them is one too.
        lines = self.all_lines
        bounds = np.stack([lines.start, lines.end], axis=1).ravel().astype(np.int64)
        split = import_module("filters.kernels.spacy_sentences").sentences
        start, end, firsts = split(self.data, np.append(bounds, self.offsets[-1]), self.units.language)
        return Spans(start, end, firsts[2 * lines.firsts])

    def starts(self, lines: Spans, prefix: str) -> NDArray[np.bool_]:
        """Say of each line whether it starts with `prefix`."""
        return self._matches(lines.start, lines.end, prefix.encode(), lines.start)

    def ends(self, lines: Spans, suffix: str) -> NDArray[np.bool_]:
        """Say of each line whether it ends in `suffix`."""
        return self._matches(lines.start, lines.end, suffix.encode(), lines.end - len(suffix.encode()))

    def fact(self, key: Hashable, compute: Callable[[], Fact]) -> Fact:
        """Compute once what several filters need; `key` names it, with whatever it depends on."""
        if key not in self._facts:
            self._facts[key] = compute()
        return self._facts[key]

    def _part(self, key: Hashable, split: Callable[[], Fact]) -> Fact:
        """Split once for all views of these texts."""
        if key not in self._parts:
            self._parts[key] = split()
        return self._parts[key]

    def _words(self, key: tuple[str, str, str]) -> Words:
        """Carry over the words that were found before the last edit, as far as it left them, or find all."""
        origin, kind = self._origin, key[1]
        known = None if origin is None else origin.texts._parts.get(key)  # noqa: SLF001  # the same class
        # What spaCy makes of a line depends on the next one.
        if origin is None or known is None or kind == "spacy":
            return self.find_words(kind)
        carried, old = import_module("filters.kernels.carried"), origin.texts
        kept = carried.clean(old.data, old.offsets, origin.cuts, origin.put, carried.WORD_BREAKS)
        rows = np.flatnonzero(~kept)
        others, places = Texts(self.batch.select(["text"]).take(pa.array(rows))), np.zeros(len(self), np.int64)
        places[rows] = others.offsets[:-1]
        moved = np.stack([old.offsets[:-1], self.offsets[:-1], places])
        fresh = others.find_words(kind)
        return Words(*carried.carry(known.fields, fresh.fields, kept, origin.cuts, origin.put, moved))

    def find_words(self, kind: str) -> Words:
        """Find all words, of whatever kind; `words` keeps them."""
        if kind == "whitespace":
            return Words(*spans.words(self.data, self.offsets, CLASSES))
        return Words(*self._split(_WORDS[kind], "words"))

    def _split(self, module: str, part: str) -> tuple[Any, ...]:
        """Split by the module of that name; imported only here, because its tables and libraries take their time."""
        split = getattr(import_module(f"filters.kernels.{module}"), part)
        given = {"marks": (CLASSES,), "spacy_words": (self.units.language,)}.get(module, ())
        return split(self.data, self.offsets, *given)

    def _matches(
        self, start: NDArray[np.int32], end: NDArray[np.int32], wanted: bytes, place: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        matched = end - start >= len(wanted)
        if not len(self.data):
            return matched
        for number, byte in enumerate(wanted):
            # Where the line is too short the place may lie outside the data; `matched` is false there already.
            matched = matched & (self.data[np.clip(place + number, 0, max(len(self.data) - 1, 0))] == byte)
        return matched


def word_hash(word: str) -> int:
    """Hash one word as `Words.hashes` does."""
    data = np.frombuffer(word.encode(), np.uint8)
    data.flags.writeable = False
    found = spans.words(data, np.array([0, len(data)]), CLASSES)[4]
    if len(found) != 1:
        raise ValueError(f"expected one word without white space, got {word!r}")
    return int(found[0])
