"""A plan: a list of stages, each a list of tasks that know nothing of each other; restart = do what has no marker.

A task's marker says what it was made from (input, recipe part, code version) and what was made. Where a marker
says anything else than the task at hand, the work is done again: nothing stale is ever reused.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pipelines.store import Store

WORK = ".work"

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Made:
    """What a task made, in a few plain values; bulk data lies in the store."""

    #: digest of everything made, so that later stages can say what they were made from
    digest: str
    records: int = 0
    bytes: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    #: true where a marker was found and nothing was done
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of a stage: a function that any worker can be sent, and what it is made from."""

    stage: str
    key: str
    #: digest of all that decides the result
    made_from: str
    store: Store
    function: Callable[[Any], Made]
    given: Any
    #: how much there is to do, where that is known before: for progress only
    bytes: int = 0

    @property
    def marker(self) -> str:
        """Name of the file that says that this task is done."""
        return f"{WORK}/done/{self.stage}/{self.key}.json"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its tasks can be listed once it is known what the stages before it made."""

    name: str
    #: what the stage does, for whoever watches
    purpose: str
    tasks: Callable[["Results"], Sequence[Task]]
    #: the stage that it is a step of, for whoever counts time
    part_of: str = ""


#: what each stage made, by its name, in the order of its tasks
Results = Mapping[str, tuple[Made, ...]]


class Watcher(Protocol):
    """Whoever watches a run."""

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Hear that a stage begins."""
        ...

    def done(self, task: Task, made: Made) -> None:
        """Hear that a task is done."""
        ...

    def end(self, stage: Stage) -> None:
        """Hear that a stage has ended."""
        ...


class Runner(Protocol):
    """Anything that can map a function over items, here or elsewhere, in any order."""

    def map(self, function: Callable[[Given], Result], items: Sequence[Given]) -> Iterator[tuple[Given, Result]]:
        """Call `function` once for each item; yield each item with its result, as they come."""
        ...


def run(stages: Sequence[Stage], runner: Runner, watcher: Watcher) -> Results:
    """Do one stage after another, each in whatever order its runner likes."""
    results: dict[str, tuple[Made, ...]] = {}
    for stage in stages:
        tasks = stage.tasks(results)
        watcher.begin(stage, tasks)
        found: dict[str, Made] = {}
        for task, made_now in runner.map(perform, tasks):
            found[task.key] = made_now
            watcher.done(task, made_now)
        results[stage.name] = tuple(found[task.key] for task in tasks)
        watcher.end(stage)
    return results


def perform(task: Task) -> Made:
    """Do a task unless its marker says that it is done."""
    done = made(task)
    if done:
        return done
    # It vouches for what is about to be overwritten.
    task.store.remove(task.marker)
    result = task.function(task.given)
    content = {"made_from": task.made_from, "digest": result.digest, "records": result.records}
    content |= {"bytes": result.bytes, "facts": result.facts}
    task.store.write(task.marker, json.dumps(content).encode())
    return result


def made(task: Task) -> Made | None:
    """Read what a task made, if it is done and still fits."""
    if not task.store.exists(task.marker):
        return None
    content = json.loads(task.store.read(task.marker))
    if content.pop("made_from") != task.made_from:
        return None
    return Made(**content, reused=True)
