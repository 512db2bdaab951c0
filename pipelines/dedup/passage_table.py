"""Passages of many documents as tables, and which of them go: of a shard first, then of a range of their hashes.

A shard decides by itself about all of its passages that have an equal one in it. What it tells the others is one row
for each passage that it has, however often: so what stands a million times in a crawl is as many rows as shards.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup.cuts import Keep, Parts, repeated
from pipelines.dedup.keys import orders
from pipelines.dedup.passages import Passages

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

#: bytes of memory that one row takes while a range of hashes is decided
ROW_BYTES = 120

_START, _END = (pa.field(name, pa.int32(), nullable=False) for name in ("start", "end"))
_DOCUMENT = pa.field("document", pa.int64(), nullable=False)
#: one passage: its hashes, where its document stands in the order of all, the document's number, bytes of its text
PASSAGE = pa.schema(
    [
        *(pa.field(name, pa.uint64(), nullable=False) for name in ("hash", "check", "order")),
        _DOCUMENT,
        _START,
        _END,
    ]
)
#: one part of a text that goes
GOES = pa.schema([_DOCUMENT, _START, _END])


@dataclass(frozen=True, slots=True)
class Decided:
    """What a shard says of its passages."""

    #: rows of PASSAGE, sorted: the first of each that it has
    told: pa.Table
    #: rows of GOES: what goes whatever the other shards have
    goes: pa.Table


def stream_order(told: pa.Table) -> Hashes:
    """Give documents an order, uint64[n], by columns `date` and `id`: the earliest first, then by hashes of ids.

    Without a date a document comes last. Two documents may have the same number: their own numbers decide then.
    """
    # The last second that 32 bits hold is in 2106.
    seconds = pc.fill_null(told["date"].cast(pa.timestamp("s")).cast(pa.int64()), 0xFFFFFFFF)
    clipped = np.clip(seconds.to_numpy(), 0, 0xFFFFFFFF).astype(np.uint64)
    return (clipped << np.uint64(32)) | (orders(told["id"].to_pylist()) >> np.uint64(32))


def passage_table(found: Passages, offsets: Numbers, documents: Numbers, order: Hashes, scope: Hashes) -> pa.Table:
    """Write the passages of a batch as rows of PASSAGE; of each document its number, order and scope."""
    begins = offsets[found.text]
    columns = [
        found.hash ^ scope[found.text],
        found.check,
        order[found.text],
        documents[found.text],
        (found.start - begins).astype(np.int32),
        (found.end - begins).astype(np.int32),
    ]
    return pa.Table.from_arrays([pa.array(column) for column in columns], schema=PASSAGE)


def of_earlier(hashes: Hashes, checks: Hashes) -> pa.Table:
    """Write passages that earlier releases have as rows of PASSAGE: of a document before all others, number -1."""
    nothing = np.zeros(len(hashes), np.int32)
    columns = [hashes, checks, nothing.astype(np.uint64), nothing.astype(np.int64) - 1, nothing, nothing]
    return pa.Table.from_arrays([pa.array(column) for column in columns], schema=PASSAGE)


def going(table: pa.Table, keep: Keep) -> npt.NDArray[np.bool_]:
    """Say of rows of PASSAGE which go, of which all are here that have one of these hashes."""
    names = ("hash", "check", "start")
    hashes, checks, starts = (table[name].to_numpy() for name in names)
    return repeated(hashes, checks, places(table["document"].to_numpy(), table["order"].to_numpy()), starts, keep)


def places(documents: Numbers, order: Hashes) -> Numbers:
    """Give for each row the place of its document among all of them, by order, then by number: int64[n]."""
    distinct, first, rows = np.unique(documents, return_index=True, return_inverse=True)
    ranks = np.empty(len(distinct), np.int64)
    ranks[np.lexsort([distinct, order[first]])] = np.arange(len(distinct))
    return ranks[rows]


def of_shard(table: pa.Table, keep: Keep) -> Decided:
    """Decide what one shard, or a part of it, can decide about its passages."""
    repeats = going(table, "first")
    goes = repeats if keep == "first" else going(table, "none")
    told = pl.DataFrame(pl.from_arrow(table.filter(pa.array(~repeats)))).sort("hash", "check")
    return Decided(told.to_arrow().cast(PASSAGE), rows_of(table, goes))


def rows_of(table: pa.Table, goes: npt.NDArray[np.bool_]) -> pa.Table:
    """Take the rows that go, as rows of GOES in order."""
    return sorted_parts(table.select(GOES.names).filter(pa.array(goes)))


def sorted_parts(table: pa.Table) -> pa.Table:
    """Sort rows of GOES."""
    return pl.DataFrame(pl.from_arrow(table)).sort("document", "start", "end").to_arrow().cast(GOES)


def parts_table(parts: Parts, offsets: Numbers, documents: Numbers) -> pa.Table:
    """Write parts of a batch's texts as rows of GOES."""
    begins = offsets[parts.text]
    start, end = ((bounds - begins).astype(np.int32) for bounds in (parts.start, parts.end))
    return sorted_parts(pa.Table.from_arrays([pa.array(documents[parts.text]), start, end], schema=GOES))
