"""Sorts a page's marks by what they speak of; what they say is read only when somebody asks."""

from collections import defaultdict
from typing import NamedTuple

from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_ITEM,
    MARK_JSON_LD,
    MARK_LINK,
    MARK_META,
    MARK_TITLE,
)
from pipelines.extraction.kernels.telling import telling
from pipelines.extraction.meta_names import Name, read_name
from pipelines.extraction.page import Page
from pipelines.extraction.values import Values

Span = tuple[int, int]
#: marks whose first span is a name, as `Claim` calls them
_NAMED = {MARK_META: "meta", MARK_LINK: "link", MARK_ANCHOR: "anchor", MARK_ITEM: "item"}
#: bytes of a name that are read
LONGEST_NAME = 256
#: the fields that a microdata value may fill: `author` and others may be an address there
_ITEM_FIELDS = (b"headline", b"datepublished", b"datemodified", b"datecreated", b"uploaddate", b"description")
#: a name and a value of which it speaks; less rank, which comes first, is more to be believed
Statement = tuple[int, bytes, Span]


class Claim(NamedTuple):
    """Something that may be a licence: where it stands, under which name, its value, and blocks finished before it."""

    kind: str
    name: bytes
    span: Span
    block: int


class Evidence:
    """What a page's marks speak of, in the page's order. Spans are of the page's bytes and last as long as these."""

    def __init__(self, page: Page) -> None:
        self.values = Values(page.data)
        #: by field of `meta_names`
        self.fields: defaultdict[str, list[Statement]] = defaultdict(list)
        self.open_graph: list[tuple[bytes, Span]] = []
        self.agents: list[tuple[bytes, Span]] = []
        self.labels: dict[bytes, Span] = {}
        self.claims: list[Claim] = []
        #: spans by kind of mark; of links, only those that are canonical
        self.spans: defaultdict[int, list[Span]] = defaultdict(list)
        self._gather(page)

    def _gather(self, page: Page) -> None:
        raw, spans = self.values.raw, self.spans
        for kind, first, first_end, second, second_end, block in telling(page.data, page.marks).tolist():
            if kind in _NAMED:
                name = read_name(raw(first, first_end if first_end - first < LONGEST_NAME else first + LONGEST_NAME))
                if name is not None:
                    self._named(kind, name, (second, second_end), block)
            elif kind in (MARK_TITLE, MARK_JSON_LD):
                spans[kind].append((first, first_end))
            else:
                spans[kind].append((second, second_end))

    def _named(self, kind: int, name: Name, span: Span, block: int) -> None:
        if name.is_claim:
            self.claims.append(Claim(_NAMED[kind], name.name, span, block))
        if kind == MARK_META:
            self._meta(name, span)
        elif kind == MARK_LINK and name.is_canonical:
            self.spans[MARK_LINK].append(span)
        elif kind == MARK_ITEM and name.name in _ITEM_FIELDS and span[0] < span[1]:
            self.fields[name.field].append((name.rank, name.name, span))

    def _meta(self, name: Name, span: Span) -> None:
        if name.field:
            self.fields[name.field].append((name.rank, name.name, span))
        if name.is_open_graph:
            self.open_graph.append((name.name, span))
        elif name.is_label:
            self.labels.setdefault(name.name, span)
        elif name.is_agent:
            self.agents.append((name.name, span))
