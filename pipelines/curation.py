"""The plan of a curation, from shards to ledger: what each stage's tasks are, and what they are made from."""

from pipelines import deduplication
from pipelines.dropped_texts import STAGE, DroppedWork, write_dropped_texts
from pipelines.fates import FatesWork, decide_fates
from pipelines.finalise import DataWork, Segment, write_data, write_ledger
from pipelines.index import index_stages
from pipelines.job import Job
from pipelines.passage_stages import passage_stages
from pipelines.plan import Made, Results, Stage, Task
from pipelines.recipe import digest
from pipelines.release import tally
from pipelines.shard import ShardWork, curate
from pipelines.site_files import SiteWork, gather


def stages(job: Job) -> list[Stage]:
    """List the stages in order; what explains and publishes the release comes after them."""
    sites = Stage("sites", "keep what sites say in files of their own", lambda _: _site_tasks(job))
    dropped = Stage(STAGE, "write the texts of what is not kept", lambda made: _dropped_tasks(job, made))
    return [
        *((sites,) if job.site_files else ()),
        Stage("curate", "read, extract, judge, edit and fingerprint each shard", lambda _: _curate_tasks(job)),
        *deduplication.stages(job),
        *passage_stages(job),
        Stage(
            "deduplicate",
            "say who stands for whom, and where each text lies",
            lambda made: _fate_task(job, made),
            "deduplicate",
        ),
        Stage("write", "pack the kept texts into data files", lambda made: _data_tasks(job, made)),
        Stage("ledger", "write each record's last word", lambda made: _ledger_tasks(job, made)),
        *((dropped,) if job.recipe.output.dropped_texts else ()),
        *index_stages(job),
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
    survivors = [made[name] for name in deduplication.stage_names(job.recipe.dedup) if name.endswith("-survivors")]
    read = [result.digest for stage in (made["curate"], *survivors, _texts(job, made)) for result in stage]
    read += [result.digest for result in made.get("earlier", ())]
    made_from = digest([job.code, recipe["dedup"], recipe["output"], read])
    given = FatesWork(job, tuple(map(len, survivors)))
    return [Task("deduplicate", "all", made_from, job.store, decide_fates, given)]


def _texts(job: Job, made: Results) -> tuple[Made, ...]:
    """Give what made the texts as they are left in the end."""
    cut = job.recipe.dedup.texts if job.recipe.dedup else ""
    return made.get(cut, made["curate"])


def _data_tasks(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    packed = [tuple(Segment(*bounds) for bounds in segments) for segments in fates.facts["packed"]]
    texts = _texts(job, made)
    return [
        Task(
            "write",
            f"{number:05d}",
            digest([fates.digest, [texts[segment.shard].digest for segment in segments]]),
            job.store,
            write_data,
            DataWork(job.terms, number, segments),
        )
        for number, segments in enumerate(packed)
    ]


def _ledger_tasks(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    exact = job.recipe.dedup.exact if job.recipe.dedup else ()
    return [
        Task(
            "ledger",
            f"{number:05d}",
            digest([fates.digest, read.digest, texts.digest, exact]),
            job.store,
            write_ledger,
            ShardWork(job.terms, shard, number),
        )
        for number, (shard, read, texts) in enumerate(zip(job.shards, made["curate"], _texts(job, made), strict=True))
    ]


def _dropped_tasks(job: Job, made: Results) -> list[Task]:
    (fates,) = made["deduplicate"]
    return [
        Task(
            STAGE,
            f"{number:05d}",
            digest([job.code, fates.digest, read.digest]),
            job.store,
            write_dropped_texts,
            DroppedWork(job.terms, number, tally(ledger).count("dropped") + tally(ledger).count("duplicate")),
        )
        for number, (read, ledger) in enumerate(zip(made["curate"], made["ledger"], strict=True))
    ]
