"""Publishes which parts of texts a release has seen, for later releases to cut what it holds.

Of parts with a hash of their own each shard publishes those that it had, once each, before any was cut; of a kind that
is asked of a Bloom filter, the filter is published as the last document left it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from pipelines.dedup.passage_table import PASSAGE
from pipelines.dedup.repeated import Kind, RepeatedSubstrings, bloom_of
from pipelines.dedup.rows import read_rows, write_rows
from pipelines.dedup.settings import Dedup
from pipelines.job import Job, work
from pipelines.plan import WORK, Made, Results, Task
from pipelines.progress import report
from pipelines.recipe import Units, digest
from pipelines.rounds import dedup_of
from pipelines.table import Hashing
from pipelines.unfinished import naming_damage

FOLDER = "index/parts"
#: the stage that publishes them
PARTS = "published-parts"
#: one part that a shard had, by the two halves of what it is told by
SEEN = pa.schema([PASSAGE.field(name) for name in ("hash", "check")])

#: bytes of a filter that are held at once
PIECE_BYTES = 1 << 23


@dataclass(frozen=True, slots=True)
class PartsWork:
    """What one shard, or the filter of all, publishes of one kind."""

    job: Job
    kind: str
    number: int
    #: where to
    file: str


def published(dedup: Dedup) -> tuple[Kind, ...]:
    """List the kinds that are published; substrings are compared within a partition only."""
    return tuple(kind for kind in dedup.passages if not isinstance(kind, RepeatedSubstrings))


def folder_of(kind: Kind, dedup: Dedup, units: Units) -> str:
    """Name the folder of a kind's files: by the kind, and by all that decides which parts are equal."""
    told = kind.model_dump(mode="json", exclude={"keep"})
    return f"{FOLDER}/{kind.kind}-{digest([told, dedup.scope, units.model_dump(mode='json')])[:16]}"


def known_name(kind: str) -> str:
    """Name the file of the filter as the last document left it, beside what the same task found."""
    return f"{WORK}/{kind}-repeats.all/known.bloom"


def publishing(job: Job, made: Results) -> list[Task]:
    """List the tasks: for each kind one by shard, or one for its filter."""
    return [task for kind in published(dedup_of(job)) for task in _of_kind(job, made, kind)]


def _of_kind(job: Job, made: Results, kind: Kind) -> list[Task]:
    folder = folder_of(kind, dedup_of(job), job.recipe.units)
    source = made[f"{kind.kind}-repeats"] if bloom_of(kind) else made[f"{kind.kind}-passages"]
    function, name = (publish_filter, "bloom") if bloom_of(kind) else (publish_parts, "parquet")
    return [
        Task(
            PARTS,
            f"{kind.kind}-{number:05d}",
            digest([job.code, folder, result.digest]),
            job.store,
            function,
            PartsWork(job.terms, kind.kind, number, f"{folder}/{number:05d}.{name}"),
        )
        for number, result in enumerate(source)
    ]


def publish_parts(given: PartsWork) -> Made:
    """Write down the parts that one shard had."""
    store, count = given.job.store, 0

    def seen() -> Iterator[pa.Table]:
        nonlocal count
        for table in read_rows(store, work(f"{given.kind}-passages", given.number)):
            count += len(table)
            yield table.select(SEEN.names)

    sha256 = write_rows(store, given.file, SEEN, seen())
    report("index", 0, store.size(given.file))
    return Made(sha256, count, store.size(given.file), {"file": given.file})


def publish_filter(given: PartsWork) -> Made:
    """Copy the filter as the last document left it."""
    store, name = given.job.store, known_name(given.kind)
    with naming_damage(store, name), store.open(name) as source, store.writing(given.file) as target:
        hashing = Hashing(target)
        while piece := source.read(PIECE_BYTES):
            hashing.write(piece)
    report("index", 0, hashing.bytes)
    return Made(hashing.sha256, 0, hashing.bytes, {"file": given.file})
