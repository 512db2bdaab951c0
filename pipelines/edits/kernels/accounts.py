"""Finds bank accounts and payment cards: numbers that carry a check on themselves."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from filters.kernels.ips import is_word

#: uint8
Bytes = NDArray[Any]
Places = NDArray[Any]

_BLANK, _HYPHEN = 32, 45

#: ISO 13616: country and characters of its accounts
ACCOUNTS = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
    "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)


def _lengths() -> Bytes:
    table = np.zeros((26, 26), np.uint8)
    for account in ACCOUNTS.split():
        table[ord(account[0]) - 65, ord(account[1]) - 65] = int(account[2:])
    table.flags.writeable = False
    return table


#: per two letters of a country, the characters of its accounts, 0 where it has none: what `ibans` is given
LENGTHS = _lengths()

#: first digits of a card's number, as six: from, to; and how many digits it has: from, to. ISO/IEC 7812, by issuer:
#: Visa, Mastercard (2), American Express (2), Discover (3), Diners Club (4), JCB, UnionPay, Maestro (4)
CARDS = np.array(
    [
        *([400_000, 499_999, 13, 13], [400_000, 499_999, 16, 16], [400_000, 499_999, 19, 19]),
        *([510_000, 559_999, 16, 16], [222_100, 272_099, 16, 16]),
        *([340_000, 349_999, 15, 15], [370_000, 379_999, 15, 15]),
        *([601_100, 601_199, 16, 19], [644_000, 649_999, 16, 19], [650_000, 659_999, 16, 19]),
        *([300_000, 305_999, 14, 14], [309_500, 309_599, 14, 14], [360_000, 369_999, 14, 14]),
        *([380_000, 399_999, 14, 14], [352_800, 358_999, 16, 19], [620_000, 629_999, 16, 19]),
        *([501_800, 501_899, 12, 19], [502_000, 502_099, 12, 19], [503_800, 503_899, 12, 19]),
        *([589_300, 589_399, 12, 19], [630_400, 630_499, 12, 19], [675_900, 675_999, 12, 19]),
        [676_100, 676_399, 12, 19],
    ],
    np.int64,
)


@njit(cache=True, nogil=True)
def ibans(data: Bytes, offsets: Places, lengths: Bytes) -> tuple[Places, Places]:
    """Find accounts of ISO 13616, whole or in groups of four, whose check holds; returns starts and ends in bytes."""
    room = (offsets[-1] - offsets[0]) // 15 + 1
    out, count = (np.empty(room, np.int64), np.empty(room, np.int64)), 0
    for text in range(len(offsets) - 1):
        i: int = offsets[text]
        stop: int = offsets[text + 1]
        while i + 15 <= stop:
            end = 0
            if 65 <= data[i] <= 90 and 65 <= data[i + 1] <= 90 and 48 <= data[i + 2] <= 57 and 48 <= data[i + 3] <= 57:
                length = lengths[data[i] - 65, data[i + 1] - 65]
                if length and (i == offsets[text] or not is_word(data[i - 1])):
                    end = _past_account(data, i, stop, length)
            if end:
                out[0][count], out[1][count] = i, end
                count += 1
            i = max(i + 1, end)
    return out[0][:count], out[1][:count]


@inner
def _past_account(data: Bytes, start: int, stop: int, length: int) -> int:
    """Find the end of so many capitals and digits at `start`, if their remainder by 97 is 1 (ISO 7064); else 0."""
    i, rest, head = start, 0, 0
    for place in range(length):
        if place > 0 and place % 4 == 0 and i < stop and data[i] == _BLANK:
            i += 1
        if i >= stop:
            return 0
        byte = data[i]
        if 48 <= byte <= 57:
            value, shift = byte - 48, 10
        elif 65 <= byte <= 90:
            value, shift = byte - 55, 100
        else:
            return 0
        # The first four are checked last.
        if place < 4:
            head = head * shift + value
        else:
            rest = (rest * shift + value) % 97
        i += 1
    # Two letters and two digits make six digits.
    whole = (rest * 1_000_000 + head) % 97 == 1
    return i if whole and (i == stop or not is_word(data[i])) else 0


@njit(cache=True, nogil=True)
def cards(data: Bytes, offsets: Places, issuers: Places) -> tuple[Places, Places]:
    """Find numbers of payment cards, whole or in their groups, whose check holds; returns starts and ends in bytes."""
    room = (offsets[-1] - offsets[0]) // 12 + 1
    out, count = (np.empty(room, np.int64), np.empty(room, np.int64)), 0
    # up to five groups: where each ends, and how many digits there are then
    ends, sizes = np.empty(5, np.int64), np.empty(5, np.int64)
    for text in range(len(offsets) - 1):
        i: int = offsets[text]
        stop: int = offsets[text + 1]
        while i < stop:
            end = 0
            if 50 <= data[i] <= 54:
                before = data[i - 1] if i > offsets[text] else _BLANK
                # Not within a word, a decimal, a path or another number.
                if not is_word(before) and before not in (43, _HYPHEN, 46, 47):
                    groups = _groups(data, i, stop, ends, sizes)
                    for group in range(groups - 1, -1, -1):
                        if end == 0 and _is_grouped(sizes, group) and _is_apart(data, ends[group], stop):
                            end = ends[group] if _is_card(data, i, ends[group], issuers) else 0
            if end:
                out[0][count], out[1][count] = i, end
                count += 1
            i = max(i + 1, end)
    return out[0][:count], out[1][:count]


@inner
def _groups(data: Bytes, i: int, stop: int, ends: Places, sizes: Places) -> int:
    """Find up to five groups of digits with the same mark between; return how many."""
    groups, digits, mark = 0, 0, np.uint8(0)
    while groups < 5:
        while i < stop and 48 <= data[i] <= 57 and digits < 20:
            i, digits = i + 1, digits + 1
        ends[groups], sizes[groups] = i, digits
        groups += 1
        further = i + 1 < stop and data[i] in (_BLANK, _HYPHEN) and 48 <= data[i + 1] <= 57
        if not further or digits > 19 or (groups > 1 and data[i] != mark):
            break
        mark = data[i]
        i += 1
    return groups


@inner
def _is_apart(data: Bytes, end: int, stop: int) -> bool:
    """Say whether neither a word nor a number goes on at `end`."""
    joined = end + 1 < stop and data[end] == _HYPHEN and is_word(data[end + 1])
    return not joined and (end == stop or not is_word(data[end]))


@inner
def _is_grouped(sizes: Places, last: int) -> bool:
    """Say whether the groups up to `last` are one, or of 4, 4, 4, 4 and perhaps 3 digits, or of 4, 6 and 4 or 5."""
    if last == 0:
        return True
    if last == 2:
        return sizes[0] == 4 and sizes[1] == 10 and 14 <= sizes[2] <= 15
    fours = sizes[0] == 4 and sizes[1] == 8 and sizes[2] == 12 and last > 2
    return fours and sizes[3] == 16 and (last == 3 or sizes[4] == 19)


@inner
def _is_card(data: Bytes, start: int, end: int, issuers: Places) -> bool:
    """Say whether the digits in `data[start:end]` are of an issuer, and their sum after Luhn is divisible by ten."""
    digits, total, lead = 0, 0, 0
    for i in range(start, end):
        if 48 <= data[i] <= 57:
            digits += 1
            lead = lead * 10 + data[i] - 48 if digits <= 6 else lead
    place = digits
    for i in range(start, end):
        if 48 <= data[i] <= 57:
            value = data[i] - 48
            value = value if place % 2 else value * 2
            total += value - 9 if value > 9 else value
            place -= 1
    if total % 10 or digits > 19:
        return False
    for row in range(len(issuers)):
        if issuers[row, 0] <= lead <= issuers[row, 1] and issuers[row, 2] <= digits <= issuers[row, 3]:
            return True
    return False
