"""The stages of deduplication: round after round, each from fingerprints to who stands for whom, all out of core.

A round writes its keys, links what shares one, joins the links to clusters, gathers the members of these, and chooses
who stays. Each step but the joining falls into tasks, by shard or by range of a hash, that any runner may spread; a
task takes no more memory than the recipe says. What one round removes the next one does not see.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup import candidates, links, runs
from pipelines.dedup.cluster_table import (
    DUPLICATE,
    MEMBER_BYTES,
    Choice,
    members,
    settle,
    shard_clusters,
    write_clusters,
    write_members,
)
from pipelines.dedup.forest import ForestFiles, clusters_of, write_forest
from pipelines.dedup.key_ranges import ranges
from pipelines.dedup.keys import SHARD_BITS, write_keys
from pipelines.dedup.round_keys import round_keys
from pipelines.dedup.rows import read_rows
from pipelines.dedup.settings import Dedup, Round
from pipelines.dedup.true_similarity import TrueSimilarity
from pipelines.job import Job, work
from pipelines.plan import Made, Results, Stage, Task
from pipelines.recipe import digest
from pipelines.source import Shard
from pipelines.store import Store
from pipelines.unfinished import read_table

#: of candidates to be compared: documents of a run up to which all are compared with all, and leaders of a larger one
ALL_PAIRS, LEADERS = 32, 16
#: share of a task's memory that texts to be compared may take
_FOR_TEXTS = 2
#: large runs of a range that are named
_NAMED = 20
#: giant clusters of a round that the manifest names
GIANTS = 100


@dataclass(frozen=True, slots=True)
class ShardPart:
    """What a round does with one shard."""

    job: Job
    shard: Shard
    number: int
    #: which round
    round: int
    #: files of survivors that each round before has made
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RangePart:
    """What a round does with one range of a hash, of all shards."""

    job: Job
    number: int
    round: int
    shards: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Joining:
    """The links of all ranges of a round."""

    job: Job
    round: int
    ranges: int


def stage_names(dedup: Dedup | None) -> list[str]:
    """Name the stages, in order."""
    return [step(one, name) for one in (dedup.rounds if dedup else ()) for name in STEPS]


STEPS = ("keys", "links", "clusters", "members", "survivors")


def step(one: Round, name: str) -> str:
    """Name one stage of a round."""
    return f"{one.name}-{name}"


def stages(job: Job) -> list[Stage]:
    """List the stages of all rounds, in order."""
    dedup = job.recipe.dedup
    return (
        [stage for number in range(len(dedup.rounds)) for stage in _round_stages(job, dedup, number)] if dedup else []
    )


def _round_stages(job: Job, dedup: Dedup, number: int) -> list[Stage]:
    one = dedup.rounds[number]
    tasks: dict[str, Callable[[Results], list[Task]]] = {
        "keys": lambda made: _by_shard(job, made, number, "keys", find_keys, _before(job, made, number)),
        "links": lambda made: _by_range(job, made, number, "links", link_range),
        "clusters": lambda made: _joining(job, made, number),
        "members": lambda made: _by_shard(job, made, number, "members", find_members, made[step(one, "clusters")]),
        "survivors": lambda made: _by_range(job, made, number, "survivors", choose_survivors),
    }
    purposes = ("find keys of", "link", "join", "gather", "choose of")
    return [
        Stage(step(one, name), f"{purpose} duplicates by {one.method}", tasks[name], part_of="deduplicate")
        for name, purpose in zip(STEPS, purposes, strict=True)
    ]


def _before(job: Job, made: Results, number: int) -> tuple[Made, ...]:
    """List what the rounds before have removed."""
    earlier = job.recipe.dedup.rounds[:number] if job.recipe.dedup else ()
    return tuple(result for one in earlier for result in made[step(one, "survivors")])


def _by_shard(  # noqa: PLR0913, PLR0917  # what a task is made of
    job: Job, made: Results, number: int, name: str, function: Callable[[ShardPart], Made], needed: Sequence[Made]
) -> list[Task]:
    dedup = _dedup(job)
    stage = step(dedup.rounds[number], name)
    before = tuple(len(made[step(one, "survivors")]) for one in dedup.rounds[:number])
    also = [result.digest for result in needed]
    return [
        Task(
            stage,
            f"{place:05d}",
            digest([job.code, dedup.model_dump(mode="json"), number, read.digest, also]),
            job.store,
            function,
            ShardPart(job.terms, shard, place, number, before),
        )
        for place, (shard, read) in enumerate(zip(job.shards, made["curate"], strict=True))
    ]


def _by_range(job: Job, made: Results, number: int, name: str, function: Callable[[RangePart], Made]) -> list[Task]:
    dedup = _dedup(job)
    one = dedup.rounds[number]
    source = made[step(one, "keys" if name == "links" else "members")]
    row_bytes = MEMBER_BYTES if name != "links" else runs.RUN_BYTES if _verified(dedup, one) else links.ROW_BYTES
    bounds = ranges(sum(result.records for result in source), dedup.memory_bytes, row_bytes)
    needed = [result.digest for result in source]
    return [
        Task(
            step(one, name),
            f"{place:05d}",
            digest([job.code, dedup.model_dump(mode="json"), number, needed, low, high]),
            job.store,
            function,
            RangePart(job.terms, place, number, len(source), low, high),
        )
        for place, (low, high) in enumerate(bounds)
    ]


def _joining(job: Job, made: Results, number: int) -> list[Task]:
    one = _dedup(job).rounds[number]
    linked = made[step(one, "links")]
    made_from = digest([job.code, [result.digest for result in linked]])
    given = Joining(job.terms, number, len(linked))
    return [Task(step(one, "clusters"), "00000", made_from, job.store, join_links, given)]


def find_keys(given: ShardPart) -> Made:
    """Write the keys of one shard's documents that are left."""
    job, one = given.job, _round(given)
    documents = read_table(job.store, work("fingerprints", given.number))
    gone = np.zeros(len(documents), np.bool_)
    for earlier, count in zip(_dedup(job).rounds, given.before, strict=False):
        gone[_removed(job.store, earlier, count, given.number)] = True
    table = round_keys(documents, given.number, gone, _dedup(job), one)
    made = write_keys(job.store, _name(one, "keys", given.number), table)
    return Made(made, len(table), table.nbytes)


