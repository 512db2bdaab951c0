"""The flow `curate`: the same plan as `vitrine run`, with its tasks in Prefect's books."""

import argparse
import re
from collections.abc import Sequence
from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from pydantic import Field

from flows.curation import Curated, curate
from flows.jobs import make_job
from flows.prefect_runner import Kind, PrefectRunner
from flows.summary import summary
from pipelines.plan import Made, Stage, Task
from pipelines.recipe import Recipe

DATASHEET = "datasheet/datasheet.md"

Count = Annotated[int, Field(ge=1)]


class StageLog:
    """Watches a run and logs its stages in the flow run; each task logs what it made by itself."""

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Log what is about to be done."""
        get_run_logger().info("%s: %d tasks: %s", stage.name, len(tasks), stage.purpose)

    def done(self, task: Task, made: Made) -> None:
        """Leave it to the task."""

    def end(self, stage: Stage) -> None:
        """Log the end."""
        get_run_logger().info("%s: done", stage.name)


@flow(name="curate", flow_run_name="curate {recipe}", persist_result=False)
def curate_crawl(  # noqa: PLR0913  # what `vitrine run` can be told, and how Prefect is to run it
    recipe: str,
    inputs: list[str] | None = None,
    out: str = "",
    *,
    workers: Count = 2,
    runner: Kind = "process",
    limit_shards: Count | None = None,
    limit_records: Count | None = None,
    site_files: list[str] | None = None,
    earlier: list[str] | None = None,
    keep_work: bool = False,
    retries: Annotated[int, Field(ge=0)] = 2,
    retry_seconds: Annotated[float, Field(ge=0)] = 10.0,
) -> dict[str, Any]:
    """Curate a crawl: from files to a release with its ledger.

    Args:
        recipe: a bundled recipe's name, or a TOML file on the worker.
        inputs: files, folders, globs, path lists or URLs, in place of the recipe's own.
        out: where the release goes, a folder or `s3://`; `releases/RECIPE` if empty.
        workers: tasks at a time.
        runner: a process for each worker, or a thread.
        limit_shards: take only the first so many shards, by name.
        limit_records: read only the first so many records of each shard.
        site_files: captures of robots.txt and the like, in place of the recipe's own.
        earlier: earlier releases, in place of the recipe's own: what they hold is not kept.
        keep_work: leave what the stages made beside the release, so that a later run does only what is new.
        retries: how often a failed task, or a lost worker, is tried again.
        retry_seconds: how long to wait before that.
    """
    plan = Recipe.load(recipe)
    given = {"site_files": tuple(site_files or ()), "earlier": tuple(earlier or ())}
    job = make_job(plan, tuple(inputs or plan.source.inputs), out, limit_shards, limit_records, **given)
    with PrefectRunner(runner, workers, retries, retry_seconds) as tasks:
        curated = curate(job, tasks, StageLog(), keep_work=keep_work)
    create_markdown_artifact(report(curated, plan), _artifact_key(plan), plan.purpose)
    return summary(curated, plan)


def report(curated: Curated, recipe: Recipe) -> str:
    """Write the funnel and the datasheet as one page of Markdown."""
    told = summary(curated, recipe)
    steps = {
        "read": told["records"],
        "no document": told["errors"],
        **{f"dropped by `{name}`": count for name, count in told["dropped"].items()},
        "duplicate": told["duplicates"],
        "**kept**": told["kept"],
    }
    rows = [f"| {step} | {count:,} |" for step, count in steps.items()]
    head = [f"Release `{told['release']}`, digest `{told['digest']}`", "", "| step | records |", "|---|---:|", *rows]
    return "\n".join([*head, "", curated.store.read(DATASHEET).decode()])


def _artifact_key(recipe: Recipe) -> str:
    """Name the artifact by the recipe, in the letters that Prefect allows: its versions are the runs."""
    return "release-" + re.sub("[^a-z0-9]", "-", recipe.name)


def main() -> None:
    """Serve the flow: make a deployment of it, and run here what is scheduled or asked for."""
    parser = argparse.ArgumentParser(prog="python -m flows.curate", description=main.__doc__)
    parser.add_argument("recipe", nargs="?", default="sample", help="a bundled recipe's name, or a TOML file")
    parser.add_argument("--input", action="append", help="file, folder, glob, path list or URL; may be repeated")
    parser.add_argument("--out", default="", help="where the release goes [releases/RECIPE]")
    parser.add_argument("--workers", type=int, default=2, help="tasks at a time [2]")
    parser.add_argument("--cron", help='when to run, such as "0 3 * * 1"; without it, only when asked for')
    given = parser.parse_args()
    parameters = {"recipe": given.recipe, "inputs": given.input, "out": given.out, "workers": given.workers}
    curate_crawl.serve(name="served", cron=given.cron, parameters=parameters)


if __name__ == "__main__":
    main()
