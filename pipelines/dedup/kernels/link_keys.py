"""Rows of many sorted files with equal keys: each row is linked to the first that came with its key.

The files are gone through side by side, one block of the hash space after another, so that the table of a block's keys
stays in the processor's cache. Nothing is sorted.
"""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inner

#: words of a table's row: key, document + 1 (0 where the row is empty), and maybe the check
KEY, DOCUMENT, CHECK = 0, 1, 2

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

# Fraction of the golden ratio: multiplied by it, neighbours lie far apart.
_SPREAD, _ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(1)


@inner
def link_rows(
    keys: Words,
    checks: Words,
    documents: Numbers,
    low: np.uint64,
    step: np.uint64,
    cursors: Numbers,
    ends: Numbers,
    table: Words,
    shift: np.uint64,
    edges: Numbers,
) -> int:
    """Link the rows of all files and count the links, or give -1 where the table is too small for a block.

    File f is rows `cursors[f]` to `ends[f]`, sorted by key, none below `low`; a block is `step` keys of the hash space.
    `checks` is empty, or has a second word of each key. `table` has 2 ** (64 - shift) rows.
    """
    made, left, first, last, wide = 0, 0, low, np.int64(len(table) - 1), len(checks) > 0
    for f in range(len(cursors)):
        left += ends[f] - cursors[f]
    while left:
        table[:] = 0
        room = len(table) * 3 // 4
        for f in range(len(cursors)):
            i, end = cursors[f], ends[f]
            while i < end and keys[i] - first < step:
                key = keys[i]
                slot = np.int64((key * _SPREAD) >> shift)
                while table[slot, DOCUMENT] and (table[slot, KEY] != key or (wide and table[slot, CHECK] != checks[i])):
                    slot = (slot + 1) & last
                if table[slot, DOCUMENT]:
                    edges[made, 0] = documents[i]
                    edges[made, 1] = np.int64(table[slot, DOCUMENT] - _ONE)
                    made += 1
                elif not room:
                    return -1
                else:
                    table[slot, KEY] = key
                    table[slot, DOCUMENT] = np.uint64(documents[i]) + _ONE
                    if wide:
                        table[slot, CHECK] = checks[i]
                    room -= 1
                i += 1
            left -= i - cursors[f]
            cursors[f] = i
        first += step
    return made
