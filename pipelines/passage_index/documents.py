"""Which document a number of the passage index means: a file of the release and a row there.

Documents are numbered through all files in order, so that a list of files with their rows says it all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.passage_index.scheme import SCHEME, PostingScheme
from pipelines.store import Store
from pipelines.table import TableFile

_SCHEMA = pa.schema([("file", pa.string()), ("rows", pa.int64())])


def documents_name(folder: str) -> str:
    """Name the list of an index."""
    return f"{folder}/documents.parquet"


@dataclass(frozen=True)
class Documents:
    """The files whose texts were fingerprinted, in order, and how many rows each has."""

    files: tuple[str, ...]
    rows: tuple[int, ...]

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """Numbers of the first document of each file, and at last of how many there are."""
        return tuple(accumulate(self.rows, initial=0))

    @property
    def count(self) -> int:
        """Count the documents."""
        return self.firsts[-1]

    def place(self, document: int) -> tuple[str, int]:
        """Say in which file a document lies, and in which row; IndexError where there is none of the number."""
        if not 0 <= document < self.count:
            raise IndexError(f"expected a document below {self.count}, got {document}")
        # Of files without rows none holds it.
        file = bisect_right(self.firsts, document) - 1
        return self.files[file], document - self.firsts[file]


def write_documents(store: Store, folder: str, files: Iterable[tuple[str, int]], scheme: PostingScheme = SCHEME) -> str:
    """Write the list, from each file's name and rows, and give the file's digest."""
    names, rows = zip(*files, strict=True) if (files := list(files)) else ((), ())
    table = pa.table([names, rows], schema=_SCHEMA.with_metadata(scheme.metadata({})))
    with TableFile(store, documents_name(folder), table.schema) as file:
        file.write(table)
    return file.sha256


def read_documents(store: Store, folder: str) -> Documents:
    """Read the list; FileNotFoundError where there is no index."""
    with store.open(documents_name(folder)) as file:
        table = pq.read_table(file)
    columns: Sequence[list[object]] = [table[name].to_pylist() for name in _SCHEMA.names]
    return Documents(*map(tuple, columns))  # pyright: ignore[reportArgumentType]  # as they were written
