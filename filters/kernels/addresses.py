"""Addresses of documents: the host of each URL, in the one form in which lists have it.

Lenient, because crawls hold what no standard allows: every run of bytes has a host, if only an empty one.
"""

import unicodedata
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]

#: bytes; DNS has no longer name (RFC 1035, section 2.3.4)
LONGEST = 253
#: the same before a name is encoded: an escaped byte takes three
LONGEST_RAW = 1024


class Hosts(NamedTuple):
    """The host of each URL, and where what follows it lies in the URL."""

    #: lower case, in ASCII (Punycode), without user, port and final dots; empty where there is none
    data: Bytes
    #: int64[URLs + 1], bytes of `data`
    offsets: Offsets
    #: int64[URLs], bytes of the URLs: where path, query or fragment begin
    paths: Offsets
    #: int64[URLs], bytes of the URLs: where they end, without space
    stops: Offsets


def buffers(column: pa.StringArray) -> tuple[Bytes, Offsets]:
    """See a column of strings or binaries as its bytes and int64[rows + 1] offsets; null is empty."""
    filled = pc.fill_null(column, "") if column.null_count else column
    raw = np.frombuffer(filled.buffers()[1] or b"\0\0\0\0", np.int32)
    data = np.frombuffer(filled.buffers()[2] or b"", np.uint8)
    # Some of Arrow's buffers may be written to: a kernel would be compiled once more for those.
    data.flags.writeable = False
    return data, raw[filled.offset : filled.offset + len(filled) + 1].astype(np.int64)


def slices(data: Bytes, begins: Offsets, ends: Offsets) -> pa.StringArray:
    """Cut data[begins[i]:ends[i]] out as a column of strings; they follow each other and may be empty."""
    offsets, cut = _cut(data, begins, ends)
    return pa.StringArray.from_buffers(len(begins), pa.py_buffer(offsets), pa.py_buffer(cut))


def hosts(data: Bytes, offsets: Offsets) -> Hosts:
    """Find the host of each URL; URL i is data[offsets[i]:offsets[i + 1]].

    A scheme may lack. Beyond 253 bytes it is no name and so is empty.
    """
    found, places, paths, stops, plain = _find(data, offsets)
    if not plain.all():
        found, places = _encode(found, places, ~plain)
    found.flags.writeable = False
    return Hosts(found, places, paths, stops)


def in_ascii(host: bytes) -> bytes:
    """Encode a name as browsers do, nearly: escapes resolved, in lower case and NFKC, its labels in Punycode.

    What UTS 46 forbids is encoded all the same: a name that is none matches no list.
    """
    text = unicodedata.normalize("NFKC", unquote_to_bytes(host).decode(errors="replace"))
    text = unicodedata.normalize("NFKC", text.lower()).replace("\u3002", ".")
    labels = [
        label.encode() if label.isascii() else b"xn--" + label.encode("punycode") for label in text.strip().split(".")
    ]
    name = b".".join(labels).rstrip(b".")
    return name if len(name) <= LONGEST else b""


def _encode(found: Bytes, places: Offsets, odd: NDArray[np.bool_]) -> tuple[Bytes, Offsets]:
    """Encode the odd ones, each distinct one once."""
    parts = [None, pa.py_buffer(places.astype(np.int32)), pa.py_buffer(found)]
    column = pa.Array.from_buffers(pa.binary(), len(odd), parts)
    chosen = column.filter(pa.array(odd))
    distinct = chosen.unique()
    encoded = pa.array([in_ascii(host) for host in distinct.to_pylist()], pa.binary())
    return buffers(pc.replace_with_mask(column, pa.array(odd), encoded.take(pc.index_in(chosen, distinct))))


@njit(cache=True, nogil=True)
def _cut(data: Bytes, begins: Offsets, ends: Offsets) -> tuple[NDArray[np.int32], Bytes]:
    offsets = np.zeros(len(begins) + 1, np.int32)
    for row in range(len(begins)):
        offsets[row + 1] = offsets[row] + ends[row] - begins[row]
    cut = np.empty(offsets[-1], np.uint8)
    for row in range(len(begins)):
        for i in range(offsets[row], offsets[row + 1]):
            cut[i] = data[begins[row] + i - offsets[row]]
    return offsets, cut


@njit(cache=True, nogil=True)
def _find(data: Bytes, offsets: Offsets) -> tuple[Bytes, Offsets, Offsets, Offsets, NDArray[np.bool_]]:
    """Find the hosts in lower case: their bytes, offsets, where the paths begin, where the URLs end; which are plain.

    A plain host is ASCII without escapes.
    """
    rows = len(offsets) - 1
    found, places = np.empty(offsets[-1] - offsets[0], np.uint8), np.zeros(rows + 1, np.int64)
    paths, stops, plain = np.empty(rows, np.int64), np.empty(rows, np.int64), np.ones(rows, np.bool_)
    out = 0
    for row in range(rows):
        begin, stop = trim(data, offsets[row], offsets[row + 1])
        begin = _after_scheme(data, begin, stop)
        end = begin
        while end < stop and not (data[end] == 0x2F or data[end] == 0x3F or data[end] == 0x23 or data[end] == 0x5C):
            begin = end + 1 if data[end] == 0x40 else begin
            end += 1
        paths[row], stops[row] = end, stop
        first = out
        for i in range(begin, _before_port(data, begin, end)):
            byte = data[i]
            # Browsers leave out tabs and line ends, wherever they stand.
            if byte <= 0x20 and (out == first or byte in (9, 10, 13)):
                continue
            if byte > 127 or byte == 0x25:
                plain[row] = False
            found[out] = byte | 0x20 if 0x41 <= byte <= 0x5A else byte
            out += 1
            if out - first > LONGEST_RAW:
                break
        long = out - first > LONGEST_RAW
        while out > first and (found[out - 1] == 0x2E or found[out - 1] <= 0x20):
            out -= 1
        if long or (plain[row] and out - first > LONGEST):
            out, plain[row] = first, True
        places[row + 1] = out
    return found[:out], places, paths, stops, plain


@inner
def trim(data: Bytes, begin: int, stop: int) -> tuple[int, int]:
    """Leave out the space and the control characters at both ends."""
    while begin < stop and data[begin] <= 0x20:
        begin += 1
    while stop > begin and data[stop - 1] <= 0x20:
        stop -= 1
    return begin, stop


@inner
def _after_scheme(data: Bytes, begin: int, stop: int) -> int:
    """Say where the authority begins: after `//`, which a scheme and a colon may precede; else at once."""
    i = begin
    while i < stop:
        byte = data[i] | 0x20
        if not (0x61 <= byte <= 0x7A or 0x30 <= data[i] <= 0x39 or data[i] == 0x2B or 0x2D <= data[i] <= 0x2E):
            break
        i += 1
    if i > begin and i < stop and data[i] == 0x3A:
        i += 1
    elif i > begin:
        return begin
    return i + 2 if i + 1 < stop and data[i] == 0x2F and data[i + 1] == 0x2F else begin


@inner
def _before_port(data: Bytes, begin: int, end: int) -> int:
    """Say where the host ends: after the bracket of an IPv6 address, else before a colon."""
    i = begin
    if begin < end and data[begin] == 0x5B:
        while i < end and data[i] != 0x5D:
            i += 1
        if i < end:
            return i + 1
        i = begin
    while i < end and data[i] != 0x3A:
        i += 1
    return i
