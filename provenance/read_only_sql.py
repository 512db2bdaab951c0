"""Any query over a release's tables: one SELECT, that sees its views and nothing else, in bounded time.

The views, each with the columns that docs/ledger.md and `pipelines.ledger_index.schema` list:

- `ledger`: a row for each record that was read
- `data`: a row for each document that is kept, with its text
- `dropped_texts`: a row for each document that is not kept, with its text, and the columns that
  `pipelines.dropped_texts` lists; without rows where the recipe does not say `dropped_texts = true`
- `clusters`: a row for each member of a cluster of duplicates: `cluster`, `id`, `role` (`survivor`, `duplicate`),
  `method` (of a duplicate, how it was found), `similarity`, `cluster_size`, `survivor`, `survivor_release`, `url`,
  `date`; the survivor has no row where an earlier release holds it
- `by_id`, `by_address`: the ledger's main columns, sorted by id and by address; with an index
- `domains`: what each registered domain has; with an index
"""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from pipelines.mistakes import UsageError
from provenance.answer import plain
from provenance.opened import Opened, Query

#: rows that are given unless more are asked for, and at most; seconds that a query may take
ROWS, MOST_ROWS, SECONDS = 1000, 1_000_000, 60.0
#: characters of a query, and of a value that are given
LONGEST, CELL = 1 << 16, 10_000

_READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})


@dataclass(frozen=True, slots=True)
class Table:
    """What a query gave."""

    columns: tuple[str, ...]
    #: DuckDB's names of types
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    #: whether there are more rows than were asked for
    more: bool
    #: how many texts were cut at CELL characters
    cut: int


def run_sql(opened: Opened, sql: str, most: int = ROWS, seconds: float = SECONDS) -> Table:
    """Ask one SELECT and give its first rows.

    UsageError where it is none, reaches for anything but the views, or cannot be understood; TimeoutError where it
    takes longer than `seconds`.
    """
    if not 1 <= most <= MOST_ROWS:
        raise UsageError(f"expected 1 to {MOST_ROWS:,} rows, got {most:,}")
    try:
        statement = _one_select(opened.connection, sql)
        opened.asked.append(Query(sql, {}))
        with _limited(opened.connection, seconds):
            found = opened.connection.execute(statement)
            described = found.description or []
            rows = found.fetchmany(most + 1)
    except duckdb.InterruptException as error:
        raise TimeoutError(f"the query took longer than {seconds:g} s and was stopped") from error
    except (duckdb.Error, UnicodeError) as error:
        raise UsageError(_said(error)) from error
    shown = [tuple(plain(value) for value in row) for row in rows[:most]]
    cut = sum(isinstance(value, str) and len(value) > CELL for row in shown for value in row)
    return Table(
        tuple(str(column[0]) for column in described),
        tuple(str(column[1]) for column in described),
        tuple(tuple(value[:CELL] if isinstance(value, str) else value for value in row) for row in shown),
        len(rows) > most,
        cut,
    )


def _one_select(connection: DuckDBPyConnection, sql: str) -> Any:  # noqa: ANN401  # a statement of DuckDB's
    if not 0 < len(sql.strip()) <= LONGEST:
        raise UsageError(f"expected a query of 1 to {LONGEST:,} characters, got {len(sql):,}")
    # A lone surrogate is no text: this says so.
    sql.encode()
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        kinds = ", ".join(statement.type.name for statement in statements[:5]) or "none"
        raise UsageError(f"expected one SELECT: a release can be read and not changed; got {kinds}")
    return statements[0]


@contextmanager
def _limited(connection: DuckDBPyConnection, seconds: float) -> Generator[None]:
    """Interrupt what the connection does once the time is up."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _said(error: Exception, most: int = 500) -> str:
    text = str(error).replace("\0", "")
    return text if len(text) <= most else f"{text[:most]}..."
