"""One real run over the sample crawl: where pictures and examples get their numbers."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.curation import Curated, curate
from flows.jobs import make_job
from pipelines.plan import Made, Stage, Task
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.tally import Tally


@dataclass(frozen=True, slots=True)
class Sample:
    """A finished release of the sample crawl, at `folder`/releases/sample."""

    folder: Path
    recipe: Recipe
    curated: Curated
    stages: list[Stage]
    #: what each stage's tasks made
    made: dict[str, list[Made]]

    @property
    def tally(self) -> Tally:
        """What became of the records."""
        return Tally(**self.curated.manifest["counts"])


@dataclass(slots=True)
class _Watcher:
    stages: list[Stage] = field(default_factory=list)
    made: dict[str, list[Made]] = field(default_factory=dict)

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        del tasks
        self.stages.append(stage)
        self.made[stage.name] = []

    def done(self, task: Task, made: Made) -> None:
        self.made[task.stage].append(made)

    def end(self, stage: Stage) -> None:
        del stage


@contextmanager
def sample_run() -> Generator[Sample]:
    """Curate the sample into a temporary folder."""
    with TemporaryDirectory(prefix="vitrine-docs-") as folder:
        recipe = Recipe.load("sample")
        watcher = _Watcher()
        job = make_job(recipe, recipe.source.inputs, f"{folder}/releases/sample", None, None)
        with LocalRunner(1) as runner:
            curated = curate(job, runner, watcher)
        yield Sample(Path(folder), recipe, curated, watcher.stages, watcher.made)
