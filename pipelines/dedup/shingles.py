"""Hashes of all shingles of texts."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pipelines.dedup.kernels.hash_sha1 import ROOM, sha1
from pipelines.dedup.kernels.hash_xxh64 import xxh64
from pipelines.dedup.kernels.sign_simplify import join, runs, simplify
from pipelines.dedup.kernels.sign_words import hashed_shingles, spelt_words
from pipelines.dedup.profiles import Hash
from pipelines.dedup.resolved import Resolved
from pipelines.dedup.tokens import kinds, lower, simplified
from pipelines.dedup.views import read_only

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

#: bytes of text that are worked on at a time, or one text of more: all that is made of them stays in a near cache
_AT_ONCE = 1 << 19
#: bytes after the last one that kernels which read eight at a time may read
_BEYOND = 8


def slices(offsets: Numbers) -> Iterator[tuple[int, int]]:
    """Part texts into runs of about `_AT_ONCE` bytes: numbers of the first text, and of the one after the last."""
    first, count = 0, len(offsets) - 1
    while first < count:
        last = int(np.searchsorted(offsets, offsets[first] + _AT_ONCE, "right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last


def shingle_hashes(data: Bytes, offsets: Numbers, chosen: Resolved) -> tuple[Hashes, Numbers]:
    """Hash each shingle of each text, in order, uint64[m], and say which is the first of each, int64[n + 1].

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`. A shingle that comes again is here again.
    """
    data, offsets, size = read_only(data), read_only(offsets), int(offsets[-1] - offsets[0])
    tables = kinds(chosen.tokens), lower()
    if chosen.hash == "mixed":
        firsts = np.empty(len(offsets), np.int64)
        # A letter and a character of three bytes, in turn: no text has more than one token in two bytes, and one over,
        # unless each letter is one.
        most = size if chosen.tokens == "characters" else size // 2
        hashes = np.empty(most + len(offsets), np.uint64)
        hashed_shingles(data, offsets, tables, chosen.ngram, hashes, firsts)
        return hashes[: firsts[-1]], firsts
    if chosen.tokens == "datatrove":
        room, starts, words = _datatrove_words(data, offsets, chosen.language)
    else:
        room, starts, words = _room(2 * size), np.empty(size + 1, np.int64), np.empty(len(offsets), np.int64)
        spelt_words(data, offsets, tables, room, starts, words)
    start, end = np.empty((2, words[-1]), np.int64)
    firsts = np.empty(len(offsets), np.int64)
    runs(starts, words, chosen.ngram, chosen.short, start, end, firsts)
    return _hashes(room, start[: firsts[-1]], end[: firsts[-1]], chosen.hash), firsts


def simplified_texts(data: Bytes, offsets: Numbers) -> tuple[Bytes, Numbers]:
    """Simplify texts as datatrove 0.10 does: their bytes, and where each starts, and at last where all end."""
    room, places = _room(3 * int(offsets[-1] - offsets[0])), np.empty(len(offsets), np.int64)
    simplify(read_only(data), read_only(offsets), simplified(), room, places)
    return room[: places[-1]], places


def _datatrove_words(data: Bytes, offsets: Numbers, language: str) -> tuple[Bytes, Numbers, Numbers]:
    from filters.kernels.spacy_words import words  # noqa: PLC0415  # spaCy is an extra

    simple, places = simplified_texts(data, offsets)
    start, end, *_, firsts = words(read_only(simple), read_only(places), language)
    room, starts = _room(len(simple) + len(start)), np.empty(len(start) + 1, np.int64)
    join(read_only(simple), start, end, room, starts)
    return room, starts, firsts


def _hashes(room: Bytes, start: Numbers, end: Numbers, how: Hash) -> Hashes:
    hashes = np.empty(len(start), np.uint64)
    if how == "xxhash64":
        xxh64(room, start, end, hashes)
    else:
        sha1(room, start, end, how == "sha1-64", np.zeros(ROOM, np.uint32), hashes)
    return hashes


def _room(size: int) -> Bytes:
    return np.zeros(size + _BEYOND, np.uint8)
