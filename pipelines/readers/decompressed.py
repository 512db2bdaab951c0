"""Decompress a file as one stream, and give every byte that stands before a damage."""

import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, cast

import zstandard

PIECE = 1 << 20
#: Where members are small, each copies what follows it in the piece.
GZIP_PIECE = 1 << 16
GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
#: RFC 8878, 3.1.2: sixteen magic numbers, of which this is the first.
SKIPPABLE = 0x184D2A50
LONGEST_HEADER = 18
DAMAGED = (zlib.error, zstandard.ZstdError)
#: What may end a stream too early: EOFError says that the file was cut.
BROKEN = (EOFError, *DAMAGED)


def decompressed(path: Path) -> Iterator[bytes]:
    """Give the bytes of a plain, gzip or zstd file, told apart by its first bytes; raises one of BROKEN after the last.

    A gzip file may have many members, a zstd file many frames.
    """
    given = 0
    with path.open("rb") as file:
        feed = _Feed(file)
        stream = _opened(feed)
        try:
            while piece := stream.read(PIECE):
                given += len(piece)
                yield piece
        except DAMAGED:
            # The failing call kept back what it had decoded before the damage.
            yield _salvage(_Feed(file, feed.last), given)
            raise
        if isinstance(stream, zstandard.ZstdDecompressionReader):
            _check_frames(file)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class _Feed:
    """Hands a file's bytes to a decompressor, from `careful` on one at a time."""

    file: BinaryIO
    careful: int = sys.maxsize
    #: where the last piece began
    last: int = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes."""
        self.last = self.file.tell()
        return self.file.read(min(size, max(1, self.careful - self.last)))


def _salvage(feed: _Feed, given: int) -> bytes:
    """Decompress once more, and give what comes after the first `given` bytes."""
    stream = _opened(feed)
    while given:
        given -= len(stream.read(min(PIECE, given)))
    last = bytearray()
    with suppress(*DAMAGED):
        while byte := stream.read(1):
            last += byte
    return bytes(last)


def _opened(feed: _Feed) -> _Readable:
    file = feed.file
    file.seek(0)
    magic = file.read(4)
    file.seek(0)
    if magic.startswith(GZIP):
        return _Gunzip(feed)
    if magic == ZSTD or _is_skippable(magic):
        # Written with --long=31, a file asks for more than the default window.
        decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 31)
        return decompressor.stream_reader(cast("IO[bytes]", feed), read_across_frames=True, closefd=False)
    return file


@dataclass(slots=True)
class _Gunzip:
    """Reads gzip members one after the other, and gives all that stands before a damage."""

    file: _Readable
    member: Any = None
    ahead: bytes = b""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes, b"" at the end; EOFError or zlib.error where the stream breaks off."""
        while self._in_member():
            self.ahead = self.ahead or self.file.read(GZIP_PIECE)
            ended = not self.ahead
            data = self.member.decompress(self.ahead, size)
            self.ahead = self.member.unused_data or self.member.unconsumed_tail
            if data:
                return data
            if ended:
                raise EOFError("the file ends inside a gzip member")
        return b""

    def _in_member(self) -> bool:
        """Say whether there is something to decompress; begins the next member where one ended."""
        if self.member is not None and not self.member.eof:
            return True
        # A file may be padded with zeros, to fill a block of a tape (the manual of gzip).
        while not (ahead := self.ahead.lstrip(b"\0")):
            if not (more := self.file.read(GZIP_PIECE)):
                return False
            self.ahead = more
        self.ahead = ahead
        self.member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True


def _is_skippable(magic: bytes) -> bool:
    return len(magic) == len(ZSTD) and int.from_bytes(magic, "little") & ~0xF == SKIPPABLE


def _check_frames(file: BinaryIO) -> None:
    """Raise EOFError if the last zstd frame is not whole: the decompressor ends there as if all were well.

    Walks from block to block by their headers (RFC 8878, 3.1.1), without reading what is in them.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    while magic := file.read(4):
        if _is_skippable(magic):
            file.seek(int.from_bytes(file.read(4), "little"), io.SEEK_CUR)
        else:
            _skip_frame(file, magic)
    if file.tell() > size:
        raise EOFError("the file ends inside a zstd frame")


def _skip_frame(file: BinaryIO, magic: bytes) -> None:
    header = magic + file.read(LONGEST_HEADER - len(magic))
    try:
        checksum = 4 * zstandard.get_frame_parameters(header).has_checksum
    except zstandard.ZstdError as error:
        raise EOFError("the file ends inside the header of a zstd frame") from error
    file.seek(zstandard.frame_header_size(header) - len(header), io.SEEK_CUR)
    last = False
    while not last:
        block = int.from_bytes(file.read(3).ljust(3, b"\1"), "little")
        last, kind, length = bool(block & 1), block >> 1 & 3, block >> 3
        # A run-length block stores one byte, however many it stands for.
        file.seek(1 if kind == 1 else length, io.SEEK_CUR)
    file.seek(checksum, io.SEEK_CUR)
