"""Hashes shingles of tokens and keeps the least one of each window: Schleimer, Wilkerson and Aiken 2003, section 3."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.dedup.kernels.passage_hashes import mix
from pipelines.passage_index.kernels.parting import Tables, token_hashes

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Places = NDArray[Any]

#: base of the polynomial: an odd number with bits as if by chance, the fraction of the square root of 5
BASE = 0x3C6EF372FE94F82B
_SHINGLE, _ZERO = np.uint64(BASE), np.uint64(0)


@inner
def shingles(hashes: Hashes, units: Bytes, count: int, powers: Hashes, found: Hashes) -> int:
    """Hash, from each token on, as few as come to as many units as there are powers; returns how many shingles.

    Shingle i begins with token i. A polynomial of the tokens is rolled, of which `powers` are those of its base.
    """
    shingle, units_of, stop, made = _ZERO, 0, 0, 0
    for token in range(count):
        while units_of < len(powers) and stop < count:
            shingle = shingle * _SHINGLE + hashes[stop]
            units_of += units[stop]
            stop += 1
        if units_of < len(powers):
            break
        found[made] = mix(shingle)
        made += 1
        shingle -= hashes[token] * powers[stop - token - 1]
        units_of -= units[token]
    return made


@inner
def winnow(found: Hashes, units: Bytes, count: int, window: int, places: Places) -> int:
    """Choose the least of each window of shingles, of equal ones the last; returns how many are chosen.

    A window begins with each shingle and holds those that begin less than `window` units after it. One that the text
    does not fill is none, but for the only one.
    """
    stop, units_of, best, last, chosen = 0, 0, -1, -1, 0
    for first in range(count):
        if best < first:
            best = -1
            for shingle in range(first, stop):
                if best < 0 or found[shingle] <= found[best]:
                    best = shingle
        while stop < count and units_of < window:
            if best < 0 or found[stop] <= found[best]:
                best = stop
            units_of += units[stop]
            stop += 1
        if units_of < window and first > 0:
            break
        if best != last:
            places[chosen] = last = best
            chosen += 1
        units_of -= units[first]
    return chosen


@inner
def fingerprint_texts(
    data: Bytes,
    offsets: Places,
    tables: Tables,
    powers: Hashes,
    sizes: tuple[int, int],
    room: tuple[Hashes, Bytes, Hashes, Places],
    rows: tuple[int, int],
    postings: Places,
) -> int:
    """Write the postings of texts, as they come; returns how many.

    `sizes` are the units of a window and the lower bits of a hash to be left out. A posting is what is left of a hash,
    and in its lower `rows[1]` bits the row of the text, from `rows[0]` on.
    """
    window, shift = sizes
    hashes, units, found, places = room
    row, bits = rows
    at = 0
    for text in range(len(offsets) - 1):
        tokens = token_hashes(data, offsets[text], offsets[text + 1], tables, hashes, units)
        count = shingles(hashes, units, tokens, powers, found)
        chosen = winnow(found, units, count, window, places)
        for place in range(chosen):
            kept = found[places[place]] >> np.uint64(shift)
            postings[at] = np.int64(kept << np.uint64(bits)) | (row + text)
            at += 1
    return at