def link_range(given: RangePart) -> Made:
    """Link the documents that share a key of a range; where the recipe asks for it, those only that are similar."""
    job, one, dedup = given.job, _round(given), _dedup(given.job)
    names = [_name(one, "keys", shard) for shard in range(given.shards)]
    least = _verified(dedup, one)
    facts: dict[str, Any] = {}
    if least and dedup.minhash:
        half = dedup.memory_bytes // _FOR_TEXTS
        similar = TrueSimilarity(job.store, lambda shard: work("living", shard), dedup.minhash, least, half)
        found = runs.runs_of(job.store, names, given.low, given.high, None, half)
        compared = candidates.compare(found, similar, ALL_PAIRS, LEADERS)
        forests, facts = [compared.forest], _compared(compared)
    else:
        forests = list(links.link(job.store, names, given.low, given.high, None, dedup.memory_bytes))
    made = write_forest(job.store, _name(one, "links", given.number), forests)
    edges = sum(map(len, forests))
    return Made(made, edges, facts=facts)


def _compared(found: candidates.Compared) -> dict[str, Any]:
    largest = found.large.sort_by([("documents", "descending"), ("key", "ascending")])
    named = largest.select(["documents", "leaders", "unlike"]).slice(0, _NAMED).to_pylist()
    return {"compared": found.pairs, "large_runs": len(found.large), "largest_runs": named}


def join_links(given: Joining) -> Made:
    """Join the links of all ranges."""
    one, store = _round(given), given.job.store
    names = tuple(_name(one, "links", number) for number in range(given.ranges))
    clusters = clusters_of(ForestFiles(store, names))
    made = write_clusters(store, _name(one, "clusters", 0), clusters)
    return Made(made, len(clusters.documents))


