"""Which document of a cluster is kept: the first in one total order of all documents.

The order is that of the releases that they are in, an earlier one's before a later one's, and of one release those that
it keeps before the others; then the recipe's `prefer`, in turn, then capture date (the earliest first), id, file and
offset. Where a value is missing, the document comes after those that have one. No two records share a file and an
offset, so that the order in which documents are read decides nothing.
"""

from typing import Literal

import polars as pl

#: most bytes of text first; highest language score first; earliest or latest capture first; the licence that asks
#: least first: nothing, attribution, share-alike, no commerce, no change, and then what is not known
Preference = Literal["longest", "language_score", "earliest", "latest", "license"]

#: the column to sort by, and whether the largest comes first
_KEYS: dict[Preference, tuple[str, bool]] = {
    "longest": ("text_bytes", True),
    "language_score": ("language_score", True),
    "earliest": ("date", False),
    "latest": ("date", True),
    "license": ("license", False),
}
_LAST_RESORT = [("date", False), ("id", False), ("file", False), ("offset", False)]


def firsts(documents: pl.DataFrame, group: str, prefer: tuple[Preference, ...]) -> pl.DataFrame:
    """Keep of each group of documents the first one in the total order, without sorting them all.

    Reads the columns `rank`, the least first, `date`, `id`, `file` and `offset`, those that are preferred by, and the
    one that groups. One key after the other leaves those of a group that have its best value; the first key leaves few
    of them.
    """
    # A score that is not a number says nothing; Polars would count it as the highest.
    documents = documents.with_columns(pl.selectors.float().fill_nan(None))
    for column, largest_first in dict.fromkeys(_keys(prefer)):
        value = pl.col(column)
        best = value.max() if largest_first else value.min()
        documents = documents.filter(value.eq_missing(best.over(group)))
    return documents


def _keys(prefer: tuple[Preference, ...]) -> list[tuple[str, bool]]:
    return [("rank", False), *(_KEYS[preference] for preference in prefer), *_LAST_RESORT]
