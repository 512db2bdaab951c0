"""Curates one shard that knows of no other: read, extract, judge, edit, fingerprint; every record gets its row."""

import hashlib
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from filters.document import DOCUMENT
from filters.texts import Texts
from pipelines import ledger, stated
from pipelines.dedup import minhash
from pipelines.dedup.fingerprint import FINGERPRINT, fingerprints
from pipelines.dropped_texts import DROPPED, DROPPED_ROWS, FOLDER, dropped_rows
from pipelines.edits.apply import edit
from pipelines.extract import Page
from pipelines.job import Job, work
from pipelines.judge import Verdicts, closing, joined, judge
from pipelines.passage_index.dropped import DroppedPassages
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.readers.fetch import local_copy
from pipelines.readers.jsonl import read_jsonl
from pipelines.readers.limits import ReadLimits
from pipelines.readers.parquet import read_parquet
from pipelines.readers.warc import read_warc
from pipelines.record import Record
from pipelines.resource import load_once
from pipelines.sandbox import Limits, Sandbox
from pipelines.site_files import SiteFiles
from pipelines.site_rights import add_sites
from pipelines.source import Shard
from pipelines.table import GROUP_ROWS, LZ4, TableFile
from pipelines.tally import Tally
from pipelines.text_file import TextFile
from pipelines.timestamps import timestamp

#: documents, records and bytes after which a batch is full; a batch's size shows in nothing that is published
BATCH_DOCUMENTS = 256
BATCH_RECORDS = 4096
BATCH_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class ShardWork:
    """One shard of a job."""

    #: without its list of shards
    job: Job
    shard: Shard
    #: its place in that list
    number: int
    #: how many tables there are of sites' own files
    sites: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What one batch of records gives: rows for the files of a shard."""

    #: one row per record, without what only deduplication and packing can know
    records: pa.Table
    #: one row per document that no filter drops: what stands in a release if it is kept
    living: pa.Table
    #: as many rows: what deduplication must know
    fingerprints: pa.Table
    #: one row per record: the extracted text of a document that a filter drops, else null
    dropped: pa.Array


def curate(given: ShardWork) -> Made:
    """Curate one shard into files of unfinished work."""
    job, shard = given.job, given.shard
    tallies: list[Tally] = []
    if not job.recipe.output.dropped_texts:
        # An earlier run here may have been asked for them.
        job.store.remove(work(FOLDER, given.number))
    with ExitStack() as stack:
        path, sha256 = stack.enter_context(local_copy(shard.path, shard.name, tempfile.gettempdir()))
        wanted = job.recipe.extract
        sandbox = stack.enter_context(Sandbox(wanted.engine, limits(job), wanted.metadata))
        sandbox.begin()
        # Models and lists, while the child loads what pages need.
        load_once(job.recipe.filters)
        files = [stack.enter_context(file) for file in work_files(given)]
        sites = SiteFiles(job.store, given.sites)
        row, dropped = 0, DroppedPassages() if "dropped" in job.recipe.output.index else None
        columns = [rule.column for rule in job.recipe.filters]
        for records in batches(itertools.islice(read(shard, path, job), job.limit_records)):
            part = curate_batch(records, sandbox, sites, given, row)
            for file, table in zip(files, tables(part, given, row), strict=True):
                file.write(table)
            if dropped:
                dropped.add(part.dropped)
            tallies.append(Tally.of(part.records, columns))
            row += len(records)
            report("curate", len(records), sum(record.length for record in records))
        size = Path(path).stat().st_size
    facts: dict[str, Any] = {"sha256": sha256, "size": size, "tally": Tally.total(tallies).to_plain()}
    facts |= {"dropped": dropped.write(job.store, given.number)} if dropped else {}
    content = hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()
    return Made(content, row, size, facts)


def work_files(given: ShardWork) -> list[TableFile]:
    """Name the files that a shard gives, with what they hold."""
    parts = (
        ("records", work_schema(given), GROUP_ROWS),
        ("living", ledger.DATA, 1024),
        ("fingerprints", FINGERPRINT, GROUP_ROWS),
    )
    store, number = given.job.store, given.number
    files = [TableFile(store, work(name, number), schema, rows, LZ4) for name, schema, rows in parts]
    if given.job.recipe.output.dropped_texts:
        files.append(TextFile(store, work(FOLDER, number), DROPPED, DROPPED_ROWS, LZ4))
    return files


def tables(part: Part, given: ShardWork, row: int) -> list[pa.Table]:
    """List the rows of a batch, whose first record is the shard's record number `row`, file by file."""
    written = [part.records, part.living, part.fingerprints]
    if given.job.recipe.output.dropped_texts:
        written.append(dropped_rows(part.records, part.dropped, given.number, row))
    return written


