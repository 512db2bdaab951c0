"""Not a byte that can be decompressed is lost, wherever the file breaks."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers import decompressed as module
from pipelines.readers.decompressed import BROKEN, DAMAGED, decompressed

#: Some of it repeats, some does not, so that all kinds of blocks come up.
CONTENT = b"".join(b"%x " % (number * 0x9E3779B97F4A7C15) + b"again " * (number % 7) for number in range(12_000))
CHECKED = zstandard.ZstdCompressor(write_checksum=True)
COMPRESSED = {"gzip": gzip.compress(CONTENT, mtime=0), "zstd": CHECKED.compress(CONTENT)}


def read(folder: Path, content: bytes) -> tuple[bytes, type[BaseException] | None]:
    path = folder / "file"
    path.write_bytes(content)
    out = bytearray()
    try:
        for piece in decompressed(path):
            out += piece
    except BROKEN as error:
        return bytes(out), type(error)
    return bytes(out), None


def byte_by_byte(decoder: Any, content: bytes) -> bytes:
    """Decompress as carefully as one can."""
    out = bytearray()
    try:
        for place in range(len(content)):
            out += decoder.decompress(content[place : place + 1])
    except DAMAGED:
        pass
    return bytes(out)


DECODERS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: zlib.decompressobj(31),
    "zstd": lambda: zstandard.ZstdDecompressor().decompressobj(),
}


@settings(max_examples=15, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("kind", COMPRESSED)
def test_damage_costs_only_what_lies_behind_it(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    broken = bytearray(COMPRESSED[kind])
    place = data.draw(st.integers(4, len(broken) - 1))
    broken[place] ^= data.draw(st.integers(1, 255))
    out, error = read(tmp_path_factory.getbasetemp(), broken)
    careful = byte_by_byte(DECODERS[kind](), bytes(broken))
    assert error is not None or out == CONTENT
    assert out[: len(careful)] == careful
    if error in DAMAGED:
        assert out == careful


@pytest.mark.parametrize("kind", COMPRESSED)
def test_damage_far_behind_is_found_in_small_pieces_too(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = bytearray(COMPRESSED[kind])
    broken[-1000:-990] = bytes(10)
    expected = byte_by_byte(DECODERS[kind](), bytes(broken))
    assert len(expected) > len(CONTENT) // 2
    for size in (1 << 20, 1000, 7):
        monkeypatch.setattr(module, "PIECE", size)
        monkeypatch.setattr(module, "GZIP_PIECE", size)
        out, error = read(tmp_path, broken)
        assert (out, error in DAMAGED) == (expected, True)


@pytest.mark.parametrize("kind", COMPRESSED)
def test_a_cut_is_no_end(tmp_path: Path, kind: str) -> None:
    whole = COMPRESSED[kind]
    for cut in (*range(4, 22), len(whole) // 2, *range(len(whole) - 12, len(whole))):
        out, error = read(tmp_path, whole[:cut])
        assert error is EOFError
        assert out == byte_by_byte(DECODERS[kind](), whole[:cut])
    assert read(tmp_path, whole) == (CONTENT, None)


@pytest.mark.parametrize("threads", [0, 2])
@pytest.mark.parametrize("size", [0, 1, 255, 256, 65_535, 65_536, 65_792, 300_000])
def test_every_kind_of_zstd_frame_is_known_to_be_whole(tmp_path: Path, size: int, threads: int) -> None:
    for content in (CONTENT[:size], bytes(size)):
        for options in ({}, {"write_content_size": False}, {"write_checksum": True}):
            compressor = zstandard.ZstdCompressor(threads=threads, **options)
            frame = compressor.compress(content)
            assert read(tmp_path, frame * 3) == (content * 3, None)
            assert read(tmp_path, frame * 3 + frame[:-1])[1] is EOFError
