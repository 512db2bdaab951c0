"""A table file: Parquet written in pieces, whole or absent, with its digest known when it is."""

import hashlib
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import IO, Literal, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store import Store

#: rows of a row group: it does not show how the rows came
GROUP_ROWS = 16_384

Codec = Literal["zstd", "lz4"]
#: what is published is small; unfinished work is written and read once, so it is fast
ZSTD: Codec = "zstd"
LZ4: Codec = "lz4"


class Hashing:
    """A file open for writing that knows the digest and the number of the bytes that went through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._state = hashlib.sha256()
        self.bytes = 0

    def write(self, content: bytes) -> int:
        """Write, count and hash."""
        self._state.update(content)
        self.bytes += len(content)
        self._file.write(content)
        return len(content)

    def flush(self) -> None:
        """Pass on what is held."""
        self._file.flush()

    @property
    def closed(self) -> bool:
        """Say whether the file is closed."""
        return self._file.closed

    @property
    def sha256(self) -> str:
        """Digest of what was written so far, hexadecimal."""
        return self._state.hexdigest()


class TableFile:
    """One Parquet file of a store. Rows are regrouped, so that its bytes depend on the rows alone."""

    def __init__(
        self, store: Store, name: str, schema: pa.Schema, group_rows: int = GROUP_ROWS, codec: Codec = ZSTD
    ) -> None:
        self.store = store
        self.name = name
        self.schema = schema
        self.group_rows = group_rows
        self.codec = codec
        self.rows = 0
        self._stack = ExitStack()
        self._held: list[pa.Table] = []
        self._writer: pq.ParquetWriter
        self._hashing: Hashing

    def __enter__(self) -> Self:
        """Open the file; it appears when the block ends well."""
        self._hashing = Hashing(self._stack.enter_context(self.store.writing(self.name)))
        self._writer = pq.ParquetWriter(self._hashing, self.schema, compression=self.codec, write_page_checksum=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Write what is held and publish the file, or abandon it."""
        if kind is None:
            self._flush(1)
            self._writer.close()
        else:
            # A writer that is not closed would write to the file once more when it is collected.
            with suppress(OSError, pa.ArrowException):
                self._writer.close()
        return self._stack.__exit__(kind, error, trace)

    def write(self, table: pa.Table) -> None:
        """Add rows."""
        self._held.append(table)
        self.rows += len(table)
        self._flush(self.group_rows)

    @property
    def sha256(self) -> str:
        """Digest of the file, hexadecimal; final once the block has ended."""
        return self._hashing.sha256

    @property
    def bytes(self) -> int:
        """Size of the file."""
        return self._hashing.bytes

    def _flush(self, least: int) -> None:
        """Write whole row groups while at least `least` rows are held."""
        while sum(map(len, self._held)) >= least:
            table = pa.concat_tables(self._held).combine_chunks()
            self._writer.write_table(table.slice(0, self.group_rows), row_group_size=self.group_rows)
            rest = table.slice(self.group_rows)
            self._held = [rest] if len(rest) else []
