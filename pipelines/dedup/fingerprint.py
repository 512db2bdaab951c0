"""Fingerprints: all that deduplication must know of a document, so that texts are read once."""

from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from filters.texts import Texts
from pipelines.dedup import minhash
from pipelines.dedup.addresses import url_key
from pipelines.dedup.freedom import freedom
from pipelines.dedup.kernels.sign_words import spelt_words
from pipelines.dedup.minhash import DIGEST_BYTES, MinHash
from pipelines.dedup.settings import Dedup
from pipelines.dedup.tokens import kinds, lower
from pipelines.dedup.views import read_only

_DIGEST = pa.binary(DIGEST_BYTES)
#: one row for each document that no filter drops; the ledger's row that it stands in, and what it is told by
FINGERPRINT = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("offset", pa.int64(), nullable=False),
        #: of capture
        pa.field("date", pa.timestamp("s", tz="UTC")),
        pa.field("dump", pa.string()),
        pa.field("text_bytes", pa.int64(), nullable=False),
        pa.field("language_score", pa.float32()),
        #: see `freedom`
        pa.field("license", pa.int8()),
        #: of the address, if there is one; of the text; of its words, null where there are none or nobody asks for them
        pa.field("url_digest", _DIGEST),
        pa.field("text_digest", _DIGEST, nullable=False),
        pa.field("words_digest", _DIGEST),
        #: `minhash.signatures`, each row's bytes as the machine holds them; null likewise
        pa.field("signature", pa.binary()),
    ]
)
#: what is taken as the ledger has it
_KNOWN = ("id", "offset", "date", "dump", "text_bytes")


def fingerprints(rows: pa.Table, texts: pa.StringArray, ledger_rows: pa.Array, dedup: Dedup | None) -> pa.Table:
    """Make the fingerprints of documents, by their rows of the ledger and their final texts, a table FINGERPRINT."""
    seen = Texts(pa.RecordBatch.from_arrays([texts], ["text"]))
    columns = {name: rows[name] for name in _KNOWN} | {
        "row": ledger_rows,
        "language_score": rows["language_score"] if "language_score" in rows.column_names else pa.nulls(len(texts)),
        "license": _freedoms(rows),
        "url_digest": _url_digests(rows["url"]),
        "text_digest": _digests(rows["text_digest"]),
        "words_digest": _words_digests(seen) if dedup and "words" in dedup.exact else pa.nulls(len(texts), _DIGEST),
        "signature": _signatures(seen, dedup.minhash if dedup else None),
    }
    return pa.table([columns[name].cast(FINGERPRINT.field(name).type) for name in FINGERPRINT.names], FINGERPRINT)


def _freedoms(rows: pa.Table) -> pa.Array:
    said = zip(rows["stated_licence"].to_pylist(), rows["licence_disagreement"].to_pylist(), strict=True)
    return pa.array([None if disputed else freedom(licence) for licence, disputed in said], pa.int8())


def _url_digests(urls: pa.ChunkedArray) -> pa.Array:
    keys = [url_key(url).encode() if url else None for url in urls.to_pylist()]
    return pa.array([key and blake2b(key, digest_size=DIGEST_BYTES).digest() for key in keys], _DIGEST)


def _digests(written: pa.ChunkedArray) -> pa.Array:
    return pa.array([bytes.fromhex(text) for text in written.to_pylist()], _DIGEST)


def _words_digests(seen: Texts) -> pa.Array:
    """Digest each text's words in lower case with a blank after each; one without words has none."""
    size, texts = int(seen.offsets[-1] - seen.offsets[0]), len(seen.offsets)
    room, starts, firsts = np.empty(2 * size, np.uint8), np.empty(size + 1, np.int64), np.empty(texts, np.int64)
    spelt_words(read_only(seen.data), read_only(seen.offsets), (kinds("words"), lower()), room, starts, firsts)
    view, places = room.data, starts[firsts]
    digests = [
        blake2b(view[start:end], digest_size=DIGEST_BYTES).digest() if end > start else None
        for start, end in pairwise(places.tolist())
    ]
    return pa.array(digests, _DIGEST)


def _signatures(seen: Texts, asked: MinHash | None) -> pa.Array:
    """Sign each text as the recipe asks; null where it asks for no signature or the text has none."""
    count = len(seen.offsets) - 1
    if asked is None:
        return pa.nulls(count, pa.binary())
    values, found = minhash.signatures(seen.data, seen.offsets, asked)
    width = values.shape[1] * values.itemsize
    buffers = [None, pa.py_buffer(np.ascontiguousarray(values))]
    raw = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, buffers)
    return pc.if_else(pa.array(found), raw.cast(pa.binary()), None)
