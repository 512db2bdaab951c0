"""Fingerprints of texts: from their bytes, by the kernels, a slice that fits a near cache at a time."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.dedup.shingles import slices
from pipelines.dedup.views import read_only
from pipelines.passage_index.kernels.winnowing import BASE, fingerprint_texts
from pipelines.passage_index.scheme import NUMBER_BITS, Scheme
from pipelines.passage_index.tokens import tables

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

HASH_BITS = 64


def postings_of(data: Bytes, offsets: Numbers, first_row: int, scheme: Scheme) -> Numbers:
    """Give the postings of texts, int64, in no order: a fingerprint's hash, and below it the row of its text.

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`, and its row `first_row + i`. The row has the bits that
    the hash leaves of 63; raises ValueError where it does not fit. A text may give the same posting more than once.
    """
    data, offsets, row_bits = read_only(data), read_only(offsets), NUMBER_BITS - scheme.bits
    if first_row + len(offsets) - 1 > 1 << row_bits:
        raise ValueError(f"expected at most 2^{row_bits} texts beside hashes of {scheme.bits} bits, got more")
    parts = [np.empty(0, np.int64)]
    for first, last in slices(offsets):
        inside = offsets[first : last + 1]
        parts.append(_postings(data, inside, (first_row + first, row_bits), scheme))
    return np.concatenate(parts)


def _postings(data: Bytes, offsets: Numbers, rows: tuple[int, int], scheme: Scheme) -> Numbers:
    most = room_for(int(np.diff(offsets).max(initial=0)))
    found = np.empty(room_for(int(offsets[-1] - offsets[0])) + len(offsets), np.int64)
    room = np.empty(most, np.uint64), np.empty(most, np.uint8), np.empty(most, np.uint64), np.empty(most, np.int64)
    sizes = scheme.window, HASH_BITS - scheme.bits
    count = fingerprint_texts(data, offsets, tables(), powers(scheme.shingle), sizes, room, rows, found)
    return found[:count]


def room_for(size: int) -> int:
    """Say how many tokens a text of so many bytes may have, and two: no two of them share two bytes."""
    return size // 2 + 3


@cache
def powers(size: int) -> Hashes:
    """Give the powers of the polynomial's base, uint64[size], from 0 on."""
    found = np.array([pow(BASE, exponent, 1 << HASH_BITS) for exponent in range(size)], np.uint64)
    return read_only(found)


def bytes_of(texts: pa.Array) -> tuple[Bytes, Numbers]:
    """View a column of texts as bytes and int64[n + 1] offsets; a text that is null is empty."""
    plain = texts.fill_null("").cast(pa.large_string())
    _, offsets, data = plain.buffers()
    bounds = np.frombuffer(offsets, np.int64)[plain.offset : plain.offset + len(plain) + 1] if offsets else np.zeros(1)
    return read_only(np.frombuffer(data or b"", np.uint8)), read_only(bounds.astype(np.int64, copy=False))
