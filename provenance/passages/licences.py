"""The licence that the page of a kept document states, from the ledger of the file that it was read from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.passage_index.documents import Documents
from pipelines.release import read_manifest
from pipelines.store import Store
from provenance.passages.remembered import Remembered

Numbers = npt.NDArray[np.int64]

_MOST_BYTES = 64 << 20
_COLUMNS = ["data_file", "data_row", "stated_licence"]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Kept documents of one ledger file, ascending by number, and what they state."""

    documents: Numbers
    licences: pa.ChunkedArray


class Licences:
    """What the ledgers of a release say of its kept documents."""

    def __init__(self, store: Store, documents: Documents) -> None:
        self._store = store
        manifest: dict[str, Any] = read_manifest(store) or {}
        self._ledgers = {one["name"]: one["ledger"] for one in manifest.get("inputs", ())}
        self._files = dict(zip(documents.files, documents.firsts, strict=False))
        self._kept = Remembered[_Kept](_MOST_BYTES, lambda kept: kept.documents.nbytes + kept.licences.nbytes)

    def of(self, document: int, file_path: str | None) -> str | None:
        """Give the licence of a document that was read from an input file; None where none is known."""
        ledger = self._ledgers.get(file_path)
        if ledger is None:
            return None
        kept = self._kept.get(ledger, lambda: self._read(ledger))
        place = int(kept.documents.searchsorted(document))
        found = place < len(kept.documents) and kept.documents[place] == document
        return kept.licences[place].as_py() if found else None

    def _read(self, name: str) -> _Kept:
        with self._store.open(name) as file, pq.ParquetFile(file) as parquet:
            if not set(_COLUMNS) <= set(parquet.schema_arrow.names):
                return _Kept(np.empty(0, np.int64), pa.chunked_array([pa.nulls(0)]))
            table = parquet.read(_COLUMNS)
        table = table.filter(pc.is_valid(table["data_row"]))
        files = table["data_file"].combine_chunks().dictionary_encode()
        firsts = np.array([self._files.get(one, -1 << 62) for one in files.dictionary.to_pylist()], np.int64)
        documents = firsts[np.asarray(files.indices)] + np.asarray(table["data_row"])
        order = np.argsort(documents, kind="stable")
        return _Kept(documents[order], table["stated_licence"].take(pa.array(order)))
