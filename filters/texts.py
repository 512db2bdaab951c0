"""One batch's texts seen as bytes and offsets, with the facts that filters share, each computed once, on demand."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from filters.kernels import spans
from filters.kernels.characters import CLASSES

Fact = TypeVar("Fact")


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
    """All words of a batch, in order: runs of characters between white space, as `str.split` finds them."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    characters: NDArray[np.int32]
    lettered: NDArray[np.bool_]
    hashes: NDArray[np.uint64]
    firsts: NDArray[np.int64]

    @property
    def count(self) -> NDArray[np.int64]:
        """Words of each text."""
        return np.diff(self.firsts)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a batch that are not blank, in order, without the space around them."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    firsts: NDArray[np.int64]

    @property
    def count(self) -> NDArray[np.int64]:
        """Lines of each text."""
        return np.diff(self.firsts)


class Texts:
    """The text column of one batch of DOCUMENT, and its facts."""

    def __init__(self, batch: pa.RecordBatch, resources: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.batch = batch
        self.resources = resources
        self.column: pa.StringArray = batch.column("text")
        self._facts: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.column)

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
    def words(self) -> Words:
        """The words, by one pass of a kernel."""
        return Words(*spans.words(self.data, self.offsets, CLASSES))

    @cached_property
    def lines(self) -> Lines:
        """The lines, by one pass of a kernel."""
        return Lines(*spans.lines(self.data, self.offsets, CLASSES))

    def starts(self, lines: Lines, prefix: str) -> NDArray[np.bool_]:
        """Say of each line whether it starts with `prefix`."""
        return self._matches(lines.start, lines.end, prefix.encode(), lines.start)

    def ends(self, lines: Lines, suffix: str) -> NDArray[np.bool_]:
        """Say of each line whether it ends in `suffix`."""
        return self._matches(lines.start, lines.end, suffix.encode(), lines.end - len(suffix.encode()))

    def fact(self, key: Hashable, compute: Callable[[], Fact]) -> Fact:
        """Compute once what several filters need; `key` names it, with whatever it depends on."""
        if key not in self._facts:
            self._facts[key] = compute()
        return self._facts[key]

    def _matches(
        self, start: NDArray[np.int32], end: NDArray[np.int32], wanted: bytes, place: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        matched = end - start >= len(wanted)
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
