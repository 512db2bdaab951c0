"""SHA-1 and xxHash64 of pieces of an array are those of others."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.kernels.hash_sha1 import LANES, ROOM, sha1
from pipelines.dedup.kernels.hash_xxh64 import xxh64
from pipelines.dedup.views import read_only
from tests import naive_minhash as naive

PIECES = st.lists(st.binary(max_size=200), max_size=2 * LANES + 3)


def laid_out(pieces: list[bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Lay pieces out with bytes between and after them that are not theirs, and make room for hashes."""
    ends = np.cumsum([len(piece) + 1 for piece in pieces], dtype=np.int64) - 1
    starts = ends - np.array([len(piece) for piece in pieces], np.int64)
    data = np.frombuffer(b"\xff".join(pieces) + b"\xff" * 9, np.uint8)
    return read_only(data), starts, ends, np.empty(len(pieces), np.uint64)


@settings(deadline=None)
@given(PIECES, st.sampled_from([4, 8]))
def test_sha1_is_that_of_the_standard_library(pieces: list[bytes], size: int) -> None:
    """However many pieces there are, and of whatever lengths beside each other."""
    *given_, hashes = laid_out(pieces)
    sha1(*given_, size == 8, np.zeros(ROOM, np.uint32), hashes)
    assert hashes.tolist() == [int.from_bytes(hashlib.sha1(one).digest()[:size], "little") for one in pieces]  # noqa: S324  # no secret


def test_sha1_at_the_edges_of_blocks() -> None:
    """Where padding just fits and just does not."""
    pieces = [b"x" * size for size in range(300)]
    *given_, hashes = laid_out(pieces)
    sha1(*given_, True, np.zeros(ROOM, np.uint32), hashes)
    assert hashes.tolist() == [int.from_bytes(hashlib.sha1(one).digest()[:8], "little") for one in pieces]  # noqa: S324  # no secret


@settings(deadline=None)
@given(PIECES)
def test_xxh64_is_that_of_its_twin(pieces: list[bytes]) -> None:
    """Of less than 32 bytes and of more."""
    *given_, hashes = laid_out(pieces)
    xxh64(*given_, hashes)
    assert hashes.tolist() == [naive.xxh64(piece) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("", 0xEF46DB3751D8E999),
        ("a", 0xD24EC4F1A98C6E5B),
        ("abc", 0x44BC2CF5AD770999),
        ("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1),
    ],
)
def test_the_twin_hashes_what_others_published(text: str, digest: int) -> None:
    """Values that stand in the documentation of implementations."""
    assert naive.xxh64(text.encode()) == digest
