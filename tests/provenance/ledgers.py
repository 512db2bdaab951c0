"""A ledger small enough to count by hand: ten records in two files, every outcome among them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import ledger
from pipelines.recipe import Recipe
from pipelines.store import Store

RECIPE = Recipe.parse("""
name = "small"
purpose = "A recipe to count by hand."
[[steps]]
use = "language"
[[steps]]
use = "word_count"
low = 3
[[steps]]
use = "hash_ratio"
[[steps]]
use = "mean_word_length"
[[steps]]
use = "mask_emails"
[[steps]]
use = "cap_newlines"
[dedup.minhash]
""")

NAMES = ("ledger/00000.parquet", "ledger/00001.parquet")

JANUARY, FEBRUARY = datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)

_PAGE = {"mime": "text/html", "charset": "utf-8", "word_count": 5, "hash_ratio": 0.0, "failed": [], "http_status": 200}
_ENGLISH = {**_PAGE, "language": "en"}
_FRENCH = {**_PAGE, "language": "fr"}


def edited(edit: str, count: int, removed: int, put: int) -> dict[str, Any]:
    """Make one entry of the column `edits`."""
    spans = [{"start": place, "end": place + 1} for place in range(count)]
    return {"edit": edit, "count": count, "characters_removed": removed, "characters_put": put, "spans": spans}


#: mean_word_length stays null everywhere, and hash_ratio fails nowhere
ROWS: tuple[tuple[dict[str, Any], ...], ...] = (
    (
        _ENGLISH
        | {"id": "k1", "url": "http://www.a.example/1", "date": JANUARY, "content_bytes": 100, "text_bytes": 15}
        | {"outcome": "kept", "cluster": "k1", "edits": [edited("mask_emails", 2, 39, 34)]},
        _ENGLISH
        | {"id": "k2", "url": "https://b.example", "date": FEBRUARY, "content_bytes": 200, "text_bytes": 16}
        | {"outcome": "kept", "edits": [edited("mask_emails", 1, 9, 17)]},
        _ENGLISH
        | {"id": "d1", "url": "http://www.a.example/2", "date": JANUARY, "content_bytes": 50, "word_count": 2}
        | {"outcome": "dropped", "dropped_by": "word_count", "failed": ["word_count"]},
        _FRENCH
        | {"id": "d2", "url": "http://www.a.example/3", "content_bytes": 60, "word_count": 1}
        | {"outcome": "dropped", "dropped_by": "language", "failed": ["language", "word_count"]},
        _FRENCH
        | {"id": "d3", "url": "http://d.example/", "date": JANUARY, "content_bytes": 70}
        | {"outcome": "dropped", "dropped_by": "language", "failed": ["language"]},
    ),
    (
        _ENGLISH
        | {"id": "u1", "url": "http://WWW.a.example./1", "content_bytes": 100, "text_bytes": 15, "similarity": 1.0}
        | {"outcome": "duplicate", "dropped_by": "exact_text", "cluster": "k1", "survivor": "k1", "edits": []}
        | {"edits": [edited("mask_emails", 7, 7, 119)]},
        _ENGLISH
        | {"id": "u2", "url": "http://c.example", "content_bytes": 110, "text_bytes": 14, "similarity": 0.95}
        | {"outcome": "duplicate", "dropped_by": "minhash", "cluster": "k1", "survivor": "k1"},
        {"id": "e1", "content_bytes": 5, "outcome": "error", "dropped_by": "not_response", "record_type": "request"},
        {"id": "e2", "content_bytes": 7, "outcome": "error", "dropped_by": "http_status", "mime": "text/html"},
        {"id": "e3", "content_bytes": 1000, "outcome": "error", "dropped_by": "not_html", "mime": "Application/PDF"},
    ),
)


def write_ledger(store: Store, recipe: Recipe = RECIPE, rows: Sequence[Sequence[dict[str, Any]]] = ROWS) -> None:
    """Write each sequence of rows as one ledger file; what a row does not say is null."""
    for number, part in enumerate(rows):
        table = pa.Table.from_pylist([*part], ledger.schema(recipe.filters, recipe.extract.metadata))
        with store.writing(f"ledger/{number:05d}.parquet") as file:
            pq.write_table(table, file)
