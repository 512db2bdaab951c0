"""Records whose text is not in the release: what their fingerprints alone say."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from provenance.masked import masked
from provenance.passages.answer import Unverified
from provenance.passages.layer import Hits, Layer
from provenance.passages.matches import Asked
from provenance.passages.tables import Tables

Numbers = npt.NDArray[np.int64]

#: fingerprints from which on chance is no likely reason
_LIKELY = 2
_NAMES = ("id", "url", "date", "outcome", "dropped_by", "extracted_digest")


def unverified(
    layer: Layer, asked: Asked, hits: Sequence[Hits], facts: Tables, most: int
) -> tuple[tuple[Unverified, ...], int]:
    """List the records that share fingerprints, those with the most first, and say how many are left out.

    `hits` are those of `asked.hashes`, in order; the files of the layer are ledgers.
    """
    records = np.concatenate([np.empty(0, np.int64), *(hit.documents for hit in hits)])
    hashes = np.repeat(asked.hashes, [len(hit.documents) for hit in hits])
    every, counts = np.unique(records, return_counts=True)
    order = np.lexsort((every, -counts))
    chosen = every[order[:most]]
    found = tuple(_record(layer, asked, facts, record, hashes[records == record]) for record in chosen.tolist())
    return found, len(every) - len(chosen)


def _record(layer: Layer, asked: Asked, facts: Tables, record: int, hashes: Numbers) -> Unverified:
    name, row = layer.documents.place(record)
    about = {column: facts.plain(name, row, column) for column in _NAMES}
    about["date"] = about["date"] and about["date"].isoformat().replace("+00:00", "Z")
    start, end = asked.around(hashes)
    snippet = masked(asked.text.data.tobytes().decode(errors="surrogatepass")[start:end])
    return Unverified(
        name,
        row,
        **about,
        fingerprints=len(hashes),
        start=start,
        end=end,
        snippet=snippet,
        certainty="likely" if len(hashes) >= _LIKELY else "possible",
    )
