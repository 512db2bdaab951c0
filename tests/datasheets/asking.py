"""Asks one room of the datasheet about a small ledger."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.question import Row
from provenance.release import open_ledger
from tests.provenance.ledgers import RECIPE, ROWS, write_ledger

Rows = Sequence[Sequence[dict[str, Any]]]


Asked = TypeVar("Asked")


def section(
    folder: Path, room: Callable[[DuckDBPyConnection, Recipe], Asked], recipe: Recipe = RECIPE, rows: Rows = ROWS
) -> Asked:
    """Write the ledger into the folder and ask: a room gives one section, others may give some or none."""
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
