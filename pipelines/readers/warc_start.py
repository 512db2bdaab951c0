"""Finds out what kind of WARC file this is, and where its first record begins."""

from dataclasses import dataclass
from functools import partial

from pipelines.readers.members import PLAIN, compressions
from pipelines.readers.members_opening import BrokenMemberError, Compression, Opening
from pipelines.readers.warc_header import RECORD_START, content_length, read_header
from pipelines.readers.warc_window import Window

#: files that may contain WARC records and yet are something else: ARC, ZIP (a WACZ)
_FOREIGN = (b"filedesc:", b"PK\x03\x04")
#: enough of a candidate to know it by, and no more: there may be many
_GLANCE = Opening(piece=64)


@dataclass(frozen=True, slots=True)
class Start:
    """Where the reading of a file begins, and as what."""

    compression: Compression
    position: int
    #: whether the bytes before `position` should have been readable
    damaged: bool = False


def find_start(data: memoryview) -> Start | None:
    """Find the first record's member; None where the file holds no WARC record at all.

    A file whose head is damaged may have lost the very bytes that name its compression, so every one is tried.
    """
    if bytes(data[:16]).startswith(_FOREIGN):
        return None
    kinds = (PLAIN, *compressions(data))
    for compression in kinds:
        if compression.magic.match(data, 0):
            position = _past_empty_members(data, compression)
            if position == len(data) or holds_record(data, compression, position):
                return Start(compression, position)
    starts = [Start(kind, position, damaged=True) for kind in kinds if (position := _first(data, kind)) is not None]
    return min(starts, key=lambda start: start.position, default=None)


def holds_record(data: memoryview, compression: Compression, position: int) -> bool:
    """Say whether a member that begins with a record begins here."""
    window = Window(partial(compression.open, data, position), _GLANCE)
    try:
        return window.skip_newlines() and window.starts_record()
    except BrokenMemberError:
        return False


def shares_member(data: memoryview, start: Start) -> bool:
    """Say whether the first member holds more than one record."""
    window = Window(partial(start.compression.open, data, start.position))
    try:
        head = window.take_header() if window.skip_newlines() else None
        length = content_length(read_header(head)) if head is not None else None
        block = window.offset
        if length is not None and window.skip(length) == length and window.block_ends(0):
            return window.skip_newlines() and window.starts_record()
        window.back_to(block)
        return window.seek_record()
    except BrokenMemberError:
        return False


def _past_empty_members(data: memoryview, compression: Compression) -> int:
    """Pass over the members at the head of the file that hold nothing, such as a zstd dictionary."""
    position = 0
    while position < len(data) and compression.magic.match(data, position):
        window = Window(partial(compression.open, data, position), _GLANCE)
        try:
            if window.skip_newlines():
                return position
        except BrokenMemberError:
            return position
        position = window.position
    return position


def _first(data: memoryview, compression: Compression) -> int | None:
    pattern = RECORD_START if compression is PLAIN else compression.magic
    for match in pattern.finditer(data):
        if holds_record(data, compression, match.start()):
            return match.start()
    return None
