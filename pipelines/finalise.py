"""Gives every record its last word: fates after deduplication, places in the data files, the ledger itself."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import ledger
from pipelines.job import Job, work
from pipelines.judge import joined
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.release import content_lines
from pipelines.shard import ShardWork
from pipelines.table import TableFile
from pipelines.tally import Tally
from pipelines.unfinished import read_table, row_groups

#: rows of a row group of a data file: what a reader of samples must decompress to see one
DATA_GROUP_ROWS = 1000

#: what became of each document that no filter dropped: the ledger's row and what is added there
FATES = pa.schema(
    [
        ("row", pa.int64()),
        ("method", pa.string()),
        ("cluster", pa.string()),
        ("survivor", pa.string()),
        ("survivor_release", pa.string()),
        ("similarity", pa.float32()),
        ("cluster_size", pa.int64()),
        ("copies", pa.int16()),
        ("data_file", pa.string()),
        ("data_row", pa.int64()),
    ]
)


#: the ledger's columns of what exact duplicates are told by: the kind of duplicates, and the fingerprint's column
TOLD_BY = {"address_digest": ("url", "url_digest"), "words_digest": ("words", "words_digest")}
#: what cutting repeated parts changes in a ledger's row
CUT = ("text_bytes", "text_digest", "edits")


@dataclass(frozen=True, slots=True)
class Segment:
    """Kept documents of one shard that lie together in a data file: the `start`-th to before the `stop`-th."""

    shard: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class DataWork:
    """One data file to write."""

    job: Job
    number: int
    segments: tuple[Segment, ...]


def data_name(number: int) -> str:
    """Name a data file."""
    return f"data/{number:05d}.parquet"


def ledger_name(number: int) -> str:
    """Name the ledger file of a shard."""
    return f"ledger/{number:05d}.parquet"


def pack(sizes: list[list[int]], file_bytes: int) -> list[tuple[Segment, ...]]:
    """Fill data files in input order, each until it holds `file_bytes` of text; `sizes` are per shard, kept texts only.

    So where a text lies depends on the texts alone, never on who wrote it.
    """
    packed: list[tuple[Segment, ...]] = []
    segments: list[Segment] = []
    held = 0
    for shard, texts in enumerate(sizes):
        start = 0
        for number, size in enumerate(texts):
            held += size
            if held >= file_bytes:
                packed.append((*segments, Segment(shard, start, number + 1)))
                segments, held, start = [], 0, number + 1
        if start < len(texts):
            segments.append(Segment(shard, start, len(texts)))
    return [*packed, tuple(segments)] if segments else packed


def write_data(given: DataWork) -> Made:
    """Write one data file: the kept texts of its segments, in input order."""
    job = given.job
    name = data_name(given.number)
    with TableFile(job.store, name, ledger.DATA, DATA_GROUP_ROWS) as file:
        for segment in given.segments:
            for table in kept_texts(job, segment):
                file.write(table)
                report("write", len(table), table.nbytes)
    return Made(file.sha256, file.rows, file.bytes, {"file": name})


def kept_texts(job: Job, segment: Segment) -> Iterator[pa.Table]:
    """Read the texts of a segment, a row group at a time."""
    store, texts = job.store, job.recipe.dedup.texts if job.recipe.dedup else "living"
    fates = read_table(store, work("fates", segment.shard), ["method"])
    kept = np.asarray(pc.is_null(fates["method"]))
    wanted = np.flatnonzero(kept)[segment.start : segment.stop]
    first = 0
    for table in row_groups(store, work(texts, segment.shard)):
        inside = wanted[(wanted >= first) & (wanted < first + len(table))] - first
        yield table.select(ledger.DATA.names).take(pa.array(inside))
        first += len(table)


def write_ledger(given: ShardWork) -> Made:
    """Write the ledger of one shard, and say what is in it."""
    store = given.job.store
    fates = _with_digests(given, _with_cuts(given, read_table(store, work("fates", given.number))))
    schema = ledger.schema(given.job.recipe.filters, given.job.recipe.extract.metadata)
    columns = [rule.column for rule in given.job.recipe.filters]
    tallies: list[Tally] = []
    content = hashlib.sha256()
    with TableFile(store, ledger_name(given.number), schema) as file:
        for records in row_groups(store, work("records", given.number)):
            table = last_word(records, fates, file.rows, schema)
            file.write(table)
            tallies.append(Tally.of(table, columns))
            content.update(content_lines(table))
            report("ledger", len(table), table.nbytes)
    tally = Tally.total(tallies).to_plain()
    facts = {"file": ledger_name(given.number), "tally": tally, "content": content.hexdigest()}
    return Made(file.sha256, file.rows, file.bytes, facts)


def _with_cuts(given: ShardWork, fates: pa.Table) -> pa.Table:
    """Add to the fates of a shard what cutting repeated parts has made of its texts; null where nothing was cut."""
    dedup = given.job.recipe.dedup
    if dedup is None or not dedup.passages:
        return fates
    cuts = read_table(given.job.store, work(dedup.texts, given.number), list(CUT))
    touched = pc.greater(pc.list_value_length(cuts["edits"]), 0)
    for name in CUT:
        fates = fates.append_column(name, pc.if_else(touched, cuts[name], None))
    return fates


def _with_digests(given: ShardWork, fates: pa.Table) -> pa.Table:
    """Add to the fates of a shard what its exact duplicates are told by; null where the recipe does not ask for it."""
    asked = given.job.recipe.dedup.exact if given.job.recipe.dedup else ()
    for name, (kind, digested) in TOLD_BY.items():
        digests = pa.nulls(len(fates), pa.string())
        if kind in asked:
            told = read_table(given.job.store, work("fingerprints", given.number), [digested])[digested]
            digests = pa.array([value and value.hex() for value in told.to_pylist()], pa.string())
        fates = fates.append_column(name, digests)
    return fates


def last_word(records: pa.Table, fates: pa.Table, row: int, schema: pa.Schema) -> pa.Table:
    """Add to the records from number `row` on what deduplication and packing decided."""
    inside = pc.and_(pc.greater_equal(fates["row"], row), pc.less(fates["row"], row + len(records)))
    fates = fates.filter(inside)
    place = np.full(len(records), -1)
    place[np.asarray(fates["row"]) - row] = np.arange(len(fates))
    spread = fates.take(pa.array(place, mask=place < 0))
    duplicate = pc.is_valid(spread["method"])
    added: Mapping[str, pa.ChunkedArray] = {
        "outcome": pc.if_else(duplicate, "duplicate", records["outcome"]),
        "dropped_by": pc.coalesce(spread["method"], records["dropped_by"]),
        **{name: spread[name] for name in ledger.LATER},
        **(_cut(records, spread) if CUT[0] in spread.column_names else {}),
    }
    return pa.table(
        [added.get(name, records[name] if name in records.column_names else None) for name in schema.names], schema
    )


def _cut(records: pa.Table, spread: pa.Table) -> Mapping[str, pa.ChunkedArray]:
    """Give the texts' sizes, digests and edits after repeated parts were cut."""
    touched = np.flatnonzero(spread["edits"].is_valid().to_numpy())
    before = records["edits"].combine_chunks()
    more = joined(before.take(pa.array(touched)), spread["edits"].combine_chunks().take(pa.array(touched)))
    places = np.arange(len(records))
    places[touched] = len(records) + np.arange(len(touched))
    edits = pa.concat_arrays([before, more.cast(before.type)]).take(pa.array(places))
    sizes = {name: pc.coalesce(spread[name], records[name]) for name in ("text_bytes", "text_digest")}
    return {**sizes, "edits": pa.chunked_array([edits])}
