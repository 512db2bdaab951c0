"""What was cut out of texts because it stands elsewhere, too, and how sure that is."""

from collections.abc import Mapping, Sequence
from string import Template
from typing import Any

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from datasheets.numbers import counted
from pipelines.dedup.repeated import Kind, bloom_of, method
from pipelines.recipe import Recipe
from provenance.question import Question, ask
from provenance.sql import rows

HEADING = "Repeated parts of texts"

_PASSAGES = Template("""WITH recipe(place, method) AS (VALUES
$methods
), cut AS (
    SELECT outcome, dropped_by, unnest(edits, max_depth := 2)
    FROM ledger
    WHERE outcome IN ('kept', 'duplicate')
), counted AS (
    SELECT
        edit AS method,
        count(*) AS documents,
        count(*) FILTER (outcome = 'duplicate' AND dropped_by = edit) AS removed,
        sum("count") AS parts,
        sum(characters_removed) AS characters
    FROM cut
    GROUP BY edit
)
SELECT
    method,
    coalesce(parts, 0) AS parts,
    coalesce(characters, 0) AS characters,
    coalesce(documents, 0) AS documents,
    coalesce(removed, 0) AS documents_removed
FROM recipe LEFT JOIN counted USING (method)
ORDER BY place
""")


def passages(
    connection: DuckDBPyConnection, recipe: Recipe, found: Sequence[Mapping[str, Any]] = ()
) -> tuple[Section, ...]:
    """Count what was cut out; no section where the recipe cuts nothing. `found` is what the manifest says of each."""
    kinds = recipe.dedup.passages if recipe.dedup else ()
    if not kinds:
        return ()
    table = [(place, method(kind)) for place, kind in enumerate(kinds)]
    question = Question("passages", _PASSAGES.substitute(methods=rows(table)), "What was cut out as a repeat?")
    said = (
        "Parts of texts that stand in other documents, or again in the same one, and were cut out: in how many "
        "documents, and how many of these were removed, because nothing or too little was left."
    )
    known = {one["method"]: one for one in found}
    sure = [line for kind in kinds for line in _rate(kind, known.get(method(kind), {}))]
    return (Section(HEADING, (said, *sure), ask(connection, question)),)


def _rate(kind: Kind, found: Mapping[str, Any]) -> list[str]:
    """Say how often a Bloom filter was wrong."""
    asked, filled = bloom_of(kind), found.get("bloom")
    if asked is None:
        return []
    promised = f"`{method(kind)}` asked a Bloom filter, which takes some new parts for known ones"
    if filled is None:
        return [f"{promised}: at most {asked.rate:g} of them, once it holds {asked.items:,}."]
    more = " That is more than the recipe asks for: it expects too few." if filled["items"] > asked.items else ""
    said = (
        f"{promised}. At the end it held {counted(filled['items'], 'part')} in {filled['bits']:,} bits with "
        f"{filled['probes']} probes, and did so at a rate of {filled['rate']:.2g}, before that at a lower one; the "
        f"recipe asks for at most {asked.rate:g} once it holds {asked.items:,}.{more}"
    )
    return [said]
