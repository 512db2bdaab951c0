"""Judges one batch: asks every filter, drops nothing; a null signal is decided here and nowhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.filter import Filter
from filters.texts import Texts
from pipelines import heap
from pipelines.edits.apply import edit
from pipelines.edits.edit import Edit
from pipelines.steps import Step

Drops = Mapping[str, NDArray[np.bool_]]

heap.keep()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the filters said of each document of a batch, in order."""

    #: by column: the measured values, null where nothing could be measured or, if costly, was not asked
    signals: Mapping[str, pa.Array]
    #: the columns of the filters that would drop each document, in recipe order
    failed: pa.ListArray
    #: the first of them, null where there is none
    dropped_by: pa.StringArray
    #: the documents as the last filter saw them
    texts: Texts
    #: what was edited until then, in documents that are dropped too
    edits: pa.ListArray

    @property
    def kept(self) -> pa.BooleanArray:
        """Whether no filter drops the document."""
        return pc.is_null(self.dropped_by)


@dataclass(slots=True)
class _Way:
    """What is known on the way through the steps."""

    texts: Texts
    edits: pa.ListArray
    signals: dict[str, pa.Array]
    drops: dict[str, NDArray[np.bool_]]
    #: costly filters, with the documents as they came to them
    waiting: list[tuple[Filter, Texts]]


def judge(texts: Texts, steps: Sequence[Step]) -> Verdicts:
    """Measure documents with every filter and decide in the order given; edits change what the later filters see.

    A cheap filter measures every document; a costly one, only those that every cheap filter keeps. The edits that no
    filter follows are left to the caller: they concern only what is kept.
    """
    way = _Way(*edit(texts, ()), {}, {}, [])
    for edits, rules in _rounds(judging(steps)):
        _edit(way, edits)
        for rule in rules:
            _measure(way, rule)
    living = np.flatnonzero(~_any(way.drops, len(texts)))
    for rule, seen in way.waiting:
        way.signals[rule.column], way.drops[rule.column] = _ask(rule, seen, living)
    ordered = {rule.column: way.drops[rule.column] for rule in steps if isinstance(rule, Filter)}
    return Verdicts(way.signals, _failed(ordered, len(texts)), _first(ordered, len(texts)), way.texts, way.edits)


def judging(steps: Sequence[Step]) -> Sequence[Step]:
    """Take the steps up to the last filter."""
    last = max((place for place, step in enumerate(steps) if isinstance(step, Filter)), default=-1)
    return steps[: last + 1]


def closing(steps: Sequence[Step]) -> tuple[Edit, ...]:
    """Take the edits after the last filter."""
    return tuple(step for step in steps[len(judging(steps)) :] if isinstance(step, Edit))


def _rounds(steps: Sequence[Step]) -> Iterator[tuple[tuple[Edit, ...], tuple[Filter, ...]]]:
    """Group the steps: edits that follow one another, then the filters that see what they leave."""
    for edited, group in groupby(steps, lambda step: isinstance(step, Edit)):
        found = tuple(group)
        yield (found, ()) if edited else ((), found)  # pyright: ignore[reportReturnType]  # the group is of one kind


def _edit(way: _Way, edits: tuple[Edit, ...]) -> None:
    if edits:
        edited, done = edit(way.texts, edits)
        way.texts = edited.left_of(way.texts)
        way.edits = joined(way.edits, done)


def _measure(way: _Way, rule: Filter) -> None:
    if rule.costly:
        way.waiting.append((rule, way.texts))
        return
    way.signals[rule.column] = rule.measure(way.texts)
    way.drops[rule.column] = _drops(rule, way.signals[rule.column])


def joined(first: pa.ListArray, second: pa.ListArray, rows: NDArray[np.int64] | None = None) -> pa.ListArray:
    """Put each document's second list after its first; `rows` says whose the second ones are, if not everyone's."""
    rows = np.arange(len(first)) if rows is None else rows
    counts, more = (np.asarray(pc.list_value_length(lists)).astype(np.int64) for lists in (first, second))
    owners = np.concatenate([np.repeat(np.arange(len(first)), counts), np.repeat(rows, more)])
    values = pa.concat_arrays([first.flatten(), second.flatten()]).take(pa.array(np.argsort(owners, kind="stable")))
    offsets = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(first)))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _drops(rule: Filter, signal: pa.Array) -> NDArray[np.bool_]:
    """Decide: what cannot be measured is not kept, unless the filter only measures."""
    if not rule.enforced:
        return np.zeros(len(signal), np.bool_)
    return ~np.asarray(pc.fill_null(rule.keep(signal), fill_value=False))


def _ask(rule: Filter, texts: Texts, living: NDArray[np.int64]) -> tuple[pa.Array, NDArray[np.bool_]]:
    asked = rule.measure(texts.take(living))
    drops = np.zeros(len(texts), np.bool_)
    drops[living] = _drops(rule, asked)
    place = np.full(len(texts), -1)
    place[living] = np.arange(len(living))
    return asked.take(pa.array(place, mask=place < 0)), drops


def _any(drops: Drops, count: int) -> NDArray[np.bool_]:
    return np.logical_or.reduce([*drops.values(), np.zeros(count, np.bool_)])


def _failed(drops: Drops, count: int) -> pa.ListArray:
    table = _table(drops, count)
    offsets = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int32)
    names = pa.array([*drops], pa.string()).take(pa.array(np.nonzero(table)[1]))
    return pa.ListArray.from_arrays(pa.array(offsets), names)


def _first(drops: Drops, count: int) -> pa.StringArray:
    table = _table(drops, count)
    if not drops:
        return pa.nulls(count, pa.string())
    return pa.array([*drops], pa.string()).take(pa.array(table.argmax(axis=1), mask=~table.any(axis=1)))


def _table(drops: Drops, count: int) -> NDArray[np.bool_]:
    """Documents down, filters across."""
    return np.array([*drops.values()], np.bool_).reshape(len(drops), count).T
