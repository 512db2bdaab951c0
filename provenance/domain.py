"""A domain: what was captured of it, what became of that, and what it says of its rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.ledger import OUTCOMES
from pipelines.ledger_index.registered import domain_of, host_of
from pipelines.ledger_index.schema import LISTED
from pipelines.ledger_index.surt import domain_bounds
from provenance.answer import moment
from provenance.captures import nowhere, printable
from provenance.opened import Opened, Row

#: pages that are shown, of each outcome; first captures that they are looked for in
EXAMPLES, LOOKED_AT = 3, 512

_DOMAIN = "SELECT * FROM read_parquet($files) WHERE domain = $domain"
_FATES = """SELECT outcome, dropped_by, stated_licence AS licence, stated_consent AS consent,
    grouping(outcome) = 1 AS said, count(*) AS captures, count(*) FILTER (outcome <> 'error') AS documents,
    count(*) FILTER (outcome = 'kept') AS kept, sum(coalesce(text_bytes, 0))::BIGINT AS text_bytes,
    min(date)::TIMESTAMP AS first_capture, max(date)::TIMESTAMP AS last_capture
FROM read_parquet($files) WHERE {pages}
GROUP BY GROUPING SETS ((outcome, dropped_by), (stated_licence, stated_consent))
ORDER BY said, if(said, documents, captures) DESC, outcome, dropped_by, licence, consent"""
# Rows come in the order of their addresses, so that a domain's first pages are read and no more.
_FIRST = "SELECT outcome, dropped_by, url, id FROM read_parquet($files) WHERE {pages} LIMIT $most"
_PAGES = "surt >= $low AND surt < $high AND domain = $domain"
_HOST = " AND (starts_with(surt, $key || ')') OR starts_with(surt, $key || ',') OR starts_with(surt, $key || ':'))"


@dataclass(frozen=True, slots=True)
class Fate:
    """How many captures met one fate."""

    outcome: str
    dropped_by: str | None
    captures: int
    text_bytes: int


@dataclass(frozen=True, slots=True)
class Said:
    """What documents say of their rights, and how many say it."""

    licence: str | None
    #: statements about training, as the ledger writes them
    consent: str | None
    documents: int
    kept: int


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What is said by so few documents that it is not listed."""

    #: different statements
    statements: int
    documents: int
    kept: int


@dataclass(frozen=True, slots=True)
class Example:
    """A page."""

    outcome: str
    dropped_by: str | None
    url: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain, or one host of it and those below."""

    wanted: str
    #: the registered domain that it lies in
    domain: str | None
    known: bool
    says: str
    captures: int
    kept: int
    kept_bytes: int
    #: of the documents that the release keeps, and of their bytes
    share_of_documents: float
    share_of_bytes: float
    #: among registered domains by kept documents; None: it keeps none. And how many domains there are
    rank: int | None
    domains: int
    first_capture: str | None
    last_capture: str | None
    fates: tuple[Fate, ...]
    #: what most documents say; and the rest, in numbers
    said: tuple[Said, ...]
    unlisted: Unlisted
    #: the first of each outcome, by address
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is told of a domain or host, wherever it was summed."""

    fates: Sequence[Row]
    said: Sequence[Row]
    unlisted: Unlisted
    first: datetime | None
    last: datetime | None


def domain(opened: Opened, wanted: str) -> Domain:
    """Sum up a registered domain, or a host with all below it; `rank` is always the registered domain's.

    The sums of a registered domain are in the index, those of a host are made of its captures.
    """
    name = host_of(printable(wanted))
    registered = domain_of(name)
    bounds = domain_bounds(name)
    rows = opened.ask(_DOMAIN, files=opened.holding("domains", registered), domain=registered) if registered else []
    if not rows or registered is None:
        return _unknown(opened, wanted, registered)
    whole = bounds == domain_bounds(registered)
    given: dict[str, Any] = {"domain": registered, "low": bounds[0], "high": bounds[1]}
    given |= {} if whole else {"key": bounds[0][:-1]}
    pages = _PAGES if whole else _PAGES + _HOST
    files = opened.holding("by_address", *bounds)
    sums = _indexed(rows[0]) if whole else _summed(opened.ask(_FATES.format(pages=pages), files=files, **given))
    if not sums.fates:
        return _unknown(opened, wanted, registered)
    # The first file may end before the domain begins; more are not read for a few pages.
    asked = {"files": files[:2], **given}
    return _told(opened, (wanted, registered), sums, _examples(opened, sums, pages, asked), rows[0]["rank"])


