"""Asks one room of the datasheet about a small ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasheets.datasheet import Section
from datasheets.explain import Room
from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.question import Row
from provenance.release import open_ledger
from tests.provenance.ledgers import RECIPE, ROWS, write_ledger

Rows = Sequence[Sequence[dict[str, Any]]]


def section(folder: Path, room: Room, recipe: Recipe = RECIPE, rows: Rows = ROWS) -> Section:
    """Write the ledger into the folder and ask."""
    store = Store.at(folder)
    write_ledger(store, recipe, rows)
    with open_ledger(store, store.list("ledger")) as connection:
        return room(connection, recipe)


def answered(found: Section) -> tuple[Row, ...]:
    """Take the rows of a section that has a table."""
    assert found.answer is not None
    return found.answer.rows


def kept(**columns: Any) -> dict[str, Any]:  # a row of the ledger
    """Make a row of a kept document."""
    return {"outcome": "kept", "failed": [], "content_bytes": 1, "text_bytes": 1, **columns}
