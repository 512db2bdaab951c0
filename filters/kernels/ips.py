"""Finds IP addresses: by the expression that datatrove and Dolma share, and by one of our own."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from filters.kernels.emails import past_octet

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_DOT, _COLON = 46, 58

#: IPv4 that names nobody: not global in IANA's registry of special-purpose addresses (RFC 6890). First and last.
_SPECIAL = (
    ("0.0.0.0", "0.255.255.255"),  # noqa: S104  # nothing is bound
    ("10.0.0.0", "10.255.255.255"),
    ("100.64.0.0", "100.127.255.255"),
    ("127.0.0.0", "127.255.255.255"),
    ("169.254.0.0", "169.254.255.255"),
    ("172.16.0.0", "172.31.255.255"),
    ("192.0.0.0", "192.0.0.8"),
    ("192.0.0.11", "192.0.0.255"),
    ("192.0.2.0", "192.0.2.255"),
    ("192.168.0.0", "192.168.255.255"),
    ("198.18.0.0", "198.19.255.255"),
    ("198.51.100.0", "198.51.100.255"),
    ("203.0.113.0", "203.0.113.255"),
    ("240.0.0.0", "255.255.255.255"),
)


def _number(address: str) -> int:
    return int.from_bytes(bytes(int(part) for part in address.split(".")), "big")


#: the same as numbers, what the kernels below are given as `special`: int64[14, 2]
SPECIAL = np.array([[_number(first), _number(last)] for first, last in _SPECIAL], np.int64)


@njit(cache=True, nogil=True)
def loose_ips(data: Bytes, offsets: Places, special: Places, public: bool) -> tuple[Places, Places]:
    """Find four numbers up to 255 with dots between, even inside longer numbers; if `public`, only global addresses.

    What is found and not global is not looked at again: `10.0.0.08.8.8.8` holds no address. Returns starts and ends.
    """
    out, count = _room(data, offsets), 0
    for text in range(len(offsets) - 1):
        free, stop = offsets[text], offsets[text + 1]
        for dot in range(offsets[text], stop):
            if data[dot] != _DOT or dot <= free or not 48 <= data[dot - 1] <= 57:
                continue
            end = _past_rest(data, dot, stop, True)
            start = _first_octet(data, free, dot) if end else dot
            if start < dot:
                free = end
                if not public or _is_global(data, start, end, special):
                    out[0][count], out[1][count] = start, end
                    count += 1
    return out[0][:count], out[1][:count]


@njit(cache=True, nogil=True)
def strict_ips(data: Bytes, offsets: Places, special: Places) -> tuple[Places, Places]:
    """Find global addresses, IPv4 and IPv6, that are no part of a longer word or number; returns starts and ends."""
    out, count = _room(data, offsets), 0
    for text in range(len(offsets) - 1):
        free, stop = offsets[text], offsets[text + 1]
        for i in range(offsets[text], stop):
            start, end = i, 0
            if data[i] == _DOT and i > free and 48 <= data[i - 1] <= 57:
                start = _first_octet(data, free, i)
                end = _past_rest(data, i, stop, False) if start < i else 0
                end = end if end and _is_global(data, start, end, special) else 0
                after = end + 1 if end and end + 1 < stop and data[end] == _DOT else end
                if end and after < stop and 48 <= data[after] <= 57:
                    end = 0
            elif 50 <= data[i] <= 51 and i >= free:
                end = _past_ipv6(data, i, stop)
            if end and _is_apart(data, offsets[text], start, end, stop):
                out[0][count], out[1][count] = start, end
                count += 1
                free = end
    return out[0][:count], out[1][:count]


@njit(cache=True, nogil=True)
def _room(data: Bytes, offsets: Places) -> tuple[Places, Places]:
    marks = 0
    for i in range(offsets[0], offsets[-1]):
        marks += data[i] == _DOT or data[i] == _COLON
    # Each address has two of them at least.
    return np.empty(marks // 2 + 1, np.int64), np.empty(marks // 2 + 1, np.int64)


@inner
def _first_octet(data: Bytes, free: int, dot: int) -> int:
    """Find the leftmost start of digits, not before `free`, up to three and no more than 255, that end at a dot."""
    for size in range(3, 0, -1):
        start = dot - size
        if start >= free and past_octet(data, start, dot) == dot:
            return start
    return dot


@inner
def _past_rest(data: Bytes, dot: int, stop: int, loose: bool) -> int:
    """Find the end of three more octets, each after a dot; 0 if there is none. A loose last one may end in a number."""
    i = dot
    for _ in range(2):
        i = past_octet(data, i + 1, stop)
        if i == 0 or i >= stop or data[i] != _DOT:
            return 0
    if not loose:
        return past_octet(data, i + 1, stop)
    for size in range(3, 0, -1):
        if i + 1 + size <= stop and past_octet(data, i + 1, i + 1 + size) == i + 1 + size:
            return i + 1 + size
    return 0


@inner
def _is_global(data: Bytes, start: int, end: int, special: Places) -> bool:
    """Say whether an address names somebody. A number with a nought before it is none."""
    value, octet = 0, 0
    for i in range(start, end):
        if data[i] == _DOT:
            value, octet = value * 256 + octet, 0
        else:
            if data[i] == 48 and (i == start or data[i - 1] == _DOT) and i + 1 < end and data[i + 1] != _DOT:
                return False
            octet = octet * 10 + data[i] - 48
    value = value * 256 + octet
    within = False
    for row in range(len(special)):
        within = within or special[row, 0] <= value <= special[row, 1]
    return not within


@inner
def _past_ipv6(data: Bytes, start: int, stop: int) -> int:
    """Find the end of an address of 2000::/3 that is not kept for documentation; 0 if there is none."""
    if start + 4 >= stop or data[start + 4] != _COLON:
        return 0
    end = start
    # Eight groups of four are 39 bytes, and a sentence's colon may follow.
    while end < min(stop, start + 41) and (data[end] == _COLON or _hexadecimal(data[end]) >= 0):
        end += 1
    # Two colons at the end are the address's, one, also a third, is the sentence's.
    if data[end - 1] == _COLON and (data[end - 2] != _COLON or data[end - 3] == _COLON):
        end -= 1
    groups, size, value, first, second, gap = 0, 0, 0, 0, 0, False
    for i in range(start, end):
        if data[i] == _COLON:
            if data[i - 1] == _COLON and gap:
                return 0
            gap = gap or data[i - 1] == _COLON
            size, value = 0, 0
            # The first group has all its digits: `2::` is more likely something else.
            if i < start + 4:
                return 0
            continue
        size, value = size + 1, value * 16 + _hexadecimal(data[i])
        groups += size == 1
        if size > 4:
            return 0
        first = value if groups == 1 else first
        second = value if groups == 2 and not gap else second
    whole = groups < 8 if gap else groups == 8
    documentation = (first == 0x2001 and second == 0xDB8) or (first == 0x3FFF and second < 0x1000)
    return end if whole and end - start < 40 and not documentation else 0


@inner
def _hexadecimal(byte: int) -> int:
    """Read a hexadecimal digit; -1 if it is none."""
    if 48 <= byte <= 57:
        return byte - 48
    letter = byte | 32
    return letter - 87 if 97 <= letter <= 102 else -1


@inner
def _is_apart(data: Bytes, text: int, start: int, end: int, stop: int) -> bool:
    """Say whether an address that starts with a number is no part of a longer word or number."""
    before = data[start - 1] if start > text else 32
    if is_word(before) or before == _DOT or (end < stop and is_word(data[end])):
        return False
    if before != _COLON or data[start + 4] != _COLON or start - text < 2:
        return True
    # A colon before IPv6 belongs to a longer one, unless it follows a word, or `IPv6`.
    named = start - text > 2 and data[start - 2] == 54 and data[start - 3] | 32 == 118
    return named or (data[start - 2] != _COLON and _hexadecimal(data[start - 2]) < 0)


@inner
def is_word(byte: int) -> bool:
    """Say whether a byte is a letter or a digit of ASCII, or `_`."""
    letter = byte | 32
    return 48 <= byte <= 57 or 97 <= letter <= 122 or byte == 95
