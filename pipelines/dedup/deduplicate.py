"""Deduplicate: of each cluster of duplicates one document is kept, and each removed one names it.

First equal texts are found, then similar ones among what is left. A document that was removed for an equal text
names the document that is kept in the end, also where its equal was itself removed later.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from pipelines.dedup.clusters import clusters, edges_of_band
from pipelines.dedup.minhash import DIGEST_BYTES, MinHash, band_hashes
from pipelines.dedup.survivors import Ordinals, Preference, rank, survivors

EXACT, NEAR = "exact_text", "minhash"

#: what must be known of a document; another integer, timestamp or binary type will do
FINGERPRINT = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("offset", pa.int64(), nullable=False),
        #: of capture
        pa.field("date", pa.timestamp("s", tz="UTC")),
        pa.field("text_bytes", pa.int64(), nullable=False),
        pa.field("language_score", pa.float32()),
        #: `minhash.text_digests`
        pa.field("digest", pa.binary(DIGEST_BYTES), nullable=False),
        #: `minhash.signatures`, each row's bytes as the machine holds them; null for a text without tokens
        pa.field("signature", pa.binary()),
    ]
)

#: what is found out about each
FATE = pa.schema(
    [
        #: id of the cluster's kept document; null where a document is alone
        pa.field("cluster", pa.string()),
        #: id and row of the document that stands for this one; null where this one is kept
        pa.field("survivor", pa.string()),
        pa.field("survivor_ordinal", pa.int64()),
        #: what it was removed as: `exact_text` or `minhash`; null where it is kept
        pa.field("method", pa.string()),
        #: share of equal signature values with the survivor, 1 where their texts are equal; null where kept
        pa.field("similarity", pa.float32()),
        pa.field("kept", pa.bool_(), nullable=False),
    ]
)


class Dedup(BaseModel):
    """How duplicates are found, and which of them is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: whether equal texts are duplicates
    exact: bool = True
    #: how similar texts are found; without it they are not
    minhash: MinHash | None = None
    #: what to keep of a cluster, the first criterion first; date, id, file and offset break ties
    prefer: tuple[Preference, ...] = ()


def deduplicate(documents: pa.Table, dedup: Dedup) -> pa.Table:
    """Decide the fate of each document: a row of FATE for each row of FINGERPRINT, in the same order.

    Raises ValueError where a digest is missing, or where signatures have another length than the recipe says.
    """
    places = rank(documents, dedup.prefer)
    equals = finals = np.arange(len(documents), dtype=np.int64)
    similarity = np.ones(len(documents), np.float32)
    if dedup.exact:
        equals = finals = equal_survivors(documents["digest"], places)
    if dedup.minhash is not None:
        signed = np.flatnonzero(documents["signature"].is_valid().to_numpy())
        signatures = _rows(documents["signature"], dedup.minhash.values, np.dtype(np.uint32))
        left = equals[signed] == signed
        nearest = near_survivors(signed[left], signatures[left], places, dedup.minhash)
        finals = nearest[equals]
        moved = np.flatnonzero(finals != equals)
        pair = [signatures[np.searchsorted(signed, ends[moved])] for ends in (equals, finals)]
        similarity[moved] = (pair[0] == pair[1]).mean(axis=1)
    return _fates(documents["id"], equals, finals, similarity)


def equal_survivors(digests: pa.ChunkedArray, places: Ordinals) -> Ordinals:
    """Name for each document the one that is kept of those with its text, int64[n]."""
    keys = _rows(digests, DIGEST_BYTES // 8, np.dtype(np.uint64))
    if len(keys) != len(places):
        raise ValueError(f"expected a digest for each of {len(places)} documents, {len(places) - len(keys)} lack one")
    edges = edges_of_band(np.arange(len(keys)), keys)
    return survivors(clusters(len(keys), [edges]), places)


def near_survivors(
    signed: Ordinals, signatures: npt.NDArray[np.uint32], places: Ordinals, minhash: MinHash
) -> Ordinals:
    """Name for every document, int64[n], the one that is kept of its cluster; `signed` are those to compare.

    `signatures` are theirs, in the same order; `places` is the total order of all.
    """
    edges = near_edges(signed, signatures, minhash)
    return survivors(clusters(len(places), edges), places)


def near_edges(ordinals: Ordinals, signatures: npt.NDArray[np.uint32], minhash: MinHash) -> Iterator[Ordinals]:
    """Link the documents that share a band, one band after the other; `edges_of_band` says how."""
    hashes = band_hashes(signatures, minhash)
    for band in range(minhash.bands):
        yield edges_of_band(ordinals, hashes[:, band])


def _rows(column: pa.ChunkedArray, width: int, dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    """View the values of a binary column, each `width` numbers, as a matrix; null values have no row."""
    values = column.drop_null().cast(pa.large_binary()).combine_chunks()
    if not len(values):
        return np.empty((0, width), dtype)
    _, offsets, data = values.buffers()
    bounds = np.frombuffer(offsets, np.int64)[values.offset :][: len(values) + 1]
    sizes = np.unique(np.diff(bounds)).tolist()
    if sizes != [width * dtype.itemsize]:
        raise ValueError(
            f"expected {width * dtype.itemsize} bytes for each document, got {sizes}: "
            "make the fingerprints again with the recipe that they are compared by"
        )
    return np.frombuffer(data, dtype, len(values) * width, bounds[0]).reshape(-1, width)


def _fates(ids: pa.ChunkedArray, equals: Ordinals, finals: Ordinals, similarity: npt.NDArray[np.float32]) -> pa.Table:
    own = np.arange(len(finals))
    kept = finals == own
    alone = kept & (np.bincount(finals, minlength=len(finals)) == 1)
    method = np.where(equals != own, EXACT, NEAR)
    columns = [
        ids.take(pa.array(finals, mask=alone)),
        ids.take(pa.array(finals, mask=kept)),
        pa.array(finals, mask=kept),
        pa.array(method, mask=kept),
        pa.array(similarity, mask=kept),
        pa.array(kept),
    ]
    return pa.table(columns, schema=FATE)
