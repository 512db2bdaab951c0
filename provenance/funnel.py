"""The funnel: where each record that was read went, step by step in the recipe's order, and that none is missing."""

from string import Template

from pipelines.dedup.settings import methods
from pipelines.reason import Reason
from pipelines.recipe import Recipe
from provenance.question import Question
from provenance.sql import rows

_FUNNEL = Template("""WITH steps(place, outcome, step) AS (VALUES
$steps
), fates AS (
    SELECT outcome, coalesce(dropped_by, 'kept') AS step, count(*) AS records, sum(content_bytes) AS bytes
    FROM ledger
    GROUP BY ALL
), counted AS (
    SELECT 0 AS place, NULL AS outcome, 'read' AS step, count(*) AS records, sum(content_bytes) AS bytes
    FROM ledger
    UNION ALL
    SELECT place, outcome, step, coalesce(records, 0), bytes
    FROM steps LEFT JOIN fates USING (outcome, step)
)
SELECT
    step,
    outcome,
    records,
    records / nullif(first(records ORDER BY place) OVER (), 0) AS share,
    coalesce(bytes, 0) AS bytes,
    first(records ORDER BY place) OVER () = sum(if(place = 0, 0, records)) OVER () AS conserved
FROM counted
QUALIFY outcome IS DISTINCT FROM 'error' OR records > 0
ORDER BY place
""")


def steps(recipe: Recipe) -> list[tuple[str, str]]:
    """List every fate that this recipe can give a record, as (outcome, what decided it), in the order it is decided."""
    return [
        *(("error", reason.value) for reason in Reason),
        *(("dropped", rule.column) for rule in recipe.filters),
        *(("duplicate", method) for method in methods(recipe.dedup)),
        ("kept", "kept"),
    ]


def funnel(recipe: Recipe) -> Question:
    """Ask what became of the records: one row for `read`, then one per step; `bytes` are those of the records' blocks.

    Errors that did not occur have no row. `conserved` is the same in every row: whether the steps add up to what was
    read. It is false where a record has a fate that the recipe cannot give.
    """
    table = [(place, outcome, step) for place, (outcome, step) in enumerate(steps(recipe), 1)]
    return Question("funnel", _FUNNEL.substitute(steps=rows(table)), "What became of the records that were read?")
