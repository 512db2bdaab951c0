"""What was changed in the kept texts."""

from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.dedup.repeated import method
from pipelines.recipe import Recipe
from provenance.question import Question, ask
from provenance.sql import rows

HEADING = "Edits"

_EDITS = Template("""WITH recipe(place, edit) AS (VALUES
$edits
), done AS (
    SELECT unnest(edits, max_depth := 2)
    FROM ledger
    WHERE outcome = 'kept'
), counted AS (
    SELECT
        edit,
        count(*) AS documents,
        sum("count") AS places,
        sum(characters_removed) AS removed,
        sum(characters_put) AS put
    FROM done
    GROUP BY edit
)
SELECT
    edit,
    coalesce(documents, 0) AS documents,
    coalesce(places, 0) AS places,
    coalesce(removed, 0) AS characters_removed,
    coalesce(put, 0) AS characters_put
FROM recipe LEFT JOIN counted USING (edit)
ORDER BY place
""")


def edits(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the edits of the recipe, then the parts cut out as duplicates, and name what changed nothing."""
    cuts = [method(kind) for kind in recipe.dedup.passages] if recipe.dedup else []
    if not recipe.edits and not cuts:
        return Section(HEADING, ("The recipe edits nothing: texts are as they were extracted.",))
    table = [*enumerate((*(edit.column for edit in recipe.edits), *cuts))]
    question = Question("edits", _EDITS.substitute(edits=rows(table)), "What was changed in the kept texts?")
    answer = ask(connection, question)
    idle = ", ".join(f"`{row['edit']}`" for row in answer.records if not row["documents"])
    said = (
        "Of the kept documents: in how many something was found, in how many places; the characters that were removed "
        "there, and those that were put in their place."
    )
    return Section(HEADING, (said, *([f"**Changed nothing on this run:** {idle}."] if idle else [])), answer)
