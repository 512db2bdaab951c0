"""Postings of the texts of one file: what one task makes, and the merge takes together."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.passage_index.posting_files import DOCUMENTS, Written, write_postings
from pipelines.passage_index.scheme import SCHEME, PostingScheme, Scheme
from pipelines.passage_index.winnow import Bytes, bytes_of, postings_of
from pipelines.store import Store

Numbers = npt.NDArray[np.int64]
#: gives the postings of texts, from their bytes and offsets and the row of the first one
Find = Callable[[Bytes, Numbers, int], Numbers]


def texts_of(store: Store, name: str) -> Iterator[pa.Array]:
    """Read the texts of a data file, a row group at a time."""
    with store.open(name) as file, pq.ParquetFile(file, pre_buffer=not store.local) as parquet:
        for group in range(parquet.num_row_groups):
            column = parquet.read_row_group(group, ["text"], use_threads=False)["text"]
            yield column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def write_part(store: Store, name: str, texts: Iterable[pa.Array], scheme: Scheme = SCHEME) -> Written:
    """Write the postings of texts, sorted, each text's row counted from 0 on through all arrays.

    A text that is null or has fewer tokens than a shingle has none, and its row all the same. Takes about a quarter of
    the texts' bytes of memory. Raises ValueError where there are more rows than fit beside a hash.
    """
    return write_found(store, name, texts, scheme, lambda data, offsets, row: postings_of(data, offsets, row, scheme))


def write_found(store: Store, name: str, texts: Iterable[pa.Array], scheme: PostingScheme, find: Find) -> Written:
    """Write the postings that are found in texts by any scheme, as `write_part` does."""
    found, rows = [np.empty(0, np.int64)], 0
    for array in texts:
        data, offsets = bytes_of(array)
        found.append(find(data, offsets, rows))
        rows += len(array)
    postings = np.concatenate(found)
    del found
    postings.sort()
    return write_postings(store, name, [distinct(postings)], scheme, {DOCUMENTS: rows})


def distinct(postings: Numbers) -> Numbers:
    """Leave each of sorted postings once."""
    return postings[np.concatenate((np.ones(min(1, len(postings)), np.bool_), postings[1:] != postings[:-1]))]
