"""The runner alone: plans made for the test, run as Prefect tasks."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from prefect import flow
from prefect.client.schemas.objects import TaskRun
from prefect.runtime import flow_run

from flows.prefect_runner import Kind, PrefectRunner, TaskFailedError
from pipelines.plan import Made, Task, perform
from pipelines.store import Store

TaskRuns = Callable[[UUID, int], list[TaskRun]]

pytestmark = pytest.mark.usefixtures("prefect_server")


def double(given: Any) -> Made:
    """Do ordinary work."""
    return Made(str(2 * given), given)


def fail_first(given: Any) -> Made:
    """Fail at the first try."""
    trace = Path(given)
    if not trace.exists():
        trace.touch()
        raise OSError("the disk is away for a moment")
    return Made("done")


def fail(given: Any) -> Made:
    """Fail at every try."""
    raise OSError(f"no disk for {given}")


def kill_first(given: Any) -> Made:
    """Kill the worker at the first try, as a machine that is short of memory does."""
    trace = Path(given)
    if not trace.exists():
        trace.touch()
        # What the worker said of its task before must have left the process.
        time.sleep(1)
        os.kill(os.getpid(), signal.SIGKILL)
    return Made("done")


def kill(given: Any) -> Made:
    """Kill the worker at every try."""
    time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
    return Made(given)


def task(folder: Path, key: str, function: Any, given: Any) -> Task:
    return Task("test", key, "made from nothing", Store.at(folder), function, given)


def run(tasks: list[Task], kind: Kind, retries: int = 1) -> tuple[dict[str, Made] | str, UUID]:
    """Run tasks in a flow of their own; give what they made by key, or how they failed, and the flow run."""

    @flow(name="test", persist_result=False)
    def run_tasks() -> tuple[dict[str, Made] | str, UUID]:
        flow_run_id = UUID(str(flow_run.id))
        try:
            with PrefectRunner(kind, workers=2, retries=retries, delay=0) as runner:
                return {task.key: made for task, made in runner.map(perform, tasks)}, flow_run_id
        except TaskFailedError as error:
            return str(error), flow_run_id

    return run_tasks()


def states(runs: list[TaskRun]) -> list[tuple[str, str]]:
    return [(run.name, run.state_name or "") for run in runs]


def test_every_item_comes_back_with_its_result(tmp_path: Path, task_runs: TaskRuns) -> None:
    tasks = [task(tmp_path, f"{number}", double, number) for number in range(7)]
    found, run_id = run(tasks, "thread")
    assert found == {f"{number}": Made(str(2 * number), number) for number in range(7)}
    assert states(task_runs(run_id, 7)) == [(f"test {number}", "Completed") for number in range(7)]


def test_a_failed_task_is_tried_again(tmp_path: Path, task_runs: TaskRuns) -> None:
    tasks = [task(tmp_path, "weak", fail_first, str(tmp_path / "trace")), task(tmp_path, "well", double, 1)]
    found, run_id = run(tasks, "thread")
    assert found == {"weak": Made("done"), "well": Made("2", 1)}
    assert [(run.name, run.run_count) for run in task_runs(run_id, 2)] == [("test weak", 2), ("test well", 1)]


def test_a_task_that_fails_at_last_ends_the_run_and_leaves_what_is_done(tmp_path: Path) -> None:
    tasks = [task(tmp_path, "well", double, 1), task(tmp_path, "ill", fail, "ill")]
    found, _ = run(tasks, "thread", retries=0)
    assert found == "test ill failed: OSError: no disk for ill"
    assert tasks[0].store.list(".work") == [".work/done/test/well.json"]
    tasks[1] = task(tmp_path, "ill", double, 2)
    found, _ = run(tasks, "thread")
    assert found == {"well": Made("2", 1, reused=True), "ill": Made("4", 2)}


def test_a_lost_worker_costs_one_try_and_a_task_that_always_kills_is_named(tmp_path: Path, task_runs: TaskRuns) -> None:
    well = [task(tmp_path, f"{number}", double, number) for number in range(3)]
    retried = task(tmp_path, "retried", fail_first, str(tmp_path / "failed"))
    weak, deadly = task(tmp_path, "weak", kill_first, str(tmp_path / "killed")), task(tmp_path, "deadly", kill, "")
    found, run_id = run([*well, retried, weak, deadly], "process")
    assert found == "test deadly failed: its worker process was lost, 2 times"
    done = {name.rpartition("/")[2].removesuffix(".json") for name in deadly.store.list(".work/done/test")}
    assert done == {"0", "1", "2", "retried", "weak"}
    over = states(task_runs(run_id, 8))
    assert over.count(("test weak", "Crashed")) == over.count(("test weak", "Completed")) == 1
    assert over.count(("test deadly", "Crashed")) == 2
    assert len(over) == 8


def test_outside_a_flow_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="inside a flow"):
        next(PrefectRunner().map(perform, [task(tmp_path, "lone", double, 1)]))
