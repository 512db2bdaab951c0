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
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import IO, Self

from pipelines.extract import Page, Reading, read_html, read_page
from pipelines.reason import Reason
from pipelines.stated import Detail

#: pages that go over the pipe together; where they fail together, each is tried alone
TOGETHER = 16
#: bytes after which a group is sent although it has fewer pages
TOGETHER_BYTES = 4_000_000
#: how many times its processor time a page may take by the clock: it may wait for a processor, but not for ever
PATIENCE = 20
#: seconds by the clock that a child may take to import what it needs
START_SECONDS = 120
#: what a pipe holds, where the system lets us choose: fewer turns for as many bytes
PIPE_BYTES = 1 << 20
_LENGTH = struct.Struct("<Q")
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
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start nothing yet: a shard without pages needs no child."""
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
        child = self._child or self._start()
        try:
            _send(_pipe(child.stdin), pickle.dumps((self.engine, self.limits, self.detail, group), protocol=5))
            answer = _receive(_pipe(child.stdout), self.limits.seconds * PATIENCE)
        except (BrokenPipeError, EOFError):
            raise self._loss() from None
        except TimeoutError:
            self._end()
            detail = f"no answer in {self.limits.seconds * PATIENCE} s by the clock"
            raise _Lost(Reason.TIMED_OUT, detail) from None
        return [Page.from_plain(plain) for plain in json.loads(answer)]

    def _loss(self) -> _Lost:
        """Say what ended the child."""
        child = self._child
        status = child.wait() if child else 0
        self._end()
        if status == -signal.SIGXCPU:
            return _Lost(Reason.TIMED_OUT, f"more than {self.limits.seconds} s of processor time")
        cause = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return _Lost(Reason.CRASHED, f"the extracting process ended with {cause}")

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = _WAITING.pop(self._kind, None)
        return self._child if self._child and self._child.poll() is None else self._start_anew()

    def _start_anew(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        with tempfile.TemporaryFile() as complaints:
            self._child = subprocess.Popen(  # noqa: S603  # our own program
                [*self.command, self.engine], stdin=pipe, stdout=pipe, stderr=complaints, pipesize=PIPE_BYTES
            )
            try:
                _receive(_pipe(self._child.stdout), START_SECONDS)
            except (EOFError, TimeoutError):
                self._end()
                complaints.seek(0)
                said = complaints.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
                raise SandboxError(f"the extracting process does not start: {said[-1]}") from None
        return self._child

    def _end(self) -> None:
        if self._child:
            _end(self._child)
            self._child = None


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        # What was not sent cannot be sent any more.
        with suppress(BrokenPipeError):
            _pipe(pipe).close()


#: children of sandboxes that ended, by kind: each takes a second to start
_WAITING: dict[tuple[object, ...], subprocess.Popen[bytes]] = {}


@atexit.register
def end_waiting() -> None:
    """End the children that nobody uses."""
    while _WAITING:
        _end(_WAITING.popitem()[1])


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


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError("the child has no pipe")
    return pipe


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes], seconds: float) -> bytes:
    with DefaultSelector() as selector:
        selector.register(pipe, EVENT_READ)
        if not selector.select(seconds):
            raise TimeoutError
    return _read_message(pipe)


def _read_message(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the questions end: the child's whole life."""
    limited = False
    while True:
        try:
            engine, limits, detail, group = pickle.loads(_read_message(questions))  # noqa: S301  # our parent's own words
        except EOFError:
            return
        if not limited:
            _limit_memory(limits.memory_bytes)
            limited = True
        _limit_time(limits.seconds)
        pages = [_read_safely(asked, engine, limits, detail) for asked in group]
        _send(answers, json.dumps([page.to_plain() for page in pages]).encode())


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
    _send(answers, b"ready")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
