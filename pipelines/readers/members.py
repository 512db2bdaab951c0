"""A compressed file is a row of members (gzip members, zstd or LZ4 frames, bzip2 streams), each opened on its own.

A member is decoded piece by piece, so that no size, stated or not, decides how much memory is used.
"""

import bz2
import re
import zlib
from functools import partial
from typing import Any, cast

from isal import isal_zlib
from lz4.frame import LZ4FrameDecompressor

from pipelines.readers.members_opening import PIECE, BrokenMemberError, Compression, Opening
from pipelines.readers.members_zstd import ZSTD_MAGIC, ZstdMember, zstd_dictionary

#: zlib's word for "a gzip header and trailer around the deflate stream"
GZIP_WINDOW = 31
# What ISA-L's types call an exception is an instance to them.
_GZIP_FAULTS = (cast("type[Exception]", isal_zlib.error), zlib.error)
PLAIN_PIECE = 1 << 18
#: stored bytes of a short member; what was fed too much is copied, so this must not be large
SHORT = 1 << 16


class GzipMember:
    """A gzip member, decoded by ISA-L (about twice as fast as zlib), or by zlib close to damage.

    ISA-L refuses some long but valid gzip headers when they come in pieces, so zlib has the last word.
    """

    __slots__ = ("_data", "_decoder", "_opening", "_tail", "position")

    def __init__(self, data: memoryview, start: int, opening: Opening) -> None:
        make = isal_zlib.decompressobj if opening.damage is None else zlib.decompressobj
        self._decoder: Any = make(GZIP_WINDOW)
        self._data = data
        self._opening = opening
        self._tail = b""
        self.position = start

    def decode(self) -> bytes:
        """Give the next bytes, or none at the end."""
        decoder = self._decoder
        piece = b""
        while not piece and not decoder.eof:
            fed = self._tail or self._data[self.position : self.position + self._opening.feed(self.position)]
            if not len(fed) and self.position >= len(self._data):
                raise BrokenMemberError("the file ends inside a gzip member", truncated=True)
            try:
                piece = decoder.decompress(fed, self._opening.piece)
            except _GZIP_FAULTS as fault:
                raise BrokenMemberError(f"expected a whole gzip member, but: {fault}") from None
            self._advance(len(fed))
        return piece

    def skip(self, size: int) -> int:  # noqa: ARG002  # a deflate stream must be decoded to be passed
        """Pass over nothing."""
        return 0

    def _advance(self, fed: int) -> None:
        """Move past what was fed; `position` counts a tail that is still to be used."""
        decoder = self._decoder
        if not self._tail:
            self.position += fed
        self._tail = b"" if decoder.eof else decoder.unconsumed_tail
        if decoder.eof:
            self.position -= len(decoder.unused_data)


def whole_gzip(data: memoryview, start: int) -> tuple[bytes, int] | None:
    """Decode the gzip member that starts here at one go: its bytes and its stored length.

    None where it is long, broken, or anything but usual: then it must be read piece by piece.
    """
    decoder: Any = isal_zlib.decompressobj(GZIP_WINDOW)
    fed = data[start : start + SHORT]
    try:
        whole = decoder.decompress(fed, PIECE)
    except _GZIP_FAULTS:
        return None
    return (whole, len(fed) - len(decoder.unused_data)) if decoder.eof else None


class StreamMember:
    """A bzip2 stream or an LZ4 frame: both decoders hold back input that they have not used yet."""

    __slots__ = ("_data", "_decoder", "_opening", "position")

    def __init__(self, decoder: Any, data: memoryview, start: int, opening: Opening) -> None:  # noqa: ANN401  # one of two classes
        self._data = data
        self._opening = opening
        self._decoder = decoder()
        self.position = start

    def decode(self) -> bytes:
        """Give the next bytes, or none at the end."""
        decoder = self._decoder
        piece = b""
        while not piece and not decoder.eof:
            fed = self._fed() if decoder.needs_input else b""
            try:
                piece = decoder.decompress(fed, self._opening.piece)
            except (OSError, RuntimeError, ValueError) as fault:
                raise BrokenMemberError(f"expected a whole compressed stream, but: {fault}") from None
            self.position += len(fed) - len((decoder.unused_data or b"") if decoder.eof else b"")
        return piece

    def skip(self, size: int) -> int:  # noqa: ARG002  # these streams must be decoded to be passed
        """Pass over nothing."""
        return 0

    def _fed(self) -> bytes:
        fed = bytes(self._data[self.position : self.position + self._opening.feed(self.position)])
        if not fed:
            raise BrokenMemberError("the file ends inside a compressed stream", truncated=True)
        return fed


class PlainMember:
    """A file that is not compressed: one member, itself."""

    __slots__ = ("_data", "position")

    def __init__(self, data: memoryview, start: int, opening: Opening) -> None:  # noqa: ARG002  # nothing to choose
        self._data = data
        self.position = start

    def decode(self) -> bytes:
        """Give the next bytes, or none at the end."""
        piece = bytes(self._data[self.position : self.position + PLAIN_PIECE])
        self.position += len(piece)
        return piece

    def skip(self, size: int) -> int:
        """Pass over bytes without touching them."""
        skipped = min(size, len(self._data) - self.position)
        self.position += skipped
        return skipped


PLAIN = Compression("plain", re.compile(rb"[\r\n]{0,64}WARC/", re.IGNORECASE), PlainMember)


def compressions(data: memoryview) -> tuple[Compression, ...]:
    """Name the formats that members of this file may have; a zstd dictionary is taken from the file's head."""
    return (
        # Bits 5 to 7 of the flags are reserved and zero (RFC 1952), which spares many false beginnings.
        Compression("gzip", re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"), GzipMember),
        Compression("zstd", ZSTD_MAGIC, partial(ZstdMember, zstd_dictionary(data))),
        Compression("bzip2", re.compile(rb"BZh[1-9]"), partial(StreamMember, bz2.BZ2Decompressor)),
        Compression("lz4", re.compile(rb"\x04\x22\x4d\x18"), partial(StreamMember, LZ4FrameDecompressor)),
    )
