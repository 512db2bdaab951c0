"""Single rows of a release's Parquet files, read a row group of a column at a time, and remembered."""

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from threading import Lock
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store import Store
from provenance.passages.remembered import Remembered

#: files that are held open
_OPEN = 64


class Tables:
    """The Parquet files of a store; at most `most_bytes` of their columns are remembered."""

    def __init__(self, store: Store, most_bytes: int) -> None:
        self._store = store
        self._files: OrderedDict[str, _Table] = OrderedDict()
        self._columns = Remembered[pa.ChunkedArray](most_bytes, lambda column: column.nbytes)
        self._lock = Lock()

    def value(self, name: str, row: int, column: str) -> pa.Scalar | None:
        """Give one value of a file; None where it has no such column. IndexError beyond the last row."""
        table = self._table(name)
        if column not in table.columns:
            return None
        group = table.group(row)
        values = self._columns.get((name, group, column), lambda: self._table(name).read(group, column))
        return values[row - table.starts[group]]

    def plain(self, name: str, row: int, column: str) -> Any:  # noqa: ANN401  # any plain value
        """Give one value as Python has it; None where it is null or there is no such column."""
        value = self.value(name, row, column)
        return None if value is None else value.as_py()

    def _table(self, name: str) -> "_Table":
        with self._lock:
            if name not in self._files:
                self._files[name] = _Table(self._store.open(name))
                if len(self._files) > _OPEN:
                    self._files.popitem(last=False)[1].close()
            self._files.move_to_end(name)
            return self._files[name]

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            while self._files:
                self._files.popitem()[1].close()


class _Table:
    """An open file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._parquet = pq.ParquetFile(file)
        metadata = self._parquet.metadata
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self.starts = list(accumulate(sizes, initial=0))
        self.columns = frozenset(self._parquet.schema_arrow.names)

    def group(self, row: int) -> int:
        if not 0 <= row < self.starts[-1]:
            raise IndexError(f"expected a row below {self.starts[-1]}, got {row}")
        return bisect_right(self.starts, row) - 1

    def read(self, group: int, column: str) -> pa.ChunkedArray:
        return self._parquet.read_row_group(group, [column], use_threads=False)[column]

    def close(self) -> None:
        self._parquet.close()
        self._file.close()
