"""Reads WARC files of any age and compression; damage costs the records that it touched and no others."""

import mmap
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pipelines.readers.limits import ReadLimits
from pipelines.readers.members import GZIP_WINDOW, PLAIN, whole_gzip
from pipelines.readers.members_opening import BrokenMemberError, Compression
from pipelines.readers.warc_header import (
    RECORD_START,
    content_length,
    read_header,
    version_fault,
)
from pipelines.readers.warc_quick import PAGES, quick_record
from pipelines.readers.warc_rows import identity, joined
from pipelines.readers.warc_start import Start, find_start, holds_record, shares_member
from pipelines.readers.warc_window import Window
from pipelines.reason import Reason
from pipelines.record import Record

#: decoded bytes that may be decoded a second time, per file: a hostile file must not cost the square of its size
REREAD_LIMIT = 1 << 32
#: rows that wait for proof at most, per member
MAX_WAITING = 1000
_FAULTS = (Reason.DAMAGED, Reason.BAD_RECORD)


def read_warc(path: str, limits: ReadLimits) -> Iterator[Record]:
    """Read the records of the WARC or WET file at `path`, in order; what cannot be read is a record with a reason.

    WARC 0.x and 1.x; plain, gzip, zstd (with or without a dictionary), bzip2 and LZ4, whether each record is a member
    of its own or all share one. Every byte belongs to a record, empty members and leading newlines aside.

    Offsets and lengths count bytes as stored where the file's first member holds a single record. Where it holds
    several they count bytes of the decoded stream, to which stored bytes that could not be decoded are added. If a
    later member turns out to be shared in a file of single records, its records divide the member's stored bytes in
    the steps in which it was decoded, and a length may be 0.

    A record counts as sound if its block is followed by a blank line, another record or the end, and its member ends
    with the right check sum. A block whose stated length does not fit is BAD_RECORD without content: the next record is
    then sought from the beginning of that block. If the file ends before the block, it is TRUNCATED.

    Records of other kinds than `response` and `conversion` are NOT_RESPONSE; their blocks are passed over.
    """
    if Path(path).stat().st_size == 0:
        return
    with Path(path).open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    start = find_start(data)
    if start is None:
        yield Record(0, len(data), reason=Reason.UNSUPPORTED, detail=f"expected a WARC file, came {_stranger(data)}")
        return
    yield from joined(_Reader(data, start, limits).rows())


