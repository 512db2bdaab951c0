"""Explains a release: asks every question of the page, in the page's order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from datasheets.composition import charsets, hosts, languages, months, types
from datasheets.datasheet import Datasheet, Section
from datasheets.duplicates import clusters, largest, similarity
from datasheets.earlier import earlier
from datasheets.edits import edits
from datasheets.lengths import histogram, quantiles
from datasheets.losses import errors, losses
from datasheets.passages import passages
from datasheets.rights import consent, licences
from datasheets.rules import rules
from datasheets.totals import QUESTION, label, totals
from pipelines.recipe import Recipe
from provenance.funnel import funnel
from provenance.question import ask

Room = Callable[[DuckDBPyConnection, Recipe], Section]

ROOMS: Sequence[Room] = (
    totals,
    losses,
    errors,
    rules,
    languages,
    hosts,
    months,
    types,
    charsets,
    licences,
    consent,
    quantiles,
    histogram,
    clusters,
    largest,
    similarity,
    edits,
)


def explain(
    connection: DuckDBPyConnection,
    recipe: Recipe,
    found: Sequence[Mapping[str, Any]] = (),
    releases: Sequence[str] = (),
) -> Datasheet:
    """Ask the ledger whatever a reader of the page would want to know.

    What it does not say: `found`, what is known of repeated parts, and the earlier `releases` that were compared.
    """
    besides = (*passages(connection, recipe, found), *earlier(connection, recipe, releases))
    conserved = all(row["conserved"] for row in ask(connection, funnel(recipe)).records)
    return Datasheet(
        title=f"Datasheet of {recipe.name}",
        recipe=recipe.name,
        recipe_digest=recipe.digest,
        purpose=recipe.purpose,
        label=label(ask(connection, QUESTION), conserved=conserved),
        sections=(*(room(connection, recipe) for room in ROOMS), *besides),
    )
