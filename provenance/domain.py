"""A domain: what was captured of it, what became of that, and what it says of its rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.ledger_index.registered import domain_of, host_of
from pipelines.ledger_index.surt import domain_bounds
from provenance.answer import plain
from provenance.captures import nowhere, printable
from provenance.opened import Opened, Row

#: pages that are shown, of each outcome; licences and statements of consent that are listed
EXAMPLES, LISTED = 3, 20

_FATES = """SELECT outcome, dropped_by, stated_licence AS licence, stated_consent AS consent,
    grouping(outcome) = 1 AS said, count(*) AS captures, count(*) FILTER (outcome <> 'error') AS documents,
    count(*) FILTER (outcome = 'kept') AS kept, sum(coalesce(text_bytes, 0))::BIGINT AS text_bytes,
    min(date) AS first_capture, max(date) AS last_capture
FROM read_parquet($files) WHERE {pages}
GROUP BY GROUPING SETS ((outcome, dropped_by), (stated_licence, stated_consent))
ORDER BY captures DESC, outcome, dropped_by, licence, consent"""
_EXAMPLES = """SELECT outcome, dropped_by, url, id FROM read_parquet($files) WHERE {pages}
QUALIFY row_number() OVER (PARTITION BY outcome ORDER BY id, ledger_file, ledger_row) <= $most
ORDER BY outcome, id, ledger_file, ledger_row"""
_TOTALS = "SELECT * FROM read_parquet($files) WHERE domain = $domain"
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
    said: tuple[Said, ...]
    examples: tuple[Example, ...]


def domain(opened: Opened, wanted: str) -> Domain:
    """Sum up a registered domain, or a host with all below it; `rank` is always the registered domain's."""
    name = host_of(printable(wanted))
    registered = domain_of(name)
    low, high = domain_bounds(name)
    pages = _PAGES if name == registered else _PAGES + _HOST
    given: dict[str, Any] = {"domain": registered, "low": low, "high": high}
    given |= {} if name == registered else {"key": low[:-1]}
    files = opened.holding("by_address", low, high)
    rows = opened.ask(_FATES.format(pages=pages), files=files, **given)
    total = _total(opened, registered)
    if not rows:
        return _unknown(opened, wanted, registered)
    # The first file may end before the domain begins; more are not read for a few pages.
    examples = opened.ask(_EXAMPLES.format(pages=pages), files=files[:2], most=EXAMPLES, **given)
    return _told(opened, wanted, registered, (rows, examples), total)


def _total(opened: Opened, registered: str | None) -> Row | None:
    name = opened.store.path(opened.indexed.domains.name)
    found = opened.ask(_TOTALS, files=[name], domain=registered)
    return found[0] if found else None


def _told(
    opened: Opened, wanted: str, registered: str | None, asked: tuple[list[Row], list[Row]], total: Row | None
) -> Domain:
    rows, examples = asked
    fates = [row for row in rows if not row["said"]]
    said = [row for row in rows if row["said"] and row["documents"]]
    kept = sum(row["captures"] for row in fates if row["outcome"] == "kept")
    size = sum(row["text_bytes"] for row in fates if row["outcome"] == "kept")
    captures = sum(row["captures"] for row in fates)
    documents, _, text_bytes = _kept_in_all(opened.manifest)
    return Domain(
        wanted,
        registered,
        known=True,
        says=f"{captures:,} captures, {kept:,} kept",
        captures=captures,
        kept=kept,
        kept_bytes=size,
        share_of_documents=kept / documents if documents else 0.0,
        share_of_bytes=size / text_bytes if text_bytes else 0.0,
        rank=total["rank"] if total else None,
        domains=opened.indexed.domain_count,
        first_capture=plain(min((row["first_capture"] for row in fates if row["first_capture"]), default=None)),
        last_capture=plain(max((row["last_capture"] for row in fates if row["last_capture"]), default=None)),
        fates=tuple(Fate(**{name: row[name] for name in Fate.__dataclass_fields__}) for row in fates),
        said=tuple(Said(**{name: row[name] for name in Said.__dataclass_fields__}) for row in said[:LISTED]),
        examples=tuple(Example(**row) for row in examples),
    )


def _kept_in_all(manifest: Mapping[str, Any]) -> list[int]:
    """Give the kept documents of the release, the bytes of their blocks, and of their texts."""
    return manifest["counts"]["fates"].get("kept:", [0, 0, 0])


def _unknown(opened: Opened, wanted: str, registered: str | None) -> Domain:
    says, count = nowhere(opened, "domain"), opened.indexed.domain_count
    return Domain(wanted, registered, False, says, 0, 0, 0, 0.0, 0.0, None, count, None, None, (), (), ())
