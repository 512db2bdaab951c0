"""Judges one batch: asks every filter, drops nothing; a null signal is decided here and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.filter import Filter
from filters.texts import Texts


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the filters said of each document of a batch, in order."""

    #: by filter name: the measured values, null where nothing could be measured or, if costly, was not asked
    signals: Mapping[str, pa.Array]
    #: the filters that would drop each document, in recipe order
    failed: pa.ListArray
    #: the first of them, null where there is none
    dropped_by: pa.StringArray

    @property
    def kept(self) -> pa.BooleanArray:
        """Whether no filter drops the document."""
        return pc.is_null(self.dropped_by)


def judge(batch: pa.RecordBatch, filters: Sequence[Filter], resources: Mapping[str, Any]) -> Verdicts:
    """Measure a batch of DOCUMENT with every filter and decide in the order given.

    A cheap filter measures every document; a costly one, only those that every cheap filter keeps.
    """
    texts = Texts(batch, resources)
    cheap = [rule for rule in filters if not rule.costly]
    signals = {rule.name: rule.signal(texts) for rule in cheap}
    drops = {rule.name: _drops(rule, signals[rule.name]) for rule in cheap}
    living = np.flatnonzero(~_any(drops, len(batch)))
    for rule in filters:
        if rule.costly:
            signals[rule.name], drops[rule.name] = _ask(rule, batch, resources, living)
    ordered = {rule.name: drops[rule.name] for rule in filters}
    return Verdicts(signals, _failed(ordered, len(batch)), _first(ordered, len(batch)))


def _drops(rule: Filter, signal: pa.Array) -> NDArray[np.bool_]:
    """Decide: what cannot be measured is not kept."""
    return ~np.asarray(pc.fill_null(rule.keep(signal), fill_value=False))


def _ask(
    rule: Filter, batch: pa.RecordBatch, resources: Mapping[str, Any], living: NDArray[np.int64]
) -> tuple[pa.Array, NDArray[np.bool_]]:
    asked = rule.signal(Texts(batch.take(pa.array(living)), resources))
    drops = np.zeros(len(batch), np.bool_)
    drops[living] = _drops(rule, asked)
    place = np.full(len(batch), -1)
    place[living] = np.arange(len(living))
    return asked.take(pa.array(place, mask=place < 0)), drops


def _any(drops: Mapping[str, NDArray[np.bool_]], count: int) -> NDArray[np.bool_]:
    return np.logical_or.reduce([*drops.values(), np.zeros(count, np.bool_)])


def _failed(drops: Mapping[str, NDArray[np.bool_]], count: int) -> pa.ListArray:
    table = _table(drops, count)
    offsets = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int32)
    names = pa.array([*drops], pa.string()).take(pa.array(np.nonzero(table)[1]))
    return pa.ListArray.from_arrays(pa.array(offsets), names)


def _first(drops: Mapping[str, NDArray[np.bool_]], count: int) -> pa.StringArray:
    table = _table(drops, count)
    if not drops:
        return pa.nulls(count, pa.string())
    return pa.array([*drops], pa.string()).take(pa.array(table.argmax(axis=1), mask=~table.any(axis=1)))


def _table(drops: Mapping[str, NDArray[np.bool_]], count: int) -> NDArray[np.bool_]:
    """Documents down, filters across."""
    return np.array([*drops.values()], np.bool_).reshape(len(drops), count).T
