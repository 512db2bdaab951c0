"""Undoes what was done to an HTTP body on its way, never holding more than the limit and one piece."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import brotli

from pipelines.readers.members import GzipMember
from pipelines.readers.members_opening import BrokenMemberError, Member, Opening
from pipelines.readers.members_zstd import ZSTD_MAGIC, ZstdMember
from pipelines.reason import Reason

_PIECE = 1 << 18
_FEED = 1 << 14
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,16})[ \t]*(?:;[^\n]{0,4096})?\r?\n")
_CUT = re.compile(rb"[0-9a-fA-F]{1,16}\r?")
_NEWLINE = re.compile(rb"\r?\n")
#: words that name no encoding, wrongly put where one is named
_IDENTITY = ("identity", "none", "binary", "7bit", "8bit", "utf-8", "utf8", "chunked")
_TEXT_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]|[\t\n\r -~]{64}")
_ZLIB, _RAW = 15, -15


@dataclass(frozen=True, slots=True)
class Fault:
    """Why bytes could not be read."""

    reason: Reason
    detail: str


def unchunk(body: bytes) -> bytes | Fault:
    """Join the chunks of a body; one that does not begin with a chunk's size was never chunked, and is given as it is.

    A missing last chunk is forgiven, a chunk that is cut short is TRUNCATED, a size that is none is BAD_HTTP.
    """
    if not _CHUNK.match(body):
        return body
    pieces: list[bytes] = []
    at = 0
    while at < len(body) and (size := _CHUNK.match(body, at)):
        end = size.end() + int(size[1], 16)
        if end == size.end():
            return b"".join(pieces)
        if end > len(body):
            detail = f"expected a chunk of {size[1].decode()} (hexadecimal) bytes, came {len(body) - size.end()}"
            return Fault(Reason.TRUNCATED, detail)
        pieces.append(body[size.end() : end])
        newline = _NEWLINE.match(body, end)
        at = newline.end() if newline else end
    if at < len(body) and _CUT.fullmatch(body, at):
        return Fault(Reason.TRUNCATED, "the body ends inside the size of a chunk")
    if at < len(body):
        return Fault(Reason.BAD_HTTP, f"expected the size of a chunk, came {body[at : at + 16]!r}")
    return b"".join(pieces)


def undo(encoding: str, body: bytes, max_bytes: int) -> bytes | Fault:
    """Undo one content encoding; a body that is plainly text or markup was not encoded, and is given as it is."""
    if not body or encoding in _IDENTITY:
        return body
    if encoding in ("gzip", "x-gzip"):
        return _members(GzipMember, body, max_bytes) if body[:2] == b"\x1f\x8b" else body
    if encoding == "zstd":
        return _members(partial(ZstdMember, None), body, max_bytes) if ZSTD_MAGIC.match(body) else body
    decoders = {"deflate": _deflate, "br": _brotli}
    if encoding in decoders:
        undone = decoders[encoding](body, max_bytes)
        plain = isinstance(undone, Fault) and undone.reason is not Reason.TOO_LARGE and _TEXT_BEGINS.match(body)
        return body if plain else undone
    known = "gzip, deflate, br or zstd"
    return body if _TEXT_BEGINS.match(body) else Fault(Reason.BAD_HTTP, f"expected {known}, came {encoding[:40]!r}")


def _members(kind: Any, body: bytes, max_bytes: int) -> bytes | Fault:  # noqa: ANN401  # a class or a partial one
    """Undo gzip or zstd, of one member or several; what follows them is passed over, as browsers do."""
    data = memoryview(body)

    def pieces() -> Iterator[bytes]:
        at = 0
        while at < len(data) and bytes(data[at : at + 2]) == body[:2]:
            member: Member = kind(data, at, Opening(piece=_PIECE))
            while piece := member.decode():
                yield piece
            at = member.position

    try:
        return _bounded(pieces(), max_bytes)
    except BrokenMemberError as fault:
        detail = fault.detail.replace("the file", "the body")
        return Fault(Reason.TRUNCATED if fault.truncated else Reason.BAD_HTTP, detail)


def _deflate(body: bytes, max_bytes: int) -> bytes | Fault:
    """Undo deflate: with zlib's frame as the standard says, or raw as some servers do."""
    undone: bytes | Fault = b""
    for window in (_ZLIB, _RAW):
        decoder = zlib.decompressobj(window)
        try:
            undone = _bounded(_inflated(decoder, body), max_bytes)
        except zlib.error as fault:
            undone = Fault(Reason.BAD_HTTP, f"expected a deflate stream, but: {fault}")
            continue
        if isinstance(undone, Fault) or decoder.eof:
            return undone
        return Fault(Reason.TRUNCATED, "the body ends inside a deflate stream")
    return undone


def _inflated(decoder: Any, body: bytes) -> Iterator[bytes]:  # noqa: ANN401  # zlib does not name its class
    ahead = body
    while not decoder.eof:
        piece: bytes = decoder.decompress(ahead, _PIECE)
        ahead = decoder.unconsumed_tail
        if not piece and not ahead:
            return
        yield piece


def _brotli(body: bytes, max_bytes: int) -> bytes | Fault:
    """Undo brotli."""
    decoder = brotli.Decompressor()
    try:
        undone = _bounded(_unbrotlied(decoder, body), max_bytes)
    except brotli.error:
        return Fault(Reason.BAD_HTTP, "expected a brotli stream, but it cannot be decoded")
    if isinstance(undone, Fault) or decoder.is_finished():
        return undone
    return Fault(Reason.TRUNCATED, "the body ends inside a brotli stream")


def _unbrotlied(decoder: Any, body: bytes) -> Iterator[bytes]:  # noqa: ANN401  # brotli ships no types
    at = 0
    while not decoder.is_finished():
        fed = b""
        if decoder.can_accept_more_data():
            fed = body[at : at + _FEED]
            if not fed:
                return
            at += len(fed)
        yield decoder.process(fed, output_buffer_limit=_PIECE)


def _bounded(pieces: Iterator[bytes], max_bytes: int) -> bytes | Fault:
    """Join pieces for as long as they stay within the limit."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            return Fault(Reason.TOO_LARGE, f"a body of more than {max_bytes} bytes once decoded, the limit")
        kept.append(piece)
    return b"".join(kept)
