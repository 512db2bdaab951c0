"""What a page says of itself: its title, author and dates, its address, its licence, what crawlers may do, links."""

import re
from dataclasses import dataclass, field

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels.layout import MARK_BASE, MARK_LANGUAGE, MARK_LINK
from pipelines.extraction.links import LONGEST, Links, absolute, links
from pipelines.extraction.page import Page
from pipelines.extraction.statements import Statements

#: statements that are kept at most; what is beyond is counted in `LeftOut`
OPEN_GRAPH, ROBOTS, LICENCES = 64, 32, 64
#: characters; no tag that is in use is longer
_LONGEST_TAG = 35
_NO_LINKS = Links()
_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[ixIX](?=[-_]))(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be a licence, not judged: where it stands (`meta`, `link`, `anchor`, `item`), as what, and its value."""

    kind: str
    name: str
    #: an address is not resolved; empty where an item's value is its element's text, which begins in this block
    value: str
    #: blocks of the page that end before it
    block: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much a page said beyond what is kept."""

    #: values that were cut
    values: int = 0
    #: further values of a property, and further properties
    open_graph: int = 0
    #: scripts, each as a whole
    json_ld: int = 0
    licences: int = 0
    robots: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; None and empty where it says nothing that can be read."""

    title: str | None = None
    description: str | None = None
    #: names, with `; ` between them
    author: str | None = None
    #: dates as `dates.iso_date` writes them
    published: str | None = None
    modified: str | None = None
    #: an absolute address of the web
    canonical: str | None = None
    #: as the page has it, but with `-` for `_`
    language: str | None = None
    site_name: str | None = None
    page_type: str | None = None
    #: the first value of each property of Open Graph, by its name in lower case
    open_graph: dict[str, str] = field(default_factory=dict)
    #: whole scripts, not parsed
    json_ld: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    #: who is spoken to, `robots` for all, and what is said; reservations of text and data mining too
    robots: tuple[tuple[str, str], ...] = ()
    links: Links = _NO_LINKS
    #: what said each field: a name of a meta or an item, `json-ld`, or the element's
    sources: dict[str, str] = field(default_factory=dict)
    left_out: LeftOut = LeftOut()


def metadata(page: Page, url: str | None) -> Metadata:
    """Read what a page, fetched from `url` if that is known, says of itself. Every value is bounded.

    For each field the first value that can be read is taken, in the order of `meta_names`; then of JSON-LD, which is
    parsed only for this; then of elements. So a title is a microdata headline, or the one for those who link to the
    page, or JSON-LD's headline, and last `<title>`, which more often holds more than a title; a date of publication is
    the first `<time>` only where nothing else says it.
    """
    evidence = Evidence(page)
    statements = Statements(evidence)
    site_name, base = statements.first("site_name"), _base(evidence, url)
    canonical = _canonical(evidence, statements, base or url)
    open_graph = _open_graph(evidence)
    return Metadata(
        title=statements.title(site_name),
        description=statements.description(),
        author=statements.author(),
        published=statements.published(),
        modified=statements.modified(),
        canonical=canonical,
        language=_languages(evidence) or statements.first("language", _language),
        site_name=site_name,
        page_type=statements.first("page_type"),
        open_graph=open_graph,
        json_ld=statements.json_ld,
        licences=_licences(evidence),
        robots=_robots(evidence),
        links=links(page, url or canonical, base),
        sources=statements.sources,
        left_out=_left_out(evidence, statements, open_graph),
    )


def _base(evidence: Evidence, url: str | None) -> str | None:
    """Give the address against which others are resolved, if the page names one: the first."""
    for span in evidence.spans[MARK_BASE][:1]:
        return absolute(evidence.values.text(*span), url)
    return None


def _canonical(evidence: Evidence, statements: Statements, base: str | None) -> str | None:
    """Give the page's own address: the first canonical link's, then Open Graph's."""
    for first, end in evidence.spans[MARK_LINK][:1]:
        value = evidence.values.text(first, end) if first < end <= first + LONGEST else ""
        if value and (found := absolute(value, base)):
            statements.sources["canonical"] = "link"
            return found
    return statements.first("address", lambda value: absolute(value, base))


def _languages(evidence: Evidence) -> str | None:
    """Give the language of the element `html`."""
    for span in evidence.spans[MARK_LANGUAGE][:1]:
        return _language(evidence.values.text(*span))
    return None


def _language(text: str) -> str | None:
    """Give a language tag with `-` for `_`; None for anything else, as for a list of languages."""
    return text.replace("_", "-") if len(text) <= _LONGEST_TAG and _LANGUAGE.fullmatch(text) else None


def _open_graph(evidence: Evidence) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, span in evidence.open_graph:
        key = name.decode(errors="replace")
        if key not in found and len(found) < OPEN_GRAPH:
            found[key] = evidence.values.text(*span)
    return found


def _robots(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    text = evidence.values.text
    return tuple((name.decode(errors="replace"), text(*span)) for name, span in evidence.agents[:ROBOTS])


def _licences(evidence: Evidence) -> tuple[Licence, ...]:
    text = evidence.values.text
    return tuple(
        Licence(kind, name.decode(errors="replace"), text(*span), block)
        for kind, name, span, block in evidence.claims[:LICENCES]
    )


def _left_out(evidence: Evidence, statements: Statements, open_graph: dict[str, str]) -> LeftOut:
    return LeftOut(
        values=evidence.values.cut,
        open_graph=len(evidence.open_graph) - len(open_graph),
        json_ld=statements.scripts_left,
        licences=max(0, len(evidence.claims) - LICENCES),
        robots=max(0, len(evidence.agents) - ROBOTS),
    )
