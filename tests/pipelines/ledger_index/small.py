"""Indexes of ledgers that are a few rows."""

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import ledger
from pipelines.ledger_index.projections import Indexing, index_stages
from pipelines.ledger_index.schema import LedgerFile
from pipelines.plan import Results, Stage, Task, run
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store

RECIPE = Recipe.parse('name = "r"\npurpose = ""\n[[steps]]\nuse = "language"')
SCHEMA = ledger.schema(RECIPE.filters, "fields")


class Silent:
    """Watches a run, and says nothing."""

    def begin(self, stage: Stage, tasks: Sequence[Task]) -> None:
        """Hear nothing."""

    def done(self, task: Task, made: Any) -> None:
        """Hear nothing."""

    def end(self, stage: Stage) -> None:
        """Hear nothing."""


def index(store: Store, parts: list[list[dict[str, Any]]], file_rows: int, code: str = "code") -> tuple[Results, str]:
    """Write ledger files and index them; also say what the index ought to be made from."""
    files: list[LedgerFile] = []
    for number, rows in enumerate(parts):
        name = f"ledger/{number:05d}.parquet"
        with store.writing(name) as file:
            pq.write_table(pa.Table.from_pylist(rows, SCHEMA), file, row_group_size=3)
        files.append(LedgerFile(name, str(hash_of(rows)), len(rows)))
    indexing = Indexing(store, code, "language", file_rows)
    with LocalRunner(1) as runner:
        made = run(index_stages(indexing, lambda _: files), runner, Silent())
    return made, indexing.made_from(files)


def hash_of(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str)
