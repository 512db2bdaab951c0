"""`vitrine run`: from a recipe and inputs to a release, with progress on the way and a summary after it."""

import json
import os
import sys

from flows.curation import Curated, curate
from flows.jobs import make_job
from flows.summary import summary
from pipelines.first_use import compile_kernels, is_first_use
from pipelines.job import Job
from pipelines.plan import Watcher
from pipelines.progress import Sink
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from vitrine.summary import print_summary

#: bytes of input that take about as long as starting one more worker
WORTH_A_WORKER = 4_000_000


def run_recipe(  # noqa: PLR0913, PLR0917  # the command's own words
    name: str,
    inputs: tuple[str, ...],
    out: str,
    workers: int,
    limit_shards: int | None,
    limit_records: int | None,
    *,
    site_files: tuple[str, ...] = (),
    earlier: tuple[str, ...] = (),
    keep_work: bool = False,
    as_json: bool,
) -> int:
    """Run a recipe and print what came of it; return the exit code."""
    recipe = Recipe.load(name)
    given = {"site_files": site_files, "earlier": earlier}
    job = make_job(recipe, inputs or recipe.source.inputs, out, limit_shards, limit_records, **given)
    workers = workers or suitable_workers(job)
    curated = _watch(job, workers, keep_work=keep_work, quiet=as_json)
    if as_json:
        sys.stdout.write(json.dumps(summary(curated, recipe)) + "\n")
    else:
        print_summary(curated, recipe)
    return 0


def suitable_workers(job: Job) -> int:
    """Choose a number of processes: one for each processor, but none for less work than it takes to start it."""
    work = sum(shard.size or WORTH_A_WORKER for shard in job.shards)
    return max(1, min(os.cpu_count() or 1, len(job.shards), work // WORTH_A_WORKER))


def _watch(job: Job, workers: int, *, keep_work: bool, quiet: bool) -> Curated:
    if is_first_use():
        sys.stderr.write("First use on this machine: compiling kernels, once; this takes a minute or two.\n")
        compile_kernels(job.recipe)
    if quiet or not sys.stderr.isatty():
        return _curate(job, workers, None, None, keep_work=keep_work)
    from vitrine.bars import Bars  # noqa: PLC0415  # only who watches needs them

    with Bars() as bars:
        return _curate(job, workers, bars, bars.advance, keep_work=keep_work)


def _curate(job: Job, workers: int, watcher: Watcher | None, sink: Sink | None, *, keep_work: bool) -> Curated:
    with LocalRunner(workers, sink) as runner:
        return curate(job, runner, watcher, keep_work=keep_work)
