"""The one envelope of every answer: of which release, as of when, to which question, by which queries.

`answer` is a small frozen dataclass of plain values; `provenance.schema` describes all of them as a JSON Schema.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from provenance.opened import Opened, Query

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Found]):
    """What a question gave, with all that is needed to ask it again."""

    #: where the release lies
    release: str
    #: which release it is: `digest` of its manifest
    digest: str
    #: the newest capture in it, such as 2026-07-20T09:38:35Z; None where no record has a date
    as_of: str | None
    #: the name of the question
    question: str
    #: the queries, in the order in which they were asked
    sql: tuple[Query, ...]
    #: what can be relied on, in a sentence; None where nothing is said beyond the numbers
    guarantee: str | None
    #: a frozen dataclass
    answer: Found

    def plain(self) -> dict[str, Any]:
        """Give it as values that JSON knows."""
        return plain(asdict(self))


def answered(
    opened: Opened, question: str, ask: Callable[[Opened], Found], guarantee: str | None = None
) -> Answer[Found]:
    """Ask, and put the answer into its envelope; ValueError where the question cannot be asked of this release.

    Where the answer itself says what can be relied on, that is the guarantee.
    """
    opened.asked.clear()
    found = ask(opened)
    asked = tuple(opened.asked)
    promised = getattr(found, "guarantee", guarantee)
    return Answer(opened.store.root, opened.manifest["digest"], opened.as_of, question, asked, promised, found)


def plain(value: Any) -> Any:  # noqa: ANN401  # any value
    """Make a value one that JSON knows: dates as text, bytes in hexadecimal, no number that is none."""
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if value is None or isinstance(value, bool | int):
        return value
    return (
        moment(value) if isinstance(value, datetime | date) else value.hex() if isinstance(value, bytes) else str(value)
    )


def moment(value: datetime | date | None) -> str | None:
    """Write a date as ledgers have it: UTC, to the second."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value and value.isoformat()
