"""Tasks are done once each, here or in processes of their own; a failure is the caller's; nobody outlives the block."""

import os
import time
from collections.abc import Callable

import psutil
import pytest

from pipelines.progress import report
from pipelines.runner import LocalRunner


def _square(number: int) -> int:
    report("squares", 1, number)
    return number * number


def _fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is not wanted")
    return number


def _process(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_item_has_its_result(workers: int) -> None:
    heard: list[tuple[str, int, int]] = []
    with LocalRunner(workers, lambda *message: heard.append(message)) as runner:
        assert dict(runner.map(_square, range(6))) == {number: number * number for number in range(6)}
    assert sorted(heard) == [("squares", 1, number) for number in range(6)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_is_raised(workers: int) -> None:
    with pytest.raises(ValueError, match="not wanted"), LocalRunner(workers) as runner:
        list(runner.map(_fail_at_three, range(6)))


def test_one_worker_is_this_process_and_more_are_others() -> None:
    with LocalRunner(1) as runner:
        assert {result for _, result in runner.map(_process, range(3))} == {os.getpid()}
    with LocalRunner(2) as runner:
        workers = {result for _, result in runner.map(_process, range(8))}
        again = {result for _, result in runner.map(_process, range(8))}
    assert os.getpid() not in workers
    assert len(workers | again) == 2
    _wait_for(lambda: not any(psutil.pid_exists(worker) for worker in workers))


def _wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(200):
        if happened():
            return
        time.sleep(0.02)
    raise AssertionError
