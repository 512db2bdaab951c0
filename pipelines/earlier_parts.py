"""The parts of texts that earlier releases have seen, as a run takes them in: what one of them holds is cut.

They take part as if they stood in documents before all of this run's. What an earlier release has published stays as it
is, also where `keep = "none"` would have cut its own copy, too.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dedup.bloom import BloomFilter, BloomSize
from pipelines.dedup.passage_table import PASSAGE, of_earlier
from pipelines.dedup.repeated import Kind, bloom_of
from pipelines.dedup.rows import PIECE_ROWS, write_rows
from pipelines.dedup.settings import Dedup
from pipelines.job import Job, work
from pipelines.mistakes import UsageError
from pipelines.plan import Made, Task
from pipelines.progress import report
from pipelines.published_parts import FOLDER, PIECE_BYTES, SEEN, folder_of, published
from pipelines.recipe import Units, digest
from pipelines.store import Store

#: which of a release's shards has which file of which kind: kind, file, digest
Parts = list[tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True, slots=True)
class SeenWork:
    """Files of earlier releases: root, name, digest. One of a shard, or all filters of a kind."""

    job: Job
    kind: str
    number: int
    files: tuple[tuple[str, str, str], ...]
    #: of the filter
    size: BloomSize | None = None


def find_parts(root: str, manifest: Mapping[str, Any], dedup: Dedup, units: Units) -> Parts:
    """Find for each shard of an earlier release what it says of repeated parts; UsageError says all that it lacks."""
    files, missing = {file["name"]: file["sha256"] for file in manifest["files"]}, list[str]()
    found: Parts = [() for _ in manifest["inputs"]]
    for kind in published(dedup):
        folder = folder_of(kind, dedup, units)
        names = sorted(name for name in files if name.startswith(f"{folder}/"))
        if len(names) != (1 if bloom_of(kind) else len(found)):
            missing.append(_lacking(root, kind, any(name.startswith(f"{FOLDER}/{kind.kind}-") for name in files)))
            continue
        for number, name in enumerate(names):
            found[number] = (*found[number], (kind.kind, name, files[name]))
    if missing:
        raise UsageError("\n".join(missing))
    return found


def _lacking(root: str, kind: Kind, others: bool) -> str:
    if others:
        return f"{root}: its {kind.kind} are others: expected the same settings of this kind, `scope` and [units]"
    return (
        f"{root}: it does not say which {kind.kind} it has: make it again with `fingerprints = true` under [output], "
        f'and a table [[dedup.passages]] with kind = "{kind.kind}"'
    )


def taking(job: Job, kind: Kind, made_from: str) -> list[Task]:
    """List the tasks that bring what earlier releases have seen of one kind: one by shard, or one for the filter."""
    found = [(one.root, file, sha256) for one in job.earlier for name, file, sha256 in one.parts if name == kind.kind]
    bloom, first = bloom_of(kind), len(job.shards)
    every = [(0, tuple(found))] if bloom else [(number, (one,)) for number, one in enumerate(found, first)]
    return [
        Task(
            f"{kind.kind}-earlier",
            f"{number:05d}",
            digest([made_from, [sha256 for *_, sha256 in files]]),
            job.store,
            join_filters if bloom else take_parts,
            SeenWork(job.terms, kind.kind, number, files, bloom and bloom.size),
        )
        for number, files in every
    ]


def take_parts(given: SeenWork) -> Made:
    """Bring what one shard has seen to where this run's own shards have it."""
    ((root, name, _),) = given.files
    count = 0

    def seen() -> Iterator[pa.Table]:
        nonlocal count
        with Store.at(root).open(name) as file, pq.ParquetFile(file, page_checksum_verification=True) as parquet:
            if parquet.schema_arrow.names != SEEN.names:
                raise UsageError(f"{root}: {name} was written by another version of Vitrine")
            for batch in parquet.iter_batches(PIECE_ROWS, use_threads=False):
                count += len(batch)
                hashes, checks = (np.asarray(batch[column]) for column in SEEN.names)
                yield of_earlier(hashes, checks)

    sha256 = write_rows(given.job.store, seen_name(given.kind, given.number), PASSAGE, seen())
    report("deduplicate", 0, count * SEEN.field(0).type.bit_width // 4)
    return Made(sha256, count)


def join_filters(given: SeenWork) -> Made:
    """Join the filters of earlier releases into the one that this run begins with."""
    if given.size is None:
        raise ValueError(f"{given.kind}: expected a Bloom filter")
    bloom = BloomFilter(given.size)
    for root, name, sha256 in given.files:
        _check(root, name, sha256)
        bloom.join(Store.at(root), name)
    bloom.save(given.job.store, seen_name(given.kind, given.number, "bloom"))
    report("deduplicate", 0, given.size.bytes * len(given.files))
    return Made(digest([given.files, bloom.items, bloom.bits_set]), bloom.items)


def _check(root: str, name: str, sha256: str) -> None:
    """Refuse a filter that is not what was published: it has no checksums of its own, and any bits would do."""
    found = hashlib.sha256()
    with Store.at(root).open(name) as file:
        while piece := file.read(PIECE_BYTES):
            found.update(piece)
    if found.hexdigest() != sha256:
        raise UsageError(f"{root}: {name} is damaged: its digest is not the one that release.json says")


def seen_name(kind: str, number: int, suffix: str = "parquet") -> str:
    """Name the file of what an earlier release's shard has seen of a kind, or of the filter of all of them."""
    return work(f"{kind}-earlier", number, suffix)
