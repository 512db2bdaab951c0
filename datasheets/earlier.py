"""Which earlier releases a release was compared with, and what of its own they hold."""

from collections.abc import Sequence
from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.published_parts import published
from pipelines.recipe import Recipe
from provenance.question import Question, ask
from provenance.sql import rows

HEADING = "Earlier releases"

# Who stands for a document may be held by a release that only an earlier one was compared with.
_HELD = Template("""WITH compared(place, release) AS (VALUES
$releases
), held AS (
    SELECT survivor_release AS release, count(*) AS documents, sum(extracted_bytes) AS bytes
    FROM ledger
    WHERE outcome = 'duplicate' AND survivor_release IS NOT NULL
    GROUP BY survivor_release
)
SELECT
    release,
    coalesce(documents, 0) AS documents,
    coalesce(bytes, 0) AS bytes
FROM compared FULL JOIN held USING (release)
ORDER BY place NULLS LAST, release
""")
_SAID = (
    "What these releases hold was not kept again: they took part as if they had been read before. Counted are the "
    "documents of this run that one of theirs stands for, and the bytes of their text."
)
_PARTS = "Parts of texts that they have were cut out, too; they are among the repeated parts, which name no release."


def earlier(connection: DuckDBPyConnection, recipe: Recipe, releases: Sequence[str] = ()) -> tuple[Section, ...]:
    """Count what earlier releases hold; no section where there are none. `releases` are named as in the ledger."""
    if not releases:
        return ()
    named = rows([*enumerate(releases)])
    question = Question("earlier", _HELD.substitute(releases=named), "What is held by which earlier release?")
    parts = (_PARTS,) if recipe.dedup and published(recipe.dedup) else ()
    return (Section(HEADING, (_SAID, *parts), ask(connection, question)),)
