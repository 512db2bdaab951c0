"""What the kept documents are made of, beside what was read: languages, hosts, months, types, charsets."""

from dataclasses import dataclass
from string import Template

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from provenance.question import Answer, Question, ask
from provenance.sql import HOST

_GROUPS = Template("""WITH counted AS (
    SELECT
        coalesce($key, '') AS $name,
        count(*) AS read,
        count(*) FILTER (outcome = 'kept') AS kept,
        coalesce(sum(text_bytes) FILTER (outcome = 'kept'), 0) AS text_bytes
    FROM ledger
    WHERE $among
    GROUP BY ALL
), ranked AS (
    SELECT *, least(row_number() OVER (ORDER BY text_bytes DESC, read DESC, $name), $most + 1) AS place
    FROM counted
)
SELECT
    if(place > $most, NULL, min($name)) AS $name,
    count(*) AS $names,
    sum(read) AS read,
    sum(kept) AS kept,
    sum(text_bytes) AS text_bytes,
    sum(text_bytes) / nullif(sum(sum(text_bytes)) OVER (), 0) AS share_of_text
FROM ranked
GROUP BY place
ORDER BY $order
""")

DOCUMENTS = "outcome <> 'error'"
SERVED = "mime IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group records: an expression, and how many groups have a row of their own."""

    heading: str
    name: str
    names: str
    key: str
    #: what the groups are, and what an empty one means
    words: str
    #: said instead where no record is in question
    nothing: str
    among: str = DOCUMENTS
    most: int = 20
    #: in order of the groups' names rather than their size
    by_name: bool = False

    @property
    def question(self) -> Question:
        """Ask for the groups; the last row, where the name is null, holds all that are not among the largest."""
        order = f"{self.name} NULLS LAST" if self.by_name else "place"
        sql = _GROUPS.substitute(
            key=self.key, name=self.name, names=self.names, among=self.among, most=self.most, order=order
        )
        return Question(self.names, sql, f"Which {self.names} are in it?")

    def explain(self, connection: DuckDBPyConnection) -> Section:
        """Ask, and say what was asked."""
        answer = ask(connection, self.question)
        if not answer.rows:
            return Section(self.heading, (self.nothing,), answer)
        return Section(self.heading, (self.words, *self._rest(answer)), answer)

    def _rest(self, answer: Answer) -> list[str]:
        rest = sum(row[self.names] for row in answer.records if row[self.name] is None)
        return [f"The last row sums up the {rest:,} {self.names} beyond the {self.most} largest."] if rest else []


LANGUAGES = Grouping(
    "Languages",
    "language",
    "languages",
    "language",
    "The most probable language of each document, as the recipe's model names it; *empty* where it named none.",
    "There is no document.",
)
HOSTS = Grouping(
    "Hosts",
    "host",
    "hosts",
    HOST,
    "The host of each document's URL, in lower case: `www.example.com` and `example.com` are two. *Empty* where there "
    "is no URL or none that names a host.",
    "There is no document.",
)
MONTHS = Grouping(
    "Capture dates",
    "month",
    "months",
    "strftime(date, '%Y-%m')",
    "The month in which each document was captured, in UTC; *empty* where the source states no date.",
    "There is no document.",
    most=36,
    by_name=True,
)
TYPES = Grouping(
    "Media types",
    "type",
    "types",
    "lower(mime)",
    "The type that the server named, of all records for which one was named.",
    "No server named a type: the records do not come from the web's servers, or could not be read.",
    among=SERVED,
)
CHARSETS = Grouping(
    "Charsets",
    "charset",
    "charsets",
    "charset",
    "The charset in which each document was read; *empty* where the source holds text already.",
    "There is no document.",
)


def languages(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the languages, if a filter measured them."""
    if not any(rule.column == "language" for rule in recipe.filters):
        return Section(LANGUAGES.heading, ("The recipe has no filter `language`, so no language was measured.",))
    return LANGUAGES.explain(connection)


def hosts(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Find the largest hosts."""
    del recipe
    return HOSTS.explain(connection)


def months(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the documents of each month."""
    del recipe
    return MONTHS.explain(connection)


def types(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the types that servers named."""
    del recipe
    return TYPES.explain(connection)


def charsets(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the charsets that were used."""
    del recipe
    return CHARSETS.explain(connection)
