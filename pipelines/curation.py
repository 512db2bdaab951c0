"""The plan of a curation, from shards to ledger: what each stage's tasks are, and what they are made from."""

from dataclasses import astuple, dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.deduplicate import FINGERPRINT, Dedup, deduplicate
from pipelines.finalise import FATES, DataWork, Segment, data_name, pack, read_table, write_data, write_ledger
from pipelines.job import Job, work
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.shard import ShardWork, curate
from pipelines.table import TableFile


@dataclass(frozen=True, slots=True)
class DedupWork:
    """The fates of all documents that passed the filters, decided together."""

    job: Job


def stages(job: Job) -> list[Stage]:
    """List the stages in order; what explains and publishes the release comes after them."""
    return [
        Stage("curate", "read, extract, judge, edit and fingerprint each shard", lambda _: _curate_tasks(job)),
        Stage("deduplicate", "choose one document of each cluster, and its place", lambda made: _fate_task(job, made)),
        Stage("write", "pack the kept texts into data files", lambda made: _data_tasks(job, made)),
        Stage("ledger", "write each record's last word", lambda made: _ledger_tasks(job, made)),
    ]


def _curate_tasks(job: Job) -> list[Task]:
    return [
        Task(
            "curate",
            f"{number:05d}",
            job.reading(shard),
            job.store,
            curate,
            ShardWork(job, number),
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
        Task("write", f"{number:05d}", fates.digest, job.store, write_data, DataWork(job, number, segments))
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
            ShardWork(job, number),
        )
        for number, read in enumerate(made["curate"])
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
    digests = [_write_fates(job, number, _placed(part, number, packed)) for number, part in enumerate(parts)]
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


def _placed(part: pa.Table, shard: int, packed: list[tuple[Segment, ...]]) -> pa.Table:
    """Say of each document of a shard what became of it and, if it is kept, where its text will lie."""
    kept = np.flatnonzero(np.asarray(part["kept"]))
    file, row = np.full(len(part), -1), np.full(len(part), -1)
    for number, segments in enumerate(packed):
        first = 0
        for segment in segments:
            if segment.shard == shard:
                inside = kept[segment.start : segment.stop]
                file[inside], row[inside] = number, first + np.arange(len(inside))
            first += segment.stop - segment.start
    names = pa.array([data_name(number) for number in range(len(packed))], pa.string())
    columns = [part[name] for name in ("row", "method", "cluster", "survivor", "similarity")]
    placed = [names.take(pa.array(file, mask=file < 0)), pa.array(row, mask=row < 0)]
    return pa.table([*columns, *placed], schema=FATES)


def _write_fates(job: Job, number: int, fates: pa.Table) -> str:
    with TableFile(job.store, work("fates", number), FATES) as file:
        file.write(fates)
    return file.sha256
