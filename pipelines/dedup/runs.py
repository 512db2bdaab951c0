"""Runs: the documents that share a key, as candidates to be compared with each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.dedup.key_ranges import RangeTooLargeError, Rows, rows_of, split
from pipelines.dedup.keys import Gone, Hashes, Numbers, sorting
from pipelines.dedup.merged_keys import parts_of
from pipelines.store import Store

#: memory that a row may need while runs are found: for itself twice, and for two ways to order it
RUN_BYTES = 80
_COLUMNS = ("key", "order", "document")


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of two documents or more, one after the other: those of run r are `documents[starts[r] : starts[r + 1]]`.

    Each is in the order of the documents' `order`, which depends on neither shards nor files. `last` says that no
    document of these keys is yet to come; else more of the same single run follow, all later in the order.
    """

    keys: Hashes
    starts: Numbers
    documents: Numbers
    last: bool = True


def runs_of(  # noqa: PLR0913, PLR0917  # the range is two numbers
    store: Store, names: Sequence[str], low: int, high: int, gone: Gone | None, memory_bytes: int
) -> Iterator[Runs]:
    """Yield the runs of a range, most often all at once.

    A run that does not fit in memory comes in parts: its files are then read once for each part, so that the parts
    follow the order.
    """
    try:
        rows = rows_of(store, names, low, high, gone, _COLUMNS, memory_bytes // RUN_BYTES)
    except RangeTooLargeError as error:
        if high - low == 1:
            yield from _one_run(low, parts_of(store, names, low, gone, memory_bytes // RUN_BYTES))
            return
        for part in split(low, high, error.median):
            yield from runs_of(store, names, *part, gone, memory_bytes)
        return
    order = sorting([rows.keys, rows.orders, rows.documents])
    keys = rows.keys[order]
    equal = np.concatenate(([False], keys[1:] == keys[:-1]))[: len(keys)]
    inside = equal | np.concatenate((equal[1:], [False]))[: len(keys)]
    starts = np.flatnonzero(~equal[inside])
    yield Runs(keys[inside][starts], np.append(starts, inside.sum()), rows.documents[order[inside]])


def _one_run(key: int, parts: Iterator[Rows]) -> Iterator[Runs]:
    """Give the parts of a run, each when it is known whether another follows."""
    held: Runs | None = None
    for rows in parts:
        if held:
            yield held
        order = sorting([rows.orders, rows.documents])
        documents = rows.documents[order]
        held = Runs(np.array([key], np.uint64), np.array([0, len(order)]), documents, last=False)
    if held:
        yield replace(held, last=True)
