"""Fingerprints of what filters drop, gathered while a shard is curated: its texts are not kept."""

from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.job import work
from pipelines.passage_index.parts import distinct
from pipelines.passage_index.posting_files import DOCUMENTS, write_postings
from pipelines.passage_index.scheme import SPARSE
from pipelines.passage_index.winnow import bytes_of, postings_of
from pipelines.store import Store

#: the folder of their files
DROPPED_PARTS = "dropped-parts"


class DroppedPassages:
    """Gathers the fingerprints of a shard's dropped documents while it is curated."""

    def __init__(self) -> None:
        self._found = [np.empty(0, np.int64)]
        self._rows = 0

    def add(self, texts: pa.Array) -> None:
        """Take the texts of a batch of records in; those that are null have none, or were not dropped."""
        self._found.append(postings_of(*bytes_of(texts), self._rows, SPARSE))
        self._rows += len(texts)

    def write(self, store: Store, number: int) -> dict[str, Any]:
        """Write them, and give the file's digest and how many there are."""
        postings = np.concatenate(self._found)
        postings.sort()
        name = work(DROPPED_PARTS, number)
        written = write_postings(store, name, [distinct(postings)], SPARSE, {DOCUMENTS: self._rows})
        return {"sha256": written.sha256, "postings": written.postings}
