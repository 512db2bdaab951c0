"""A child process that is spoken to over pipes, in messages that say how long they are."""

import struct
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import IO

#: seconds by the clock that a child may take to import what it needs
START_SECONDS = 120
#: what a pipe holds, where the system lets us choose: fewer turns for as many bytes
PIPE_BYTES = 1 << 20
_LENGTH = struct.Struct("<Q")


class StartError(RuntimeError):
    """The child ended, or said nothing for long, before it was ready; the message is what it said last."""


class Child:
    """A process of our own; it has begun, and loads what it needs while the caller goes on."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self._complaints: IO[bytes] | None = tempfile.TemporaryFile()  # noqa: SIM115  # closed once the child is ready
        self.process = subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=pipe, stdout=pipe, stderr=self._complaints, pipesize=PIPE_BYTES
        )

    def ask(self, question: bytes, seconds: float) -> bytes:
        """Wait for an answer.

        Raises TimeoutError if none comes in time, BrokenPipeError or EOFError if the child ended, and StartError if it
        cannot start.
        """
        if self._complaints:
            self._await(self._complaints)
        send(pipe(self.process.stdin), question)
        return _receive(pipe(self.process.stdout), seconds)

    @property
    def lives(self) -> bool:
        """Say whether it can be asked."""
        return self.process.poll() is None

    def end(self) -> int:
        """End it, if it has not ended; gives its exit status, below 0 the signal that ended it."""
        self.process.kill()
        if self._complaints:
            self._complaints.close()
        for end in (self.process.stdin, self.process.stdout):
            # What was not sent cannot be sent any more.
            with suppress(BrokenPipeError):
                pipe(end).close()
        return self.process.wait()

    def _await(self, complaints: IO[bytes]) -> None:
        try:
            _receive(pipe(self.process.stdout), START_SECONDS)
        except (EOFError, TimeoutError):
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
            raise StartError(said[-1]) from None
        complaints.close()
        self._complaints = None


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    """Give a pipe's end, which a child with pipes has."""
    if end is None:
        raise EOFError("the child has no pipe")
    return end


def send(pipe: IO[bytes], message: bytes) -> None:
    """Send a message."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def read_message(pipe: IO[bytes]) -> bytes:
    """Read a message; EOFError if it ends too soon, or there is none."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def _receive(pipe: IO[bytes], seconds: float) -> bytes:
    with DefaultSelector() as selector:
        selector.register(pipe, EVENT_READ)
        if not selector.select(seconds):
            raise TimeoutError
    return read_message(pipe)
