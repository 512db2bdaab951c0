"""Counts where a page's links lead."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import load
from pipelines.extraction.kernels.keys import lowered
from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_KIND, MARK_SECOND, MARK_SECOND_END
from pipelines.extraction.kernels.plain import resolve
from pipelines.extraction.kernels.references import Names
from pipelines.extraction.kernels.tokens import is_letter, lower

#: where a link may lead: nowhere on the web (`mailto:`, `javascript:`), to its own page, to an address without a
#: host, to the page's own host, to another
OTHER, WITHIN, RELATIVE, INTERNAL, EXTERNAL = range(5)
#: and how many other hosts there are
HOSTS = 5
COUNTS = 6
#: bytes of a value with references that are read for its host; DNS has no longer name than 253
ADDRESS = 2048
#: what they may grow to
HELD = ADDRESS * 6 // 5 + 1
#: its host cannot be told from the bytes as they stand
UNREAD = -1
_START = np.int64(0)
_MIX, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)
_SMALL = np.uint64(0x2020202020202020)
_HTTP, _HTTPS = (np.uint64(int.from_bytes(name, "little")) for name in (b"http", b"https"))
_FOUR, _FIVE = np.uint64((1 << 32) - 1), np.uint64((1 << 40) - 1)
_HASH, _AMPERSAND, _SLASH, _BACKSLASH, _COLON = 0x23, 0x26, 0x2F, 0x5C, 0x3A
_QUESTION, _AT, _DOT, _BRACKET, _W = 0x3F, 0x40, 0x2E, 0x5D, 0x77
#: uint8[256]: may stand in a scheme, is past a host, says something within one
_CLASS = np.zeros(256, np.uint8)
_SCHEME, _PAST, _SPECIAL = 1, 2, 4
_CLASS[[*range(48, 58), *range(65, 91), *range(97, 123), *b"+-."]] = _SCHEME
_CLASS[[*range(33), _SLASH, _BACKSLASH, _QUESTION, _HASH]] = _PAST
_CLASS[[_AMPERSAND, _AT, _COLON, _BRACKET]] = _SPECIAL


@inner
def count_anchors(
    data: NDArray[np.uint8],
    marks: NDArray[np.int32],
    out: NDArray[np.uint8],
    url_end: int,
    base_end: int,
    names: Names,
    hosts: NDArray[np.uint64],
    counts: NDArray[np.int32],
) -> None:
    """Count a page's anchors by where they lead, and the hosts of others to which they do, in counts[:COUNTS].

    out[:url_end] is the page's own address and out[url_end:base_end] the one to which relative links lead; either is
    empty if unknown; HELD bytes more are written to. A host is the same with and without `www.`; one that lies in the
    other counts as the page's own. `hosts` has place for two of each mark.
    """
    for place in range(COUNTS):
        counts[place] = 0
    slots = np.int64(1)
    while slots < 2 * len(marks):
        slots *= 2
    for slot in range(slots):
        hosts[slot] = 0
    _, own, own_end = target(out, _START, url_end, False)
    of_relative = np.int64(UNREAD)
    site = site_end = _START
    for row in range(len(marks)):
        if marks[row, MARK_KIND] != MARK_ANCHOR:
            continue
        at, end = np.int64(marks[row, MARK_SECOND]), np.int64(marks[row, MARK_SECOND_END])
        # Many begin as one of the page's own site did.
        if site < site_end <= site + end - at and _is_same(data, site, site_end, data, at):
            counts[INTERNAL] += 1
            continue
        held = data
        kind, first, last = target(data, at, end, True)
        is_plain = kind == EXTERNAL and last < end and data[last] == _SLASH
        if kind == UNREAD:
            held, end = out, resolve(data, at, min(end, at + ADDRESS), names, out, base_end)
            kind, first, last = target(out, base_end, end, False)
        if kind == RELATIVE and of_relative != UNREAD:
            kind = of_relative
        elif kind == RELATIVE:
            # All lead to where the first one does.
            of_relative, first, last = target(out, url_end, base_end, False)
            if of_relative != EXTERNAL:
                of_relative = np.int64(RELATIVE)
            elif _is_akin(out, first, last, out, own, own_end):
                of_relative = np.int64(INTERNAL)
            elif _is_new(host_key(out, first, last), hosts, slots):
                counts[HOSTS] += 1
            kind = of_relative
        elif kind == EXTERNAL:
            if _is_akin(held, first, last, out, own, own_end):
                kind = INTERNAL
                site, site_end = (at, last + 1) if is_plain else (site, site_end)
            elif _is_new(host_key(held, first, last), hosts, slots):
                counts[HOSTS] += 1
        counts[kind] += 1


@inlined
def _is_same(data: NDArray[np.uint8], at: int, end: int, other: NDArray[np.uint8], first: int) -> bool:
    """Say whether other[first:], as long, is the same as data[at:end] in lower case."""
    past = first + end - at
    while at < end:
        if lowered(data, at, end) != lowered(other, first, past):
            return False
        at, first = at + 8, first + 8
    return True


@inlined
def _is_new(key: np.uint64, hosts: NDArray[np.uint64], slots: int) -> bool:
    """Put a key into a table whose number of slots is a power of 2; False if it is there."""
    slot = np.int64(key * _MIX >> _SHIFT) & (slots - 1)
    while hosts[slot] != 0:
        if hosts[slot] == key:
            return False
        slot = (slot + 1) & (slots - 1)
    hosts[slot] = key
    return True


@inlined
def _is_akin(data: NDArray[np.uint8], at: int, end: int, other: NDArray[np.uint8], first: int, last: int) -> bool:
    """Say whether two hosts are the same, or one lies in the other; an empty one lies in none."""
    length = min(end - at, last - first)
    if length == 0 or (end - at > length and data[end - length - 1] != _DOT):
        return False
    if last - first > length and other[last - length - 1] != _DOT:
        return False
    return _is_same(data, end - length, end, other, last - length)


@inlined
def host_key(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """Give the key of the host data[at:end]: `keys.mixed_key` of its name in lower case."""
    key = np.uint64(end - at)
    while at < end:
        key = (key ^ lowered(data, at, end)) * _MIX
        key ^= key >> _SHIFT
        at += 8
    return key


@inlined
def target(data: NDArray[np.uint8], at: int, end: int, raw: bool) -> tuple[int, int, int]:
    """Read an address as browsers do: where it leads, and its host, if it has one; a `raw` one may have references."""
    while at < end and data[at] <= 32:
        at += 1
    if at >= end or data[at] == _HASH:
        return WITHIN, at, at
    begin = at
    while at < end and _CLASS[data[at]] & _SCHEME:
        at += 1
    byte = data[at] if at < end else np.uint8(0)
    if raw and byte == _AMPERSAND:
        return UNREAD, at, at
    if byte == _COLON and is_letter(data[begin]):
        if not _is_http(data, begin, at):
            return OTHER, at, at
        at += 1
    elif at > begin or at + 1 >= end or not (_is_slash(byte) and _is_slash(data[at + 1])):
        return RELATIVE, at, at
    while at < end and _is_slash(data[at]):
        at += 1
    return _host(data, at, end, raw)


@inlined
def _host(data: NDArray[np.uint8], at: int, end: int, raw: bool) -> tuple[int, int, int]:
    """Find the host in what follows the slashes, without user, port, `www.` and final dots."""
    first, port = at, end
    while at < end:
        byte = data[at]
        what = _CLASS[byte]
        if what & _PAST:
            break
        if what & _SPECIAL:
            if raw and byte == _AMPERSAND:
                return UNREAD, at, at
            if byte == _AT:
                first = at + 1
            if byte == _COLON:
                port = min(port, at)
            elif byte != _AMPERSAND:
                port = end
        at += 1
    last = min(at, port)
    while last > first and data[last - 1] == _DOT:
        last -= 1
    if last - first > 4 and data[first + 3] == _DOT:
        www = lower(data[first]) == _W and lower(data[first + 1]) == _W and lower(data[first + 2]) == _W
        first += 4 if www else 0
    return EXTERNAL if last > first else OTHER, first, last


@inlined
def _is_slash(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    return byte == _SLASH or byte == _BACKSLASH


@inlined
def _is_http(data: NDArray[np.uint8], begin: int, end: int) -> bool:
    """Say whether data[begin:end] is `http` or `https`."""
    length = end - begin
    word = load(data, begin) | _SMALL
    return (length == 4 and word & _FOUR == _HTTP) or (length == 5 and word & _FIVE == _HTTPS)
