"""Counts where a page's links lead, and resolves the references in one value."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_KIND, MARK_SECOND, MARK_SECOND_END
from pipelines.extraction.kernels.names import FNV_PRIME, FNV_START
from pipelines.extraction.kernels.references import Names, Numbers, reference, room
from pipelines.extraction.kernels.tokens import is_letter, lower

#: where a link may lead: nowhere on the web (`mailto:`, `javascript:`), to its own page, to an address without a
#: host, to the page's own host, to another
OTHER, WITHIN, RELATIVE, INTERNAL, EXTERNAL = range(5)
#: bytes of a value with references that are read for its host; DNS has no longer name than 253
ADDRESS = 2048
_UNREAD = -1
_HASH, _AMPERSAND, _SLASH, _BACKSLASH, _COLON = 0x23, 0x26, 0x2F, 0x5C, 0x3A
_QUESTION, _AT, _DOT, _BRACKET, _W = 0x3F, 0x40, 0x2E, 0x5D, 0x77
_HTTP = b"http"


@njit(cache=True, nogil=True)
def resolve(data: NDArray[np.uint8], first: int, end: int, attribute: bool, names: Names) -> NDArray[np.uint8]:
    """Give data[first:end] with what its references stand for in their place."""
    out = np.empty(room(end - first) + 1, np.uint8)
    at = 0
    while first < end:
        if data[first] == _AMPERSAND:
            first, at = reference(data, first, end, attribute, names, out, at)
        else:
            out[at] = data[first]
            first, at = first + 1, at + 1
    return out[:at]


@njit(cache=True, nogil=True)
def count_anchors(
    data: NDArray[np.uint8],
    marks: Numbers,
    url: NDArray[np.uint8],
    base: NDArray[np.uint8],
    names: Names,
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Count a page's anchors by where they lead, int64[5]; and give a hash of the host of each that leads to another.

    `url` is the page's own address and `base` the one to which relative links lead; either is empty if unknown. A host
    is the same with and without `www.`; one that lies in the other counts as the page's own.
    """
    counts, hashes = np.zeros(EXTERNAL + 1, np.int64), np.empty(len(marks), np.uint64)
    _, own, own_end = _target(url, 0, len(url), False)
    base_kind, base_first, base_last = _target(base, 0, len(base), False)
    for row in range(len(marks)):
        if marks[row, MARK_KIND] != MARK_ANCHOR:
            continue
        at, end = marks[row, MARK_SECOND], marks[row, MARK_SECOND_END]
        held = data
        kind, first, last = _target(data, at, end, True)
        if kind == _UNREAD:
            held = resolve(data, at, min(end, at + ADDRESS), True, names)
            kind, first, last = _target(held, 0, len(held), False)
        if kind == RELATIVE and base_kind == EXTERNAL:
            held, kind, first, last = base, base_kind, base_first, base_last
        if kind == EXTERNAL:
            if _is_in(held, first, last, url, own, own_end) or _is_in(url, own, own_end, held, first, last):
                kind = INTERNAL
            else:
                hashes[counts[EXTERNAL]] = _hash(held, first, last)
        counts[kind] += 1
    return counts, hashes[: counts[EXTERNAL]]


@njit(cache=True, nogil=True)
def _target(data: NDArray[np.uint8], at: int, end: int, raw: bool) -> tuple[int, int, int]:
    """Read an address as browsers do: where it leads, and its host, if it has one; a `raw` one may have references."""
    while at < end and data[at] <= 32:
        at += 1
    if at >= end or data[at] == _HASH:
        return WITHIN, at, at
    begin = at
    while at < end and _in_scheme(data[at]):
        at += 1
    if at < end and raw and data[at] == _AMPERSAND:
        return _UNREAD, at, at
    if at < end and data[at] == _COLON and is_letter(data[begin]):
        if not _is_http(data, begin, at):
            return OTHER, at, at
        at += 1
    elif begin + 1 < end and _is_slash(data[begin]) and _is_slash(data[begin + 1]):
        at = begin
    else:
        return RELATIVE, at, at
    while at < end and _is_slash(data[at]):
        at += 1
    return _host(data, at, end, raw)


@njit(cache=True, nogil=True)
def _host(data: NDArray[np.uint8], at: int, end: int, raw: bool) -> tuple[int, int, int]:
    """Find the host in what follows the slashes, without user, port, `www.` and final dots."""
    first = at
    while at < end and data[at] > 32 and not (_is_slash(data[at]) or data[at] == _QUESTION or data[at] == _HASH):
        if raw and data[at] == _AMPERSAND:
            return _UNREAD, at, at
        first = at + 1 if data[at] == _AT else first
        at += 1
    last = at
    for i in range(at - 1, first - 1, -1):
        if data[i] == _BRACKET:
            break
        last = i if data[i] == _COLON else last
    while last > first and data[last - 1] == _DOT:
        last -= 1
    if last - first > 4 and data[first + 3] == _DOT:
        www = lower(data[first]) == _W and lower(data[first + 1]) == _W and lower(data[first + 2]) == _W
        first += 4 if www else 0
    return EXTERNAL if last > first else OTHER, first, last


@njit(cache=True, nogil=True)
def _in_scheme(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    return is_letter(byte) or 48 <= byte <= 57 or byte == 43 or byte == 45 or byte == _DOT


@njit(cache=True, nogil=True)
def _is_slash(byte: Any) -> bool:  # noqa: ANN401  # likewise
    return byte == _SLASH or byte == _BACKSLASH


@njit(cache=True, nogil=True)
def _is_http(data: NDArray[np.uint8], begin: int, end: int) -> bool:
    """Say whether data[begin:end] is `http` or `https`."""
    if not (end - begin == 4 or (end - begin == 5 and data[begin + 4] | 32 == 115)):
        return False
    for i in range(4):
        if data[begin + i] | 32 != _HTTP[i]:
            return False
    return True


@njit(cache=True, nogil=True)
def _is_in(data: NDArray[np.uint8], at: int, end: int, other: NDArray[np.uint8], first: int, last: int) -> bool:
    """Say whether the host data[at:end] is the other or lies in it."""
    length = last - first
    if length == 0 or end - at < length or (end - at > length and data[end - length - 1] != _DOT):
        return False
    for i in range(1, length + 1):
        if lower(data[end - i]) != lower(other[last - i]):
            return False
    return True


@njit(cache=True, nogil=True)
def _hash(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    key = FNV_START
    for i in range(at, end):
        key = (key ^ np.uint64(lower(data[i]))) * FNV_PRIME
    return key
