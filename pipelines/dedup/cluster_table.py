"""The table of clusters: who is in which, who stands for them, and how large they are; made from their members alone.

Each shard writes the rows of those of its documents that are in a cluster, sorted by a hash of the cluster. A task
takes one range of these hashes from all shards, so that no task sees more than its share, and none a document that
is alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from pipelines.dedup.forest import FOREST, Clusters
from pipelines.dedup.keys import Hashes, Numbers, document_numbers
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.rehydration import Weights, copies
from pipelines.dedup.round_keys import signature_rows
from pipelines.dedup.rows import read_rows, write_rows
from pipelines.dedup.survivors import Preference, firsts
from pipelines.store import Store
from pipelines.table import TableFile

#: what the total order asks of a member
_RANKED = ("id", "file", "offset", "date", "text_bytes", "language_score", "license")
MEMBERS = pa.schema(
    [
        #: a hash of the cluster's root, one for one
        pa.field("cluster", pa.uint64(), nullable=False),
        pa.field("document", pa.int64(), nullable=False),
        #: among releases: lower for those that were made before
        pa.field("rank", pa.int32(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("offset", pa.int64(), nullable=False),
        pa.field("date", pa.timestamp("s", tz="UTC")),
        pa.field("text_bytes", pa.int64(), nullable=False),
        pa.field("language_score", pa.float32()),
        #: see `freedom`
        pa.field("license", pa.int8()),
        #: where it is compared with the survivor's
        pa.field("signature", pa.binary()),
    ]
)

CLUSTERS = pa.schema(
    [
        pa.field("document", pa.int64(), nullable=False),
        #: id of the survivor
        pa.field("cluster", pa.string(), nullable=False),
        #: own id
        pa.field("member", pa.string(), nullable=False),
        #: the survivor's document
        pa.field("survivor", pa.int64(), nullable=False),
        #: `survivor` or `duplicate`
        pa.field("role", pa.string(), nullable=False),
        pa.field("method", pa.string(), nullable=False),
        #: to the survivor; null where nothing has measured it
        pa.field("similarity", pa.float32()),
        #: documents of the cluster
        pa.field("size", pa.int64(), nullable=False),
        #: copies of the survivor that a training set should have; null for a duplicate, or without weights
        pa.field("copies", pa.int16()),
    ]
)
SURVIVOR, DUPLICATE = "survivor", "duplicate"

#: memory that a member may need while survivors are chosen, with an id and a file of some 50 bytes
MEMBER_BYTES = 600
# The finaliser of splitmix64 (Steele, Lea and Flood 2014): no two numbers have the same hash.
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))


@dataclass(frozen=True, slots=True)
class Choice:
    """How a survivor is chosen, and what is said of its cluster."""

    #: what the documents were found by
    method: str
    prefer: tuple[Preference, ...] = ()
    #: clusters of more documents are reported
    giant: int = 10_000
    weights: Weights | None = None
    #: whether members are as like as can be: then their similarity is 1
    equal: bool = False
    #: else what their signatures, where they have one, are compared by
    minhash: MinHash | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the clusters of a range."""

    sha256: str
    #: members, and clusters
    documents: int
    clusters: int
    #: id of the survivor and size of each giant cluster, the largest first, then by id
    giants: tuple[tuple[str, int], ...]


def write_clusters(store: Store, name: str, clusters: Clusters) -> str:
    """Write who is in which cluster, by document, for the shards to read; give the file's digest."""
    table = pa.table([clusters.documents, clusters.roots], schema=FOREST)
    return write_rows(store, name, FOREST, [table])


def shard_clusters(store: Store, name: str, shard: int) -> Clusters:
    """Read which documents of one shard are in which cluster."""
    low, high = document_numbers(shard, np.array([0, (1 << 32) - 1])).tolist()
    tables = [FOREST.empty_table(), *read_rows(store, name, (), low, high + 1)]
    documents, roots = (np.asarray(column) for column in pa.concat_tables(tables).columns)
    inside = slice(np.searchsorted(documents, low), np.searchsorted(documents, high, "right"))
    return Clusters(documents[inside], roots[inside])


def members(
    documents: pa.Table, own: Clusters, *, signed: bool = False, ranks: npt.NDArray[np.int32] | None = None
) -> pa.Table:
    """Take the members of clusters out of all documents of a shard: a table MEMBERS, by cluster and document.

    `documents` has a row for each document, in the order of their numbers, and the columns that are ranked by;
    with `signed` also `signature`. `ranks` is of as many, and 0 where it is absent.
    """
    rows = own.documents & ((1 << 32) - 1)
    cluster = _hashes(own.roots)
    order = np.lexsort((own.documents, cluster))
    names = (*_RANKED, "signature") if signed else _RANKED
    taken = documents.select(names).take(pa.array(rows[order])).columns
    rank = np.zeros(len(order), np.int32) if ranks is None else ranks[rows[order]]
    signatures = [] if signed else [pa.nulls(len(order), pa.binary())]
    return pa.table([cluster[order], own.documents[order], rank, *taken, *signatures], MEMBERS.names).cast(MEMBERS)


