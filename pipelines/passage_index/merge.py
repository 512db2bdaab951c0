"""Merges the parts of all data files into files by ranges of the hash, so that a lookup reads one of them.

The upper bits of a hash are the number of its file. Documents get one number throughout: that of the first row of
their data file, and their row.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from pipelines.passage_index.posting_files import GROUP_ROWS, Postings, Written, write_postings
from pipelines.passage_index.scheme import NUMBER_BITS, SCHEME, PostingScheme
from pipelines.store import Store
from pipelines.unfinished import naming_damage

Numbers = npt.NDArray[np.int64]

#: memory that a posting may need while it is merged
MERGE_BYTES = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """How postings lie in the files of one index."""

    #: files are 2 to the power of this
    file_bits: int
    #: bits of a document's number
    document_bits: int

    @classmethod
    def of(cls, postings: int, documents: int, memory_bytes: int, scheme: PostingScheme = SCHEME) -> Self:
        """Choose as few files as tasks of so much memory can merge; ValueError where hashes are too short for so many.

        The memory does not count what Python and its libraries need, some 300 MB.
        """
        document_bits = max(1, (documents - 1).bit_length())
        # A tenth more than the mean is out of reach of chance.
        files = -(-postings * MERGE_BYTES * 11 // (memory_bytes * 10))
        file_bits = max((max(files, 1) - 1).bit_length(), scheme.bits + document_bits - NUMBER_BITS, 0)
        if file_bits >= scheme.bits:
            raise ValueError(f"expected hashes of more bits than {scheme.bits} for {postings} postings of {documents}")
        return cls(file_bits, document_bits)

    @property
    def files(self) -> int:
        """Count the files."""
        return 1 << self.file_bits


@dataclass(frozen=True, slots=True)
class Part:
    """The postings of one data file, and the number of its first document."""

    name: str
    first: int


def index_name(folder: str, number: int) -> str:
    """Name a file of the index."""
    return f"{folder}/{number:05d}.parquet"


@dataclass(frozen=True, slots=True)
class _Merge:
    """One merge: whose postings, and how they are to lie."""

    store: Store
    parts: tuple[Part, ...]
    layout: Layout
    scheme: PostingScheme
    #: postings that are held at once
    most: int

    @property
    def row_bits(self) -> int:
        """Bits of a row in a part."""
        return NUMBER_BITS - self.scheme.bits

    def packed(self, postings: Numbers, first: int) -> Numbers:
        """Give a part's postings their final form: without the bits that the file implies, with documents for rows."""
        hashes = (postings >> self.row_bits) & ((1 << (self.scheme.bits - self.layout.file_bits)) - 1)
        documents = (postings & ((1 << self.row_bits) - 1)) + first
        return (hashes << self.layout.document_bits) | documents

    def pieces(self, low: int, high: int) -> Iterator[Numbers]:
        """Read what all parts have of hashes from `low` to before `high`, one part after the other."""
        for part in self.parts:
            with naming_damage(self.store, part.name), closing(Postings(self.store, part.name)) as file:
                scheme, _ = type(self.scheme).of(file.metadata)
                if scheme != self.scheme:
                    raise ValueError(f"expected {part.name} by {self.scheme}, got {scheme}")
                for piece in file.between(low << self.row_bits, high << self.row_bits):
                    yield self.packed(piece, part.first)

    def merged(self, low: int, high: int) -> Iterator[Numbers]:
        """Yield the final postings of a range of hashes, in order.

        A range of too many is halved. One hash of too many is not held: part by part, it is in order already.
        """
        if high - low == 1:
            yield from self.pieces(low, high)
            return
        found, count = [np.empty(0, np.int64)], 0
        for piece in self.pieces(low, high):
            found.append(piece)
            count += len(piece)
            if count > self.most:
                found.clear()
                middle = (low + high) // 2
                yield from self.merged(low, middle)
                yield from self.merged(middle, high)
                return
        postings = np.concatenate(found)
        postings.sort()
        yield postings


def merge(  # noqa: PLR0913  # what is merged, how, and where to
    store: Store,
    parts: Sequence[Part],
    number: int,
    folder: str,
    *,
    layout: Layout,
    memory_bytes: int,
    scheme: PostingScheme = SCHEME,
) -> Written:
    """Merge what all parts have of one file's range of hashes; the order of the parts does not matter.

    ValueError where a part was made by another scheme.
    """
    facts = {"file_bits": layout.file_bits, "document_bits": layout.document_bits, "number": number}
    ordered = tuple(sorted(parts, key=lambda part: part.first))
    work = _Merge(store, ordered, layout, scheme, max(memory_bytes // MERGE_BYTES, GROUP_ROWS))
    width = scheme.bits - layout.file_bits
    found = work.merged(number << width, (number + 1) << width)
    return write_postings(store, index_name(folder, number), found, scheme, facts)
