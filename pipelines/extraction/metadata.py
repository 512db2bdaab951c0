"""What a page says of itself: its title, author and dates, its address, its licence, what crawlers may do, links."""

import re
from dataclasses import dataclass, field

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.frozen import frozen
from pipelines.extraction.kernels import told
from pipelines.extraction.kernels.layout import MARK_ANCHOR, MARK_ITEM, MARK_LINK, MARK_META
from pipelines.extraction.links import Links, absolute, links
from pipelines.extraction.page import Page
from pipelines.extraction.statements import Statements

#: statements that are kept at most; what is beyond is counted in `LeftOut`
OPEN_GRAPH, ROBOTS, LICENCES = told.PROPERTIES, told.AGENTS, told.CLAIMS
#: what a licence stands in, by kind of mark
_KINDS = {MARK_META: "meta", MARK_LINK: "link", MARK_ANCHOR: "anchor", MARK_ITEM: "item"}
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


_NOTHING = LeftOut()


@dataclass(frozen=True)
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
    left_out: LeftOut = _NOTHING


def metadata(page: Page, url: str | None, evidence: Evidence | None = None) -> Metadata:
    """Read what a page, fetched from `url` if that is known, says of itself. Every value is bounded.

    `evidence` spares the gathering of it where somebody has it already.

    For each field the first value that can be read is taken, in the order of `meta_names`; then of JSON-LD, which is
    parsed only for this; then of elements. So a title is a microdata headline, or the one for those who link to the
    page, or JSON-LD's headline, and last `<title>`, which more often holds more than a title; a date of publication is
    the first `<time>` only where nothing else says it.
    """
    evidence = evidence or Evidence(page, url)
    statements = Statements(evidence)
    site_name, base = statements.first(told.SITE_NAME), _value(evidence, told.BASE)
    canonical = _canonical(statements, url, base)
    open_graph = _open_graph(evidence)
    return frozen(
        Metadata,
        title=statements.title(site_name),
        description=statements.description(),
        author=statements.author(),
        published=statements.published(),
        modified=statements.modified(),
        canonical=canonical,
        language=_language(_value(evidence, told.HTML)) or statements.first(told.LANGUAGE, _language),
        site_name=site_name,
        page_type=statements.first(told.PAGE_TYPE),
        open_graph=open_graph,
        json_ld=statements.json_ld,
        licences=tuple([_licence(evidence, statement) for statement in evidence.said(told.CLAIM)]),
        robots=tuple(
            [(evidence.name(statement), evidence.value(statement)) for statement in evidence.said(told.AGENT)]
        ),
        links=links(evidence, url, canonical, base),
        sources=statements.sources,
        left_out=_left_out(evidence, statements, open_graph),
    )


def _value(evidence: Evidence, group: int) -> str:
    """Give the only value of a group; empty if there is none."""
    said = evidence.said(group)
    return evidence.value(said[0]) if said else ""


def _canonical(statements: Statements, url: str | None, base: str) -> str | None:
    """Give the page's own address: the first canonical link's, then Open Graph's."""

    def read(value: str) -> str | None:
        return absolute(value, url, base)

    return statements.first(told.CANONICAL, read) or statements.first(told.ADDRESS, read)


def _language(text: str) -> str | None:
    """Give a language tag with `-` for `_`; None for anything else, as for a list of languages."""
    return text.replace("_", "-") if len(text) <= _LONGEST_TAG and _LANGUAGE.fullmatch(text) else None


def _open_graph(evidence: Evidence) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement in evidence.said(told.OPEN_GRAPH):
        # Names that were cut within a character may have become the same.
        found.setdefault(evidence.name(statement), evidence.value(statement))
    return found


def _licence(evidence: Evidence, statement: int) -> Licence:
    kind, block = evidence.place(statement)
    return Licence(_KINDS[kind], evidence.name(statement), evidence.value(statement), block)


def _left_out(evidence: Evidence, statements: Statements, open_graph: dict[str, str]) -> LeftOut:
    properties, licences, agents = evidence.left_out
    properties += len(evidence.said(told.OPEN_GRAPH)) - len(open_graph)
    if not (evidence.cut or properties or statements.scripts_left or licences or agents):
        return _NOTHING
    return LeftOut(evidence.cut, properties, statements.scripts_left, licences, agents)
