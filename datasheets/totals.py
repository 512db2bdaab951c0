"""How many records met which fate, in one row: the numbers of a page's label."""

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from datasheets.numbers import counted, percent
from pipelines.recipe import Recipe
from provenance.question import Answer, Question, ask

_TOTALS = """SELECT
    count(*) AS read,
    count(*) FILTER (outcome = 'kept') AS kept,
    kept / nullif(read, 0) AS share_kept,
    count(*) FILTER (outcome = 'dropped') AS dropped,
    count(*) FILTER (outcome = 'duplicate') AS duplicates,
    count(*) FILTER (outcome = 'error') AS errors,
    coalesce(sum(text_bytes) FILTER (outcome = 'kept'), 0) AS text_bytes_kept,
    strftime(min(date) FILTER (outcome = 'kept'), '%Y-%m-%d') AS first_capture,
    strftime(max(date) FILTER (outcome = 'kept'), '%Y-%m-%d') AS last_capture
FROM ledger
"""

QUESTION = Question("totals", _TOTALS, "How many records met which fate?")


def totals(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Ask for the numbers of the label."""
    del recipe
    words = ("Bytes of text are counted in UTF-8, after the edits. Dates are those of capture, in UTC.",)
    return Section("In one row", words, ask(connection, QUESTION))


def label(answer: Answer, *, conserved: bool) -> tuple[str, ...]:
    """Say the key numbers in a few sentences."""
    found = answer.only
    read = counted(found["read"], "record")
    if not found["read"]:
        return ("No record was read, so this release holds no document.",)
    return (
        f"{read.capitalize()} {'was' if found['read'] == 1 else 'were'} read; "
        f"{counted(found['kept'], 'document')} {'is' if found['kept'] == 1 else 'are'} kept "
        f"({percent(found['share_kept'])}), with {counted(found['text_bytes_kept'], 'byte')} of text.",
        f"The filters dropped {counted(found['dropped'], 'document')}.",
        f"{counted(found['duplicates'], 'more was', 'more were')} removed as "
        f"{'a duplicate of a kept one' if found['duplicates'] == 1 else 'duplicates of kept ones'}.",
        f"{counted(found['errors'], 'record')} held no text that could be read.",
        "Every record is accounted for."
        if conserved
        else "**These numbers do not add up: some records met a fate that the recipe cannot give.**",
    )
