"""Builds a whole passage index in one process; a plan does the same in tasks, by `write_part` and `merge`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipelines.passage_index.documents import write_documents
from pipelines.passage_index.merge import Layout, Part, merge
from pipelines.passage_index.parts import texts_of, write_part
from pipelines.passage_index.scheme import SCHEME, Scheme
from pipelines.store import Store

#: folders of an index: of the texts in the data files, and of dropped text
KEPT, DROPPED = "index/passages", "index/dropped_passages"

_MEMORY_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was built."""

    documents: int
    postings: int
    files: tuple[str, ...]
    digests: tuple[str, ...]


def index_data(store: Store, names: Sequence[str], memory_bytes: int = _MEMORY_BYTES, scheme: Scheme = SCHEME) -> Built:
    """Index the texts of data files, in their order."""
    return index_texts(store, ((name, texts_of(store, name)) for name in names), KEPT, memory_bytes, scheme)


def index_texts(
    store: Store,
    files: Iterable[tuple[str, Iterable[pa.Array]]],
    folder: str,
    memory_bytes: int = _MEMORY_BYTES,
    scheme: Scheme = SCHEME,
) -> Built:
    """Index texts, given as the file and the rows that they stand for; a row without text is null.

    Parts are written below `folder` and removed again. The same texts give the same bytes, whatever the memory, but
    for how many files they are in.
    """
    parts, rows, first, postings = list[Part](), list[tuple[str, int]](), 0, 0
    for name, texts in files:
        part = Part(f"{folder}/parts/{len(parts):05d}.parquet", first)
        written = write_part(store, part.name, texts, scheme)
        parts.append(part)
        rows.append((name, written.documents))
        first, postings = first + written.documents, postings + written.postings
    layout = Layout.of(postings, first, memory_bytes, scheme)
    found = [
        merge(store, parts, number, folder, layout=layout, memory_bytes=memory_bytes, scheme=scheme)
        for number in range(layout.files)
    ]
    listed = write_documents(store, folder, rows, scheme)
    store.remove(f"{folder}/parts")
    names = *(one.name for one in found), f"{folder}/documents.parquet"
    return Built(first, sum(one.postings for one in found), names, (*(one.sha256 for one in found), listed))