def find_members(given: ShardPart) -> Made:
    """Write what must be known of one shard's documents that are in a cluster."""
    job, one = given.job, _round(given)
    own = shard_clusters(job.store, _name(one, "clusters", 0), given.number)
    documents = read_table(job.store, work("fingerprints", given.number))
    named = documents.append_column("file", pa.repeat(given.shard.name, len(documents)))
    table = members(named, own, signed=one.name in {"url", "minhash"})
    made = write_members(job.store, _name(one, "members", given.number), table)
    return Made(made, len(table), table.nbytes)


def choose_survivors(given: RangePart) -> Made:
    """Choose who stays of the clusters of a range."""
    job, one, dedup = given.job, _round(given), _dedup(given.job)
    names = [_name(one, "members", shard) for shard in range(given.shards)]
    equal = one.name in {"text", "words"}
    choice = Choice(one.method, one.prefer, dedup.giant, None, equal, None if equal else dedup.minhash)
    name = _name(one, "survivors", given.number)
    found = settle(job.store, names, given.low, given.high, choice, dedup.memory_bytes, name)
    facts = {"clusters": found.clusters, "giants": [[*giant] for giant in found.giants]}
    return Made(found.sha256, found.documents, facts=facts)


def found_by_round(dedup: Dedup | None, made: Results) -> tuple[dict[str, Any], ...]:
    """State for each round what it found, the largest clusters and runs by name: `GIANTS` and `_NAMED` of them."""
    return tuple(_found(dedup, one, made) for one in dedup.rounds) if dedup else ()


def _found(dedup: Dedup, one: Round, made: Results) -> dict[str, Any]:
    linked, chosen = made[step(one, "links")], made[step(one, "survivors")]
    clusters = sum(result.facts["clusters"] for result in chosen)
    members = sum(result.records for result in chosen)
    giants = [giant for result in chosen for giant in result.facts["giants"]]
    largest = sorted(giants, key=lambda giant: (-giant[1], giant[0]))[:GIANTS]
    found: dict[str, Any] = {
        "method": one.method,
        "keys": sum(result.records for result in made[step(one, "keys")]),
        "clusters": clusters,
        "documents": members,
        "removed": members - clusters,
        "giant_clusters": len(giants),
        "largest_giants": [{"survivor": name, "documents": size} for name, size in largest],
    }
    if not _verified(dedup, one):
        return found
    runs_named = [run for result in linked for run in result.facts["largest_runs"]]
    return found | {
        "compared_pairs": sum(result.facts["compared"] for result in linked),
        "large_runs": sum(result.facts["large_runs"] for result in linked),
        "largest_runs": sorted(runs_named, key=lambda run: (-run["documents"], run["leaders"], run["unlike"]))[:_NAMED],
    }


def removals(store: Store, dedup: Dedup, counts: Sequence[int]) -> Iterator[tuple[Round, pa.Table]]:
    """Give what each round removed, file by file: rows of CLUSTERS, without those that stay."""
    for one, count in zip(dedup.rounds, counts, strict=True):
        for number in range(count):
            table = read_table(store, _name(one, "survivors", number))
            yield one, table.filter(pc.equal(table["role"], DUPLICATE))


def _removed(store: Store, one: Round, count: int, shard: int) -> npt.NDArray[np.int64]:
    """Give the rows of a shard that a round has removed."""
    rows: list[npt.NDArray[np.int64]] = [np.empty(0, np.int64)]
    low, high = shard << SHARD_BITS, (shard + 1) << SHARD_BITS
    for number in range(count):
        for table in read_rows(store, _name(one, "survivors", number), ("document", "role"), low, high):
            documents = np.asarray(table.filter(pc.equal(table["role"], DUPLICATE))["document"])
            rows.append(documents[(documents >= low) & (documents < high)] - low)
    return np.concatenate(rows)


def _round(given: ShardPart | RangePart | Joining) -> Round:
    return _dedup(given.job).rounds[given.round]


def _dedup(job: Job) -> Dedup:
    if job.recipe.dedup is None:
        raise ValueError("a recipe that does not deduplicate has no rounds")
    return job.recipe.dedup


def _verified(dedup: Dedup, one: Round) -> float | None:
    return dedup.minhash.resolved.verify if one.name == "minhash" and dedup.minhash else None


def _name(one: Round, name: str, number: int) -> str:
    return work(step(one, name), number)
