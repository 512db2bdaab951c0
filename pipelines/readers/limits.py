"""How much of one record a reader may hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds for every reader; what is larger becomes a record with `Reason.TOO_LARGE`."""

    #: bytes of one record's block, once the file's own compression is undone
    max_record_bytes: int
