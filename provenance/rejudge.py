"""Judges documents again from their stored signals, exactly as `pipelines.judge` did, with other limits.

The filters themselves decide, on Arrow arrays, and not a copy of them in SQL: there a number that is none would be
greater than any limit, and a null would have no verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.filter import Filter, Range

Marks = NDArray[np.bool_]

#: by filter: the fields that judge a signal and do not change it, beside `enforced`, and `low` and `high` of a range
JUDGING: Mapping[str, frozenset[str]] = {
    "consent": frozenset({"unknown"}),
    "language": frozenset({"allowed"}),
    "license": frozenset({"allowed"}),
    "perplexity_bucket": frozenset({"allowed"}),
    "script": frozenset({"allowed"}),
    "text_url_subwords": frozenset({"most"}),
    "url_subwords": frozenset({"most"}),
    "url_words": frozenset({"most"}),
}


@dataclass(frozen=True, slots=True)
class Rejudged:
    """What the filters say now of each document, in order."""

    #: the first filter that drops it, null where none does
    dropped_by: pa.StringArray
    #: whether no cheap filter drops it now and a costly one was never asked about it: its fate is not known
    undecided: Marks

    @property
    def passes(self) -> Marks:
        """Whether no filter drops it."""
        return np.asarray(pc.is_null(self.dropped_by)) & ~self.undecided


def judging_fields(rule: Filter) -> frozenset[str]:
    """Name the fields of a filter that can be changed without measuring again."""
    limits = frozenset({"low", "high"}) if isinstance(rule, Range) else JUDGING.get(rule.name, frozenset[str]())
    return limits | {"enforced"}


def rejudge(documents: pa.Table, before: Sequence[Filter], after: Sequence[Filter]) -> Rejudged:
    """Judge documents by the filters `after`, which differ from those `before` in nothing but what judges.

    `documents` has `failed` and, by column, the signals of the filters that differ.
    """
    failed = _failed(documents["failed"], before)
    cheap = [place for place, rule in enumerate(after) if not rule.costly]
    costly = [place for place, rule in enumerate(after) if rule.costly]
    # Who was dropped by a cheap filter was never shown to a costly one.
    asked = ~np.logical_or.reduce(failed[cheap], axis=0)
    drops = failed.copy()
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            drops[place] = drops_of(new, documents[new.column].combine_chunks())
    drops[costly] &= asked
    living = ~np.logical_or.reduce(drops[cheap], axis=0)
    drops[costly] &= living
    undecided = (
        living & ~asked if any(after[place].enforced for place in costly) else np.zeros(len(documents), np.bool_)
    )
    return Rejudged(_first(drops, after), undecided)


def drops_of(rule: Filter, signal: pa.Array) -> Marks:
    """Decide as `pipelines.judge` does: what could not be measured is not kept, unless the filter only measures."""
    if not rule.enforced:
        return np.zeros(len(signal), np.bool_)
    return ~np.asarray(pc.fill_null(rule.keep(signal.cast(rule.kind)), fill_value=False))


def _failed(column: pa.ChunkedArray, rules: Sequence[Filter]) -> Marks:
    """Mark which filters would drop each document: bool[filters, documents]."""
    table = np.zeros((len(rules), len(column)), np.bool_)
    lists: Any = column.combine_chunks()
    names = pa.array([rule.column for rule in rules], pa.string())
    places = np.asarray(pc.fill_null(pc.index_in(lists.flatten(), names), -1))
    table[places[places >= 0], np.asarray(pc.list_parent_indices(lists))[places >= 0]] = True
    return table


def _first(drops: Marks, rules: Sequence[Filter]) -> pa.StringArray:
    if not len(rules):
        return pa.nulls(drops.shape[1], pa.string())
    names = pa.array([rule.column for rule in rules], pa.string())
    return names.take(pa.array(drops.argmax(axis=0), mask=~drops.any(axis=0)))
