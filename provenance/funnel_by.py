"""The funnel of a release, whole and by language, domain, licence or crawl, and whether nothing is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.mistakes import UsageError
from provenance.funnel import funnel
from provenance.opened import Opened

#: parts that are listed; what is left is summed up
MOST = 50

_COLUMNS: Mapping[str, str] = {"language": "language", "domain": "domain", "licence": "stated_licence", "crawl": "dump"}
_PARTS = """WITH parts AS (
    SELECT {column} AS part, count(*) AS records,
        count(*) FILTER (outcome = 'error') AS errors,
        count(*) FILTER (outcome = 'dropped') AS dropped,
        count(*) FILTER (outcome = 'duplicate') AS duplicates,
        count(*) FILTER (outcome = 'kept') AS kept,
        coalesce(sum(text_bytes) FILTER (outcome = 'kept'), 0)::BIGINT AS kept_bytes
    FROM by_id GROUP BY part
), placed AS (
    SELECT *, row_number() OVER (ORDER BY records DESC, part) AS place FROM parts
)
SELECT if(place <= $most, part, NULL) AS part, place > $most AS others, sum(records)::BIGINT AS records,
    sum(errors)::BIGINT AS errors, sum(dropped)::BIGINT AS dropped, sum(duplicates)::BIGINT AS duplicates,
    sum(kept)::BIGINT AS kept, sum(kept_bytes)::BIGINT AS kept_bytes, count(*) AS parts
FROM placed GROUP BY ALL ORDER BY min(place)"""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step of the recipe and how many records ended there."""

    step: str
    #: kept, dropped, duplicate, error; None for what was read
    outcome: str | None
    records: int
    share: float | None
    bytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one language, domain, licence or crawl."""

    #: None: nothing is known of it; or the others, all in one
    part: str | None
    others: bool
    #: how many languages, domains, ... this is
    parts: int
    records: int
    errors: int
    dropped: int
    duplicates: int
    kept: int
    kept_bytes: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Where all records went."""

    #: whether the steps, and the parts, add up to what was read
    conserved: bool
    steps: tuple[FunnelStep, ...]
    by: str | None
    parts: tuple[Part, ...]


def funnel_by(opened: Opened, by: str | None = None) -> Funnel:
    """Follow all records through the recipe, and count them by what they are: `language`, `domain`, `licence`, `crawl`.

    A record without text has no language; only the largest parts have a row of their own.
    """
    rows = opened.ask(funnel(opened.recipe).sql)
    steps = tuple(FunnelStep(**{name: row[name] for name in FunnelStep.__dataclass_fields__}) for row in rows)
    parts = _parts(opened, by) if by else ()
    conserved = rows[0]["conserved"] and rows[0]["records"] == opened.manifest["records"]
    whole = not parts or sum(part.records for part in parts) == rows[0]["records"]
    return Funnel(bool(conserved and whole and all(map(_adds_up, parts))), steps, by, parts)


def _parts(opened: Opened, by: str) -> tuple[Part, ...]:
    if by not in _COLUMNS:
        raise UsageError(f"expected one of {', '.join(_COLUMNS)}, got {by[:80]!r}")
    _ = opened.indexed
    column = _COLUMNS[by]
    return tuple(Part(**row) for row in opened.ask(_PARTS.format(column=column), most=MOST))


def _adds_up(part: Part) -> bool:
    return part.records == part.errors + part.dropped + part.duplicates + part.kept
