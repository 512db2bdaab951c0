"""The texts that are searched for passages: of kept documents, and of dropped ones where the release holds these."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from pipelines.dropped_texts import FOLDER
from pipelines.passage_index.documents import Documents
from pipelines.release import read_manifest
from pipelines.store import Store
from provenance.answer import moment
from provenance.passages.layer import Layer
from provenance.passages.licences import Licences
from provenance.passages.remembered import Remembered
from provenance.passages.tables import Tables

Numbers = npt.NDArray[np.int64]

#: the fate of what data files hold
KEPT = "kept"
#: bytes of columns of row numbers that are remembered
_ROW_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document, as `Source` has it."""

    id: str
    url: str | None
    date: str | None
    licence: str | None
    fate: str
    dropped_by: str | None
    data_file: str
    data_row: int


class HeldTexts(Protocol):
    """Texts by the numbers of their documents in a layer of the index."""

    @property
    def layer(self) -> Layer:
        """Where their fingerprints are."""
        ...

    def text(self, document: int) -> bytes:
        """Read a text, as UTF-8."""
        ...

    def about(self, document: int) -> About:
        """Tell of its document."""
        ...


class KeptTexts:
    """The texts of kept documents: those of the data files."""

    def __init__(self, store: Store, layer: Layer, texts: Tables, facts: Tables) -> None:
        self.layer = layer
        self._texts, self._facts, self._licences = texts, facts, Licences(store, layer.documents)

    def text(self, document: int) -> bytes:
        """Read a text, as UTF-8."""
        return content_of(self._texts, *self.layer.documents.place(document))

    def about(self, document: int) -> About:
        """Tell of a document, by its row of the data file."""
        name, row = self.layer.documents.place(document)
        known = {column: self._facts.plain(name, row, column) for column in ("id", "url", "date", "file_path")}
        licence = self._licences.of(document, known.pop("file_path"))
        return About(**known, licence=licence, fate=KEPT, dropped_by=None, data_file=name, data_row=row)


class DroppedTexts:
    """The texts of documents that filters dropped, which lie beside the ledgers that their layer has for files."""

    def __init__(self, store: Store, layer: Layer, texts: Tables, facts: Tables) -> None:
        self.layer = layer
        self._store, self._texts, self._facts = store, texts, facts
        self._rows = Remembered[Numbers](_ROW_BYTES, lambda rows: rows.nbytes)

    def text(self, document: int) -> bytes:
        """Read a text, as UTF-8."""
        return content_of(self._texts, *self._place(document))

    def about(self, document: int) -> About:
        """Tell of a document, by its row of the ledger."""
        columns = ("id", "url", "date", "stated_licence", "outcome", "dropped_by")
        known = {column: self._facts.plain(*self.layer.documents.place(document), column) for column in columns}
        licence, fate, date = known.pop("stated_licence"), known.pop("outcome"), moment(known.pop("date"))
        name, row = self._place(document)
        return About(**known, date=date, licence=licence, fate=fate, data_file=name, data_row=row)

    def _place(self, document: int) -> tuple[str, int]:
        """Find the file that holds a text, and its row there; LookupError where it does not."""
        ledger, row = self.layer.documents.place(document)
        name = dropped_beside(ledger)
        rows = self._rows.get(name, lambda: self._read(name))
        place = int(rows.searchsorted(row))
        if place == len(rows) or rows[place] != row:
            raise LookupError(f"expected the text of row {row} of {ledger} in {name}, and it is not there")
        return name, place

    def _read(self, name: str) -> Numbers:
        with self._store.open(name) as file:
            return pq.read_table(file, columns=["ledger_row"])["ledger_row"].to_numpy()


def content_of(texts: Tables, name: str, row: int) -> bytes:
    """Read the text of a row as UTF-8; that of null is empty."""
    value: Any = texts.value(name, row, "text")
    content = None if value is None else value.as_buffer()
    return content.to_pybytes() if content else b""


def dropped_beside(ledger: str) -> str:
    """Name the file with the texts that are not kept of a ledger's shard."""
    return f"{FOLDER}/{PurePosixPath(ledger).name}"


def holds_dropped(store: Store, documents: Documents) -> bool:
    """Say whether a release holds the texts of these ledgers that are not kept: by its manifest, all or none."""
    files = {file["name"] for file in (read_manifest(store) or {}).get("files", ())}
    return bool(documents.files) and {dropped_beside(name) for name in documents.files} <= files
