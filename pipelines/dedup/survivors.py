"""Which document of a cluster is kept: the first in one total order of all documents.

The order is the recipe's `prefer`, in turn, then capture date (the earliest first), id, file and offset. Where a
value is missing, the document comes after those that have one. No two records share a file and an offset, so
that the order in which documents are read decides nothing.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

#: most bytes of text first; highest language score first; earliest or latest capture first
Preference = Literal["longest", "language_score", "earliest", "latest"]

Ordinals = npt.NDArray[np.int64]

#: the column to sort by, and whether the largest comes first
_KEYS: dict[Preference, tuple[str, bool]] = {
    "longest": ("text_bytes", True),
    "language_score": ("language_score", True),
    "earliest": ("date", False),
    "latest": ("date", True),
}
_LAST_RESORT = [("date", False), ("id", False), ("file", False), ("offset", False)]


def rank(documents: pa.Table, prefer: tuple[Preference, ...]) -> Ordinals:
    """Say at which place of the total order each document stands, int64[n], the most wanted at 0.

    Reads the columns `date`, `id`, `file` and `offset`, and those that are preferred by.
    """
    keys = [*(_KEYS[preference] for preference in prefer), *_LAST_RESORT]
    columns = list(dict.fromkeys(column for column, _ in keys))
    frame = pl.DataFrame(pl.from_arrow(documents.select(columns)))
    # A score that is not a number says nothing; Polars would count it as the highest.
    frame = frame.with_columns(pl.selectors.float().fill_nan(None))
    descending = [largest_first for _, largest_first in keys]
    by = [pl.col(column) for column, _ in keys]
    order = frame.select(pl.arg_sort_by(by, descending=descending, nulls_last=True, maintain_order=True))
    places = np.empty(len(frame), np.int64)
    places[order.to_series().to_numpy()] = np.arange(len(frame))
    return places


def survivors(roots: Ordinals, places: Ordinals) -> Ordinals:
    """Name for each document the ordinal of the one that is kept of its cluster, int64[n]; maybe itself.

    `roots` names the clusters (see `clusters`), `places` is the total order (see `rank`).
    """
    best = np.full(len(roots), len(roots), np.int64)
    np.minimum.at(best, roots, places)
    return np.argsort(places)[best[roots]]