class _Reader:
    """One reading of one file: where it stands, in stored bytes and in decoded ones."""

    def __init__(self, data: memoryview, start: Start, limits: ReadLimits) -> None:
        self._data = data
        self._start = start
        self._limits = limits
        self._compression: Compression = start.compression
        self._decoded_offsets = start.compression is PLAIN or shares_member(data, start)
        self._at = start.position
        #: offset of the next member in the decoded stream
        self._origin = start.position
        self._reread = 0
        #: the last header read, while its record is not done
        self._fields: dict[str, str] = {}

    def rows(self) -> Iterator[Record]:
        """Read member after member; bytes between members are damage."""
        if self._start.damaged:
            detail = "expected a WARC record at the head of the file"
            yield Record(0, self._at, reason=Reason.DAMAGED, detail=detail)
        while self._at < len(self._data):
            quick = self._quick()
            if quick:
                yield quick
            elif self._compression.magic.match(self._data, self._at):
                yield from self._member()
            else:
                yield self._gap()

    def _quick(self) -> Record | None:
        """Read the flawless record of a short gzip member, as nearly all are; None leaves it to the long way."""
        if self._decoded_offsets or self._compression.name != "gzip":
            return None
        found = whole_gzip(self._data, self._at)
        if found is None:
            return None
        whole, length = found
        row = quick_record(whole, self._at, length, self._limits.max_record_bytes)
        if row is not None:
            self._at += length
            self._origin += len(whole)
        return row

    def _member(self) -> Iterator[Record]:
        """Read the records of the member that begins here.

        Rows that damage may have made wait for proof: faults until a sound record follows; in a file of one record
        per member, that record too until the member's end, where the check sum is.
        """
        start = sound = self._at
        window = Window(partial(self._compression.open, self._data, start))
        begin = self._mark(window)
        waiting: list[Record] = []
        self._fields = {}
        try:
            whole = b"" if self._decoded_offsets else window.hold_all()
            row = quick_record(whole, start, window.position - start, self._limits.max_record_bytes)
            if row is not None:
                window.index = len(whole)
                waiting.append(row)
            while window.skip_newlines():
                row = self._record(window, begin)
                self._fields = {}
                begin = row.offset + row.length
                if row.reason not in _FAULTS or len(waiting) > MAX_WAITING:
                    yield from waiting
                    waiting.clear()
                    sound = window.position if self._decoded_offsets else row.offset
                waiting.append(row)
                if self._decoded_offsets and row.reason not in _FAULTS:
                    yield waiting.pop()
            self._at = window.position
            self._origin += window.decoded
            yield from waiting
        except BrokenMemberError as fault:
            yield from self._broken(window, waiting, begin, max(sound, start + 1), fault)

    def _mark(self, window: Window) -> int:
        """Say where the window stands, as the offsets of this file are counted."""
        return self._origin + window.offset if self._decoded_offsets else window.position

    def _record(self, window: Window, begin: int) -> Record:
        """Read the record that begins here, or pass over what is none."""
        if not window.starts_record():
            came = window.buffer[window.index : window.index + 16]
            window.seek_record()
            return self._row(window, begin, Reason.DAMAGED, f"expected a line like WARC/1.0, came {came!r}")
        at = window.offset
        head = window.take_header()
        another = RECORD_START.search(head, 5) if head is not None else None
        if head is None or another:
            return self._headless(window, begin, at + (another.start() if another else 5))
        self._fields = fields = read_header(head)
        length = content_length(fields)
        if length is None:
            window.seek_record()
            came = fields.get("content-length")
            return self._row(window, begin, Reason.BAD_RECORD, f"expected a Content-Length, came {came!r:.60}")
        return self._block(window, begin, length)

    def _headless(self, window: Window, begin: int, onward: int) -> Record:
        """Pass over a header without an end."""
        self._back_to(window, onward)
        another = window.seek_record()
        if not another and self._compression is PLAIN and len(self._data) - self._at - onward < (1 << 21):
            return self._row(window, begin, Reason.TRUNCATED, "the file ends inside a record's header")
        return self._row(window, begin, Reason.BAD_RECORD, "expected a blank line after the record's header")

    def _block(self, window: Window, begin: int, length: int) -> Record:
        """Read the block of a record whose header is read, and see whether it ends where it should."""
        at = window.offset
        too_large = length > self._limits.max_record_bytes
        held = 0 if too_large else length
        complete = window.skip(length) == length if too_large else window.has(length)
        if not (complete and window.block_ends(held)):
            return self._contradiction(window, begin, at, complete)
        content = window.buffer[window.index : window.index + held] if self._wanted() else b""
        window.index += held
        window.skip_newlines()
        if too_large:
            detail = f"a block of {length} bytes; the limit is {self._limits.max_record_bytes}"
            return self._row(window, begin, Reason.TOO_LARGE, detail)
        return self._sound(window, begin, content)

    def _wanted(self) -> bool:
        """Say whether the record's block can become a document."""
        fields = self._fields
        first = fields.get("warc-segment-number", "1") == "1"
        return fields.get("warc-type", "").lower() in PAGES and first

    def _contradiction(self, window: Window, begin: int, at: int, complete: bool) -> Record:
        """Pass over a record whose block, which begins `at`, does not end where its header says."""
        self._back_to(window, at)
        another = window.seek_record()
        length = self._fields["content-length"]
        found = window.offset - at
        if not another and not complete and self._compression is PLAIN:
            detail = f"expected a block of {length} bytes, but the file ends after {found}"
            return self._row(window, begin, Reason.TRUNCATED, detail)
        what = "another record begins" if another else "its member ends"
        detail = f"Content-Length is {length}, but {what} after {found} bytes"
        return self._row(window, begin, Reason.BAD_RECORD, detail)

    def _back_to(self, window: Window, offset: int) -> None:
        """Move the window back, unless this file has had its share of going back."""
        if not window.holds(offset) and self._compression is not PLAIN:
            self._reread += offset
        if self._reread <= REREAD_LIMIT:
            window.back_to(offset)

    def _sound(self, window: Window, begin: int, content: bytes) -> Record:
        """Give a record whose framing is right; what it is may still stand in its way."""
        fields = self._fields
        kind = fields.get("warc-type", "").lower()
        fault = version_fault(fields)
        if fault == "":
            return self._row(window, begin, Reason.UNSUPPORTED, f"expected WARC 0.x or 1.x, came {fields['']}")
        if fault or not kind:
            return self._row(window, begin, Reason.BAD_RECORD, fault or "expected a WARC-Type, came none")
        if not self._wanted():
            return self._row(window, begin, Reason.NOT_RESPONSE, kind)
        return self._row(window, begin, None, "", content)

    def _row(
        self, window: Window, begin: int, reason: Reason | None, detail: str, content: bytes = b""
    ) -> Record:  # a record has many parts
        """Make a record of what lies between `begin` and the window's place."""
        length = self._mark(window) - begin
        whose = {} if reason is Reason.DAMAGED else identity(self._fields)
        return Record(begin, length, **whose, content=content, reason=reason, detail=detail)

    def _gap(self) -> Record:
        """Pass over bytes where a member should begin and none does."""
        following = self._next_member(self._at + 1)
        length = following - self._at
        begin = self._origin if self._decoded_offsets else self._at
        self._at = following
        self._origin += length
        detail = f"{length} bytes where a {self._compression.name} member should begin"
        return Record(begin, length, reason=Reason.DAMAGED, detail=detail)

    def _broken(
        self, window: Window, waiting: list[Record], begin: int, onward: int, fault: BrokenMemberError
    ) -> Iterator[Record]:  # fmt: skip
        """Pass over a member that cannot be decoded, or over what is left of it.

        The next member is sought from just behind the broken one's beginning, because a broken deflate stream may
        swallow its neighbours before anybody notices.
        """
        self._reread += window.decoded
        following = self._next_member(onward if self._reread <= REREAD_LIMIT else max(onward, window.position))
        cut = fault.truncated and following == len(self._data)
        end = self._origin + window.decoded + max(0, following - window.position)
        left = max(end, begin + 1) - begin if self._decoded_offsets else following - begin
        if cut and left:
            yield from waiting
        elif waiting:
            begin = waiting[0].offset
        self._origin = max(end, begin + 1)
        self._at = following
        length = (self._origin if self._decoded_offsets else following) - begin
        if cut:
            # Where nothing is left it is the last record whose member has no end: nothing vouches for its bytes.
            whose = identity(self._fields) if left or not waiting else _identity_of(waiting[0])
            yield Record(begin, length, **whose, reason=Reason.TRUNCATED, detail=fault.detail)
        else:
            yield Record(begin, length, reason=Reason.DAMAGED, detail=fault.detail)

    def _next_member(self, position: int) -> int:
        """Find the next member, from `position` on, that begins with a record; the file's end if there is none."""
        for match in self._compression.magic.finditer(self._data, position):
            if holds_record(self._data, self._compression, match.start()):
                return match.start()
        return len(self._data)


def _stranger(data: memoryview) -> str:
    """Say what a file is that is no WARC file, as far as its first bytes tell."""
    head = bytes(data[:16])
    with suppress(zlib.error):
        head = zlib.decompressobj(GZIP_WINDOW).decompress(data[:4096], 16) if head[:2] == b"\x1f\x8b" else head
    return "an ARC file: convert it to WARC" if head.startswith(b"filedesc:") else f"one that begins {head!r}"


def _identity_of(row: Record) -> dict[str, Any]:
    names = ("id", "kind", "url", "date", "payload_digest", "truncated", "content_length")
    return {name: getattr(row, name) for name in names}
