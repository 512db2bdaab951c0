"""What each step of deduplication takes: seconds, bytes on disk, memory."""

import resource
import time
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What one size took."""

    documents: int
    #: seconds of each step by the clock, and of the core that did it; these do not depend on who else is at work
    clock: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: bytes on disk after each step
    disk: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    #: most memory of the process until after each step, bytes
    peaks: dict[str, int] = field(default_factory=dict)
    ranges: int = 0


class Watch:
    """Adds up what one step takes."""

    def __init__(self, measured: Measured, name: str) -> None:
        self._measured, self._name = measured, name

    def __enter__(self) -> None:
        """Begin."""
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        """End."""
        ended = time.perf_counter(), time.process_time()
        every = self._measured.clock, self._measured.seconds
        for kind, begun, end in zip(every, self._begun, ended, strict=True):
            kind[self._name] = kind.get(self._name, 0) + end - begun
        self._measured.peaks[self._name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
