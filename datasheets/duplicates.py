"""What was removed as a duplicate, of what, and how similar it was."""

from collections.abc import Callable

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from provenance.question import Question, ask

_CLUSTERS = """WITH clusters AS (
    SELECT count(*) AS size, count(*) FILTER (outcome = 'duplicate') AS removed
    FROM ledger
    WHERE cluster IS NOT NULL
    GROUP BY cluster
), sized AS (
    SELECT len(bin(size)) - 1 AS power, size, removed
    FROM clusters
)
SELECT
    1::BIGINT << power AS size_from,
    1::BIGINT << (power + 1) AS size_below,
    count(*) AS clusters,
    sum(size) AS documents,
    sum(removed) AS removed
FROM sized
GROUP BY power
ORDER BY power
"""

_LARGEST = """SELECT
    trim(cluster, '<>') AS survivor,
    min(url) FILTER (outcome = 'kept') AS url,
    count(*) AS documents,
    count(*) FILTER (outcome = 'duplicate' AND dropped_by LIKE 'exact%') AS exact,
    count(*) FILTER (dropped_by = 'minhash') AS similar_text
FROM ledger
WHERE cluster IS NOT NULL
GROUP BY cluster
ORDER BY documents DESC, cluster
LIMIT 10
"""

# A similarity is a quotient held in 32 bits: rounded first, or 0.95 would lie below 0.95.
_SIMILARITY = """WITH counted AS (
    SELECT
        dropped_by AS method,
        floor(round(similarity::DOUBLE * 1000000) / 50000)::INTEGER AS step,
        count(*) AS documents
    FROM ledger
    WHERE outcome = 'duplicate' AND survivor IS NOT NULL
    GROUP BY ALL
)
SELECT
    method,
    step / 20 AS similarity_from,
    documents,
    documents / sum(documents) OVER (PARTITION BY method) AS share_of_method,
    bar(documents, 0, max(documents) OVER (PARTITION BY method), 24) AS bar
FROM counted
ORDER BY method, step
"""

CLUSTERS = Question("clusters", _CLUSTERS, "How many clusters of duplicates are there, and of which size?")
LARGEST = Question("largest_clusters", _LARGEST, "Which clusters of duplicates are the largest?")
SIMILARITY = Question("similarity", _SIMILARITY, "How similar are duplicates to what stands for them?")

_NONE = "No duplicates were found."
_OFF = "The recipe does not look for duplicates."


def clusters(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count clusters by their size."""
    said = "Documents that passed every filter and are equal or similar form a cluster; one of each is kept."
    return _section("Clusters of duplicates", CLUSTERS, said)(connection, recipe)


def largest(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Name the ten largest clusters by what is kept of them."""
    said = (
        "The ten largest, or all where there are fewer, named by the id of the document that is kept, without the "
        "angle brackets of a WARC-Record-ID."
    )
    return _section("The largest clusters", LARGEST, said)(connection, recipe)


def similarity(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count duplicates by their similarity with the survivor."""
    said = (
        "The share of equal MinHash values with the survivor, in steps of 0.05; 1 where their words are equal, blank "
        "where nothing has measured it. A duplicate may be linked to its survivor through others, so that their own "
        "similarity is lower: also one that was removed for an equal text, where that text was then removed for a "
        "similar one."
    )
    return _section("Similarity with the survivor", SIMILARITY, said)(connection, recipe)


def _section(heading: str, question: Question, said: str) -> Callable[[DuckDBPyConnection, Recipe], Section]:
    def explain(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
        answer = ask(connection, question)
        if answer.rows:
            return Section(heading, (said,), answer)
        return Section(heading, (_NONE if recipe.dedup else _OFF,), answer)

    return explain
