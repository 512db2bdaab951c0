"""What is known of rights: of a page, of a domain, of all that a release keeps."""

from collections.abc import Mapping
from string import Template
from typing import Any

from duckdb import DuckDBPyConnection

from provenance.question import Answer, Question, ask
from provenance.sql import HOST
from rights.expression import parts

PAGE = Question(
    "rights of a page",
    """SELECT
    id, url, date, outcome, dropped_by, stated_licence, licence_confidence, licence_disagreement, stated_consent,
    rights, rights_left_out, file_path, "offset"
FROM ledger
WHERE (url = $wanted OR id = $wanted) AND dropped_by IS DISTINCT FROM 'not_response'
ORDER BY outcome = 'error', rights IS NULL, date DESC, id
""",
    "What does this page say of its rights, and what follows?",
)

_DOMAIN = Template("""WITH pages AS (
    SELECT *, $host AS host FROM ledger WHERE outcome <> 'error'
)
SELECT
    coalesce(stated_licence, '') AS licence,
    coalesce(stated_consent, '') AS consent,
    count(*) AS documents,
    count(*) FILTER (outcome = 'kept') AS kept,
    min(date) AS first_capture,
    max(date) AS last_capture,
    min(url) AS example
FROM pages
WHERE host = $$domain OR ends_with(host, '.' || $$domain)
GROUP BY ALL
ORDER BY documents DESC, licence, consent
""")
DOMAIN = Question(
    "rights of a domain",
    _DOMAIN.substitute(host=HOST),
    "What do this domain's pages say of their rights?",
)

ATTRIBUTION = Question(
    "attribution",
    r"""SELECT
    title, author, url, stated_licence AS licence, licence_confidence AS confidence, date, id,
    regexp_extract(list_filter(rights, item -> item.kind = 'licence' AND item.parsed = stated_licence
        AND contains(item.raw, '//'))[1].raw, '(https?:)?//[^\s<>"()]+') AS licence_url
FROM ledger
WHERE outcome = 'kept' AND list_contains($licences, stated_licence)
ORDER BY url, id
""",
    "Whom must whoever uses these texts name?",
)
_LICENCES = Question(
    "licences",
    "SELECT DISTINCT stated_licence FROM ledger WHERE stated_licence IS NOT NULL ORDER BY 1",
    "Which licences are there?",
)


def rights_of_page(connection: DuckDBPyConnection, wanted: str) -> Answer:
    """Tell of the captures of a page, by its address or a record's id: what decided first, then the latest."""
    return _asked(connection, PAGE, {"wanted": wanted})


def rights_of_domain(connection: DuckDBPyConnection, domain: str) -> Answer:
    """Count the documents of a domain, and of those that lie in it, by what they say."""
    return _asked(connection, DOMAIN, {"domain": domain.lower().rstrip(".")})


def attribution(connection: DuckDBPyConnection) -> Answer:
    """List the kept documents whose licence asks that their authors be named."""
    known = [name for (name,) in ask(connection, _LICENCES).rows]
    return _asked(connection, ATTRIBUTION, {"licences": [name for name in known if asks_for_names(name)]})


def asks_for_names(identifier: str) -> bool:
    """Say whether a licence asks that authors be named; one whose terms are not known may."""
    licences = parts(identifier)
    return not licences or any(not {"attribution", "unknown"}.isdisjoint(licence.terms) for licence in licences)


def _asked(connection: DuckDBPyConnection, question: Question, given: Mapping[str, Any]) -> Answer:
    found = connection.execute(question.sql, given)
    columns = tuple(column[0] for column in found.description or ())
    return Answer(question, columns, tuple(found.fetchall()))
