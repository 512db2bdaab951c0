"""Quotes names and values for DuckDB, so that a printed query can be run again as it stands."""

from collections.abc import Iterable, Sequence


def identifier(name: str) -> str:
    """Quote a column's name, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | int) -> str:
    """Write a number as it is, a text in quotes."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    """Write texts as a list."""
    return f"[{', '.join(map(literal, values))}]"


def rows(table: Sequence[Sequence[str | int]]) -> str:
    """Write rows as the lines below `VALUES`; ValueError where there are none, which SQL cannot say."""
    if not table:
        raise ValueError("expected at least one row for VALUES, got none: leave the question out instead")
    return ",\n".join(f"    ({', '.join(map(literal, row))})" for row in table)
