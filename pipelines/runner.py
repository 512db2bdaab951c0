"""The runner that needs nothing: processes on this machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import connection, forkserver
from multiprocessing.queues import SimpleQueue  # noqa: TC003  # read at run time by whoever looks
from types import TracebackType
from typing import Self, TypeVar

from pipelines.progress import Sink, listen

Given = TypeVar("Given")
Result = TypeVar("Result")
Message = tuple[str, int, int]

#: imported once by the server that forks the workers: what it compiles and loads is theirs from the start
PRELOAD = "pipelines.warm"


def start_server() -> None:
    """Start the server that forks workers, if it does not run yet; it loads what they need while we go on.

    A fork of this process would copy its threads' locks; the server has none, and forks clean copies.
    """
    multiprocessing.set_forkserver_preload([PRELOAD])
    forkserver.ensure_running()


class LocalRunner:
    """Runs tasks here: one at a time in this process, or several in processes of their own.

    Use it as a context: its processes end with the block.
    """

    def __init__(self, workers: int = 1, sink: Sink | None = None) -> None:
        self.workers = workers
        self.sink = sink
        self._stack = ExitStack()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start nothing yet: it may turn out that nothing is to be done."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what they have begun they finish, what waits is dropped."""
        self._stack.close()
        self._pool = None

    def map(self, function: Callable[[Given], Result], items: Sequence[Given]) -> Iterator[tuple[Given, Result]]:
        """Call `function` for each item; yield in order of completion."""
        # Once there are workers they also do what stands alone: they have everything loaded.
        if self._pool or min(self.workers, len(items)) > 1:
            pool = self._pool or self._open()
            futures = {pool.submit(function, item): item for item in items}
            for future in as_completed(futures):
                yield futures[future], future.result()
            return
        listen(self.sink)
        try:
            for item in items:
                yield item, function(item)
        finally:
            listen(None)

    def _open(self) -> ProcessPoolExecutor:
        start_server()
        context = multiprocessing.get_context("forkserver")
        reports: SimpleQueue[Message | None] = context.SimpleQueue()
        self._stack.callback(reports.close)
        listener = threading.Thread(target=self._relay, args=(reports,), daemon=True)
        listener.start()
        self._stack.callback(listener.join)
        self._stack.callback(reports.put, None)
        self._pool = ProcessPoolExecutor(self.workers, context, initializer=_begin, initargs=(reports,))
        self._stack.callback(self._pool.shutdown, cancel_futures=True)
        return self._pool

    def _relay(self, reports: "SimpleQueue[Message | None]") -> None:
        while (message := reports.get()) is not None:
            if self.sink:
                self.sink(*message)


def _begin(reports: "SimpleQueue[Message | None]") -> None:
    """Start a worker: report to the parent, and end when it ends, however it ends."""
    # Ctrl-C is for all: a worker that went on with its shard would be waited for.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    listen(lambda stage, records, byte_count: reports.put((stage, records, byte_count)))
    follow_parent()


def follow_parent() -> None:
    """Let this worker end when its parent ends, however it ends: a second run may start at once."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        # The parent was killed: nobody waits for this work.
        os._exit(1)
