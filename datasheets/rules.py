"""What each filter did: first of all, alone and at all; and which of them did nothing on this run."""

from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from filters.filter import Filter, Range
from pipelines.edits.edit import Edit
from pipelines.recipe import Recipe
from provenance.question import Answer, Question, ask
from provenance.sql import identifier, rows

HEADING = "What each filter did"

_WORDS = (
    "`measured`: documents with a signal; `dropped first`: those that it decided; `dropped alone`: those that no "
    "other filter would have dropped; `would drop`: all that it would drop if it were the only filter."
)

_RULES = Template("""WITH filters(place, filter, limits) AS (VALUES
$filters
), signals AS (
    SELECT $signals
    FROM ledger
), measured AS (
    FROM (UNPIVOT signals ON COLUMNS(*) INTO NAME filter VALUE measured)
), failures AS (
    SELECT unnest(failed) AS filter, dropped_by, len(failed) AS filters_failed
    FROM ledger
), dropped AS (
    SELECT
        filter,
        count(*) FILTER (dropped_by = filter) AS dropped_first,
        count(*) FILTER (filters_failed = 1) AS dropped_alone,
        count(*) AS would_drop
    FROM failures
    GROUP BY filter
)
SELECT
    filter,
    limits,
    measured,
    coalesce(dropped_first, 0) AS dropped_first,
    coalesce(dropped_alone, 0) AS dropped_alone,
    coalesce(would_drop, 0) AS would_drop,
    coalesce(would_drop, 0) / nullif((SELECT count(*) FROM ledger WHERE outcome <> 'error'), 0) AS share_would_drop
FROM filters JOIN measured USING (filter) LEFT JOIN dropped USING (filter)
ORDER BY place
""")


def rules(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Say of each filter what it measured and what it dropped, and name those that did nothing."""
    if not recipe.filters:
        return Section(HEADING, ("The recipe has no filters.",))
    answer = ask(connection, question(recipe))
    return Section(HEADING, (_WORDS, *_costly(recipe), *silent(answer, recipe)), answer)


def question(recipe: Recipe) -> Question:
    """Ask what each filter of this recipe did."""
    table = [(place, rule.column, limits(rule)) for place, rule in enumerate(recipe.filters)]
    signals = (f"count({identifier(rule.column)}) AS {identifier(rule.column)}" for rule in recipe.filters)
    sql = _RULES.substitute(filters=rows(table), signals=", ".join(signals))
    return Question("rules", sql, "What did each filter measure and drop?")


def limits(step: Filter | Edit) -> str:
    """Write a step's limits in the recipe's words; of a resource only its last name, which says no folder.

    Of a range, `low` and `high` are always said, anything else where it is not the default.
    """
    if isinstance(step, Filter) and not step.enforced:
        return "only measures"
    resources = step.resources() if isinstance(step, Filter) else {}
    said = {word: value for word, value in step if word not in Filter.model_fields and _is_said(step, word)}
    named = {word: _last_name(value) if value in resources else value for word, value in said.items()}
    own = step.units.chosen() if isinstance(step, Filter) else {}
    named |= {f"units.{unit}": value for unit, value in own.items()}
    return ", ".join(f"{word} = {_value(value)}" for word, value in named.items() if not _is_open(value))


def _is_said(step: Filter | Edit, word: str) -> bool:
    if not isinstance(step, Range) or word in Range.model_fields:
        return True
    return getattr(step, word) != type(step).model_fields[word].default


def silent(answer: Answer, recipe: Recipe) -> tuple[str, ...]:
    """Say in words which filters measured nothing, and which dropped nothing: a rule may not be dead unseen."""
    costly = {rule.column for rule in recipe.filters if rule.costly}
    blind = [row["filter"] for row in answer.records if not row["measured"]]
    only = {rule.column for rule in recipe.filters if not rule.enforced}
    idle = [row["filter"] for row in answer.records if row["measured"] and not row["would_drop"]]
    idle = [column for column in idle if column not in only]
    asked = [name for name in blind if name in costly]
    return (
        *([f"**Measured nothing on this run:** {_names(blind)}. No document has a signal of theirs."] if blind else []),
        *([f"Perhaps no document was left to ask {_names(asked)} about."] if asked else []),
        *([f"**Dropped nothing on this run:** {_names(idle)}."] if idle else []),
        *([] if blind or idle else ["Every filter measured something and dropped something."]),
    )


def _costly(recipe: Recipe) -> list[str]:
    costly = [rule.column for rule in recipe.filters if rule.costly]
    if not costly:
        return []
    return [f"Asked only about documents that every other filter keeps, because they are costly: {_names(costly)}."]


def _names(filters: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in filters)


def _is_open(value: object) -> bool:
    """Say whether a limit is none: the infinite ones, and words that were left out."""
    return value is None or value in (float("inf"), float("-inf"))


def _last_name(path: object) -> str:
    return str(path).rsplit("/", 1)[-1]


def _value(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
