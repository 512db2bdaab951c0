"""The last stage of deduplication: who stands for whom in the end, and where each kept text will lie."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup.cluster_table import CLUSTERS
from pipelines.dedup.keys import SHARD_BITS
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.rehydration import copies
from pipelines.dedup.round_keys import signature_rows
from pipelines.finalise import FATES, Segment, data_name, pack
from pipelines.job import Job, work
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.rounds import removals
from pipelines.table import LZ4, TableFile
from pipelines.unfinished import read_table

Numbers = npt.NDArray[np.int64]

#: what an earlier release says of its documents
_HELD = ["kept", "survivor", "survivor_release"]


@dataclass(frozen=True, slots=True)
class FatesWork:
    """The fates of all documents that passed the filters, decided together."""

    job: Job
    #: files of survivors that each round has made
    survivors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """All removed documents by number, each with the one that is kept in its stead."""

    documents: Numbers
    survivors: Numbers
    methods: pa.ChunkedArray
    #: to the survivor; not a number where nothing has measured it
    similarity: npt.NDArray[np.float32]
    #: the documents that stand for others, by number, their ids, and the sizes of their clusters
    kept: Numbers
    ids: pa.ChunkedArray
    sizes: Numbers
    #: the earlier releases that hold them; null where it is this one
    releases: pa.Array
    #: whether none of them is held by any release: an earlier one has cut repeated parts out until nothing was left
    lost: npt.NDArray[np.bool_]

    def within(self, shard: int) -> slice:
        """Say which of them are a shard's."""
        return slice(*np.searchsorted(self.documents, [shard << SHARD_BITS, (shard + 1) << SHARD_BITS]).tolist())


@dataclass(frozen=True, slots=True)
class CutAway:
    """What cutting repeated parts has made of a shard's documents."""

    #: the ledger's rows
    rows: Numbers
    #: sizes of what is left
    text_bytes: Numbers
    #: by which kind those were removed of which nothing, or too little, is left; else null
    methods: pa.ChunkedArray
    #: those, by number
    documents: Numbers


@dataclass(frozen=True, slots=True)
class Staying:
    """The documents of a shard that stay, and where."""

    shard: int
    #: their rows among its fingerprints
    rows: Numbers
    cut: CutAway
    #: number of the data file, first row there, segment
    places: list[tuple[int, int, Segment]]


def decide_fates(given: FatesWork) -> Made:
    """Give each document its fate, and each kept one its place; one file of fates for each shard."""
    job = given.job
    removed = final(job, given.survivors)
    cut = [_cut_away(job, shard) for shard in range(len(job.shards))]
    gone = np.isin(removed.kept, np.concatenate([np.empty(0, np.int64), *(one.documents for one in cut)]))
    gone |= removed.lost
    kept = [_kept_rows(removed, shard, one) for shard, one in enumerate(cut)]
    sizes = [one.text_bytes[rows].tolist() for one, rows in zip(cut, kept, strict=True)]
    packed = pack(sizes, job.recipe.output.file_bytes)
    places, digests, count = _places(packed), list[str](), 0
    for shard, rows in enumerate(kept):
        table = _shard_fates(job, removed, gone, Staying(shard, rows, cut[shard], places.get(shard, [])))
        with TableFile(job.store, work("fates", shard), FATES, codec=LZ4) as file:
            file.write(table)
        digests.append(file.sha256)
        count += len(table)
    report("deduplicate", count, 0)
    facts = {"packed": [[[*astuple(one)] for one in segments] for segments in packed], **_counts(job, removed)}
    return Made(digest(digests), count, facts=facts)


def _counts(job: Job, removed: Removed) -> dict[str, Any]:
    """Count the own documents that each round removed, and those that earlier releases hold and would not be kept."""
    own = int(np.searchsorted(removed.documents, len(job.shards) << SHARD_BITS))
    methods = pc.value_counts(removed.methods.slice(0, own)).to_pylist()
    held = [read_table(job.store, work("fingerprints", number), ["kept"])["kept"] for number in _others(job)]
    kept = [
        table.to_numpy()[removed.documents[removed.within(number)] - (number << SHARD_BITS)]
        for number, table in zip(_others(job), held, strict=True)
    ]
    return {
        "removed": {count["values"]: count["counts"] for count in methods},
        "held_twice": int(sum(marks.sum() for marks in kept)),
    }


