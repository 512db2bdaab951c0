"""The runner for which Prefect keeps the books: each task of the plan is a task run with a name, a log and retries.

What is done is said by the plan's own markers, so Prefect keeps no results: a flow run that starts again does what
is left, whether or not the server remembers the run before it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from uuid import UUID

from prefect import get_client, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import ObjectNotFound
from prefect.futures import PrefectFuture
from prefect.states import Crashed
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from pipelines.plan import Made, Task
from pipelines.runner import follow_parent

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
    lost (killed, out of memory) takes its pool with it; what the pool was doing goes to a new one. Nobody can say
    which of those tasks it was, so each has lost a try, and has its last one alone: one that kills is found out.
    """

    def __init__(self, kind: Kind = "process", workers: int = 2, retries: int = 2, delay: float = 10.0) -> None:
        self.kind = kind
        self.workers = workers
        self.retries = retries
        self._task = perform_named.with_options(retries=retries, retry_delay_seconds=delay)
        self._pool: Pool | None = None
        self._lost: list[UUID] = []

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
        if self._lost:
            _mark_lost(self._lost)
            self._lost.clear()

    def map(self, function: Callable[[Given], Result], items: Sequence[Given]) -> Iterator[tuple[Given, Result]]:
        """Call `function` for each item; yield in order of completion. The first failure ends it: TaskFailedError."""
        waiting = deque(range(len(items)))
        losses: Counter[int] = Counter()
        while waiting:
            last_try = 0 < losses[waiting[0]] == self.retries
            turn = deque([waiting.popleft()]) if last_try else waiting
            lost: list[int] = []
            yield from self._map_until_lost(function, items, turn, lost)
            if lost:
                losses.update(lost)
                self._replace_pool({_name(function, items[index]): losses[index] for index in sorted(lost)})
                waiting.extendleft(sorted(lost, key=lambda index: (losses[index], -index)))

    def _map_until_lost(
        self, function: Callable[[Given], Result], items: Sequence[Given], turn: deque[int], lost: list[int]
    ) -> Iterator[tuple[Given, Result]]:
        """Take items, by index, from `turn`; once a worker is lost, take no more and put what ran into `lost`."""
        done: SimpleQueue[PrefectFuture[Result]] = SimpleQueue()
        running: dict[PrefectFuture[Result], int] = {}
        while running or (turn and not lost):
            # No more than there are workers: a lost pool loses little, and the server sees no endless queue.
            while turn and not lost and len(running) < self.workers:
                future = self._submit(function, items[turn[0]])
                running[future] = turn.popleft()
                future.add_done_callback(done.put)
            future = done.get()
            index = running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                self._lost.append(future.task_run_id)
                lost.append(index)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise TaskFailedError(f"{_name(function, items[index])} failed: {reason}") from error
            else:
                yield items[index], result

    def _submit(self, function: Callable[[Given], Result], item: Given) -> PrefectFuture[Result]:
        if self._pool is None:
            raise RuntimeError("PrefectRunner was not opened: use `with PrefectRunner(...) as runner` inside a flow")
        # Prefect looks into every parameter for results of other tasks; it does not look into a partial.
        parameters = {"name": _name(function, item), "call": partial(function, item)}
        return self._pool.submit(self._task, parameters)

    def _replace_pool(self, losses: Mapping[str, int]) -> None:
        names = ", ".join(name for name, count in losses.items() if count > self.retries)
        if names:
            raise TaskFailedError(f"{names} failed: its worker process was lost, {self.retries + 1} times")
        get_run_logger().warning("a worker process was lost; to be done again: %s", ", ".join(losses))
        if self._pool:
            self._pool.__exit__(None, None, None)
        self._pool = self._new_pool().__enter__()

    def _new_pool(self) -> Pool:
        if self.kind == "process":
            return ProcessPoolTaskRunner(max_workers=self.workers, initializer=follow_parent)
        return ThreadPoolTaskRunner(max_workers=self.workers)


def _mark_lost(task_runs: Sequence[UUID]) -> None:
    """Tell the server what lost workers could not: otherwise their task runs would be running for ever.

    This comes last, because a server may write a task run down some time after it began.
    """
    state = Crashed(message="The worker process was lost.")
    with get_client(sync_client=True) as client:
        for task_run in task_runs:
            # The server knows nothing of a task that had not begun.
            with suppress(ObjectNotFound):
                client.read_task_run(task_run)
                client.set_task_run_state(task_run, state, force=True)


def _name(function: Callable[[Any], Any], item: object) -> str:
    """Name a task run: `curate 00003`; what is no task of a plan is called by its function."""
    return f"{item.stage} {item.key}" if isinstance(item, Task) else getattr(function, "__name__", "task")


def _describe(result: object) -> str:
    if not isinstance(result, Made):
        return repr(result)
    how = "done by an earlier run" if result.reused else "done"
    return f"{how}, {result.records:,} records, {result.bytes:,} bytes, digest {result.digest[:16]}"
