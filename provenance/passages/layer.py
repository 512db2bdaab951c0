"""One layer of the passage index, open: which documents have a fingerprint, and how many do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.passage_index.documents import Documents, read_documents
from pipelines.passage_index.merge import index_name
from pipelines.passage_index.posting_files import GROUP_ROWS, PostingFile
from pipelines.store import Store
from provenance.passages.remembered import Remembered

Numbers = npt.NDArray[np.int64]

#: bytes of row groups of postings that are remembered
_POSTING_BYTES = 128 << 20
#: fingerprints that are looked up at once
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Hits:
    """The documents of one fingerprint."""

    #: how many documents have it
    count: int
    #: the first of them, by number, at most as many as were asked for
    documents: Numbers


_NONE = Hits(0, np.empty(0, np.int64))


class Layer:
    """The files of one folder; footers are read when they are first needed, and kept."""

    def __init__(self, store: Store, folder: str) -> None:
        self._store, self._folder = store, folder
        self.documents: Documents = read_documents(store, folder)
        self._files: dict[int, PostingFile] = {}
        self._groups = Remembered[Numbers](_POSTING_BYTES, lambda group: group.nbytes)
        first = self._files[0] = PostingFile(store, index_name(folder, 0))
        self.scheme = first.scheme
        self._file_bits, self._document_bits = first.facts["file_bits"], first.facts["document_bits"]
        self._mask = (1 << self._document_bits) - 1

    def hits(self, hashes: Numbers, most: int) -> list[Hits]:
        """Find fingerprints, int64[n], distinct and ascending, and the first `most` documents of each."""
        found: list[Hits] = []
        width = self.scheme.bits - self._file_bits
        numbers = hashes >> width
        for number in np.unique(numbers).tolist():
            inside = hashes[numbers == number] & ((1 << width) - 1)
            for start in range(0, len(inside), _AT_ONCE):
                found += self._hits_in(number, inside[start : start + _AT_ONCE], most)
        return found

    def _hits_in(self, number: int, inside: Numbers, most: int) -> list[Hits]:
        file = self._file(number)
        if not file.rows:
            return [_NONE] * len(inside)
        low, high = inside << self._document_bits, (inside + 1) << self._document_bits
        first, stop = file.groups(low, high)
        last = np.maximum(stop - 1, first)
        wanted = np.unique(np.concatenate([first, last])).tolist()
        groups = dict(zip(wanted, self._read(number, wanted), strict=True))
        bounds = zip(low.tolist(), high.tolist(), first.tolist(), last.tolist(), strict=True)
        return [self._hits_of(number, groups, bound, most) for bound in bounds]

    def _hits_of(self, number: int, groups: dict[int, Numbers], bound: tuple[int, int, int, int], most: int) -> Hits:
        """Find the postings between two numbers, which begin in one row group and end in the same or another."""
        low, high, first, last = bound
        start = int(groups[first].searchsorted(low))
        if first == last:
            # Most shingles are in no document, and most others in few: no second search for those.
            group = groups[first]
            stop = start + (int(group[start:].searchsorted(high)) if start < len(group) and group[start] < high else 0)
            return Hits(stop - start, group[start : min(stop, start + most)] & self._mask) if stop > start else _NONE
        stop = (last - first) * GROUP_ROWS + int(groups[last].searchsorted(high))
        needed = range(first, first + -(-min(stop, start + most) // GROUP_ROWS))
        found = np.concatenate([np.empty(0, np.int64), *self._read(number, needed)])
        return Hits(stop - start, found[start : min(stop, start + most)] & self._mask)

    def _file(self, number: int) -> PostingFile:
        if number not in self._files:
            file = self._files[number] = PostingFile(self._store, index_name(self._folder, number))
            if (file.scheme, file.facts | {"number": 0}) != (self.scheme, self._files[0].facts):
                raise ValueError(
                    f"expected all files of {self._folder} to be of one index, got {file.facts}: build it again"
                )
        return self._files[number]

    def _read(self, number: int, groups: Sequence[int]) -> list[Numbers]:
        def read(keys: list[tuple[int, int]]) -> Iterator[Numbers]:
            # Copied: a view of all that was read together would keep all of it.
            return (group.copy() for group in self._files[number].read([group for _, group in keys]))

        return self._groups.get_all([(number, group) for group in groups], read)

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()
        self._files.clear()
