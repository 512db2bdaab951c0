"""A question is a query with its purpose; an answer carries the question, so that every number can be asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One query over the view `ledger`. Its ORDER BY leaves no ties, or the answer would not be the same twice."""

    name: str
    sql: str
    #: what is asked, as a sentence
    purpose: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave: rows of plain values (text, numbers, booleans, None, lists of these)."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[Mapping[str, Any], ...]:
        """The rows with their columns' names."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def only(self) -> Mapping[str, Any]:
        """The one row that there is; ValueError where there are none or more."""
        (row,) = self.records
        return row


def ask(connection: DuckDBPyConnection, question: Question) -> Answer:
    """Ask; `provenance.release.open_ledger` makes the connection."""
    found = connection.execute(question.sql)
    columns = tuple(column[0] for column in found.description or ())
    return Answer(question, columns, tuple(found.fetchall()))
