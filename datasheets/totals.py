"""How many records met which fate, in one row: the numbers of a page's label."""

from collections.abc import Mapping
from typing import Any

from duckdb import DuckDBPyConnection

from datasheets.datasheet import Section
from datasheets.numbers import counted, percent
from pipelines.recipe import Recipe
from provenance.question import Answer, Question, ask

_TOTALS = """SELECT
    count(*) AS read,
    count(*) FILTER (outcome <> 'error') AS documents,
    count(*) FILTER (outcome = 'kept') AS kept,
    kept / nullif(read, 0) AS share_of_records,
    kept / nullif(documents, 0) AS share_of_documents,
    count(*) FILTER (outcome = 'dropped') AS dropped,
    count(*) FILTER (outcome = 'duplicate') AS duplicates,
    count(*) FILTER (outcome = 'duplicate' AND survivor IS NULL) AS duplicates_of_parts,
    count(*) FILTER (outcome = 'error') AS errors,
    coalesce(sum(text_bytes) FILTER (outcome = 'kept'), 0) AS text_bytes_kept,
    strftime(min(date) FILTER (outcome = 'kept'), '%Y-%m-%d') AS first_capture,
    strftime(max(date) FILTER (outcome = 'kept'), '%Y-%m-%d') AS last_capture
FROM ledger
"""

_ERRORS = "no page, no text, or nothing that can be read; each has its reason in the ledger."
_LOST = "**These numbers do not add up: some records met a fate that the recipe cannot give.**"

QUESTION = Question("totals", _TOTALS, "How many records met which fate?")


def totals(connection: DuckDBPyConnection, recipe: Recipe) -> Section:
    """Ask for the numbers of the label."""
    del recipe
    words = ("Bytes of text are counted in UTF-8, after the edits. Dates are those of capture, in UTC.",)
    return Section("In one row", words, ask(connection, QUESTION))


def label(answer: Answer, *, conserved: bool) -> tuple[str, ...]:
    """Say the key numbers in a few sentences."""
    found = answer.only
    if not found["read"]:
        return ("No record was read, so this release holds no document.",)
    read = counted(found["read"], "record")
    documents = counted(found["documents"], "is a document", "are documents")
    removed = counted(found["duplicates"], "more was", "more were")
    return (
        f"Of {read} read, {documents} with text.",
        *([_kept(found)] if found["documents"] else []),
        f"The filters dropped {counted(found['dropped'], 'document')}; {removed} removed as duplicates{_of(found)}.",
        f"{counted(found['errors'], 'record is no document', 'records are no documents')}: {_ERRORS}",
        "Every record is accounted for." if conserved else _LOST,
    )


def _of(found: Mapping[str, Any]) -> str:
    """Say of what they are duplicates: of kept documents, or of parts of several."""
    parts = found["duplicates_of_parts"]
    return f", {parts:,} of them of parts of several documents" if parts else " of kept ones"


def _kept(found: Mapping[str, Any]) -> str:
    kept = counted(found["kept"], "document is", "documents are")
    shares = (percent(found[f"share_of_{whole}"]) + f" of the {whole}" for whole in ("documents", "records"))
    return f"{kept} kept ({', '.join(shares)}), with {counted(found['text_bytes_kept'], 'byte')} of text."
