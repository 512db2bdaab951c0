"""What was changed in the kept texts."""

from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from provenance.question import Question, ask
from provenance.sql import rows

HEADING = "Edits"

_EDITS = Template("""WITH recipe(place, edit) AS (VALUES
$edits
), done AS (
    SELECT unnest(edits, recursive := true)
    FROM ledger
    WHERE outcome = 'kept'
), counted AS (
    SELECT edit, count(*) AS documents, sum("count") AS places, sum(characters_removed) AS characters
    FROM done
    GROUP BY edit
)
SELECT
    edit,
    coalesce(documents, 0) AS documents,
    coalesce(places, 0) AS places,
    coalesce(characters, 0) AS characters_removed
FROM recipe LEFT JOIN counted USING (edit)
ORDER BY place
""")


def edits(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the edits of the recipe, and name those that changed nothing."""
    if not recipe.edits:
        return Section(HEADING, ("The recipe edits nothing: texts are as they were extracted.",))
    table = [(place, edit.name) for place, edit in enumerate(recipe.edits)]
    question = Question("edits", _EDITS.substitute(edits=rows(table)), "What was changed in the kept texts?")
    answer = ask(connection, question)
    idle = ", ".join(f"`{row['edit']}`" for row in answer.records if not row["documents"])
    said = (
        "Of the kept documents: how many were changed, in how many places. Characters removed are those of the text "
        "before less those after, so that a longer replacement counts below zero."
    )
    return Section(HEADING, (said, *([f"**Changed nothing on this run:** {idle}."] if idle else [])), answer)
