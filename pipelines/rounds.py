"""What a round of deduplication does with one shard, with one range of a hash, and with all links at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup import candidates, links, runs
from pipelines.dedup.cluster_table import (
    DUPLICATE,
    Choice,
    members,
    settle,
    shard_clusters,
    write_clusters,
    write_members,
)
from pipelines.dedup.forest import ForestFiles, clusters_of, write_forest
from pipelines.dedup.keys import SHARD_BITS, write_keys
from pipelines.dedup.round_keys import round_keys
from pipelines.dedup.rows import read_rows
from pipelines.dedup.settings import Dedup, Round
from pipelines.dedup.true_similarity import TrueSimilarity
from pipelines.job import Job, work
from pipelines.plan import Made
from pipelines.store import Store
from pipelines.unfinished import read_table

#: of candidates to be compared: documents of a run up to which all are compared with all, and leaders of a larger one
ALL_PAIRS, LEADERS = 32, 16
#: share of a task's memory that texts to be compared may take
_FOR_TEXTS = 2
#: large runs of a range that are named
NAMED = 20


@dataclass(frozen=True, slots=True)
class ShardPart:
    """What a round does with one shard."""

    job: Job
    #: its input file
    name: str
    number: int
    #: which round
    round: int
    #: files of survivors that each round before has made
    before: tuple[int, ...] = ()
    #: of an earlier release: which
    release: int | None = None


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


STEPS = ("keys", "links", "clusters", "members", "survivors")


def step(one: Round, name: str) -> str:
    """Name one stage of a round."""
    return f"{one.name}-{name}"


def find_keys(given: ShardPart) -> Made:
    """Write the keys of one shard's documents that are left."""
    job, one = given.job, _round(given)
    documents = read_table(job.store, work("fingerprints", given.number))
    gone = np.zeros(len(documents), np.bool_)
    gone[removed_rows(job, given.before, given.number)] = True
    table = round_keys(documents, given.number, gone, dedup_of(job), one)
    made = write_keys(job.store, _name(one, "keys", given.number), table)
    return Made(made, len(table), table.nbytes)


def link_range(given: RangePart) -> Made:
    """Link the documents that share a key of a range; where the recipe asks for it, those only that are similar."""
    job, one, dedup = given.job, _round(given), dedup_of(given.job)
    names = [_name(one, "keys", shard) for shard in range(given.shards)]
    least = verified(dedup, one)
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
    named = largest.select(["documents", "leaders", "unlike"]).slice(0, NAMED).to_pylist()
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
    named = documents.append_column("file", pa.repeat(given.name, len(documents)))
    table = members(named, own, signed=one.name in {"url", "minhash"}, ranks=_ranks(given, documents))
    made = write_members(job.store, _name(one, "members", given.number), table)
    return Made(made, len(table), table.nbytes)


def _ranks(given: ShardPart, documents: pa.Table) -> npt.NDArray[np.int32]:
    """Rank documents by their release, and those that an earlier one keeps before its others; own ones come last."""
    if given.release is None:
        return np.full(len(documents), np.iinfo(np.int32).max, np.int32)
    return 2 * given.release + (~np.asarray(documents["kept"])).astype(np.int32)


def choose_survivors(given: RangePart) -> Made:
    """Choose who stays of the clusters of a range."""
    job, one, dedup = given.job, _round(given), dedup_of(given.job)
    names = [_name(one, "members", shard) for shard in range(given.shards)]
    equal = one.name in {"text", "words"}
    choice = Choice(one.method, one.prefer, dedup.giant, None, equal, None if equal else dedup.minhash)
    name = _name(one, "survivors", given.number)
    found = settle(job.store, names, given.low, given.high, choice, dedup.memory_bytes, name)
    facts = {"clusters": found.clusters, "giants": [[*giant] for giant in found.giants]}
    return Made(found.sha256, found.documents, facts=facts)


def removals(store: Store, dedup: Dedup, counts: Sequence[int]) -> Iterator[tuple[Round, pa.Table]]:
    """Give what each round removed, file by file: rows of CLUSTERS, without those that stay."""
    for one, count in zip(dedup.rounds, counts, strict=True):
        for number in range(count):
            table = read_table(store, _name(one, "survivors", number))
            yield one, table.filter(pc.equal(table["role"], DUPLICATE))


def removed_rows(job: Job, counts: Sequence[int], shard: int) -> npt.NDArray[np.int64]:
    """Give the rows of a shard that the first rounds have removed, of which each has made so many files."""
    pairs = zip(dedup_of(job).rounds, counts, strict=False)
    return np.concatenate([np.empty(0, np.int64), *(_removed(job.store, one, count, shard) for one, count in pairs)])


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
    return dedup_of(given.job).rounds[given.round]


def dedup_of(job: Job) -> Dedup:
    """Give what the recipe says of duplicates; ValueError: it does not look for any."""
    if job.recipe.dedup is None:
        raise ValueError("a recipe that does not deduplicate has no rounds")
    return job.recipe.dedup


def verified(dedup: Dedup, one: Round) -> float | None:
    """Give the similarity that the pairs of a round must have, if they are compared."""
    return dedup.minhash.resolved.verify if one.name == "minhash" and dedup.minhash else None


def _name(one: Round, name: str, number: int) -> str:
    return work(step(one, name), number)
