"""Quotes names and values for DuckDB, so that a printed query can be run again as it stands."""

from collections.abc import Iterable, Sequence

# In small steps, because one expression for all of it takes nearly twice the time.
#: what follows the scheme as far as a path, query or fragment; browsers read \ as /
_AUTHORITY = r"regexp_extract(url, '^[A-Za-z][A-Za-z0-9+.-]*:[/\\][/\\]([^/\\?#]*)', 1)"
#: the host without user, port and last dot
HOST = rf"rtrim(lower(regexp_replace(split_part({_AUTHORITY}, '@', -1), ':[0-9]*$', '')), '.')"


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
