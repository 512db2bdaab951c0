"""A table file of texts of any size: its row groups are bounded by the bytes of their texts and by their rows."""

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.store import Store
from pipelines.table import ZSTD, Codec, TableFile

#: bytes of text after which a row group ends
GROUP_BYTES = 64_000_000


class TextFile(TableFile):
    """A table file with a column `text`, for what may hold a thousand pages of many megabytes in a row.

    Where row groups end depends on the rows alone, however they are written.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # as a table file has them
        self,
        store: Store,
        name: str,
        schema: pa.Schema,
        group_rows: int,
        codec: Codec = ZSTD,
        group_bytes: int = GROUP_BYTES,
    ) -> None:
        """End a row group after so many rows, or so many bytes of text since one was ended by its bytes."""
        super().__init__(store, name, schema, group_rows, codec)
        self._group_bytes = group_bytes
        self._bytes = 0

    def write(self, table: pa.Table) -> None:
        """Add rows."""
        start = 0
        for row, size in enumerate(pc.fill_null(pc.binary_length(table["text"]), 0).to_pylist()):
            self._bytes += size
            if self._bytes >= self._group_bytes:
                super().write(table.slice(start, row + 1 - start))
                self._flush(1)
                start, self._bytes = row + 1, 0
        super().write(table.slice(start))
