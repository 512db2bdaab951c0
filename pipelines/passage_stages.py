"""The stages of repeated parts: kind after kind, each from what it finds to texts without it, all out of core.

Parts with hashes of their own are found by shard and decided by range of the hashes; those that a Bloom filter knows,
in one stream; substrings, by partition. Then each shard's texts are cut, and the next kind sees what is left.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.key_ranges import ranges
from pipelines.dedup.passage_table import ROW_BYTES
from pipelines.dedup.repeated import Kind, RepeatedSubstrings, bloom_of, method
from pipelines.dedup.settings import Dedup
from pipelines.dedup.substrings import MEMORY_PER_BYTE
from pipelines.earlier_parts import taking
from pipelines.job import Job, work
from pipelines.passage_rounds import (
    Partition,
    PassageRange,
    cut_texts,
    decide_partition,
    decide_range,
    find_passages,
)
from pipelines.passage_stream import Streaming, sift
from pipelines.plan import Made, Results, Stage, Task
from pipelines.recipe import digest
from pipelines.rounds import dedup_of, step
from pipelines.texts_left import Part
from pipelines.unfinished import read_table

#: bytes of text that one array of strings can hold, of which a partition is one
MOST_BYTES = (1 << 31) - 1


def passage_stages(job: Job) -> list[Stage]:
    """List the stages of all kinds, in order."""
    kinds = job.recipe.dedup.passages if job.recipe.dedup else ()
    return [stage for number in range(len(kinds)) for stage in _stages(job, number, kinds[number])]


def _stages(job: Job, number: int, kind: Kind) -> list[Stage]:
    deciding = _partition_tasks if isinstance(kind, RepeatedSubstrings) else _range_tasks
    if bloom_of(kind):
        deciding = _stream_task
    found = Stage(
        f"{kind.kind}-passages",
        f"find {kind.kind} that may repeat",
        lambda made: _shard_tasks(job, made, number, "passages"),
        "deduplicate",
    )
    seen = Stage(
        f"{kind.kind}-earlier",
        f"read which {kind.kind} earlier releases have",
        lambda _: taking(job, kind, _made_from(job, number)),
        "deduplicate",
    )
    return [
        *(() if bloom_of(kind) or isinstance(kind, RepeatedSubstrings) else (found,)),
        *((seen,) if job.earlier and not isinstance(kind, RepeatedSubstrings) else ()),
        Stage(
            f"{kind.kind}-repeats",
            f"decide which {kind.kind} go",
            lambda made: deciding(job, made, number),
            "deduplicate",
        ),
        Stage(
            f"{kind.kind}-cuts",
            f"cut {kind.kind} that repeat",
            lambda made: _shard_tasks(job, made, number, "cuts"),
            "deduplicate",
        ),
    ]


def _survivors(dedup: Dedup, made: Results) -> tuple[int, ...]:
    """Count the files of survivors that each round of documents has made."""
    return tuple(len(made[step(one, "survivors")]) for one in dedup.rounds)


def _before(job: Job, made: Results, number: int) -> list[str]:
    """Digest for each shard all that decides the texts that are left of it before a kind."""
    dedup = dedup_of(job)
    if number:
        return [result.digest for result in made[f"{dedup.passages[number - 1].kind}-cuts"]]
    removed = [result.digest for one in dedup.rounds for result in made[step(one, "survivors")]]
    return [digest([result.digest, removed]) for result in made["curate"]]


def _made_from(job: Job, number: int, *parts: Any) -> str:  # noqa: ANN401  # plain values
    dedup = dedup_of(job)
    kind = dedup.passages[number].model_dump(mode="json")
    return digest([job.code, kind, dedup.scope, dedup.memory_bytes, job.recipe.units.model_dump(mode="json"), parts])


def _shard_tasks(job: Job, made: Results, number: int, name: str) -> list[Task]:
    dedup, before = dedup_of(job), _before(job, made, number)
    kind = dedup.passages[number]
    sources = made[f"{kind.kind}-repeats"] if name == "cuts" else ()
    # What a shard has decided by itself is part of its own.
    own = made.get(f"{kind.kind}-passages", ()) if name == "cuts" else ()
    also = [result.digest for result in sources]
    function = cut_texts if name == "cuts" else find_passages
    survivors = _survivors(dedup, made)
    return [
        Task(
            f"{kind.kind}-{name}",
            f"{place:05d}",
            _made_from(job, number, name, text, also, own[place].digest if own else ""),
            job.store,
            function,
            Part(job.terms, place, number, survivors, len(sources)),
        )
        for place, text in enumerate(before)
    ]


def _range_tasks(job: Job, made: Results, number: int) -> list[Task]:
    kind = dedup_of(job).passages[number]
    own, others = made[f"{kind.kind}-passages"], made.get(f"{kind.kind}-earlier", ())
    source = [*own, *others]
    needed = [[result.digest for result in results] for results in (own, others)]
    bounds = ranges(sum(result.records for result in source), dedup_of(job).memory_bytes, ROW_BYTES)
    return [
        Task(
            f"{kind.kind}-repeats",
            f"{place:05d}",
            _made_from(job, number, needed, low, high),
            job.store,
            decide_range,
            PassageRange(job.terms, place, number, len(own), low, high, len(others)),
        )
        for place, (low, high) in enumerate(bounds)
    ]


def _stream_task(job: Job, made: Results, number: int) -> list[Task]:
    kind = dedup_of(job).passages[number]
    seen = [result.digest for result in made.get(f"{kind.kind}-earlier", ())]
    made_from = _made_from(job, number, _before(job, made, number), seen, job.recipe.output.fingerprints)
    survivors = _survivors(dedup_of(job), made)
    given = Streaming(job.terms, number, survivors, len(job.shards), made_from, bool(seen))
    return [Task(f"{kind.kind}-repeats", "all", made_from, job.store, sift, given)]


def _partition_tasks(job: Job, made: Results, number: int) -> list[Task]:
    dedup, before = dedup_of(job), _before(job, made, number)
    kind = dedup.passages[number]
    most = min(dedup.memory_bytes // MEMORY_PER_BYTE, MOST_BYTES)
    survivors = _survivors(dedup, made)
    partitions, left_out = _partitions(job, most)
    return [
        Task(
            f"{kind.kind}-repeats",
            f"{place:05d}",
            _made_from(job, number, segments, [before[shard] for shard, _, _ in segments], left_out),
            job.store,
            decide_partition,
            Partition(job.terms, place, number, survivors, segments, 0 if place else left_out),
        )
        for place, segments in enumerate(partitions)
    ]


def _partitions(job: Job, most: int) -> tuple[list[tuple[tuple[int, int, int], ...]], int]:
    """Group documents, in input order, as many as have at most so many bytes of text; count those larger than that."""
    names = [work("fingerprints", shard) for shard in range(len(job.shards))]
    sizes = [read_table(job.store, name, ["text_bytes"])["text_bytes"].to_numpy() for name in names]
    shards = np.repeat(np.arange(len(sizes)), [len(own) for own in sizes])
    rows = np.concatenate([np.empty(0, np.int64), *(np.arange(len(own)) for own in sizes)])
    every = np.concatenate([np.empty(0, np.int64), *sizes])
    fit = every <= most
    shards, rows, ends = shards[fit], rows[fit], np.cumsum(every[fit])
    found, start = list[tuple[tuple[int, int, int], ...]](), 0
    while start < len(rows):
        stop = int(np.searchsorted(ends, most + (ends[start - 1] if start else 0), "right"))
        found.append(_segments(shards[start:stop], rows[start:stop]))
        start = stop
    return found, int((~fit).sum())


def _segments(shards: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[tuple[int, int, int], ...]:
    """Write rows of shards as runs: shard, first row, row after the last."""
    begins = np.flatnonzero(np.append(True, (np.diff(shards) != 0) | (np.diff(rows) != 1)))
    ends = np.append(begins[1:], len(rows))
    columns = (shards[begins], rows[begins], rows[ends - 1] + 1)
    return tuple(zip(*(column.tolist() for column in columns), strict=True))


def found_by_kind(dedup: Dedup | None, made: Results) -> tuple[dict[str, Any], ...]:
    """State for each kind of repeated parts what it found; of a Bloom filter, how often it may be wrong."""
    return tuple(_found(kind, made) for kind in dedup.passages) if dedup else ()


def _found(kind: Kind, made: Results) -> dict[str, Any]:
    cuts = made[f"{kind.kind}-cuts"]
    sums = {name: _sum(cuts, name) for name in ("parts", "documents", "removed", "bytes")}
    found: dict[str, Any] = {"method": method(kind), **sums}
    if bloom_of(kind):
        (stream,) = made[f"{kind.kind}-repeats"]
        return found | {"bloom": stream.facts}
    if not isinstance(kind, RepeatedSubstrings):
        return found
    partitions = made[f"{kind.kind}-repeats"]
    return found | {"partitions": len(partitions), "too_large": _sum(partitions, "too_large")}


def _sum(made: Sequence[Made], name: str) -> int:
    return sum(result.facts[name] for result in made)
