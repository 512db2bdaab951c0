"""Publishes the datasheet of a release: one page, whose bytes depend on the ledger and the recipe alone."""

import hashlib
from dataclasses import dataclass
from typing import Any

from datasheets.explain import explain
from datasheets.markdown import render
from pipelines.plan import Made
from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.release import open_ledger

PAGE = "datasheet/datasheet.md"


@dataclass(frozen=True, slots=True)
class DatasheetWork:
    """A release whose ledger is written, before it is signed off."""

    store: Store
    recipe: Recipe
    #: names of the ledger files
    ledgers: tuple[str, ...]
    #: what each kind of repeated parts found, as the manifest has it
    passages: tuple[dict[str, Any], ...] = ()
    #: the earlier releases that it was compared with, as the ledger names them
    earlier: tuple[str, ...] = ()


def write_datasheet(given: DatasheetWork) -> Made:
    """Write the page. Raises ValueError where no ledger is named, duckdb.IOException where one is missing."""
    with open_ledger(given.store, given.ledgers) as connection:
        page = render(explain(connection, given.recipe, given.passages, given.earlier)).encode()
    given.store.write(PAGE, page)
    return Made(hashlib.sha256(page).hexdigest(), bytes=len(page), facts={"file": PAGE})
