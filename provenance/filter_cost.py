"""What one filter cost, and whom: by language, licence, top-level domain and domain, with samples to read."""

from dataclasses import dataclass

from filters.catalog import nearest
from filters.filter import Filter
from pipelines.mistakes import UsageError
from provenance.answer import plain
from provenance.dropped_text import ShownTexts
from provenance.limits import limits
from provenance.opened import Opened, Row
from provenance.sql import identifier

#: parts that are listed of each kind, and domains
MOST, DOMAINS = 20, 10
#: samples that can be asked for
MOST_SAMPLES = 1000
#: characters of a text that are shown
SHOWN = 600

_COUNTS = """SELECT count(*) FILTER (outcome <> 'error') AS documents, count({column}) AS measured,
    count(*) FILTER (list_contains(failed, $name)) AS would_drop,
    count(*) FILTER (dropped_by = $name AND outcome = 'dropped') AS dropped_first,
    count(*) FILTER (list_contains(failed, $name) AND len(failed) = 1) AS dropped_alone,
    coalesce(sum(extracted_bytes) FILTER (dropped_by = $name AND outcome = 'dropped'), 0)::BIGINT AS dropped_bytes
FROM ledger"""
_REACHED = """outcome <> 'error' AND (outcome <> 'dropped' OR NOT list_contains($earlier, dropped_by))"""
_PARTS = """SELECT {part} AS part, count(*) AS reached,
    count(*) FILTER (outcome = 'dropped' AND dropped_by = $name) AS lost
FROM by_id WHERE {reached} GROUP BY part ORDER BY lost DESC, reached DESC, part LIMIT $most"""
_SAMPLES = """SELECT id, url, outcome, file_path, "offset", {column} AS signal, failed FROM ledger
WHERE dropped_by = $name AND outcome = 'dropped'
ORDER BY md5($seed || ':' || id), id LIMIT $most"""
_KINDS = {"language": "language", "licence": "stated_licence", "tld": "split_part(domain, '.', -1)", "domain": "domain"}


@dataclass(frozen=True, slots=True)
class Lost:
    """What came to the filter of one part of the documents, and what it dropped of that."""

    #: None: nothing is known
    part: str | None
    reached: int
    lost: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A document that the filter dropped."""

    id: str
    url: str | None
    signal: str | int | float | None
    #: all filters that would drop it
    failed: tuple[str, ...]
    #: the beginning of its text, only where it is asked for and the release holds it
    text: str | None
    #: the same masked; None where the release does not hold it, or it is given as it is
    snippet: str | None


@dataclass(frozen=True, slots=True)
class FilterCost:
    """What one filter did."""

    filter: str
    use: str
    enforced: bool
    limits: dict[str, object]
    #: documents that have a text; that have a signal; that no earlier filter dropped; that are left after it
    documents: int
    measured: int
    came_in: int
    went_out: int
    #: that it decided; that it would drop; that no other filter would have; bytes of text as extracted that it decided
    dropped_first: int
    would_drop: int
    dropped_alone: int
    dropped_bytes: int
    by_language: tuple[Lost, ...]
    by_licence: tuple[Lost, ...]
    by_tld: tuple[Lost, ...]
    #: the domains that lost most
    by_domain: tuple[Lost, ...]
    samples: tuple[Sample, ...]
    #: what is shown of their texts, and why
    says: str


def filter_cost(
    opened: Opened, name: str, samples: int = 20, seed: int = 1, *, dropped_text: bool = False
) -> FilterCost:
    """Tell what a filter of the recipe, named by its column, cost; the same seed draws the same samples.

    With `dropped_text` these have their texts, where the release holds them.
    """
    rule, earlier = rule_of(opened, name)
    column = identifier(rule.column)
    (counts,) = opened.ask(_COUNTS.format(column=column), name=rule.column)
    language, licence, tld, domain = (_lost(opened, kind, rule.column, earlier) for kind in _KINDS)
    came_in = counts["documents"] - _before(opened, earlier)
    rows = opened.ask(
        _SAMPLES.format(column=column), name=rule.column, seed=str(seed), most=checked(samples, MOST_SAMPLES)
    )
    dropped = ShownTexts(opened, plain=dropped_text)
    return FilterCost(
        rule.column,
        rule.name,
        rule.enforced,
        dict(limits(rule)),
        **counts,
        came_in=came_in,
        went_out=came_in - counts["dropped_first"],
        by_language=language,
        by_licence=licence,
        by_tld=tld,
        by_domain=domain,
        samples=tuple(_sample(row, dropped) for row in rows),
        says=dropped.says,
    )


def _sample(row: Row, dropped: ShownTexts) -> Sample:
    found = dropped.of(row, SHOWN)
    return Sample(row["id"], row["url"], plain(row["signal"]), tuple(row["failed"]), found.text, found.snippet)


def checked(wanted: int, most: int) -> int:
    """Refuse a number of samples that nobody can read."""
    if not 0 <= wanted <= most:
        raise UsageError(f"expected 0 to {most:,} samples, got {wanted:,}")
    return wanted


def rule_of(opened: Opened, name: str) -> tuple[Filter, list[str]]:
    """Find a filter of the recipe, and those before it."""
    rules = {rule.column: rule for rule in opened.recipe.filters}
    if name not in rules:
        raise UsageError(f"the recipe has no filter {name[:80]!r}{nearest(name[:80], rules)}")
    return rules[name], [*rules][: [*rules].index(name)]


def _before(opened: Opened, earlier: list[str]) -> int:
    fates = opened.manifest["counts"]["fates"]
    return sum(fates.get(f"dropped:{name}", [0])[0] for name in earlier)


def _lost(opened: Opened, kind: str, name: str, earlier: list[str]) -> tuple[Lost, ...]:
    _ = opened.indexed
    sql = _PARTS.format(part=_KINDS[kind], reached=_REACHED)
    most = DOMAINS if kind == "domain" else MOST
    return tuple(Lost(**row) for row in opened.ask(sql, name=name, earlier=earlier, most=most))
