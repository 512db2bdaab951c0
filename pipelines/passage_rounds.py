"""What a kind of repeated parts does with one shard, with one range of hashes, and with one partition of texts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from filters.texts import Texts
from pipelines.dedup import cuts
from pipelines.dedup.cuts import cut
from pipelines.dedup.keys import SHARD_BITS, document_numbers
from pipelines.dedup.passage_table import (
    GOES,
    PASSAGE,
    ROW_BYTES,
    going,
    of_shard,
    parts_table,
    passage_table,
    places,
    rows_of,
    sorted_parts,
    stream_order,
)
from pipelines.dedup.passages import passages
from pipelines.dedup.repeated import Hashed, Kind, RepeatedSubstrings, bloom_of, method
from pipelines.dedup.round_keys import scopes
from pipelines.dedup.rows import read_rows, write_rows
from pipelines.dedup.substrings import repeated_substrings
from pipelines.earlier_parts import seen_name
from pipelines.job import Job, work
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.rounds import dedup_of
from pipelines.table import LZ4, TableFile
from pipelines.texts_left import GROUP_ROWS, LEFT, Part, after, cuts_name, left, texts_of
from pipelines.unfinished import read_table

#: what the progress of all of this counts as
STAGE = "deduplicate"
#: of what a shard decides by itself
OWN = "own.parquet"


@dataclass(frozen=True, slots=True)
class PassageRange:
    """One range of hashes, of all shards."""

    job: Job
    number: int
    kind: int
    shards: int
    low: int
    high: int
    #: of earlier releases, numbered after the own ones
    others: int = 0


@dataclass(frozen=True, slots=True)
class Partition:
    """Texts that are compared with each other only."""

    job: Job
    number: int
    kind: int
    survivors: tuple[int, ...]
    #: shard, first row, row after the last
    segments: tuple[tuple[int, int, int], ...]
    #: documents that are in no partition, because their texts alone are larger than one; said once for all
    too_large: int = 0


def find_passages(given: Part) -> Made:
    """Write the passages of one shard: what it must tell the others, and what goes whatever they have."""
    kind, store = _hashed(given), given.job.store
    most = max(1, dedup_of(given.job).memory_bytes // ROW_BYTES)
    told, goes = list[pa.Table](), list[pa.Table]()
    for table in _pieces(_passages_of(given, kind), most):
        decided = of_shard(table, kind.keep)
        told.append(decided.told)
        goes.append(decided.goes)
    one = write_rows(store, _name(kind, "passages", given.number), PASSAGE, told)
    other = write_rows(store, work(f"{kind.kind}-passages", given.number, OWN), GOES, goes)
    rows = sum(map(len, told))
    return Made(digest([one, other]), rows, facts={"repeated": sum(map(len, goes))})


def decide_range(given: PassageRange) -> Made:
    """Decide which passages of a range of hashes go, of those that shards have not decided about by themselves."""
    kind, store = _hashed(given), given.job.store
    names = [_name(kind, "passages", shard) for shard in range(given.shards)]
    names += [seen_name(kind.kind, shard) for shard in range(given.shards, given.shards + given.others)]
    pieces = (table for name in names for table in read_rows(store, name, (), given.low, given.high))
    table = pa.concat_tables([PASSAGE.empty_table(), *(_within(piece, given.low, given.high) for piece in pieces)])
    own = table["document"].to_numpy() >= 0
    goes = rows_of(table, going(table, kind.keep) & own)
    return Made(write_rows(store, _name(kind, "repeats", given.number), GOES, [goes]), len(goes))


def decide_partition(given: Partition) -> Made:
    """Find the repeated substrings of one partition."""
    dedup = dedup_of(given.job)
    kind, store = dedup.passages[given.kind], given.job.store
    if not isinstance(kind, RepeatedSubstrings):
        raise TypeError(f"{kind.kind} are not looked for in partitions")
    part = Part(given.job, 0, given.kind, given.survivors)
    pieces = [_rows(replace(part, number=shard), start, stop) for shard, start, stop in given.segments]
    numbers = np.concatenate([one for one, _, _ in pieces])
    order = np.concatenate([one for _, one, _ in pieces])
    texts = texts_of(pa.concat_tables([one for _, _, one in pieces]), given.job)
    found = repeated_substrings(texts, places(numbers, order), kind, dedup.memory_bytes)
    goes = parts_table(found, texts.offsets, numbers)
    report(STAGE, len(texts), int(texts.offsets[-1]))
    made = write_rows(store, _name(kind, "repeats", given.number), GOES, [goes])
    return Made(made, len(goes), facts={"too_large": given.too_large})


def cut_texts(given: Part) -> Made:
    """Cut what goes out of the texts of one shard; what is left, and what was done, is one file."""
    job, kind = given.job, dedup_of(given.job).passages[given.kind]
    goes = _goes(given, kind)
    facts = {"documents": 0, "removed": 0, "bytes": 0}
    with TableFile(job.store, cuts_name(kind, given.number), LEFT, GROUP_ROWS, LZ4) as file:
        for row, table in left(given):
            found, texts = _cut(given, row, table, goes, kind)
            file.write(found)
            _count(facts, table, found)
            report(STAGE, len(table), int(texts.offsets[-1]))
    return Made(file.sha256, file.rows, file.bytes, facts | {"parts": len(goes)})


def _cut(given: Part, row: int, table: pa.Table, goes: pa.Table, kind: Kind) -> tuple[pa.Table, Texts]:
    numbers = document_numbers(given.number, np.arange(row, row + len(table)))
    texts = texts_of(table, given.job)
    documents = goes["document"].to_numpy()
    first, stop = np.searchsorted(documents, [numbers[0], numbers[-1] + 1]).tolist() if len(numbers) else (0, 0)
    inside = goes.slice(first, stop - first).rename_columns(cuts.REPEAT.names)
    parts = cuts.of_shard(inside, texts.offsets, numbers)
    what_is_left, edits = cut(texts, parts, method(kind))
    return after(table, parts, what_is_left, edits, kind), texts


def _count(facts: dict[str, int], before: pa.Table, now: pa.Table) -> None:
    """Count the documents that lost something, those of them that are gone now, and the bytes."""
    cut_out = pc.not_equal(before["text_digest"], now["text_digest"])
    fallen = pc.and_(pc.is_valid(now["fallen"]), pc.is_null(before["fallen"]))
    bytes_of = [pc.sum(pc.binary_length(table["text"])).as_py() or 0 for table in (before, now)]
    facts["documents"] += pc.sum(cut_out).as_py() or 0
    facts["removed"] += pc.sum(fallen).as_py() or 0
    facts["bytes"] += bytes_of[0] - bytes_of[1]


def _goes(given: Part, kind: Kind) -> pa.Table:
    """Read all parts that go of one shard's texts, rows of GOES in order."""
    low, high = given.number << SHARD_BITS, (given.number + 1) << SHARD_BITS
    store = given.job.store
    if bloom_of(kind):
        return read_table(store, work(f"{kind.kind}-repeats.all", given.number))
    names = [_name(kind, "repeats", number) for number in range(given.sources)]
    found = [_within(table, low, high) for name in names for table in read_rows(store, name, (), low, high)]
    if not isinstance(kind, RepeatedSubstrings):
        found.append(read_table(store, work(f"{kind.kind}-passages", given.number, OWN)))
    return sorted_parts(pa.concat_tables([GOES.empty_table(), *found]))


