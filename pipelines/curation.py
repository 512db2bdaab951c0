"""The plan of a curation, from shards to ledger: what each stage's tasks are, and what they are made from."""

from dataclasses import astuple, dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup.deduplicate import FINGERPRINT, Dedup, deduplicate
from pipelines.finalise import FATES, DataWork, Segment, data_name, pack, read_table, write_data, write_ledger
from pipelines.job import Job, work
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.shard import ShardWork, curate
from pipelines.site_files import SiteWork, gather
from pipelines.table import LZ4, TableFile


@dataclass(frozen=True, slots=True)
class DedupWork:
    """The fates of all documents that passed the filters, decided together."""

    job: Job


def stages(job: Job) -> list[Stage]:
    """List the stages in order; what explains and publishes the release comes after them."""
    sites = Stage("sites", "keep what sites say in files of their own", lambda _: _site_tasks(job))
    return [
        *((sites,) if job.site_files else ()),
        Stage("curate", "read, extract, judge, edit and fingerprint each shard", lambda _: _curate_tasks(job)),
        Stage("deduplicate", "choose one document of each cluster, and its place", lambda made: _fate_task(job, made)),
        Stage("write", "pack the kept texts into data files", lambda made: _data_tasks(job, made)),
        Stage("ledger", "write each record's last word", lambda made: _ledger_tasks(job, made)),
    ]


def _site_tasks(job: Job) -> list[Task]:
    return [
        Task(
            "sites",
            f"{number:05d}",
            job.gathering(shard),
            job.store,
            gather,
            SiteWork(job.terms, shard, number),
            shard.size or 0,
        )
        for number, shard in enumerate(job.site_files)
    ]


def _curate_tasks(job: Job) -> list[Task]:
    sites, count = job.sites(), len(job.site_files)
    return [
        Task(
            "curate",
            f"{number:05d}",
            job.reading(shard, sites),
            job.store,
            curate,
            ShardWork(job.terms, shard, number, count),
            shard.size or 0,
        )
        for number, shard in enumerate(job.shards)
    ]


def _fate_task(job: Job, made: Results) -> list[Task]:
    recipe = job.recipe.canonical()
    read = [result.digest for result in made["curate"]]
    made_from = digest([job.code, recipe["dedup"], recipe["output"], read])
    return [Task("deduplicate", "all", made_from, job.store, decide_fates, DedupWork(job))]


def _data_tasks(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    packed = [tuple(Segment(*bounds) for bounds in segments) for segments in fates.facts["packed"]]
    return [
        Task("write", f"{number:05d}", fates.digest, job.store, write_data, DataWork(job.terms, number, segments))
        for number, segments in enumerate(packed)
    ]


def _ledger_tasks(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    return [
        Task(
            "ledger",
            f"{number:05d}",
            digest([fates.digest, read.digest]),
            job.store,
            write_ledger,
            ShardWork(job.terms, shard, number),
        )
        for number, (shard, read) in enumerate(zip(job.shards, made["curate"], strict=True))
    ]


def decide_fates(given: DedupWork) -> Made:
    """Deduplicate all that passed the filters, and give each kept document its place; one file of fates per shard."""
    job = given.job
    documents = [_documents(job, number) for number in range(len(job.shards))]
    fates = _fates(pa.concat_tables(documents), job.recipe.dedup)
    parts: list[pa.Table] = []
    for table in documents:
        parts.append(fates.slice(sum(map(len, parts)), len(table)).append_column("row", table["row"]))
    sizes = [pc.filter(table["text_bytes"], part["kept"]) for table, part in zip(documents, parts, strict=True)]
    packed = pack([column.to_pylist() for column in sizes], job.recipe.output.file_bytes)
    places = _places(packed)
    digests = [_write_fates(job, number, _placed(part, places.get(number, []))) for number, part in enumerate(parts)]
    report("deduplicate", len(fates), fates.nbytes)
    return Made(
        digest(digests), len(fates), fates.nbytes, {"packed": [[*map(astuple, segments)] for segments in packed]}
    )


def _documents(job: Job, number: int) -> pa.Table:
    """Read what deduplication must know of one shard's documents, in order."""
    table = read_table(job.store, work("fingerprints", number))
    return table.append_column("file", pa.array([job.shards[number].name] * len(table), pa.string()))


def _fates(documents: pa.Table, dedup: Dedup | None) -> pa.Table:
    wanted = documents.select(FINGERPRINT.names).cast(FINGERPRINT)
    # Without deduplication every document stands for itself: nothing equal is looked for, nothing similar.
    return deduplicate(wanted, dedup or Dedup(exact=False, minhash=None))


def _places(packed: list[tuple[Segment, ...]]) -> dict[int, list[tuple[int, int, Segment]]]:
    """Say for each shard where its segments lie: number of the data file, first row there, segment."""
    places: dict[int, list[tuple[int, int, Segment]]] = {}
    for number, segments in enumerate(packed):
        row = 0
        for segment in segments:
            places.setdefault(segment.shard, []).append((number, row, segment))
            row += segment.stop - segment.start
    return places


def _placed(part: pa.Table, places: list[tuple[int, int, Segment]]) -> pa.Table:
    """Say of each document of a shard what became of it and, if it is kept, where its text will lie."""
    kept = np.flatnonzero(np.asarray(part["kept"]))
    files: list[str | None] = [None] * len(part)
    rows = np.full(len(part), -1)
    for number, first, segment in places:
        inside = kept[segment.start : segment.stop]
        rows[inside] = first + np.arange(len(inside))
        for place in inside.tolist():
            files[place] = data_name(number)
    columns = [part[name] for name in ("row", "method", "cluster", "survivor", "similarity")]
    return pa.table([*columns, pa.array(files, pa.string()), pa.array(rows, mask=rows < 0)], schema=FATES)


def _write_fates(job: Job, number: int, fates: pa.Table) -> str:
    with TableFile(job.store, work("fates", number), FATES, codec=LZ4) as file:
        file.write(fates)
    return file.sha256
