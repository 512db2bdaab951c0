"""Files of rows that one stage of deduplication writes and the next one reads by ranges of their first column.

Parquet without what does not pay here: a hash cannot be compressed, and a dictionary of values that do not repeat is
larger than they are. Numbers of documents of one shard differ little, and their differences are packed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store import Store
from pipelines.table import Hashing
from pipelines.unfinished import reading

#: rows of a row group, which is the least that is read: two of each file are read for nothing
GROUP_ROWS = 1 << 15
#: rows that are held at once where a file is read
PIECE_ROWS = 1 << 20


def write_rows(store: Store, name: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> str:
    """Write tables one after the other into one file, and give its digest."""
    signed = [field.name for field in schema if field.type == pa.int64()]
    hashes = [field.name for field in schema if field.type == pa.uint64()]
    with store.writing(name) as file:
        hashing = Hashing(file)
        with pq.ParquetWriter(
            hashing,
            schema,
            use_dictionary=False,
            compression={field.name: "none" if field.name in hashes + signed else "lz4" for field in schema},
            column_encoding=dict.fromkeys(signed, "DELTA_BINARY_PACKED"),
            write_page_index=False,
            write_page_checksum=True,
        ) as writer:
            for table in tables:
                writer.write_table(table, row_group_size=GROUP_ROWS)
    return hashing.sha256


def read_rows(
    store: Store, name: str, columns: Sequence[str] = (), low: int = 0, high: int = 1 << 64
) -> Iterator[pa.Table]:
    """Yield the row groups of a file that may hold a first column from `low` to before `high`, some at a time.

    Of the `columns`, or of all, those that the file has.
    """
    with reading(store, name) as parquet:
        groups = _groups(parquet.metadata, low, high)
        columns = [column for column in parquet.schema_arrow.names if not columns or column in columns]
        step = max(1, PIECE_ROWS // GROUP_ROWS)
        for start in range(0, len(groups), step):
            yield parquet.read_row_groups(groups[start : start + step], columns, use_threads=False)


def count_rows(store: Store, name: str, low: int = 0, high: int = 1 << 64) -> int:
    """Count the rows that `read_rows` would read."""
    with reading(store, name) as parquet:
        return sum(parquet.metadata.row_group(group).num_rows for group in _groups(parquet.metadata, low, high))


def _groups(metadata: Any, low: int, high: int) -> list[int]:  # noqa: ANN401  # pyarrow has no types
    found: list[int] = []
    for group in range(metadata.num_row_groups):
        bounds = metadata.row_group(group).column(0).statistics
        # A row group without rows has none.
        if bounds is not None and bounds.min < high and bounds.max >= low:
            found.append(group)
    return found
