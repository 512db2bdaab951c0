"""Who stands for a removed record, who else is in its cluster, and why the survivor was the one to keep."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.dedup.freedom import freedom
from pipelines.dedup.settings import Dedup
from pipelines.mistakes import UsageError
from provenance.answer import moment, plain
from provenance.captures import MOST, found, nowhere, whole_row
from provenance.opened import Opened, Row

#: said where the survivor would have lost: it was removed for another one in an earlier round
CHAIN = "another round"

_MEMBERS = """SELECT id, url, date, outcome, dropped_by, similarity, text_bytes, stated_licence, licence_disagreement,
    file_path, "offset", {score} AS language_score, count(*) OVER () AS members
FROM ledger WHERE cluster = $cluster
ORDER BY outcome <> 'kept', similarity DESC NULLS LAST, id, file_path, "offset" LIMIT $most"""


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a cluster."""

    id: str
    url: str | None
    date: str | None
    #: kept: it is the survivor; duplicate
    outcome: str
    #: exact_url, exact_text, exact_words or minhash
    method: str | None
    #: to the survivor
    similarity: float | None
    text_bytes: int | None
    licence: str | None
    #: the first criterion in which the survivor is better, such as longest, earliest or id; CHAIN where it is not:
    #: the one that this was removed for was removed later itself
    lost_by: str | None
    #: what the survivor has of it, and what this has
    survivor_has: str | int | float | None
    this_has: str | int | float | None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The cluster of one document."""

    wanted: str
    #: kept, dropped, duplicate, error, or unknown
    status: str
    says: str
    cluster: str | None
    size: int
    #: what the recipe prefers, then what breaks ties
    prefer: tuple[str, ...]
    #: the survivor first, then the most similar
    members: tuple[Member, ...]


def duplicates(opened: Opened, wanted: str) -> Duplicates:
    """Tell of the cluster that a document is in, by its id or its address; of all members at most MOST are listed."""
    captures, _ = found(opened, wanted)
    prefer = opened.recipe.dedup.prefer if opened.recipe.dedup else ()
    if not captures:
        return Duplicates(wanted, "unknown", nowhere(opened, "id or address"), None, 0, prefer, ())
    first = captures[0]
    if first.cluster is None:
        return Duplicates(wanted, first.outcome, _alone(opened, first.outcome, first.dropped_by), None, 1, prefer, ())
    rows = opened.ask(_MEMBERS.format(score=_score(opened)), cluster=first.cluster, most=MOST)
    size = rows[0]["members"]
    says = f"one of {size:,} documents; {rows[0]['id']} ({rows[0]['url']}) is kept"
    members = tuple(_member(opened, rows[0], row) for row in rows)
    return Duplicates(wanted, first.outcome, says, first.cluster, size, prefer, members)


def _alone(opened: Opened, outcome: str, dropped_by: str | None) -> str:
    if outcome != "kept":
        return f"it was not compared with others: {outcome}, {dropped_by}"
    return "it has no duplicates" if opened.recipe.dedup else "the recipe does not look for duplicates"


def _score(opened: Opened) -> str:
    columns = {rule.column for rule in opened.recipe.filters}
    return "language_score" if "language_score" in columns else "NULL::FLOAT"


def _member(opened: Opened, survivor: Row, row: Row) -> Member:
    lost: tuple[str | None, Any, Any] = (None, None, None)
    if row["outcome"] == "duplicate" and opened.recipe.dedup:
        lost = lost_by(survivor, row, order(opened.recipe.dedup, row["dropped_by"]))
    return Member(
        row["id"],
        row["url"],
        moment(row["date"]),
        row["outcome"],
        row["dropped_by"],
        plain(row["similarity"]),
        row["text_bytes"],
        row["stated_licence"],
        *lost,
    )


def order(dedup: Dedup, method: str) -> tuple[str, ...]:
    """Give the criteria of a round in their order, those included that break ties."""
    prefer = next((one.prefer for one in dedup.rounds if one.method == method), dedup.prefer)
    return (*dict.fromkeys((*prefer, "earliest", "id", "file", "offset")),)


def lost_by(survivor: Row, row: Row, criteria: Sequence[str]) -> tuple[str, Any, Any]:
    """Name the first criterion that tells two documents apart, and what each has; CHAIN where the other one is better.

    A document without a value comes after those that have one, as `pipelines.dedup.survivors` has it.
    """
    for name in criteria:
        read, largest = _CRITERIA[name]
        best, other = read(survivor), read(row)
        if best != other:
            better = other is None or (best is not None and (best > other) is largest)
            return (name if better else CHAIN), plain(best), plain(other)
    return CHAIN, None, None


def _ranked(row: Row) -> int | None:
    return None if row["licence_disagreement"] else freedom(row["stated_licence"])


def _scored(row: Row) -> float | None:
    score = row["language_score"]
    return None if score is None or math.isnan(score) else score


#: how each criterion reads a row, and whether the largest is best
_CRITERIA: Mapping[str, tuple[Callable[[Row], Any], bool]] = {
    "longest": (lambda row: row["text_bytes"], True),
    "language_score": (_scored, True),
    "earliest": (lambda row: row["date"], False),
    "latest": (lambda row: row["date"], True),
    "license": (_ranked, False),
    "id": (lambda row: row["id"], False),
    "file": (lambda row: row["file_path"], False),
    "offset": (lambda row: row["offset"], False),
}


def one_row(opened: Opened, wanted: str) -> Row:
    """Read the ledger's row of what was asked for; UsageError where there is none."""
    captures, _ = found(opened, wanted)
    if not captures:
        raise UsageError(f"{wanted[:200]}: {nowhere(opened, 'id or address')}")
    return whole_row(opened, captures[0])