def _indexed(row: Row) -> _Sums:
    unlisted = Unlisted(row["said_more"], row["said_more_documents"], row["said_more_kept"])
    return _Sums(row["fates"], row["said"], unlisted, row["first_capture"], row["last_capture"])


def _summed(rows: list[Row]) -> _Sums:
    fates = [row for row in rows if not row["said"]]
    said = [row for row in rows if row["said"] and row["documents"]]
    rest = said[LISTED:]
    unlisted = Unlisted(len(rest), sum(row["documents"] for row in rest), sum(row["kept"] for row in rest))
    first = min((row["first_capture"] for row in fates if row["first_capture"]), default=None)
    last = max((row["last_capture"] for row in fates if row["last_capture"]), default=None)
    return _Sums(fates, said[:LISTED], unlisted, first, last)


def _examples(opened: Opened, sums: _Sums, pages: str, asked: dict[str, Any]) -> list[Row]:
    """Take the first pages of each outcome that there is, by address; of a rare one, look further for some."""
    there = {row["outcome"] for row in sums.fates}
    found: dict[str, list[Row]] = {outcome: [] for outcome in sorted(OUTCOMES) if outcome in there}
    for row in opened.ask(_FIRST.format(pages=pages), most=LOOKED_AT, **asked):
        found.setdefault(row["outcome"], []).append(row)
    if sum(row["captures"] for row in sums.fates) > LOOKED_AT:
        rare = _FIRST.format(pages=f"outcome = $outcome AND {pages}")
        for outcome in [outcome for outcome, rows in found.items() if not rows]:
            found[outcome] = opened.ask(rare, outcome=outcome, most=EXAMPLES, **asked)
    return [row for rows in found.values() for row in rows[:EXAMPLES]]


def _told(opened: Opened, names: tuple[str, str], sums: _Sums, examples: list[Row], rank: int | None) -> Domain:
    kept = sum(row["captures"] for row in sums.fates if row["outcome"] == "kept")
    size = sum(row["text_bytes"] for row in sums.fates if row["outcome"] == "kept")
    captures = sum(row["captures"] for row in sums.fates)
    documents, _, text_bytes = _kept_in_all(opened.manifest)
    return Domain(
        *names,
        known=True,
        says=f"{captures:,} captures, {kept:,} kept",
        captures=captures,
        kept=kept,
        kept_bytes=size,
        share_of_documents=kept / documents if documents else 0.0,
        share_of_bytes=size / text_bytes if text_bytes else 0.0,
        rank=rank,
        domains=opened.indexed.domain_count,
        first_capture=moment(sums.first),
        last_capture=moment(sums.last),
        fates=tuple(Fate(**{name: row[name] for name in Fate.__dataclass_fields__}) for row in sums.fates),
        said=tuple(Said(**{name: row[name] for name in Said.__dataclass_fields__}) for row in sums.said),
        unlisted=sums.unlisted,
        examples=tuple(Example(**row) for row in examples),
    )


def _kept_in_all(manifest: Mapping[str, Any]) -> list[int]:
    """Give the kept documents of the release, the bytes of their blocks, and of their texts."""
    return manifest["counts"]["fates"].get("kept:", [0, 0, 0])


def _unknown(opened: Opened, wanted: str, registered: str | None) -> Domain:
    says, count, none = nowhere(opened, "domain"), opened.indexed.domain_count, Unlisted(0, 0, 0)
    return Domain(wanted, registered, False, says, 0, 0, 0, 0.0, 0.0, None, count, None, None, (), (), none, ())