def write_members(store: Store, name: str, table: pa.Table) -> str:
    """Write the members of one shard, and give the file's digest."""
    return write_rows(store, name, MEMBERS, [table])


def settle(  # noqa: PLR0913, PLR0917  # the range is two numbers
    store: Store, names: Sequence[str], low: int, high: int, choice: Choice, memory_bytes: int, name: str
) -> Settled:
    """Choose the survivors of a range of clusters and write their table, CLUSTERS.

    Rows are by document; where a range outgrows its memory, they are by document for each piece of a file. A cluster
    of any size needs no more memory than another.
    """
    most, held, best = memory_bytes // MEMBER_BYTES, [], None
    for piece in _pieces(store, names, low, high):
        held.append(piece)
        if sum(map(len, held)) > most:
            best, held = _best([*([] if best is None else [best]), *held], choice.prefer), []
    whole = pl.concat(held or [_frame(MEMBERS.empty_table())])
    again = [whole] if best is None else _pieces(store, names, low, high)
    best = _best([*([] if best is None else [best]), whole], choice.prefer)
    with TableFile(store, name, CLUSTERS) as file:
        for frame in again:
            file.write(_table(frame, best, choice))
    giants = best.filter(pl.col("size") > choice.giant).sort(["size", "id"], descending=[True, False])
    return Settled(file.sha256, file.rows, len(best), tuple(giants.select("id", "size").rows()))


def _pieces(store: Store, names: Sequence[str], low: int, high: int) -> Iterator[pl.DataFrame]:
    for name in names:
        for table in read_rows(store, name, (), low, high):
            cluster = np.asarray(table["cluster"])
            start, end = (
                np.searchsorted(cluster, np.uint64(low)),
                np.searchsorted(cluster, np.uint64(high - 1), "right"),
            )
            # A slice would keep the strings of the whole row group in memory.
            yield _frame(table.take(pa.array(np.arange(start, end))))


def _frame(table: pa.Table) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(table)).with_columns(size=pl.lit(1, pl.Int64))


def _best(frames: list[pl.DataFrame], prefer: tuple[Preference, ...]) -> pl.DataFrame:
    """Keep of each cluster its first row in the total order, and count its members; by cluster."""
    frame = pl.concat(frames)
    sizes = frame.group_by("cluster").agg(pl.col("size").sum())
    return firsts(frame.drop("size"), "cluster", prefer).join(sizes, on="cluster").sort("cluster")


def _table(frame: pl.DataFrame, best: pl.DataFrame, choice: Choice) -> pa.Table:
    """Say of each member who stands for it."""
    frame = frame.sort("document")
    rows = np.searchsorted(best["cluster"].to_numpy(), frame["cluster"].to_numpy())
    theirs = best[rows]
    kept = (frame["document"] == theirs["document"]).to_numpy()
    sizes = theirs["size"].to_numpy()
    table: dict[str, Numbers | pa.Array | pl.Series] = {
        "document": frame["document"].to_numpy(),
        "cluster": theirs["id"].to_arrow(),
        "member": frame["id"].to_arrow(),
        "survivor": theirs["document"].to_numpy(),
        "role": pa.array(np.where(kept, SURVIVOR, DUPLICATE)),
        "method": pa.repeat(choice.method, len(frame)),
        "similarity": _similarity(frame, theirs, choice),
        "size": sizes,
        "copies": pa.array(copies(sizes, choice.weights), mask=~kept) if choice.weights else pa.nulls(len(frame)),
    }
    return pa.table(table).cast(CLUSTERS)


def _similarity(frame: pl.DataFrame, theirs: pl.DataFrame, choice: Choice) -> pa.Array:
    """Say how similar each member is to its survivor; null where nothing tells."""
    found = np.full(len(frame), 1.0 if choice.equal else np.nan, np.float32)
    if choice.minhash is not None:
        both = frame["signature"].is_not_null() & theirs["signature"].is_not_null()
        own, other = (
            signature_rows(pa.chunked_array([one["signature"].filter(both).to_arrow()]), choice.minhash)
            for one in (frame, theirs)
        )
        found[both.to_numpy()] = (own == other).mean(axis=1)
    return pa.array(found, mask=np.isnan(found))


def _hashes(roots: Numbers) -> Hashes:
    hashes = roots.astype(np.uint64)
    for shift, factor in _MIX:
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes
