"""What marks say, as the kernels sort it, beside a naive reading of the same statements."""

from html import escape, unescape

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.kernels import told
from pipelines.extraction.kernels.layout import MARK_ITEM, MARK_LINK, MARK_META
from pipelines.extraction.meta_names import AGENTS, FIELDS, ITEMS, OPEN_GRAPH, PUBLISHED, TITLE
from pipelines.extraction.page import Scanner
from pipelines.extraction.values import plain

SCANNER = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
TAGS = {
    MARK_META: ("meta", "name", "content"),
    MARK_LINK: ("link", "rel", "href"),
    MARK_ITEM: ("p", "itemprop", "href"),
}
PARTS = (
    "og:",
    "article:",
    "title",
    "bot",
    "bot-",
    "tdm-",
    "licen",
    "copyrights",
    "rights",
    "canonical",
    " ",
    "\n",
    "x",
)
NAMES = st.one_of(
    st.sampled_from([*TITLE, *PUBLISHED, *OPEN_GRAPH, *AGENTS, *ITEMS, "canonical", "twitter:label1", "viewport"]),
    st.lists(st.sampled_from([*PARTS, "&#x20;", "&amp;", "\u00e9"]), min_size=1, max_size=5).map("".join),
    st.text(st.characters(codec="utf-8", exclude_characters="\"'<>&\r"), min_size=1, max_size=12),
)
#: white space of all kinds, what looks like it, NUL
SPACED = st.text(
    st.sampled_from("ab\u00e9\u8239\0 \t\n\f\v\x1c\x1f\x85\u00a0\u00a1\u1680\u1681\u2003\u200b\u2028\u202f\u205f\u3000")
)
VALUES = SPACED | st.sampled_from(["", "x", "A  B"])
STATEMENTS = st.lists(st.tuples(st.sampled_from(sorted(TAGS)), NAMES, VALUES), max_size=40)


def said(html: str, group: int) -> list[tuple[str, str]]:
    evidence = Evidence(SCANNER.scan(html.encode()), None)
    return [(evidence.name(statement), evidence.value(statement)) for statement in evidence.said(group)]


def tag(kind: int, name: str, value: str) -> str:
    element, first, second = TAGS[kind]
    return f'<{element} {first}="{name.upper()}" {second}="{escape(value)}">'


def read(name: str) -> str:
    """Read a name as bytes, of which only ASCII's have a lower case."""
    return unescape(name.upper()).encode().strip().lower().decode()


def is_agent(name: str) -> bool:
    return name.endswith("bot") or "bot-" in name or name.startswith("tdm-") or name in AGENTS


def is_claim(name: str) -> bool:
    return "licen" in name or "copyright" in name or "rights" in name


def field(group: int, names: tuple[str, ...], page: list[tuple[int, str, str]]) -> list[tuple[str, str]]:
    """Give what is said of a field, the names that are most to be believed first."""
    allowed = [
        (name, value)
        for kind, name, value in page
        if name in names and (kind == MARK_META or (kind == MARK_ITEM and name in ITEMS and value))
    ]
    tried = sorted(allowed, key=lambda pair: names.index(pair[0]))[: told.TRIES]
    kept = [(name, plain(value)) for name, value in tried if plain(value)]
    return kept[:1] if group < told.AUTHOR else kept


@settings(deadline=None)
@given(STATEMENTS)
def test_statements_are_sorted_as_a_naive_reading_sorts_them(statements: list[tuple[int, str, str]]) -> None:
    html = "".join(tag(*statement) for statement in statements)
    page = [(kind, read(name), value) for kind, name, value in statements]
    metas = [(name, plain(value)) for kind, name, value in page if kind == MARK_META]
    properties = [pair for pair in metas if pair[0].startswith(OPEN_GRAPH)]
    others = [pair for pair in metas if pair not in properties and not pair[0].startswith("twitter:")]
    links = [value for kind, name, value in page if kind == MARK_LINK and b"canonical" in name.encode().split()]
    assert said(html, told.TITLE) == field(told.TITLE, TITLE, page)
    assert said(html, told.PUBLISHED) == field(told.PUBLISHED, PUBLISHED, page)
    assert dict(said(html, told.OPEN_GRAPH)) == dict(reversed(properties))
    assert said(html, told.AGENT) == [pair for pair in others if is_agent(pair[0])][: told.AGENTS]
    assert said(html, told.CLAIM) == [(name, plain(value)) for _, name, value in page if is_claim(name)][: told.CLAIMS]
    assert [value for _, value in said(html, told.CANONICAL)] == [value for value in map(plain, links[:1]) if value]


@given(SPACED, st.lists(st.sampled_from(["&amp;", "&nbsp;", "&#32;", "&#9;", "&ThickSpace;", "&#8232;", "&lt;"])))
def test_values_are_plain_text(text: str, references: list[str]) -> None:
    value = text + "".join(f"{reference}{text[:2]}" for reference in references)
    html = f'<meta property="og:x" content="{value}">'
    assert said(html, told.OPEN_GRAPH) == [("og:x", plain(unescape(value)))]


def test_every_code_point_is_white_space_where_python_says_so() -> None:
    every = [chr(point) for point in range(1, 0x10000) if not 0xD800 <= point < 0xE000 and chr(point) not in "\"'&"]
    for first in range(0, len(every), 1000):
        value = "-".join(every[first : first + 1000])
        assert said(f'<meta property="og:x" content="{value}">', told.OPEN_GRAPH) == [("og:x", plain(value))]


def test_a_name_is_read_as_far_as_256_bytes() -> None:
    long = "og:" + "\u00e9" * 300
    assert said(tag(MARK_META, long, "v"), told.OPEN_GRAPH) == [
        (long.upper().encode()[:256].lower().decode(errors="replace"), "v")
    ]


def test_every_field_of_a_page_has_a_group() -> None:
    fields = {told.TITLE, told.DESCRIPTION, told.SITE_NAME, told.PAGE_TYPE, told.PUBLISHED, told.MODIFIED}
    assert fields | {told.LANGUAGE, told.ADDRESS, told.TITLE_TEXT, told.TIME, told.CANONICAL} == set(FIELDS)