def _others(job: Job) -> range:
    """Give the numbers of the shards of earlier releases."""
    return range(len(job.shards), len(job.shards) + len(job.earlier))


def final(job: Job, counts: Sequence[int]) -> Removed:
    """Name for each document that any round has removed the one that is kept in the end."""
    dedup = job.recipe.dedup
    tables = [table for _, table in removals(job.store, dedup, counts)] if dedup else []
    rows = pa.concat_tables([CLUSTERS.empty_table(), *tables]).sort_by("document")
    documents, nexts = (rows[name].to_numpy() for name in ("document", "survivor"))
    survivors = _last(documents, nexts)
    kept, sizes = np.unique(survivors, return_counts=True)
    # Of those that were removed for a kept document, each row names it.
    order = np.argsort(nexts, kind="stable")
    named = order[np.searchsorted(nexts, kept, sorter=order)]
    similarity = rows["similarity"].to_numpy(zero_copy_only=False).astype(np.float32)
    moved = np.flatnonzero(nexts != survivors)
    if len(moved):
        similarity[moved] = _similarity(job, documents[moved], survivors[moved], dedup.minhash if dedup else None)
    ids, releases, lost = _published(job, kept, rows["cluster"].take(pa.array(named)))
    return Removed(documents, survivors, rows["method"], similarity, kept, ids, sizes + 1, releases, lost)


def _published(
    job: Job, documents: Numbers, ids: pa.ChunkedArray
) -> tuple[pa.ChunkedArray, pa.Array, npt.NDArray[np.bool_]]:
    """Name what stands for documents of earlier releases that these do not keep, and who holds it.

    Gives the ids, the releases, and which documents nobody holds.
    """
    tables = [_held(job, number, documents) for number in _others(job)]
    own = int(np.searchsorted(documents, len(job.shards) << SHARD_BITS))
    nothing = pa.table([pa.nulls(own, pa.bool_()), pa.nulls(own, pa.string()), pa.nulls(own, pa.string())], _HELD)
    held = pa.concat_tables([nothing, *tables])
    lost = pc.fill_null(pc.and_(pc.invert(held["kept"]), pc.is_null(held["survivor"])), fill_value=False)
    names = pc.coalesce(pc.if_else(held["kept"], None, held["survivor"]), ids)
    return names, held["survivor_release"].combine_chunks(), lost.to_numpy()


def _held(job: Job, number: int, documents: Numbers) -> pa.Table:
    """Read what an earlier release says of some documents of a shard."""
    inside = documents[slice(*np.searchsorted(documents, [number << SHARD_BITS, (number + 1) << SHARD_BITS]).tolist())]
    return read_table(job.store, work("fingerprints", number), _HELD).take(pa.array(inside - (number << SHARD_BITS)))


def _last(documents: Numbers, survivors: Numbers) -> Numbers:
    """Follow each survivor that was itself removed later to the one that was not."""
    while len(documents):
        places = np.minimum(np.searchsorted(documents, survivors), len(documents) - 1)
        gone = documents[places] == survivors
        if not gone.any():
            break
        survivors = np.where(gone, survivors[places], survivors)
    return survivors


def _similarity(job: Job, ones: Numbers, others: Numbers, minhash: MinHash | None) -> npt.NDArray[np.float32]:
    """Give the share of equal signature values of pairs that no round has compared; not a number without signatures."""
    found = np.full(len(ones), np.nan, np.float32)
    if minhash is None:
        return found
    documents, places = np.unique(np.concatenate([ones, others]), return_inverse=True)
    values = np.zeros((len(documents), minhash.resolved.values), minhash.resolved.dtype)
    signed = np.zeros(len(documents), np.bool_)
    for shard in np.unique(documents >> SHARD_BITS).tolist():
        inside = np.flatnonzero(documents >> SHARD_BITS == shard)
        rows = pa.array(documents[inside] & ((1 << SHARD_BITS) - 1))
        column = read_table(job.store, work("fingerprints", shard), ["signature"])["signature"].take(rows)
        has = inside[column.is_valid().to_numpy()]
        values[has], signed[has] = signature_rows(column, minhash), True
    one, other = np.split(places, 2)
    both = signed[one] & signed[other]
    found[both] = (values[one[both]] == values[other[both]]).mean(axis=1)
    return found


