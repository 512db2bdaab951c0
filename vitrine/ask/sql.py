"""`vitrine sql`: any query over the tables of a release."""

from rich.console import Console

from provenance.read_only_sql import Table
from vitrine.ask.printing import ask, table


def print_sql(release: str, sql: str, rows: int, seconds: float, *, as_json: bool) -> None:
    """Ask one SELECT."""
    ask(release, "sql", (sql, rows, seconds), draw, as_json=as_json)


def draw(console: Console, found: Table) -> None:
    """Draw the rows."""
    console.print(table(f"{len(found.rows):,} rows", found.columns, found.rows))
    if found.more:
        console.print("there are more rows: ask for them with --rows")
    if found.cut:
        console.print(f"{found.cut:,} long texts were cut")
