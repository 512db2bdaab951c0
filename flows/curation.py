"""One curation from start to finish: the whole plan, the runner that does it, and what there is to say after it."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from datasheets.publish import DatasheetWork, write_datasheet
from flows.kept_work import forget_others, forget_unfit, remove_others
from pipelines import curation
from pipelines.deduplication import found_by_round
from pipelines.dropped_texts import STAGE as DROPPED_TEXTS
from pipelines.finalise import ledger_name
from pipelines.index import index_files
from pipelines.job import Job, freeze_job
from pipelines.lock import locked
from pipelines.passage_stages import found_by_kind
from pipelines.plan import WORK, Made, Results, Runner, Stage, Task, Watcher, run
from pipelines.recipe import digest
from pipelines.release import MANIFEST, ManifestWork, read_manifest, remove_strangers, write_manifest
from pipelines.store import Store

#: what only the run knows, when and how fast: beside the release, never part of it
RUN = "run.json"


class PlaceError(ValueError):
    """A folder in which a release cannot be made."""


@dataclass(slots=True)
class Stopwatch:
    """Hears what a watcher hears, and remembers how long each stage took and what was not done again."""

    watcher: Watcher | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    reused: int = 0
    #: of all tasks
    markers: set[str] = field(default_factory=set)
    _begun: float = 0

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Start the clock."""
        self._begun = time.perf_counter()
        self.markers.update(task.marker for task in tasks)
        if self.watcher:
            self.watcher.begin(stage, tasks)

    def done(self, task: Task, made: Made) -> None:
        """Count what a marker saved."""
        self.reused += made.reused
        if self.watcher:
            self.watcher.done(task, made)

    def end(self, stage: Stage) -> None:
        """Stop the clock."""
        whole = stage.part_of or stage.name
        self.seconds[whole] = self.seconds.get(whole, 0) + time.perf_counter() - self._begun
        if self.watcher:
            self.watcher.end(stage)


@dataclass(frozen=True, slots=True)
class Curated:
    """What a run did: the release's manifest, and what only the run itself knows."""

    store: Store
    manifest: dict[str, Any]
    seconds: float
    stages: dict[str, float]
    #: tasks that an earlier run had done
    reused: int
    #: true where the release was there already and nothing was done
    unchanged: bool
    #: true where a release made from something else stood here before
    replaced: bool = False


def stages(job: Job) -> list[Stage]:
    """List all stages of a curation, from shards to manifest."""
    return [
        *curation.stages(job),
        Stage("datasheet", "ask the ledger what is in it", lambda made: _datasheet_task(job, made)),
        Stage("release", "check that nothing was lost, and sign off", lambda made: _manifest_task(job, made)),
    ]


def curate(job: Job, runner: Runner, watcher: Watcher | None = None, *, keep_work: bool = False) -> Curated:
    """Bring a release about, doing only what is not done yet.

    With `keep_work` what the stages made stays beside the release, as large as its texts or larger: a later run into
    the same folder, over more inputs or fewer, does only what is new. Without it, also such work is removed. Raises
    PlaceError where the folder holds something else, BusyError where another run is at work in it, and
    ConservationError where records were lost.
    """
    begun = time.perf_counter()
    check_place(job.store)
    with locked(job.store):
        manifest = read_manifest(job.store)
        if manifest and is_of(manifest, job):
            if not keep_work:
                job.store.remove(WORK)
            return Curated(job.store, manifest, time.perf_counter() - begun, {}, 0, unchanged=True)
        replaced, plan = manifest is not None, stages(job)
        forget_unfit(job.store, plan, len(job.shards), lambda: manifest is None or is_whole(manifest, job.store))
        freeze_job(job)
        # From here until the end there is no release in this folder, whatever stood there before; nor a note that
        # could be taken for the new one's, should the power fail between the two.
        job.store.remove(RUN)
        job.store.remove(MANIFEST)
        stopwatch = Stopwatch(watcher)
        run(plan, runner, stopwatch)
        manifest = read_manifest(job.store) or {}
        forget_others(job.store, stopwatch.markers)
        remove_strangers(job.store, [file["name"] for file in manifest["files"]])
        seconds = time.perf_counter() - begun
        note = {"made_from": job.made_from, "seconds": seconds, "stages": stopwatch.seconds}
        job.store.write(RUN, json.dumps(note, indent=1).encode())
        if keep_work:
            remove_others(job.store, stopwatch.markers, len(job.shards) + len(job.earlier))
        else:
            job.store.remove(WORK)
    return Curated(
        job.store, manifest, seconds, stopwatch.seconds, stopwatch.reused, unchanged=False, replaced=replaced
    )


def check_place(store: Store) -> None:
    """Refuse a folder that holds something else: a run removes what is no part of its release."""
    if any(store.exists(name) for name in (MANIFEST, RUN, f"{WORK}/job.json")):
        return
    strangers = [name for name in store.list() if not name.startswith(f"{WORK}/")]
    if strangers:
        raise PlaceError(
            f"{store.root}: expected an empty folder, a release or an unfinished run, and found {strangers[0]!r}; "
            "choose another --out"
        )


def is_of(manifest: dict[str, Any], job: Job) -> bool:
    """Say whether a release is what this job would make, and its files are all there."""
    if not job.store.exists(RUN) or json.loads(job.store.read(RUN))["made_from"] != job.made_from:
        return False
    return is_whole(manifest, job.store)


def is_whole(manifest: dict[str, Any], store: Store) -> bool:
    """Say whether all files of a release are there, as long as they were."""
    return all(store.exists(file["name"]) and store.size(file["name"]) == file["bytes"] for file in manifest["files"])


def _datasheet_task(job: Job, made: Results) -> list[Task]:
    ledgers = tuple(ledger_name(number) for number in range(len(job.shards)))
    found = found_by_kind(job.recipe.dedup, made)
    earlier = tuple(dict.fromkeys(one.label for one in job.earlier))
    made_from = digest([job.code, job.recipe.digest, [result.digest for result in made["ledger"]], found, earlier])
    work = DatasheetWork(job.store, job.recipe, ledgers, found, earlier)
    return [Task("datasheet", "all", made_from, job.store, write_datasheet, work)]


def _manifest_task(job: Job, made: Results) -> list[Task]:
    sites = made.get("sites", ())
    rounds = (*found_by_round(job.recipe.dedup, made), *found_by_kind(job.recipe.dedup, made))
    held_twice = made["deduplicate"][0].facts["held_twice"]
    others = (*made["datasheet"], *made.get(DROPPED_TEXTS, ()), *index_files(made))
    work = ManifestWork(job, made["curate"], made["ledger"], made["write"], others, sites, rounds, held_twice)
    made_from = digest([job.made_from, [[result.digest for result in stage] for stage in made.values()]])
    return [Task("release", "all", made_from, job.store, write_manifest, work)]
