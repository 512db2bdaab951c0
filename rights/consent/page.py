"""What a page and its response say of its use, all syntaxes together."""

from collections.abc import Iterable, Sequence

from rights.consent.content_usage import content_usage
from rights.consent.preference import Preference
from rights.consent.robots_meta import robots_meta, x_robots_tag
from rights.consent.rsl import rsl_link, rsl_xml
from rights.consent.tdmrep import tdm_header, tdm_meta
from rights.evidence import Statement
from rights.headers import RSL_TYPE

_RESERVATION, _POLICY = "tdm-reservation", "tdm-policy"
#: what of a response speaks of use
HEADERS = frozenset({"x-robots-tag", _RESERVATION, _POLICY, "content-usage"})
_PLACES = {"header": "header", "link": "html"}


def of_header(fields: Iterable[tuple[str, str]]) -> list[Preference]:
    """Read an HTTP response's fields, whose names are in lower case."""
    values: dict[str, list[str]] = {}
    for name, value in fields:
        if name in HEADERS:
            values.setdefault(name, []).append(value)
    if not values:
        return []
    reservation, policy = (", ".join(values[name]) if name in values else None for name in (_RESERVATION, _POLICY))
    return [
        *x_robots_tag(values.get("x-robots-tag", ())),
        *tdm_header(reservation, policy),
        *content_usage(values.get("content-usage", ())),
    ]


def of_meta(said: Sequence[tuple[str, str]]) -> list[Preference]:
    """Read what `meta` elements say: the name of each in lower case, and its content."""
    if not said:
        return []
    tdm = {name: [content for other, content in said if other == name] for name in (_RESERVATION, _POLICY)}
    reservation, policy = (", ".join(tdm[name]) if tdm[name] else None for name in (_RESERVATION, _POLICY))
    # A header that the page itself states speaks to all.
    metas = [
        preference
        for name, content in said
        if name not in tdm
        for preference in robots_meta("robots" if name == "x-robots-tag" else name, content)
    ]
    return [*metas, *tdm_meta(reservation, policy)]


def of_rsl(statements: Iterable[Statement], documents: Iterable[bytes], url: str | None) -> list[Preference]:
    """Read links to RSL documents, and those that stand in the page."""
    linked = [
        preference
        for statement in statements
        if statement.name == RSL_TYPE
        for preference in rsl_link(statement.value, "header" if _PLACES.get(statement.location) == "header" else "html")
    ]
    return [*linked, *(preference for document in documents for preference in rsl_xml(document, url or "/", "html"))]
