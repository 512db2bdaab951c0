"""What a worker tells whoever watches: how much it has done since it last said so."""

from collections.abc import Callable

Sink = Callable[[str, int, int], None]

_sinks: list[Sink] = []


def listen(sink: Sink | None) -> None:
    """Send what this process reports to `sink(stage, records, bytes)`; None sends it nowhere."""
    _sinks[:] = [sink] if sink else []


def report(stage: str, records: int, byte_count: int) -> None:
    """Say that `records` more are done, made of `byte_count` bytes."""
    for sink in _sinks:
        sink(stage, records, byte_count)
