"""What tests do with releases: make the sample's, and compare two to the byte."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.curation import Curated, curate
from flows.jobs import make_job
from pipelines.plan import Runner
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.sample import crawl


class PowerCut(RuntimeError):  # noqa: N818
    """The power went out."""


class Interrupted:
    """A runner that stops after so many tasks, leaving them done."""

    def __init__(self, tasks: int) -> None:
        self.left = tasks

    def map(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Do tasks while there are any left to do."""
        for item in items:
            if not self.left:
                raise PowerCut
            self.left -= 1
            yield item, function(item)


def sample_inputs() -> tuple[str, ...]:
    """Name the sample's files, WET included."""
    return tuple(str(path) for path in sorted(crawl().parent.rglob("*.gz")))


def curate_sample(
    out: Path | str, runner: Runner | None = None, inputs: tuple[str, ...] = (), recipe: Recipe | None = None
) -> Curated:
    """Curate the sample into `out`."""
    recipe = recipe or Recipe.load("sample")
    job = make_job(recipe, inputs or sample_inputs(), str(out), None, None)
    with LocalRunner(1) as local:
        return curate(job, runner or local)


def contents(release: Path) -> dict[str, str]:
    """Digest every file that must not depend on how the release was made: all but the note about the run."""
    files = [path for path in sorted(release.rglob("*")) if path.is_file() and path.name != "run.json"]
    return {str(path.relative_to(release)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def manifest(release: Path) -> dict[str, Any]:
    """Read a release's manifest."""
    return json.loads((release / "release.json").read_bytes())


def ledger_rows(release: Path) -> list[dict[str, Any]]:
    """Read all rows of a release's ledger, file by file."""
    return [row for path in sorted((release / "ledger").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
