"""The runner for which Prefect keeps the books: each task of the plan is a task run with a name, a log and retries.

What is done is said by the plan's own markers, so Prefect keeps no results: a flow run that starts again does what
is left, whether or not the server remembers the run before it.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import connection
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from prefect import get_client, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import ObjectNotFound
from prefect.futures import PrefectFuture
from prefect.states import Crashed
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from pipelines.plan import Made, Task

Given = TypeVar("Given")
Result = TypeVar("Result")
Kind = Literal["process", "thread"]
Pool = ProcessPoolTaskRunner | ThreadPoolTaskRunner[Any]


class TaskFailedError(RuntimeError):
    """A task that failed at its last try, or whose worker was lost as often as it may be."""


@task(task_run_name="{name}", cache_policy=NO_CACHE, persist_result=False)
def perform_named(name: str, call: Callable[[], Any]) -> Any:  # noqa: ANN401  # whatever the call gives
    """Make the call under a name that Prefect shows, and log what it made."""
    result = call()
    get_run_logger().info("%s: %s", name, _describe(result))
    return result


class PrefectRunner:
    """Maps over items as Prefect task runs, in a pool of processes or threads; open it inside a flow, with `with`.

    A task that raises is tried again in its worker, `retries` times, `delay` seconds apart. A worker process that is
    lost (killed, out of memory) takes its pool with it: whatever the pool was doing goes to a new one, while the
    results of all other tasks stay. After `retries` + 1 losses in a row, with nothing finished in between,
    TaskFailedError names the tasks.
    """

    def __init__(self, kind: Kind = "process", workers: int = 2, retries: int = 2, delay: float = 10.0) -> None:
        self.kind = kind
        self.workers = workers
        self.retries = retries
        self._task = perform_named.with_options(retries=retries, retry_delay_seconds=delay)
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        """Start the workers."""
        self._pool = self._new_pool().__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers finish what they have begun, and end them; what has not begun is given up."""
        if self._pool:
            self._pool.__exit__(kind, error, trace)
            self._pool = None

    def map(self, function: Callable[[Given], Result], items: Sequence[Given]) -> Iterator[tuple[Given, Result]]:
        """Call `function` for each item; yield in order of completion. The first failure ends it: TaskFailedError."""
        waiting = deque(items)
        losses = 0
        while waiting:
            lost: list[Given] = []
            for done in self._map_until_lost(function, waiting, lost):
                losses = 0
                yield done
            if lost:
                losses += 1
                self._replace_pool([_name(function, item) for item in lost], losses)
                # At the end: a task that kills every worker must not keep the others from being done.
                waiting.extend(lost)

    def _map_until_lost(
        self, function: Callable[[Given], Result], waiting: deque[Given], lost: list[Given]
    ) -> Iterator[tuple[Given, Result]]:
        """Take items from `waiting`; once a worker is lost, take no more and put what ran into `lost`."""
        done: SimpleQueue[PrefectFuture[Result]] = SimpleQueue()
        running: dict[PrefectFuture[Result], Given] = {}
        while running or (waiting and not lost):
            # No more than keeps the workers busy: a lost pool loses little, and a server sees no endless queue.
            while waiting and not lost and len(running) < 2 * self.workers:
                item = waiting.popleft()
                future = self._submit(function, item)
                running[future] = item
                future.add_done_callback(done.put)
            future = done.get()
            item = running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                _mark_lost(future)
                lost.append(item)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise TaskFailedError(f"{_name(function, item)} failed: {reason}") from error
            else:
                yield item, result

    def _submit(self, function: Callable[[Given], Result], item: Given) -> PrefectFuture[Result]:
        if self._pool is None:
            raise RuntimeError("PrefectRunner was not opened: use `with PrefectRunner(...) as runner` inside a flow")
        # Prefect looks into every parameter for results of other tasks; it does not look into a partial.
        parameters = {"name": _name(function, item), "call": partial(function, item)}
        return self._pool.submit(self._task, parameters)

    def _replace_pool(self, lost: Sequence[str], losses: int) -> None:
        names = ", ".join(sorted(lost))
        if losses > self.retries:
            raise TaskFailedError(f"a worker process was lost {losses} times in a row; at work or next were: {names}")
        get_run_logger().warning("a worker process was lost; to be done again: %s", names)
        self.__exit__(None, None, None)
        self.__enter__()

    def _new_pool(self) -> Pool:
        if self.kind == "process":
            return ProcessPoolTaskRunner(max_workers=self.workers, initializer=follow_parent)
        return ThreadPoolTaskRunner(max_workers=self.workers)


def follow_parent() -> None:
    """Start a worker that ends when the flow's process ends, however it ends: a second run may start at once."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


def _mark_lost(future: PrefectFuture[Any]) -> None:
    """Tell the server what the worker could not: otherwise its task run would be running for ever."""
    # A task that had not begun is unknown to the server.
    with get_client(sync_client=True) as client, suppress(ObjectNotFound):
        client.set_task_run_state(future.task_run_id, Crashed(message="The worker process was lost."), force=True)


def _name(function: Callable[[Any], Any], item: object) -> str:
    """Name a task run: `curate 00003`; what is no task of a plan is called by its function."""
    return f"{item.stage} {item.key}" if isinstance(item, Task) else getattr(function, "__name__", "task")


def _describe(result: object) -> str:
    if not isinstance(result, Made):
        return repr(result)
    how = "done by an earlier run" if result.reused else "done"
    return f"{how}, {result.records:,} records, {result.bytes:,} bytes, digest {result.digest[:16]}"
