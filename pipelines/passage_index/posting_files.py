"""Files of postings: one column of sorted numbers, packed by their differences, that is read by ranges.

A posting is one number: the part of a fingerprint's hash that the file does not imply, and below it the number of the
document. Sorted, both cost together what their differences take, some bits more than the logarithm of their mean.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.passage_index.scheme import PostingScheme, Scheme
from pipelines.store import Store
from pipelines.table import Hashing

Numbers = npt.NDArray[np.int64]

#: postings of a row group, which is the least that is read: some 18 KB
GROUP_ROWS = 1 << 12

#: row groups of a piece
_PIECE = 256

COLUMN = "posting"
#: key of a file's metadata: the first posting of each row group, int64, in base 64; statistics take longer to read
_FIRSTS = b"vitrine.firsts"
#: of a part: the key of its metadata that says how many texts it stands for
DOCUMENTS = "documents"
_FIELD = pa.field(COLUMN, pa.int64(), nullable=False)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    name: str
    sha256: str
    postings: int
    bytes: int
    #: of a part: the texts that it stands for
    documents: int = 0


def write_postings(
    store: Store, name: str, parts: Iterable[Numbers], scheme: PostingScheme, facts: Mapping[str, int]
) -> Written:
    """Write sorted postings; the bytes do not depend on how they come in parts.

    `facts` go into the file's metadata beside the scheme.
    """
    schema = pa.schema([_FIELD], scheme.metadata(facts))
    rows, firsts = 0, list[Numbers]()
    with store.writing(name) as file:
        hashing = Hashing(file)
        with pq.ParquetWriter(
            hashing,
            schema,
            use_dictionary=False,
            compression="none",
            column_encoding={COLUMN: "DELTA_BINARY_PACKED"},
            write_page_index=True,
            write_page_checksum=True,
        ) as writer:
            for groups in _regrouped(parts):
                writer.write_table(pa.table([groups], schema=schema), row_group_size=GROUP_ROWS)
                rows += len(groups)
                firsts.append(groups[::GROUP_ROWS])
            bounds = np.concatenate([np.empty(0, np.int64), *firsts]).astype("<i8").tobytes()
            writer.add_key_value_metadata({_FIRSTS: b64encode(bounds)})
    return Written(name, hashing.sha256, rows, hashing.bytes, facts.get(DOCUMENTS, 0))


def _regrouped(parts: Iterable[Numbers]) -> Iterator[Numbers]:
    """Yield whole row groups, and at last what is left."""
    held = np.empty(0, np.int64)
    for part in parts:
        joined = np.concatenate([held, part]) if len(held) else part
        whole = len(joined) // GROUP_ROWS * GROUP_ROWS
        if whole:
            yield joined[:whole]
        held = joined[whole:]
    if len(held):
        yield held


class Postings:
    """A file of postings by any scheme, open: its footer is known, and row groups are read when they are wanted."""

    def __init__(self, store: Store, name: str) -> None:
        self._file = store.open(name)
        self._parquet = pq.ParquetFile(self._file, page_checksum_verification=True)
        self.metadata: dict[bytes, bytes] = self._parquet.metadata.metadata or {}

    @cached_property
    def firsts(self) -> Numbers:
        """The first posting of each row group; ValueError where the file does not say."""
        if _FIRSTS not in self.metadata:
            raise ValueError("expected a file of postings, got one that does not say how they begin: build it again")
        return np.frombuffer(b64decode(self.metadata[_FIRSTS]), "<i8").astype(np.int64, copy=False)

    @property
    def rows(self) -> int:
        """Count the postings."""
        return int(self._parquet.metadata.num_rows)

    def groups(self, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
        """Say which row groups may hold postings from each `low` to before its `high`: the first one, and the next."""
        first = np.maximum(np.searchsorted(self.firsts, low, "right") - 1, 0)
        return first, np.searchsorted(self.firsts, high, "left")

    def read(self, groups: Sequence[int]) -> list[Numbers]:
        """Read row groups, in ascending order, all at once: that takes a tenth of one after the other."""
        found = np.asarray(self._parquet.read_row_groups(groups, use_threads=False)[COLUMN])
        sizes = [min(GROUP_ROWS, self.rows - group * GROUP_ROWS) for group in groups]
        return np.split(found, np.cumsum(sizes)[:-1])

    def between(self, low: int, high: int) -> Iterator[Numbers]:
        """Read the postings from `low` to before `high`, a piece at a time."""
        (first,), (stop,) = self.groups(np.array([low]), np.array([high]))
        for start in range(first, stop, _PIECE):
            found = np.concatenate(self.read(range(start, min(start + _PIECE, stop))))
            yield found[slice(*np.searchsorted(found, [low, high]))]

    def close(self) -> None:
        """Close the file."""
        self._parquet.close()
        self._file.close()


class PostingFile(Postings):
    """A file of the postings of passages, open, and the scheme that they were made by."""

    def __init__(self, store: Store, name: str) -> None:
        super().__init__(store, name)
        self.scheme, self.facts = Scheme.of(self.metadata)
