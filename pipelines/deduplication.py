"""The stages of deduplication: round after round, each from fingerprints to who stands for whom, all out of core.

A round writes its keys, links what shares one, joins the links to clusters, gathers the members of these, and chooses
who stays. Each step but the joining falls into tasks, by shard or by range of a hash, that any runner may spread; a
task takes no more memory than the recipe says. What one round removes the next one does not see.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pipelines.dedup import links, runs
from pipelines.dedup.cluster_table import MEMBER_BYTES
from pipelines.dedup.key_ranges import ranges
from pipelines.dedup.settings import Dedup, Round
from pipelines.earlier import EarlierWork, take_earlier
from pipelines.job import Job
from pipelines.plan import Made, Results, Stage, Task
from pipelines.recipe import digest
from pipelines.rounds import (
    NAMED,
    STEPS,
    Joining,
    RangePart,
    ShardPart,
    choose_survivors,
    dedup_of,
    find_keys,
    find_members,
    join_links,
    link_range,
    step,
    verified,
)

#: giant clusters of a round that the manifest names
GIANTS = 100


def stage_names(dedup: Dedup | None) -> list[str]:
    """Name the stages, in order."""
    return [step(one, name) for one in (dedup.rounds if dedup else ()) for name in STEPS]


def stages(job: Job) -> list[Stage]:
    """List the stages of all rounds, in order."""
    dedup = job.recipe.dedup
    if dedup is None:
        return []
    taking = Stage("earlier", "read what earlier releases hold", lambda _: _taking(job), part_of="deduplicate")
    rounds = [stage for number in range(len(dedup.rounds)) for stage in _round_stages(job, dedup, number)]
    return [*((taking,) if job.earlier else ()), *rounds]


def _taking(job: Job) -> list[Task]:
    dedup = dedup_of(job)
    return [
        Task(
            "earlier",
            f"{number:05d}",
            digest(
                [job.code, dedup.told_by, bool(dedup.minhash and dedup.minhash.resolved.verify), one.label, one.sha256]
            ),
            job.store,
            take_earlier,
            EarlierWork(job.terms, one, number),
        )
        for number, one in enumerate(job.earlier, len(job.shards))
    ]


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
    dedup = dedup_of(job)
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
            ShardPart(job.terms, name, place, number, before, release),
        )
        for place, (name, release, read) in enumerate(_parts(job, made))
    ]


def _parts(job: Job, made: Results) -> list[tuple[str, int | None, Made]]:
    """List the shards whose documents are compared: own ones, then those of earlier releases."""
    own = [(shard.name, None, read) for shard, read in zip(job.shards, made["curate"], strict=True)]
    others = zip(job.earlier, made.get("earlier", ()), strict=True)
    return [*own, *((one.name, one.release, read) for one, read in others)]


def _by_range(job: Job, made: Results, number: int, name: str, function: Callable[[RangePart], Made]) -> list[Task]:
    dedup = dedup_of(job)
    one = dedup.rounds[number]
    source = made[step(one, "keys" if name == "links" else "members")]
    row_bytes = MEMBER_BYTES if name != "links" else runs.RUN_BYTES if verified(dedup, one) else links.ROW_BYTES
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
    one = dedup_of(job).rounds[number]
    linked = made[step(one, "links")]
    made_from = digest([job.code, [result.digest for result in linked]])
    given = Joining(job.terms, number, len(linked))
    return [Task(step(one, "clusters"), "00000", made_from, job.store, join_links, given)]


def found_by_round(dedup: Dedup | None, made: Results) -> tuple[dict[str, Any], ...]:
    """State for each round what it found, the largest clusters and runs by name: `GIANTS` and `NAMED` of them."""
    return tuple(_found(dedup, one, made) for one in dedup.rounds) if dedup else ()


def _found(dedup: Dedup, one: Round, made: Results) -> dict[str, Any]:
    linked, chosen = made[step(one, "links")], made[step(one, "survivors")]
    clusters = sum(result.facts["clusters"] for result in chosen)
    giants = [giant for result in chosen for giant in result.facts["giants"]]
    largest = sorted(giants, key=lambda giant: (-giant[1], giant[0]))[:GIANTS]
    found: dict[str, Any] = {
        "method": one.method,
        "keys": sum(result.records for result in made[step(one, "keys")]),
        "clusters": clusters,
        "documents": sum(result.records for result in chosen),
        "removed": made["deduplicate"][0].facts["removed"].get(one.method, 0),
        "giant_clusters": len(giants),
        "largest_giants": [{"survivor": name, "documents": size} for name, size in largest],
    }
    if not verified(dedup, one):
        return found
    runs_named = [run for result in linked for run in result.facts["largest_runs"]]
    return found | {
        "compared_pairs": sum(result.facts["compared"] for result in linked),
        "large_runs": sum(result.facts["large_runs"] for result in linked),
        "largest_runs": sorted(runs_named, key=lambda run: (-run["documents"], run["leaders"], run["unlike"]))[:NAMED],
    }
