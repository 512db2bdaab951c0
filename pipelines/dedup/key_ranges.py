"""Ranges of the hash space: how many fit a task's memory, and what all files of keys have in one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.dedup.keys import Gone, Hashes, Numbers, living
from pipelines.dedup.rows import read_rows
from pipelines.store import Store

#: the hash space
SPACE = 1 << 64


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of keys, file after file; `checks` and `orders` are empty where they were not asked for."""

    keys: Hashes
    checks: Hashes
    orders: Hashes
    documents: Numbers
    #: where each file's rows end, after a 0
    ends: Numbers

    @classmethod
    def of(cls, parts: Sequence[Self]) -> Self:
        """Lay rows out one after the other; each part is a file's."""
        names = ("keys", "checks", "orders", "documents")
        columns: list[Any] = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
        return cls(*columns, ends=np.cumsum([0, *(len(part.keys) for part in parts)]))

    def at(self, chosen: npt.NDArray[Any] | slice) -> Self:
        """Choose rows, by a mask or by place, as those of one file."""
        columns = (self.keys, self.checks, self.orders, self.documents)
        taken: list[Any] = [column[chosen] if len(column) else column for column in columns]
        return type(self)(*taken, ends=np.array([0, len(taken[0])]))


class RangeTooLargeError(Exception):
    """A range has more rows than fit in memory; half of those that were seen have no larger key than `median`."""

    def __init__(self, median: int) -> None:
        super().__init__(f"more rows than fit in memory about the key {median}")
        self.median = median


def ranges(rows: int, memory_bytes: int, row_bytes: int) -> list[tuple[int, int]]:
    """Split the hash space into ranges, each from its first to before its second number.

    Keys are hashes, so that each range has its share of all `rows`, which fits in memory. The memory does not count
    what Python and its libraries need, some 300 MB.
    """
    # A tenth more than the mean is out of reach of chance.
    count = max(1, -(-rows * row_bytes * 11 // (memory_bytes * 10)))
    bounds = [SPACE * i // count for i in range(count + 1)]
    return list(pairwise(bounds))


def split(low: int, high: int, key: int) -> list[tuple[int, int]]:
    """Split a range into what is before a key, the key, and what is after it."""
    parts = [(low, key), (key, key + 1), (key + 1, high)]
    return [part for part in parts if part[0] < part[1]]


def rows_of(  # noqa: PLR0913, PLR0917  # the range is two numbers
    store: Store, names: Sequence[str], low: int, high: int, gone: Gone | None, columns: Sequence[str], most: int
) -> Rows:
    """Read a range of all files; raises RangeTooLargeError where it has more than `most` rows."""
    parts, count = [_rows(pa.table({"key": pa.array([], pa.uint64()), "document": pa.array([], pa.int64())}))], 0
    for piece in pieces(store, names, low, high, gone, columns):
        parts.append(piece)
        count += len(piece.keys)
        if count > most:
            keys = np.concatenate([part.keys for part in parts])
            raise RangeTooLargeError(int(np.partition(keys, len(keys) // 2)[len(keys) // 2]))
    return Rows.of(parts)


def pieces(  # noqa: PLR0913, PLR0917
    store: Store, names: Sequence[str], low: int, high: int, gone: Gone | None, columns: Sequence[str]
) -> Iterator[Rows]:
    """Read a range of each file without the documents that are gone, piece by piece, each in order."""
    for name in names:
        for table in read_rows(store, name, columns, low, high):
            rows = _rows(table)
            ends = np.searchsorted(rows.keys, np.array([low, high - 1], np.uint64))
            ends[1] = np.searchsorted(rows.keys, np.uint64(high - 1), "right")
            inside = rows.at(slice(*ends))
            left = living(inside.documents, gone)
            yield inside if left.all() else inside.at(left)


def _rows(table: pa.Table) -> Rows:
    keys = np.asarray(table["key"])
    checks, orders = (
        np.asarray(table[name]) if name in table.column_names else keys[:0] for name in ("check", "order")
    )
    return Rows(keys, checks, orders, np.asarray(table["document"]), np.array([0, len(keys)]))
