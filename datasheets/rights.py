"""What the documents say of their rights: licences, and how many each signal of consent would remove."""

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from pipelines.recipe import Recipe
from provenance.question import Question, ask

_LICENCES = Question(
    "licences",
    """SELECT
    coalesce(stated_licence, '') AS licence,
    count(*) AS documents,
    count(*) FILTER (outcome = 'kept') AS kept,
    coalesce(sum(text_bytes) FILTER (outcome = 'kept'), 0) AS text_bytes,
    avg(licence_confidence) AS mean_confidence,
    count(*) FILTER (licence_disagreement) AS disputed
FROM ledger
WHERE outcome <> 'error'
GROUP BY ALL
ORDER BY documents DESC, licence
""",
    "Which licences are the documents believed to be under?",
)
#: each statement is counted once for a document, however many crawlers it names
_SIGNALS = Question(
    "signals",
    """WITH said AS (
    SELECT id, file_path, "offset", outcome, text_bytes, split_part(said, '/', 1) AS signal,
        split_part(said, '/', 2) AS place, split_part(said, '=', -1) AS verdict
    FROM (SELECT *, unnest(string_split(stated_consent, ' ')) AS said FROM ledger WHERE outcome <> 'error')
), documents AS (
    SELECT signal, place, outcome, text_bytes,
        bool_or(verdict = 'deny') AS denied, bool_or(verdict = 'allow') AS allowed
    FROM said
    GROUP BY signal, place, outcome, text_bytes, id, file_path, "offset"
)
SELECT
    signal,
    place,
    count(*) FILTER (denied) AS would_be_removed,
    count(*) FILTER (denied AND outcome = 'kept') AS of_these_kept,
    coalesce(sum(text_bytes) FILTER (denied AND outcome = 'kept'), 0) AS text_bytes,
    count(*) FILTER (allowed AND NOT denied) AS allowing,
    count(*) FILTER (NOT allowed AND NOT denied) AS unknown
FROM documents
GROUP BY ALL
ORDER BY signal, place
""",
    "How many documents would each signal of consent remove?",
)
_NOTHING = "The recipe keeps nothing of what pages say of themselves, so no rights are known."


def licences(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count the licences."""
    heading = "Licences"
    if recipe.extract.metadata == "none":
        return Section(heading, (_NOTHING,))
    words = (
        "What each document is believed to be under, by what its page, its response and its site say; *empty* where "
        "nothing is believed. It is what pages say, weighed by a program, and no legal advice. *Disputed*: other "
        "licences are believed too, or all rights are reserved."
    )
    return Section(heading, (words,), ask(connection, _LICENCES))


def consent(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Count what each signal of consent would remove, whether the recipe hears it or not."""
    heading = "What is said of training"
    if recipe.extract.metadata == "none":
        return Section(heading, (_NOTHING,))
    rules = [rule for rule in recipe.filters if rule.name == "consent" and rule.enforced]
    heard = "The recipe hears these signals." if rules else "The recipe hears none of these signals; it only counts."
    answer = ask(connection, _SIGNALS)
    if not answer.rows:
        return Section(heading, ("No page and no site says anything of it.", heard), answer)
    words = (
        f"How many documents each signal would remove by itself, enforced or not, as of the time of capture. {heard} "
        "A denial that names crawlers counts if the recipe asked for one of them."
    )
    return Section(heading, (words,), answer)
