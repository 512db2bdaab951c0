"""How long the kept texts are: quantiles, and a histogram by powers of two."""

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from provenance.question import Question, ask

_QUANTILES = """WITH kept AS (
    SELECT quantile_disc(text_bytes, [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]) AS text_bytes
    FROM ledger
    WHERE outcome = 'kept'
), named AS (
    SELECT
        unnest(['shortest', '1%', '5%', '25%', 'median', '75%', '95%', '99%', 'longest']) AS quantile,
        unnest(text_bytes) AS text_bytes,
        unnest(range(9)) AS place
    FROM kept
)
SELECT quantile, text_bytes
FROM named
WHERE text_bytes IS NOT NULL
ORDER BY place
"""

# The number of binary digits is exact where a logarithm may fall on the wrong side of a power of two.
_HISTOGRAM = """WITH counted AS (
    SELECT len(bin(text_bytes)) - 1 AS power, count(*) AS documents, sum(text_bytes) AS text_bytes
    FROM ledger
    WHERE outcome = 'kept'
    GROUP BY ALL
), powers AS (
    SELECT unnest(range(min(power), max(power) + 1)) AS power
    FROM counted
)
SELECT
    if(power = 0, 0, 1::BIGINT << power) AS from_bytes,
    1::BIGINT << (power + 1) AS below_bytes,
    coalesce(documents, 0) AS documents,
    documents / sum(documents) OVER () AS share,
    bar(coalesce(documents, 0), 0, max(documents) OVER (), 24) AS bar
FROM powers LEFT JOIN counted USING (power)
ORDER BY power
"""

QUANTILES = Question("quantiles", _QUANTILES, "How long are the kept texts?")
HISTOGRAM = Question("histogram", _HISTOGRAM, "How many kept texts have which length?")


def quantiles(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Find the quantiles of the texts' lengths."""
    del recipe
    answer = ask(connection, QUANTILES)
    said = "Bytes of UTF-8 after the edits; that share of the kept documents has at most so many."
    return Section("Lengths", (said if answer.rows else "No document is kept.",), answer)


def histogram(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the texts between one power of two and the next."""
    del recipe
    answer = ask(connection, HISTOGRAM)
    said = "Kept documents by bytes of text, each row twice as long as the one before."
    return Section("Lengths by powers of two", (said if answer.rows else "No document is kept.",), answer)
