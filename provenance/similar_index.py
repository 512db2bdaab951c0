"""A release's index of similar texts, open: finds which documents share a band of MinHash with a text."""

from collections.abc import Iterator
from threading import Lock
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pipelines.passage_index.documents import read_documents
from pipelines.passage_index.merge import index_name
from pipelines.passage_index.posting_files import GROUP_ROWS, Postings
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR
from pipelines.store import Store
from provenance.passages.tables import Tables

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

#: bands that are looked up at once
_AT_ONCE = 64
#: bytes of texts, and of other columns, that are remembered
_TEXT_BYTES, _FACT_BYTES = 256 << 20, 64 << 20


class SimilarIndex:
    """The index of similar texts of the release in a store. Close it, or use it in a `with`; threads may share it."""

    def __init__(self, store: Store) -> None:
        """Open it; FileNotFoundError where the release has none, ValueError where other code made it."""
        self._store = store
        self._files: dict[int, Postings] = {}
        self._lock = Lock()
        self.documents = read_documents(store, SIMILAR)
        first = self._files[0] = Postings(store, index_name(SIMILAR, 0))
        self.scheme, self._layout = BandScheme.of(first.metadata)
        self._texts, self._facts = Tables(store, _TEXT_BYTES), Tables(store, _FACT_BYTES)

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def hits(self, bands: Numbers, most: int) -> tuple[Numbers, int]:
        """List the documents of each band, at most `most` of one, all together, and count those that are not read."""
        width, found, left = self.scheme.bits - self._layout["file_bits"], [np.empty(0, np.int64)], 0
        bands = np.unique(bands)
        numbers = bands >> width
        for number in np.unique(numbers).tolist():
            inside = bands[numbers == number] & ((1 << width) - 1)
            for start in range(0, len(inside), _AT_ONCE):
                for documents, over in self._hits_in(number, inside[start : start + _AT_ONCE], most):
                    found.append(documents)
                    left += over
        return np.concatenate(found), left

    def _hits_in(self, number: int, inside: Numbers, most: int) -> Iterator[tuple[Numbers, int]]:
        file, document_bits = self._file(number), self._layout["document_bits"]
        if not file.rows:
            return
        low, high = inside << document_bits, (inside + 1) << document_bits
        first, stop = file.groups(low, high)
        last = np.maximum(stop - 1, first)
        ends = np.minimum(last, first - (-most // GROUP_ROWS)) + 1
        needed = [range(*pair) for pair in zip(first.tolist(), ends.tolist(), strict=True)]
        wanted = np.unique(np.concatenate([*needed, last])).tolist()
        with self._lock:
            groups: dict[int, Numbers] = dict(zip(wanted, file.read(wanted), strict=True))
        for own, begin, end, at in zip(needed, low.tolist(), high.tolist(), last.tolist(), strict=True):
            start = int(groups[own.start].searchsorted(begin))
            count = (at - own.start) * GROUP_ROWS + int(groups[at].searchsorted(end)) - start
            some = np.concatenate([groups[group] for group in own])[start : start + min(count, most)]
            yield some & ((1 << document_bits) - 1), count - len(some)

    def _file(self, number: int) -> Postings:
        with self._lock:
            if number not in self._files:
                file = self._files[number] = Postings(self._store, index_name(SIMILAR, number))
                if BandScheme.of(file.metadata) != (self.scheme, self._layout | {"number": number}):
                    raise ValueError(f"expected all files of {SIMILAR} to be of one index: build it again")
            return self._files[number]

    def text(self, document: int) -> Bytes:
        """Read the text of a document, by its number, as UTF-8."""
        value: Any = self._texts.value(*self.documents.place(document), "text")
        content = None if value is None else value.as_buffer()
        return np.frombuffer(content or b"", np.uint8)

    def fact(self, document: int, column: str) -> Any:  # noqa: ANN401  # any plain value
        """Give one value of a document's row in its data file; None where there is none."""
        return self._facts.plain(*self.documents.place(document), column)

    def close(self) -> None:
        """Close all files."""
        for one in (*self._files.values(), self._texts, self._facts):
            one.close()
        self._files.clear()