def orders_of(given: Part) -> tuple[npt.NDArray[np.uint64], list[str | None]]:
    """Give the order of a shard's documents, and the crawl of each."""
    told = read_table(given.job.store, work("fingerprints", given.number), ["id", "date", "dump"])
    return stream_order(told), told["dump"].to_pylist()


def _passages_of(given: Part, kind: Hashed) -> Iterator[pa.Table]:
    order, dumps = orders_of(given)
    own = scopes(dumps) if dedup_of(given.job).scope == "dump" else np.zeros(len(dumps), np.uint64)
    for row, table in left(given):
        inside, texts = slice(row, row + len(table)), texts_of(table, given.job)
        numbers = document_numbers(given.number, np.arange(row, row + len(table)))
        yield passage_table(passages(texts, kind), texts.offsets, numbers, order[inside], own[inside])
        report(STAGE, len(table), int(texts.offsets[-1]))


def _pieces(tables: Iterator[pa.Table], most: int) -> Iterator[pa.Table]:
    """Put tables together until they have about so many rows."""
    held, rows = list[pa.Table](), 0
    for table in tables:
        held.append(table)
        rows += len(table)
        if rows >= most:
            yield pa.concat_tables(held)
            held, rows = [], 0
    if held:
        yield pa.concat_tables(held)


def _rows(given: Part, start: int, stop: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64], pa.Table]:
    """Give some documents of a shard: their numbers, their order, their texts."""
    found = [LEFT.empty_table()]
    for row, table in left(given):
        first = max(start - row, 0)
        found.append(table.slice(first, max(stop - row - first, 0)))
    numbers = document_numbers(given.number, np.arange(start, stop))
    return numbers, orders_of(given)[0][start:stop], pa.concat_tables(found).select(["text"])


def _within(table: pa.Table, low: int, high: int) -> pa.Table:
    """Take the rows whose first column lies from `low` to before `high`."""
    values = table[0].to_numpy()
    return table.filter(
        pa.array((values >= np.asarray(low, values.dtype)) & (values <= np.asarray(high - 1, values.dtype)))
    )


def _hashed(given: Part | PassageRange) -> Hashed:
    kind = dedup_of(given.job).passages[given.kind]
    if not isinstance(kind, Hashed):
        raise TypeError(f"{kind.kind} have no hashes of their own")
    return kind


def _name(kind: Kind, name: str, number: int) -> str:
    return work(f"{kind.kind}-{name}", number)