def _cut_away(job: Job, shard: int) -> CutAway:
    dedup = job.recipe.dedup
    rows = _column(job, shard, "row")
    if dedup is None or not dedup.passages:
        nothing = pa.chunked_array([pa.nulls(len(rows), pa.string())])
        return CutAway(rows, _column(job, shard, "text_bytes"), nothing, rows[:0])
    table = read_table(job.store, work(dedup.texts, shard), ["text_bytes", "fallen"])
    fallen = np.flatnonzero(table["fallen"].is_valid().to_numpy())
    # Of what was gone before, no size is known; it is not asked for.
    sizes = pc.fill_null(table["text_bytes"], 0).to_numpy()
    return CutAway(rows, sizes, table["fallen"], (shard << SHARD_BITS) | fallen)


def _kept_rows(removed: Removed, shard: int, cut: CutAway) -> Numbers:
    """List the documents of a shard that stay, by their rows among its fingerprints."""
    stays = np.ones(len(cut.rows), np.bool_)
    stays[removed.documents[removed.within(shard)] - (shard << SHARD_BITS)] = False
    stays[cut.documents - (shard << SHARD_BITS)] = False
    return np.flatnonzero(stays)


def _column(job: Job, shard: int, name: str) -> Numbers:
    return read_table(job.store, work("fingerprints", shard), [name])[name].to_numpy()


def _shard_fates(job: Job, removed: Removed, gone: npt.NDArray[np.bool_], staying: Staying) -> pa.Table:
    """Say of each document of a shard what became of it and, if it is kept, where its text will lie.

    `gone` says which of those that stood for others were removed themselves when repeated parts were cut.
    """
    cut = staying.cut
    fallen, stands = _standing(removed, staying.shard, len(cut.rows))
    sizes = np.append(removed.sizes, 1)[stands]
    named = np.where((fallen < 0) | np.append(gone, True)[stands], -1, stands)
    leaves = (fallen >= 0) | cut.methods.is_valid().to_numpy()
    weights = job.recipe.dedup.copies if job.recipe.dedup else None
    columns = [
        pa.array(cut.rows),
        pc.coalesce(removed.methods.take(_at(fallen)), cut.methods),
        removed.ids.take(_at(stands)),
        removed.ids.take(_at(named)),
        removed.releases.take(_at(named)),
        pa.array(removed.similarity, mask=np.isnan(removed.similarity)).take(_at(fallen)),
        pa.array(sizes, mask=stands < 0),
        pa.array(copies(sizes, weights), mask=leaves) if weights else pa.nulls(len(sizes), pa.int16()),
        *_lying(len(cut.rows), staying.rows, staying.places),
    ]
    return pa.table(columns, FATES.names).cast(FATES)


def _standing(removed: Removed, shard: int, count: int) -> tuple[Numbers, Numbers]:
    """Give the place of each document of a shard among the removed ones, and of its cluster; -1 where it has none."""
    gone = removed.within(shard)
    rows = removed.documents[gone] - (shard << SHARD_BITS)
    fallen, stands = np.full((2, count), -1)
    fallen[rows] = np.arange(gone.start, gone.stop)
    stands[rows] = np.searchsorted(removed.kept, removed.survivors[gone])
    own = slice(*np.searchsorted(removed.kept, [shard << SHARD_BITS, (shard + 1) << SHARD_BITS]).tolist())
    stands[removed.kept[own] - (shard << SHARD_BITS)] = np.arange(own.start, own.stop)
    return fallen, stands


def _at(places: Numbers) -> pa.Array:
    return pa.array(places, mask=places < 0)


def _lying(count: int, kept: Numbers, places: list[tuple[int, int, Segment]]) -> tuple[pa.Array, pa.Array]:
    """Give the data file of each document of a shard, and its row there."""
    files: list[str | None] = [None] * count
    rows = np.full(count, -1)
    for number, first, segment in places:
        inside = kept[segment.start : segment.stop]
        rows[inside] = first + np.arange(len(inside))
        for place in inside.tolist():
            files[place] = data_name(number)
    return pa.array(files, pa.string()), _at(rows)


def _places(packed: list[tuple[Segment, ...]]) -> dict[int, list[tuple[int, int, Segment]]]:
    """Say for each shard where its segments lie: number of the data file, first row there, segment."""
    places: dict[int, list[tuple[int, int, Segment]]] = {}
    for number, segments in enumerate(packed):
        row = 0
        for segment in segments:
            places.setdefault(segment.shard, []).append((number, row, segment))
            row += segment.stop - segment.start
    return places
