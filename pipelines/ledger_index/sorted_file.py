"""A file that is looked up in: a table file whose keys, which do not repeat, have no dictionaries to read first."""

from collections.abc import Sequence
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ledger_index.schema import GROUP_ROWS, REPEATED
from pipelines.store import Store
from pipelines.table import Hashing, TableFile


class SortedFile(TableFile):
    """One file of the index; its rows come in order. A lookup decodes half as much as in other table files."""

    def __init__(
        self,
        store: Store,
        name: str,
        schema: pa.Schema,
        group_rows: int = GROUP_ROWS,
        repeated: Sequence[str] = REPEATED,
    ) -> None:
        super().__init__(store, name, schema, group_rows)
        #: columns of few different values
        self.repeated = repeated

    def __enter__(self) -> Self:
        """Open the file; it appears when the block ends well."""
        self._hashing = Hashing(self._stack.enter_context(self.store.writing(self.name)))
        self._writer = pq.ParquetWriter(
            self._hashing,
            self.schema,
            compression=self.codec,
            write_page_checksum=True,
            use_dictionary=[*self.repeated],
        )
        return self
