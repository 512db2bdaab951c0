"""A zstd frame is walked block by block (RFC 8878, section 3.1), so that its end is known and its output bounded."""

import re

import zstandard

from pipelines.readers.members_opening import BrokenMemberError, Opening

FRAME_MAGIC = b"\x28\xb5\x2f\xfd"
#: the skippable frame that opens a WARC file with a dictionary (IIPC, WARC-Zstandard)
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
#: a frame, or one of the sixteen kinds of skippable frame
ZSTD_MAGIC = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
#: the dictionaries in use are near 1 MB
MAX_DICTIONARY = 1 << 26
MAX_BLOCK = 1 << 17
RLE_BLOCK, RESERVED_BLOCK = 1, 3


def zstd_dictionary(data: memoryview) -> zstandard.ZstdCompressionDict | None:
    """Read the dictionary at the head of the file, itself compressed or not; None where there is none to read."""
    size = int.from_bytes(data[4:8], "little")
    if bytes(data[:4]) != DICTIONARY_MAGIC or size > min(MAX_DICTIONARY, len(data) - 8):
        return None
    content = bytes(data[8 : 8 + size])
    try:
        if content.startswith(FRAME_MAGIC):
            decoder = zstandard.ZstdDecompressor().decompressobj()
            content = decoder.decompress(content)
        return zstandard.ZstdCompressionDict(content)
    except zstandard.ZstdError:
        return None


class ZstdMember:
    """One zstd frame; a skippable frame decodes to nothing."""

    __slots__ = ("_at_once", "_checksum", "_data", "_decoder", "_ended", "_start", "position")

    def __init__(
        self,
        dictionary: zstandard.ZstdCompressionDict | None,
        data: memoryview,
        start: int,
        opening: Opening,
    ) -> None:
        self._data = data
        self._start = start
        self._at_once = opening.piece // MAX_BLOCK if opening.damage is None else 1
        self._decoder = zstandard.ZstdDecompressor(dict_data=dictionary).decompressobj()
        self._checksum = 0
        self._ended = False
        self.position = start

    def decode(self) -> bytes:
        """Give the next bytes, or none at the end."""
        piece = b""
        while not piece and not self._ended:
            begin = self.position
            if begin == self._start:
                self._pass_header()
            self._pass_blocks()
            piece = self._decoded(begin)
        return piece

    def skip(self, size: int) -> int:  # noqa: ARG002  # blocks do not say how much they hold
        """Pass over nothing."""
        return 0

    def _pass_header(self) -> None:
        """Move past the frame's header, or past the whole of a skippable frame."""
        if bytes(self._data[self.position : self.position + 4]) != FRAME_MAGIC:
            self._advance(8 + int.from_bytes(self._ahead(4, 4), "little"))
            self._ended = True
            return
        descriptor = self._ahead(4, 1)[0]
        single_segment = descriptor & 0x20
        self._checksum = descriptor & 4
        dictionary_id = (0, 1, 2, 4)[descriptor & 3]
        content_size = (1 if single_segment else 0, 2, 4, 8)[descriptor >> 6]
        self._advance(5 + (0 if single_segment else 1) + dictionary_id + content_size)

    def _pass_blocks(self) -> None:
        """Move past some blocks, and past the check sum that follows the last one."""
        for _ in range(max(1, self._at_once)):
            if self._ended:
                return
            header = int.from_bytes(self._ahead(0, 3), "little")
            kind, size = header >> 1 & 3, header >> 3
            if kind == RESERVED_BLOCK or size > MAX_BLOCK:
                raise BrokenMemberError(f"expected a zstd block, came type {kind} of {size} bytes")
            self._advance(3 + (1 if kind == RLE_BLOCK else size))
            if header & 1:
                self._advance(self._checksum)
                self._ended = True

    def _decoded(self, begin: int) -> bytes:
        """Decode the stored bytes from `begin` to where we stand."""
        if bytes(self._data[self._start : self._start + 4]) != FRAME_MAGIC:
            return b""
        try:
            piece = self._decoder.decompress(self._data[begin : self.position])
        except zstandard.ZstdError as fault:
            raise BrokenMemberError(f"expected a whole zstd frame, but: {fault}") from None
        if self._ended and not self._decoder.eof:
            raise BrokenMemberError("expected a zstd frame to end with its last block, but it does not")
        return piece

    def _ahead(self, offset: int, size: int) -> bytes:
        """Look at stored bytes ahead of where we stand."""
        ahead = bytes(self._data[self.position + offset : self.position + offset + size])
        if len(ahead) < size:
            raise BrokenMemberError("the file ends inside a zstd frame", truncated=True)
        return ahead

    def _advance(self, size: int) -> None:
        if self.position + size > len(self._data):
            raise BrokenMemberError("the file ends inside a zstd frame", truncated=True)
        self.position += size
