"""Sets of domains and URLs as hashes: millions of them in 16 bytes each, and what a batch's URLs have of them.

A string is known by 128 bits of hash: among all URLs of a crawl and all entries of a list none is taken for another.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.addresses import Bytes, Offsets, trim
from filters.kernels.compiled import inlined, inner

Hashes = NDArray[np.uint64]

#: seeds and odd factors of both halves of a hash: digits of the golden ratio, e and pi
_SEED, _FACTOR = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xB7E151628AED2A6B)
_OTHER_SEED, _OTHER_FACTOR = np.uint64(0x243F6A8885A308D3), np.uint64(0x13198A2E03707345)
_SHIFT, _OTHER_SHIFT = np.uint64(29), np.uint64(32)


class Table(NamedTuple):
    """A set of hashes; those whose first half is b after `>> shift` are number starts[b] to starts[b + 1]."""

    #: uint32[2**(64 - shift) + 1]
    starts: NDArray[np.uint32]
    first: Hashes
    second: Hashes
    shift: np.uint64


def table(first: Hashes, second: Hashes) -> Table:
    """Arrange hashes so that each is found in one step; one may come often."""
    shift = np.uint64(64 - max(1, len(first).bit_length() - 1))
    return Table(*_arrange(first, second, shift), shift)


@njit(cache=True, nogil=True)
def _arrange(first: Hashes, second: Hashes, shift: np.uint64) -> tuple[NDArray[np.uint32], Hashes, Hashes]:
    starts = np.zeros((1 << (64 - np.int64(shift))) + 1, np.uint32)
    for hash_ in first:
        starts[hash_ >> shift] += np.uint32(1)
    for bucket in range(1, len(starts)):
        starts[bucket] += starts[bucket - 1]
    ordered, other = np.empty_like(first), np.empty_like(second)
    # A bucket's end moves down to its start as the bucket fills.
    for number in range(len(first)):
        bucket = first[number] >> shift
        starts[bucket] -= np.uint32(1)
        ordered[starts[bucket]], other[starts[bucket]] = first[number], second[number]
    return starts, ordered, other


@inlined
def _step(first: np.uint64, second: np.uint64, byte: int) -> tuple[np.uint64, np.uint64]:
    """Add one byte to a hash."""
    first = (first ^ np.uint64(byte)) * _FACTOR
    second = (second ^ np.uint64(byte)) * _OTHER_FACTOR
    return first ^ (first >> _SHIFT), second ^ (second >> _OTHER_SHIFT)


@inlined
def _contains(listed: Table, first: np.uint64, second: np.uint64) -> bool:
    bucket = np.int64(first >> listed.shift)
    for place in range(listed.starts[bucket], listed.starts[bucket + 1]):
        if listed.first[place] == first and listed.second[place] == second:
            return True
    return False


@njit(cache=True, nogil=True)
def hash_names(data: Bytes, lines: int) -> tuple[Hashes, Hashes]:
    """Hash the domain of each line from its end, in lower case; `lines` is how many there are at most.

    A domain is the last field before a `#` (a hosts file has an address before it), without dots around it.
    """
    first, second = np.empty(lines, np.uint64), np.empty(lines, np.uint64)
    count, i = 0, 0
    while i < len(data):
        begin = i
        while i < len(data) and data[i] > 0x23:
            i += 1
        end = i
        if i < len(data) and data[i] != 0x0A:
            begin, end, i = _last_field(data, begin)
        i += 1
        while begin < end and (data[begin] == 0x2E or data[begin] == 0x2A):
            begin += 1
        while begin < end and data[end - 1] == 0x2E:
            end -= 1
        if begin < end:
            one, other = _SEED, _OTHER_SEED
            for place in range(end - 1, begin - 1, -1):
                # A capital letter differs from the small one in this bit.
                one, other = _step(one, other, data[place] | (np.uint8(data[place] - 0x41) < 26) << 5)
            first[count], second[count] = one, other
            count += 1
    return first[:count], second[:count]


@inner
def _last_field(data: Bytes, i: int) -> tuple[int, int, int]:
    """Find the last field of a line before a `#`: where it begins and ends, and where the line ends."""
    begin, end, outside, comment = i, i, True, False
    while i < len(data) and data[i] != 0x0A:
        comment = comment or data[i] == 0x23
        if data[i] <= 0x20 or comment:
            outside = True
        else:
            begin = i if outside else begin
            end, outside = i + 1, False
        i += 1
    return begin, end, i


@njit(cache=True, nogil=True)
def listed_parents(data: Bytes, offsets: Offsets, only: Offsets, listed: Table) -> Offsets:
    """Find the listed domain that each host is or lies in, the shortest: the byte where it begins, or -1.

    Where only[i] is not -1, host i is asked about that one place besides all of it. An IPv4 address has no parents.
    """
    begins = np.full(len(offsets) - 1, -1, np.int64)
    for row in range(len(begins)):
        start = offsets[row]
        one, other, place = _SEED, _OTHER_SEED, only[row]
        digits, label = True, True
        for i in range(offsets[row + 1] - 1, start - 1, -1):
            byte = data[i]
            if byte == 0x2E:
                label = False
            digits = digits and (not label or 0x30 <= byte <= 0x39)
            one, other = _step(one, other, byte)
            name = i > start and data[i - 1] == 0x2E and not digits and (place < 0 or place == i)
            if (i == start or name) and _contains(listed, one, other):
                begins[row] = i
                break
    return begins


@njit(cache=True, nogil=True)
def registered(data: Bytes, offsets: Offsets, rules: Table, wildcards: Table, exceptions: Table) -> Offsets:
    """Find where the registered domain of each host begins: one label before its public suffix.

    Where no rule holds, or the host is a public suffix, it is the host's end.
    """
    begins = offsets[1:].copy()
    for row in range(len(begins)):
        start, stop = offsets[row], offsets[row + 1]
        one, other = _SEED, _OTHER_SEED
        suffix, before, wild = np.int64(-1), stop, False
        for i in range(stop - 1, start - 1, -1):
            one, other = _step(one, other, data[i])
            if i > start and data[i - 1] != 0x2E:
                continue
            if _contains(exceptions, one, other):
                suffix = before
                break
            if wild or _contains(rules, one, other):
                suffix = i
            wild, before = _contains(wildcards, one, other), i
        if suffix > start:
            begin = suffix - 1
            while begin > start and data[begin - 1] != 0x2E:
                begin -= 1
            begins[row] = begin
    return begins


@inner
def _hash_host(data: Bytes, begin: int, end: int) -> tuple[np.uint64, np.uint64]:
    """Hash a host from its start, without `www.`."""
    one, other = _SEED, _OTHER_SEED
    if end - begin > 4 and data[begin] == data[begin + 1] == data[begin + 2] == 0x77 and data[begin + 3] == 0x2E:
        begin += 4
    for i in range(begin, end):
        one, other = _step(one, other, data[i])
    return one, other


@njit(cache=True, nogil=True)
def hash_urls(hosts: Bytes, places: Offsets, urls: Bytes, paths: Offsets, stops: Offsets) -> tuple[Hashes, Hashes]:
    """Hash each URL from its start: its host without `www.`, then what follows, without slashes at the end.

    One without a host is left out.
    """
    first, second = np.empty(len(paths), np.uint64), np.empty(len(paths), np.uint64)
    count = 0
    for row in range(len(paths)):
        if places[row + 1] == places[row]:
            continue
        one, other = _hash_host(hosts, places[row], places[row + 1])
        stop = stops[row]
        while stop > paths[row] and urls[stop - 1] == 0x2F:
            stop -= 1
        for i in range(paths[row], stop):
            one, other = _step(one, other, urls[i])
        first[count], second[count] = one, other
        count += 1
    return first[:count], second[:count]


@njit(cache=True, nogil=True)
def listed_starts(hosts: Bytes, places: Offsets, urls: Bytes, paths: Offsets, stops: Offsets, listed: Table) -> Offsets:
    """Find the listed URL that each URL is or begins with: the byte of the URL where that ends, or -1.

    A listed URL ends where the URL does, or before `/`, `?` or `#`; the shortest counts.
    """
    ends = np.full(len(paths), -1, np.int64)
    for row in range(len(paths)):
        if places[row + 1] == places[row]:
            continue
        one, other = _hash_host(hosts, places[row], places[row + 1])
        i, stop = paths[row], stops[row]
        while True:
            border = i == stop or i == paths[row] or urls[i] == 0x2F or urls[i] == 0x3F or urls[i] == 0x23
            if border and _contains(listed, one, other):
                ends[row] = i
                break
            if i == stop:
                break
            one, other = _step(one, other, urls[i])
            i += 1
    return ends


@njit(cache=True, nogil=True)
def hash_lines(data: Bytes, offsets: Offsets) -> tuple[Hashes, Hashes]:
    """Hash each line as it stands, without space around it."""
    rows = len(offsets) - 1
    first, second = np.empty(rows, np.uint64), np.empty(rows, np.uint64)
    for row in range(rows):
        one, other = _SEED, _OTHER_SEED
        start, stop = trim(data, offsets[row], offsets[row + 1])
        for i in range(start, stop):
            one, other = _step(one, other, data[i])
        first[row], second[row] = one, other
    return first, second


@njit(cache=True, nogil=True)
def are_listed(first: Hashes, second: Hashes, listed: Table) -> NDArray[np.bool_]:
    """Say of each hash whether the set has it."""
    found = np.empty(len(first), np.bool_)
    for row in range(len(first)):
        found[row] = _contains(listed, first[row], second[row])
    return found