def limits(job: Job) -> Limits:
    """Say what one page may cost, as the recipe states it."""
    extract = job.recipe.extract
    return Limits(extract.seconds, extract.memory_bytes, extract.max_page_bytes)


def read(shard: Shard, path: str, job: Job) -> Iterator[Record]:
    """Read the records of a shard whose bytes lie at the local `path`."""
    bound = ReadLimits(job.recipe.extract.max_record_bytes)
    fields = job.recipe.source.fields
    if shard.format == "jsonl":
        return read_jsonl(path, fields, bound)
    if shard.format == "parquet":
        return read_parquet(path, fields, bound)
    return read_warc(path, bound)


def batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Group records so that a batch is worth a kernel's call and fits in memory."""
    batch: list[Record] = []
    held = documents = 0
    for record in records:
        batch.append(record)
        held += len(record.content)
        documents += record.reason is None
        if documents == BATCH_DOCUMENTS or len(batch) == BATCH_RECORDS or held > BATCH_BYTES:
            yield batch
            batch, held, documents = [], 0, 0
    if batch:
        yield batch


def curate_batch(records: Sequence[Record], sandbox: Sandbox, sites: SiteFiles, given: ShardWork, row: int) -> Part:
    """Extract, judge, edit and fingerprint one batch, whose first record is the shard's record number `row`."""
    recipe = given.job.recipe
    pages = add_sites(records, extract(records, sandbox), sites, recipe.rights.agents)
    identity = identities(records, pages, given.shard, recipe.source.dump)
    said = stated.arrays([page.stated for page in pages], recipe.extract.metadata)
    documents = np.array([number for number, page in enumerate(pages) if page.text is not None], np.int64)
    batch = document_batch(identity | said, pages, documents)
    verdicts = judge(Texts(batch, load_once(recipe.filters), recipe.units), recipe.steps)
    living = np.flatnonzero(np.asarray(verdicts.kept))
    extracted = digests(batch.column("text"))
    left, done = edit(verdicts.texts.take(living), closing(recipe.steps))
    edits = joined(verdicts.edits, done, living)
    texts, final = left.column, digests(left.column)
    columns = {
        **identity,
        **said,
        **spread(text_columns(batch.column("text"), extracted), documents, len(records)),
        **spread(text_columns(texts, final, "text"), documents[living], len(records)),
        **spread({"edits": edits, **verdicts.signals}, documents, len(records)),
        **decisions(pages, verdicts, documents),
    }
    table = pa.table([columns[name] for name in work_schema(given).names], work_schema(given))
    alive = documents[living]
    told = fingerprints(table.take(pa.array(alive)), texts, pa.array(alive + row), recipe.dedup)
    dropped = pc.if_else(verdicts.kept, None, batch.column("text"))
    return Part(
        table, living_table(table, texts, alive), told, spread({"text": dropped}, documents, len(records))["text"]
    )


def extract(records: Sequence[Record], sandbox: Sandbox) -> list[Page]:
    """Say of every record what page it holds: those that have a reason already are not opened."""
    asked = sandbox.read((record.kind, record.content, record.url) for record in records if record.reason is None)
    answers = iter(asked)
    return [
        next(answers) if record.reason is None else Page(reason=record.reason, detail=record.detail)
        for record in records
    ]


