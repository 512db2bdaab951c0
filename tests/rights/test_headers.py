"""Links to licences in HTTP headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.evidence import Statement
from rights.headers import LINKS, RSL_TYPE, licence_links

BY = "https://creativecommons.org/licenses/by/4.0/"
PIECES = st.sampled_from(
    ["<", ">", ";", ",", '"', "=", "rel", "license", "type", RSL_TYPE, BY, " ", "\t", "é", "\\", "x"]
)


def links(*values: str) -> list[Statement]:
    return licence_links([("link", value) for value in values])[0]


@pytest.mark.parametrize(
    "value",
    [
        f'<{BY}>; rel="license"',
        f"<{BY}>;rel=license",
        f"<{BY}> ; REL = LICENSE",
        f'<{BY}>; title="a, b; c"; rel="copyright license"',
        f'<{BY}>; title=""; rel=license; hreflang=en',
        f'</style.css>; rel=preload; as=style, <{BY}>; rel="license"',
        f'<{BY}>; rel="license", </next>; rel=next',
        f"< {BY} >; rel=license",
    ],
)
def test_a_licence_is_found(value: str) -> None:
    assert links(value) == [Statement("header", "link", BY)]


@pytest.mark.parametrize(
    "value",
    [
        "",
        BY,
        f"<{BY}>",
        f"<{BY}>; rel=next",
        f"<{BY}>; rel=unlicensed",
        f"<{BY}>; title=license",
        f"<{BY}, rel=license",
        f"<{BY}>; xrel=license",
        f'<{BY}>; rel="next", <>; foo="rel=license"',
    ],
)
def test_other_links_say_nothing(value: str) -> None:
    assert links(value) == []


def test_words_in_a_quoted_title_are_no_relation() -> None:
    assert links(f'<{BY}>; title="; rel=license"; rel=next') == []


def test_the_first_relation_counts() -> None:
    assert links(f"<{BY}>; rel=next; rel=license") == []


def test_a_link_about_something_else_is_not_of_the_page() -> None:
    # RFC 8288, 3.2: who does not read `anchor` must pass over the link.
    assert links(f'<{BY}>; rel=license; anchor="/picture.png"') == []


def test_other_fields_are_not_read() -> None:
    assert licence_links([("x-link", f"<{BY}>; rel=license"), ("location", BY)])[0] == []


def test_several_fields_and_links_come_in_order() -> None:
    found = links("</a>; rel=license, </b>; rel=license", "</c>; rel=license")
    assert [statement.value for statement in found] == ["/a", "/b", "/c"]


@pytest.mark.parametrize("kind", [f'"{RSL_TYPE}"', RSL_TYPE, RSL_TYPE.upper()])
def test_a_document_of_rsl_is_told_apart(kind: str) -> None:
    assert links(f"</rsl.xml>; rel=license; type={kind}") == [Statement("header", RSL_TYPE, "/rsl.xml")]


def test_no_more_than_so_many_links_are_read() -> None:
    assert len(links(*["</a>; rel=license, </b>; rel=license"] * 40)) == LINKS


@pytest.mark.parametrize("piece", ["<", '<a>;"', "<a>; rel ", '<a>; "";', " ", "<a>,", "<a>; rel=license, ", '"'])
def test_a_megabyte_is_read_no_farther_than_its_beginning(piece: str) -> None:
    assert len(links(piece * (1_000_000 // len(piece)))) <= LINKS


@given(st.lists(st.lists(PIECES).map("".join) | st.text()))
def test_any_header_is_read(values: list[str]) -> None:
    found = links(*values)
    assert len(found) <= LINKS
    assert {statement.name for statement in found} <= {"link", RSL_TYPE}
    assert all(any(statement.value in value for value in values) for statement in found)
