"""The keys by which one round finds duplicates, from the fingerprints of a shard."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dedup.keys import Hashes, document_numbers, orders, sorted_keys
from pipelines.dedup.minhash import DIGEST_BYTES, MinHash, band_hashes
from pipelines.dedup.settings import Dedup, Round


def round_keys(documents: pa.Table, shard: int, gone: npt.NDArray[np.bool_], dedup: Dedup, one: Round) -> pa.Table:
    """Make the keys of a shard's documents, a table FINGERPRINT, that are not gone: KEYS of bands, else WIDE_KEYS.

    Raises ValueError where signatures have another length than the recipe says.
    """
    column = "signature" if one.name == "minhash" else f"{one.name}_digest"
    rows = np.flatnonzero(documents[column].is_valid().to_numpy() & ~gone)
    told = documents.select([column, "id", "dump"]).take(pa.array(rows))
    own = scopes(told["dump"].to_pylist()) if dedup.scope == "dump" else np.zeros(len(rows), np.uint64)
    numbers, order = document_numbers(shard, rows), orders(told["id"].to_pylist())
    if one.name == "minhash" and dedup.minhash:
        bands = band_hashes(signature_rows(told[column], dedup.minhash), dedup.minhash)
        return sorted_keys(bands ^ own[:, np.newaxis], order, numbers)
    halves = matrix(told[column], DIGEST_BYTES // 8, np.dtype(np.uint64))
    return sorted_keys(halves[:, 0] ^ own, order, numbers, halves[:, 1])


def signature_rows(column: pa.ChunkedArray, minhash: MinHash) -> npt.NDArray[Any]:
    """View signatures as a matrix, uint32[n, k] or uint64[n, k]; null values have no row."""
    return matrix(column, minhash.resolved.values, minhash.resolved.dtype)


def matrix(column: pa.ChunkedArray, width: int, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """View the values of a binary column, each `width` numbers, as a matrix; null values have no row."""
    values = pa.chunked_array(column.drop_null().cast(pa.large_binary()).chunks, pa.large_binary()).combine_chunks()
    sizes = pc.unique(pc.binary_length(values)).to_pylist()
    if sizes not in ([], [width * dtype.itemsize]):
        raise ValueError(
            f"expected {width * dtype.itemsize} bytes for each document, got {sizes}: "
            "make the fingerprints again with the recipe that they are compared by"
        )
    if not sizes:
        return np.empty((0, width), dtype)
    _, offsets, data = values.buffers()
    first = int(np.frombuffer(offsets, np.int64)[values.offset])
    return np.frombuffer(data, dtype, len(values) * width, first).reshape(-1, width)


def scopes(dumps: Iterable[str | None]) -> Hashes:
    """Hash the name of each document's crawl: keys of different crawls are then different ones."""
    named = list(dumps)
    hashes = {one: blake2b((one or "").encode(), digest_size=8).digest() for one in dict.fromkeys(named)}
    return np.frombuffer(b"".join(hashes[one] for one in named), "<u8").astype(np.uint64, copy=False)