def identities(records: Sequence[Record], pages: Sequence[Page], shard: Shard, dump: str) -> dict[str, pa.Array]:
    """Make the ledger's columns of what is known before any filter is asked."""
    dump = dump or shard.dump
    rows = [
        (
            printable(record.id) or f"{shard.name}:{record.offset}",
            printable(record.url),
            timestamp(record.date),
            dump or None,
            shard.name,
            record.offset,
            record.length,
            printable(record.kind),
            printable(record.payload_digest),
            printable(record.truncated),
            record.content_length,
            page.http_status,
            printable(page.mime),
            page.charset,
        )
        for record, page in zip(records, pages, strict=True)
    ]
    return {
        name: pa.array(values, kind)
        for (name, kind, _), values in zip(ledger.IDENTITY, zip(*rows, strict=True), strict=True)
    }


def printable(text: str | None) -> str | None:
    """Make sure that UTF-8 can carry what a header said: half a surrogate pair becomes a question mark."""
    return text if text is None or text.isascii() else text.encode("utf-8", "replace").decode()


def document_batch(
    identity: Mapping[str, pa.Array], pages: Sequence[Page], documents: NDArray[np.int64]
) -> pa.RecordBatch:
    """Make the batch of DOCUMENT that the filters see."""
    places = pa.array(documents)
    absent = {field.name: pa.nulls(len(places), field.type) for field in DOCUMENT}
    columns = absent | {name: identity[name].take(places) for name in DOCUMENT.names if name in identity}
    columns["text"] = pa.array([pages[number].text for number in documents], pa.string())
    return pa.RecordBatch.from_arrays([columns[name] for name in DOCUMENT.names], schema=DOCUMENT)


def digests(texts: pa.StringArray) -> list[bytes]:
    """BLAKE2b-128 of each text's UTF-8 bytes."""
    seen = Texts(pa.RecordBatch.from_arrays([texts], ["text"]))
    return minhash.text_digests(seen.data, seen.offsets)


def text_columns(texts: pa.StringArray, found: Sequence[bytes], part: str = "extracted") -> dict[str, pa.Array]:
    """Make the two columns that say which text it was: size and digest."""
    sizes = pc.binary_length(texts).cast(pa.int64())
    return {f"{part}_bytes": sizes, f"{part}_digest": pa.array([digest.hex() for digest in found], pa.string())}


def spread(columns: Mapping[str, pa.Array], rows: NDArray[np.int64], count: int) -> dict[str, pa.Array]:
    """Put values at their rows among `count`, with null everywhere else."""
    place = np.full(count, -1)
    place[rows] = np.arange(len(rows))
    places = pa.array(place, mask=place < 0)
    return {name: values.take(places) for name, values in columns.items()}


def decisions(pages: Sequence[Page], verdicts: Verdicts, documents: NDArray[np.int64]) -> dict[str, pa.Array]:
    """Decide each record's outcome as far as its shard can know it."""
    count = len(pages)
    reasons = pa.array([page.reason.value if page.reason else None for page in pages], pa.string())
    judged = spread({"dropped_by": verdicts.dropped_by, "failed": verdicts.failed}, documents, count)
    failed = pc.is_valid(reasons)
    dropped = pc.is_valid(judged["dropped_by"])
    return {
        "outcome": pc.if_else(failed, "error", pc.if_else(dropped, "dropped", "kept")),
        "dropped_by": pc.coalesce(reasons, judged["dropped_by"]),
        "failed": judged["failed"],
        "detail": pa.array([printable(page.detail) or None for page in pages], pa.string()),
    }


def work_schema(given: ShardWork) -> pa.Schema:
    """Take the ledger's schema without the columns that deduplication and packing add."""
    recipe = given.job.recipe
    return pa.schema(
        [field for field in ledger.schema(recipe.filters, recipe.extract.metadata) if field.name not in ledger.LATER]
    )


def living_table(table: pa.Table, texts: pa.StringArray, alive: NDArray[np.int64]) -> pa.Table:
    """Make the rows that a release holds of these documents, should they be kept."""
    rows = table.take(pa.array(alive))
    empty = pa.nulls(len(alive))
    columns = {name: rows[name] if name in rows.column_names else empty for name in ledger.DATA.names}
    columns["text"] = texts
    columns["date"] = pc.strftime(rows["date"], "%Y-%m-%dT%H:%M:%SZ")
    return pa.table([columns[field.name].cast(field.type) for field in ledger.DATA], schema=ledger.DATA)
