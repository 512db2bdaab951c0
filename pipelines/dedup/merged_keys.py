"""Keys of many shards in one file, so that a task that takes a small range of the hash space reads few row groups."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa

from pipelines.dedup.key_ranges import SPACE, RangeTooLargeError, Rows, pieces, ranges, rows_of, split
from pipelines.dedup.keys import KEYS, WIDE_KEYS, Gone, sorting
from pipelines.dedup.rows import count_rows, write_rows
from pipelines.store import Store

#: memory that a row may need while it is merged
MERGE_BYTES = 120
_COLUMNS = ("key", "check", "order", "document")


def merge_keys(  # noqa: PLR0913  # what is merged, how, and where to
    store: Store, names: Sequence[str], gone: Gone | None, memory_bytes: int, name: str, *, wide: bool
) -> str:
    """Merge sorted files of keys into one, without the documents that are gone, and give the digest.

    `wide` says that keys have checks. The rows of a key that does not fit in memory are by order alone.
    """
    schema, rows = WIDE_KEYS if wide else KEYS, sum(count_rows(store, one) for one in names)
    parts = ranges(rows, memory_bytes, MERGE_BYTES)
    found = (rows for part in parts for rows in _merged(store, names, *part, gone, memory_bytes))
    return write_rows(store, name, schema, (_table(rows, schema) for rows in found))


def _merged(  # noqa: PLR0913, PLR0917  # the range is two numbers
    store: Store, names: Sequence[str], low: int, high: int, gone: Gone | None, memory_bytes: int
) -> Iterator[Rows]:
    try:
        rows = rows_of(store, names, low, high, gone, _COLUMNS, memory_bytes // MERGE_BYTES)
    except RangeTooLargeError as error:
        if high - low == 1:
            yield from parts_of(store, names, low, gone, memory_bytes // MERGE_BYTES)
            return
        for part in split(low, high, error.median):
            yield from _merged(store, names, *part, gone, memory_bytes)
        return
    yield rows


def parts_of(store: Store, names: Sequence[str], key: int, gone: Gone | None, most: int) -> Iterator[Rows]:
    """Read the rows of one key in parts of about `most`, each with all rows of a range of orders.

    The files are read once for each part.
    """
    count = sum(len(piece.keys) for piece in pieces(store, names, key, key + 1, gone, ("key", "document")))
    # An order is a hash: each part has its share of the documents, and some more room.
    parts = count * 5 // (max(most, 1) * 4) + 1
    bounds = [SPACE * i // parts for i in range(parts + 1)]
    for low, high in pairwise(bounds):
        every = pieces(store, names, key, key + 1, gone, _COLUMNS)
        found = [rows.at((rows.orders >= np.uint64(low)) & (rows.orders <= np.uint64(high - 1))) for rows in every]
        yield Rows.of(found)


def _table(rows: Rows, schema: pa.Schema) -> pa.Table:
    columns = {"key": rows.keys, "check": rows.checks, "order": rows.orders, "document": rows.documents}
    wanted = [columns[name] for name in schema.names]
    order = sorting(wanted)
    return pa.table([column[order] for column in wanted], schema=schema)
