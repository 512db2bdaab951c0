"""Where records were lost: the funnel, and the reasons why a record is not a document."""

from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.reason import Reason
from pipelines.recipe import Recipe
from provenance.funnel import funnel
from provenance.question import Question, ask
from provenance.sql import rows

_HELD = (
    "The texts of documents that were dropped or are duplicates are part of this release, in `dropped/`: what filters "
    "dropped as it was extracted. The personal data that edits mask in kept texts is not masked there."
)
_REASONS = Template("""WITH reasons(place, reason, meaning) AS (VALUES
$reasons
), errors AS (
    SELECT dropped_by AS reason, count(*) AS records, sum(content_bytes) AS bytes
    FROM ledger
    WHERE outcome = 'error'
    GROUP BY ALL
)
SELECT
    reason,
    coalesce(meaning, 'a reason that this version of Vitrine does not know') AS meaning,
    records,
    records / sum(records) OVER () AS share_of_errors,
    bytes
FROM errors LEFT JOIN reasons USING (reason)
ORDER BY place NULLS LAST, reason
""")


def losses(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Follow the records through every step."""
    said = (
        "Each step is given in the order in which it decides, and each record is counted at the step that decided: "
        "the first filter that drops a document, not the only one that would. Bytes are those of the records as "
        "they were read."
    )
    held = (_HELD,) if recipe.output.dropped_texts else ()
    return Section("What became of the records", (said, *held), ask(connection, funnel(recipe)))


def errors(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the reasons why records are not documents."""
    del recipe
    heading = "Records that are not documents"
    table = [(place, reason.value, reason.explanation) for place, reason in enumerate(Reason)]
    question = Question("errors", _REASONS.substitute(reasons=rows(table)), "Why are records not documents?")
    answer = ask(connection, question)
    if not answer.rows:
        return Section(heading, ("Every record that was read is a document.",), answer)
    return Section(heading, ("Also these are rows of the ledger, each with its reason.",), answer)
