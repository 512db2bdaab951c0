"""From keys to links, out of core: each task takes the keys of one range of the hash space from all files."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from pipelines.dedup.forest import Edges, forest
from pipelines.dedup.kernels.link_keys import link_rows
from pipelines.dedup.key_ranges import SPACE, RangeTooLargeError, Rows, pieces, rows_of, split
from pipelines.dedup.keys import Gone, Numbers
from pipelines.dedup.views import read_only
from pipelines.store import Store

#: memory that a row may need while it is linked: for itself, its link, and the forest of the links
ROW_BYTES = 48
# Rows of a block, whose table then fills half of a second cache.
_BLOCK_ROWS = 1 << 13
# Rows whose links fit in memory that the allocator keeps when it is given back.
_BATCH_ROWS = 1 << 20


def link(  # noqa: PLR0913, PLR0917  # the range is two numbers
    store: Store, names: Sequence[str], low: int, high: int, gone: Gone | None, memory_bytes: int
) -> Iterator[Edges]:
    """Link the documents with equal keys in a range; yield forests of the links (see `forest`), most often one.

    A range with more rows than ought to be there is done in parts, a key that too many documents share for itself,
    piece by piece. Then there are several forests, which together say the same; they depend on the order of `names`,
    as their clusters do not.
    """
    if high - low == 1:
        yield from _one_key(store, names, low, gone)
        return
    columns = ("key", "check", "document")
    try:
        rows = rows_of(store, names, low, high, gone, columns, memory_bytes // ROW_BYTES)
    except RangeTooLargeError as error:
        for part in split(low, high, error.median):
            yield from link(store, names, *part, gone, memory_bytes)
        return
    yield forest(list(_forests(rows, low, high)))


def _forests(rows: Rows, low: int, high: int) -> Iterator[Edges]:
    """Link the rows of a range, some at a time: memory that is used again is faster than memory that is new."""
    count = len(rows.keys) // _BATCH_ROWS + 1
    bounds = [low + (high - low) * i // count for i in range(count + 1)]
    starts = rows.ends[:-1]
    for first, last in pairwise(bounds):
        files = zip(starts.tolist(), rows.ends[1:].tolist(), strict=True)
        ends = [at + np.searchsorted(rows.keys[at:end], np.uint64(last - 1), "right") for at, end in files]
        yield forest([_edges(rows, starts, np.array(ends, np.int64), first, last)])
        starts = np.array(ends, np.int64)


def _edges(rows: Rows, starts: Numbers, ends: Numbers, low: int, high: int) -> Edges:
    """Link each row to one with its key, int64[m, 2]; the rows of file f are `starts[f]` to `ends[f]`."""
    count = int((ends - starts).sum())
    edges = np.empty((count, 2), np.int64)
    step = max(1, (high - low) * _BLOCK_ROWS // max(count, _BLOCK_ROWS))
    keys = [read_only(column) for column in (rows.keys, rows.checks, rows.documents)]
    block = np.uint64(low), np.uint64(min(step, SPACE - 1))
    width, made, bits = 3 if len(rows.checks) else 2, -1, _BLOCK_ROWS.bit_length()
    while made < 0:
        table = np.zeros((1 << bits, width), np.uint64)
        made = link_rows(*keys, *block, starts.copy(), read_only(ends), table, np.uint64(64 - bits), edges)
        # A block has more keys than its share only where keys are no hashes.
        bits += 1
    return edges[:made]


def _one_key(store: Store, names: Sequence[str], key: int, gone: Gone | None) -> Iterator[Edges]:
    """Link all documents of one key: those of a piece to the first ones that came before, one for each check."""
    firsts: Rows | None = None
    for piece in pieces(store, names, key, key + 1, gone, ("key", "check", "document")):
        rows = Rows.of([firsts, piece] if firsts else [piece])
        yield forest([_edges(rows, rows.ends[:-1], rows.ends[1:], key, key + 1)])
        _, at = np.unique(rows.checks if len(rows.checks) else rows.keys, return_index=True)
        firsts = rows.at(at)
