"""The runner that needs nothing: processes on this machine."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import connection
from multiprocessing.queues import SimpleQueue  # noqa: TC003  # read at run time by whoever looks
from typing import TypeVar

from pipelines.progress import Sink, listen

Given = TypeVar("Given")
Result = TypeVar("Result")
Message = tuple[str, int, int]


class LocalRunner:
    """Runs tasks here: one at a time in this process, or several in processes of their own."""

    def __init__(self, workers: int = 1, sink: Sink | None = None) -> None:
        self.workers = workers
        self.sink = sink

    def map(self, function: Callable[[Given], Result], items: Sequence[Given]) -> Iterator[tuple[Given, Result]]:
        """Call `function` for each item; yield in order of completion."""
        workers = min(self.workers, len(items))
        if workers > 1:
            yield from self._spread(function, items, workers)
            return
        listen(self.sink)
        try:
            for item in items:
                yield item, function(item)
        finally:
            listen(None)

    def _spread(
        self, function: Callable[[Given], Result], items: Sequence[Given], workers: int
    ) -> Iterator[tuple[Given, Result]]:
        # A fork of this process would copy its threads' locks; a server forks clean copies, and imports only once.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipelines.shard"])
        reports: SimpleQueue[Message | None] = context.SimpleQueue()
        listener = threading.Thread(target=self._relay, args=(reports,), daemon=True)
        listener.start()
        pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(reports,))
        try:
            futures = {pool.submit(function, item): item for item in items}
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            reports.put(None)
            listener.join()
            reports.close()

    def _relay(self, reports: "SimpleQueue[Message | None]") -> None:
        while (message := reports.get()) is not None:
            if self.sink:
                self.sink(*message)


def _begin(reports: "SimpleQueue[Message | None]") -> None:
    """Start a worker: report to the parent, and end when it ends, however it ends."""
    listen(lambda stage, records, byte_count: reports.put((stage, records, byte_count)))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        # The parent was killed: nobody waits for this work, and a second run may be starting already.
        os._exit(1)
