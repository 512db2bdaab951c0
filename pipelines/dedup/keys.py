"""Keys of documents: what has an equal one is a duplicate, or in one band with it.

One round of deduplication (equal texts, equal addresses, MinHash bands) writes one file of keys for each shard, sorted
by them, so that any later task finds the keys of its range of the hash space in few reads. All bands are one space:
the number of the band is part of the hash.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.dedup.rows import write_rows
from pipelines.store import Store

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

#: which documents of a shard are gone, bool[documents], or None where none is
Gone = Callable[[int], npt.NDArray[np.bool_] | None]

#: a document is the number of its shard times 2^32 and its row there
SHARD_BITS = 32
_ROW = (1 << SHARD_BITS) - 1
_HALF = np.uint64(32)

_KEY, _CHECK, _ORDER, _DOCUMENT = (
    pa.field(name, kind, nullable=False)
    for name, kind in (("key", pa.uint64()), ("check", pa.uint64()), ("order", pa.uint64()), ("document", pa.int64()))
)
#: keys of 64 bits, for bands: two that collide are one more pair to verify
KEYS = pa.schema([_KEY, _ORDER, _DOCUMENT])
#: keys of 128 bits, for what is a duplicate because they are equal
WIDE_KEYS = pa.schema([_KEY, _CHECK, _ORDER, _DOCUMENT])


def document_numbers(shard: int, rows: Numbers) -> Numbers:
    """Give numbers to the documents at `rows` of a shard, int64; raises ValueError where they do not fit."""
    if not 0 <= shard < 1 << 31 or (len(rows) and (rows.min() < 0 or rows.max() > _ROW)):
        raise ValueError(f"shard {shard} or a row of it is no number that 31 and 32 bits can hold")
    return (shard << SHARD_BITS) | rows


def orders(ids: Iterable[str]) -> Hashes:
    """Hash the id of each document, uint64: an order that depends on neither shards nor their order."""
    digests = b"".join(blake2b(one.encode(), digest_size=8).digest() for one in ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64, copy=False)


def sorted_keys(keys: Hashes, orders: Hashes, documents: Numbers, checks: Hashes | None = None) -> pa.Table:
    """Make a table KEYS, or WIDE_KEYS where there are checks, sorted by all its columns.

    `keys` is uint64[n], or uint64[n, k] for k keys of each document; `orders`, `documents` and `checks` are of n.
    """
    width = keys.shape[1] if keys.ndim > 1 else 1
    columns: list[npt.NDArray[Any]] = [keys.ravel(), *([] if checks is None else [checks]), orders, documents]
    columns[1:] = [np.repeat(column, width) for column in columns[1:]]
    order = sorting(columns)
    return pa.table([column[order] for column in columns], schema=KEYS if checks is None else WIDE_KEYS)


def write_keys(store: Store, name: str, table: pa.Table) -> str:
    """Write sorted keys, and give the file's digest."""
    return write_rows(store, name, table.schema, [table])


def living(documents: Numbers, gone: Gone | None) -> npt.NDArray[np.bool_]:
    """Say which documents are not gone, bool[n]."""
    left = np.ones(len(documents), np.bool_)
    if gone is None:
        return left
    shards = documents >> SHARD_BITS
    for shard in _distinct(shards):
        marks = gone(shard)
        if marks is not None:
            here = slice(None) if (shards == shard).all() else shards == shard
            left[here] = ~marks[documents[here] & _ROW]
    return left


def _distinct(shards: Numbers) -> list[int]:
    if not len(shards) or shards.min() == shards.max():
        return shards[:1].tolist()
    return np.unique(shards).tolist()


def sorting(columns: list[npt.NDArray[Any]]) -> Numbers:
    """Give the order by all columns, of 64 bits and none negative: one sort of hashes is faster than several columns.

    By the first column; rows that are equal in it by half of the second; what is still equal by all.
    """
    order = np.argsort(columns[0])
    tied, first = _tied(columns[0][order])
    rows = order[tied]
    halves = (np.cumsum(first, dtype=np.uint64) << _HALF) | (columns[1][rows].astype(np.uint64) >> _HALF)
    finer = np.argsort(halves)
    rows = rows[finer]
    still, _ = _tied(halves[finer])
    rest = rows[still]
    rows[still] = rest[np.lexsort([column[rest] for column in reversed(columns)])]
    order[tied] = rows
    return order


def _tied(values: npt.NDArray[Any]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Find the values that have an equal neighbour, and which of them are the first of their kind."""
    equal = np.concatenate(([False], values[1:] == values[:-1]))[: len(values)]
    tied = np.flatnonzero(equal | np.concatenate((equal[1:], [False]))[: len(values)])
    return tied, ~equal[tied]
