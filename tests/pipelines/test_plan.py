"""A task is done once for what it is made from, and again for anything else."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.plan import Made, Stage, Task, perform, run
from pipelines.runner import LocalRunner
from pipelines.store import Store

CALLS: list[str] = []


def _make(word: str) -> Made:
    CALLS.append(word)
    return Made(f"digest of {word}", len(word), 9, {"word": word})


def _fail(word: str) -> Made:
    raise RuntimeError(word)


def _task(store: Store, word: str, made_from: str = "a") -> Task:
    return Task("spell", word, made_from, store, _make, word)


def test_a_marker_saves_the_work_and_says_what_was_made(tmp_path: Path) -> None:
    CALLS.clear()
    task = _task(Store.at(tmp_path), "one")
    first, again = perform(task), perform(task)
    assert CALLS == ["one"]
    assert again == replace(first, reused=True)


def test_a_marker_of_something_else_saves_nothing(tmp_path: Path) -> None:
    CALLS.clear()
    store = Store.at(tmp_path)
    perform(_task(store, "one"))
    assert not perform(_task(store, "one", "b")).reused
    assert CALLS == ["one", "one"]


def test_a_failed_task_leaves_no_marker(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    with pytest.raises(RuntimeError, match="one"):
        perform(Task("spell", "one", "a", store, _fail, "one"))
    assert store.list() == []


class _Watcher:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def begin(self, stage: Stage, tasks: list[Task]) -> None:
        """Hear a beginning."""
        self.heard.append(f"{stage.name} begins with {len(tasks)}")

    def done(self, task: Task, made: Made) -> None:
        """Hear of a task."""
        self.heard.append(f"{task.key}: {made.records}")

    def end(self, stage: Stage) -> None:
        """Hear an end."""
        self.heard.append(f"{stage.name} ends")


def test_a_stage_knows_what_those_before_it_made_in_the_order_of_their_tasks(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    words = ["three", "one"]
    stages = [
        Stage("spell", "", lambda _: [_task(store, word) for word in words]),
        Stage("join", "", lambda made: [_task(store, "-".join(part.facts["word"] for part in made["spell"]))]),
    ]
    watcher = _Watcher()
    with LocalRunner() as runner:
        results = run(stages, runner, watcher)
    assert [made.facts["word"] for made in results["join"]] == ["three-one"]
    assert watcher.heard == [
        "spell begins with 2",
        "three: 5",
        "one: 3",
        "spell ends",
        "join begins with 1",
        "three-one: 9",
        "join ends",
    ]
