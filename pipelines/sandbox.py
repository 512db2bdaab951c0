"""Extraction in a process of its own: a page that hangs, crashes or fills the memory costs that page only.

The other side of the pipe is this same file, run as a program. It gets pages as pickles from us and answers in
JSON, so that a page which takes it over cannot make us run anything. The kernel holds the limits: processor time
(SIGXCPU, whatever the machine's load) and address space.
"""

import atexit
import json
import os
import pickle
import resource
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from pipelines.child import Child, StartError, read_message, send
from pipelines.extract import Page, Reading, read_html, read_page
from pipelines.reason import Reason
from pipelines.stated import Detail

#: pages that go over the pipe together; where they fail together, each is tried alone
TOGETHER = 16
#: bytes after which a group is sent although it has fewer pages
TOGETHER_BYTES = 4_000_000
#: how many times its processor time a page may take by the clock: it may wait for a processor, but not for ever
PATIENCE = 20
#: how the child is started: isolated, so that nothing of the user's folder is imported
COMMAND = (sys.executable, "-I", "-m", "pipelines.sandbox")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost."""

    seconds: int
    memory_bytes: int
    max_page_bytes: int


class SandboxError(RuntimeError):
    """The child cannot start at all: no page is to blame, and none must pay."""


class _Lost(Exception):  # noqa: N818  # not an error of the program: the child's end is an outcome
    """The child ended, or had to be ended, before it answered."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


#: a record's kind and content, and the address that it was fetched from
Asked = tuple[str, bytes, str | None]


class Sandbox:
    """A child process that extracts pages; a new one takes the place of one that a page has cost."""

    def __init__(
        self, engine: str, limits: Limits, detail: Detail = "none", command: Sequence[str] | None = None
    ) -> None:
        self.engine = engine
        self.limits = limits
        self.detail: Detail = detail
        self.command = command or COMMAND
        self._child: Child | None = None

    def __enter__(self) -> Self:
        """Start nothing yet: `begin` does, or the first page."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the child to the next sandbox of its kind in this process, unless something went wrong."""
        if error is None and self._child and self._kind not in _WAITING:
            _WAITING[self._kind] = self._child
            self._child = None
        self._end()

    @property
    def _kind(self) -> tuple[object, ...]:
        """Say which sandboxes may use each other's child: memory is limited once for all that it reads."""
        return (*self.command, self.engine, self.limits)

    def begin(self) -> Child:
        """Start a child and do not wait for it: it loads what it needs while the caller does the same."""
        waiting = _WAITING.pop(self._kind, None)
        self._child = waiting if waiting and waiting.lives else Child([*self.command, self.engine])
        return self._child

    def read(self, records: Iterable[Asked]) -> list[Page]:
        """Extract pages; one answer for each, in order."""
        return [page for group in _groups(records) for page in self._read_group(group)]

    def _read_group(self, group: list[Asked]) -> list[Page]:
        try:
            return self._ask(group)
        except _Lost as lost:
            if len(group) == 1:
                return [Page(reason=lost.reason, detail=lost.detail)]
        return [page for record in group for page in self._read_group([record])]

    def _ask(self, group: list[Asked]) -> list[Page]:
        child = self._child or self.begin()
        question = pickle.dumps((self.engine, self.limits, self.detail, group), protocol=5)
        try:
            answer = child.ask(question, self.limits.seconds * PATIENCE)
        except StartError as error:
            self._end()
            raise SandboxError(f"the extracting process does not start: {error}") from None
        except (BrokenPipeError, EOFError):
            raise self._loss(child) from None
        except TimeoutError:
            self._end()
            detail = f"no answer in {self.limits.seconds * PATIENCE} s by the clock"
            raise _Lost(Reason.TIMED_OUT, detail) from None
        return [Page.from_plain(plain) for plain in json.loads(answer)]

    def _loss(self, child: Child) -> _Lost:
        """Say what ended the child."""
        status = child.process.wait()
        self._end()
        if status == -signal.SIGXCPU:
            return _Lost(Reason.TIMED_OUT, f"more than {self.limits.seconds} s of processor time")
        cause = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return _Lost(Reason.CRASHED, f"the extracting process ended with {cause}")

    def _end(self) -> None:
        if self._child:
            self._child.end()
            self._child = None


#: children of sandboxes that ended, by kind: each takes a second to start
_WAITING: dict[tuple[object, ...], Child] = {}


@atexit.register
def end_waiting() -> None:
    """End the children that nobody uses."""
    while _WAITING:
        _WAITING.popitem()[1].end()


def _groups(records: Iterable[Asked]) -> Iterator[list[Asked]]:
    group: list[Asked] = []
    held = 0
    for record in records:
        group.append(record)
        held += len(record[1])
        if len(group) == TOGETHER or held > TOGETHER_BYTES:
            yield group
            group, held = [], 0
    if group:
        yield group


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the questions end: the child's whole life."""
    limited = False
    while True:
        try:
            engine, limits, detail, group = pickle.loads(read_message(questions))  # noqa: S301  # our parent's own words
        except EOFError:
            return
        if not limited:
            _limit_memory(limits.memory_bytes)
            limited = True
        _limit_time(limits.seconds)
        pages = [_read_safely(asked, engine, limits, detail) for asked in group]
        send(answers, json.dumps([page.to_plain() for page in pages]).encode())


def _read_safely(asked: Asked, engine: str, limits: Limits, detail: Detail) -> Page:
    kind, content, url = asked
    try:
        return read_page(kind, content, url, Reading(engine, limits.max_page_bytes, detail))
    except MemoryError:
        return Page(reason=Reason.CRASHED, detail=f"more than {limits.memory_bytes:,} bytes of memory")
    except Exception as error:  # noqa: BLE001  # whatever an engine raises over a page is that page's fate
        return Page(reason=Reason.CRASHED, detail=f"{type(error).__name__}: {error}"[:500])


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def _limit_memory(byte_count: int) -> None:
    # A killed child would leave an image of its memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        # Elsewhere the kernel does not hold to this limit, and there is no /proc to read.
        return
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        start = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (start + byte_count, hard))


def main() -> None:
    """Load the engine, say so, then serve over standard input and output; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    read_html(
        b"<title>t</title><p>Loads and compiles what pages need.", "https://page.test/", Reading(sys.argv[1], 1, "all")
    )
    send(answers, b"ready")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
