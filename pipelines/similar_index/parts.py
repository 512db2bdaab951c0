"""Bands of the texts of data files: what one task makes, and an index of all of them made in one process."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from pipelines.passage_index.documents import documents_name, write_documents
from pipelines.passage_index.merge import Layout, Part, index_name, merge
from pipelines.passage_index.parts import texts_of, write_found
from pipelines.passage_index.posting_files import Written
from pipelines.similar_index.bands import BandScheme, band_postings
from pipelines.store import Store

#: folder of the index
SIMILAR = "index/similar"

_MEMORY_BYTES = 1 << 30


def write_bands(store: Store, name: str, texts: Iterable[pa.Array], scheme: BandScheme) -> Written:
    """Write the postings of texts' bands, sorted, each text's row counted from 0 on through all arrays."""
    return write_found(store, name, texts, scheme, lambda data, offsets, row: band_postings(data, offsets, row, scheme))


def index_similar(
    store: Store, names: Sequence[str], scheme: BandScheme, memory_bytes: int = _MEMORY_BYTES
) -> list[str]:
    """Index the texts of data files, in their order, and name the index's files; a plan does the same in tasks."""
    parts, rows, first, postings = list[Part](), list[tuple[str, int]](), 0, 0
    for name in names:
        part = Part(f"{SIMILAR}/parts/{len(parts):05d}.parquet", first)
        written = write_bands(store, part.name, texts_of(store, name), scheme)
        parts.append(part)
        rows.append((name, written.documents))
        first, postings = first + written.documents, postings + written.postings
    layout = Layout.of(postings, first, memory_bytes, scheme)
    for number in range(layout.files):
        merge(store, parts, number, SIMILAR, layout=layout, memory_bytes=memory_bytes, scheme=scheme)
    write_documents(store, SIMILAR, rows, scheme)
    store.remove(f"{SIMILAR}/parts")
    return [*(index_name(SIMILAR, number) for number in range(layout.files)), documents_name(SIMILAR)]
