"""The index of a release, `index/`: what questions about it are answered from, and later releases compared with."""

from pipelines.job import Job
from pipelines.ledger_index import projections
from pipelines.passage_index.stages import passage_files, passage_stages
from pipelines.plan import Made, Results, Stage, Task
from pipelines.published_fingerprints import publish_fingerprints
from pipelines.published_parts import PARTS, published, publishing
from pipelines.recipe import digest
from pipelines.shard import ShardWork
from pipelines.similar_index.stages import similar_files, similar_stages

INDEX = "index"
#: the stage that publishes what documents are told by
FINGERPRINTS = "published-fingerprints"


def index_stages(job: Job) -> list[Stage]:
    """List the stages of all parts of the index that the recipe asks for; they come after the ledger's."""
    wanted = job.recipe.output
    told = Stage(FINGERPRINTS, "publish what documents are told by", lambda made: _fingerprints(job, made), INDEX)
    seen = Stage(PARTS, "publish which parts of texts there are", lambda made: publishing(job, made), INDEX)
    texts = {"passages", "dropped"} & {*wanted.index}
    return [
        *((told,) if wanted.fingerprints else ()),
        *((seen,) if wanted.fingerprints and job.recipe.dedup and published(job.recipe.dedup) else ()),
        *(passage_stages(job, dropped="dropped" in wanted.index) if texts else ()),
        *(similar_stages(job) if "similar" in wanted.index else ()),
        *(projections.stages(job) if "ledger" in wanted.index else ()),
    ]


def index_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    ledger = projections.index_files(made) if INDEX in made else []
    return [*made.get(FINGERPRINTS, ()), *made.get(PARTS, ()), *passage_files(made), *similar_files(made), *ledger]


def _fingerprints(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    return [
        Task(
            FINGERPRINTS,
            f"{number:05d}",
            digest([job.code, fates.digest, read.digest]),
            job.store,
            publish_fingerprints,
            ShardWork(job.terms, shard, number),
        )
        for number, (shard, read) in enumerate(zip(job.shards, made["curate"], strict=True))
    ]
