"""What statements about rights are worth."""

# ruff: noqa: RUF001  # credits of many languages

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.evidence import Around, Item, Kind, Location, Scope, Statement
from rights.headers import RSL_TYPE
from rights.raw import RAW_BYTES, excerpt
from rights.verdict import BELIEVED
from rights.weigh import reserved, weigh, weigh_all

BY = "https://creativecommons.org/licenses/by/4.0/"
MIT = "https://opensource.org/licenses/MIT"
LOCATIONS: tuple[Location, ...] = get_args(Location)
AROUNDS: tuple[Around, ...] = get_args(Around)
GRANT = "This work is licensed under "
TEXTS = st.sampled_from(
    [
        GRANT,
        "Photo by Ann",
        "not licensed",
        BY,
        MIT,
        "CC BY-SA 3.0",
        "All rights reserved",
        "© 2020 Ann",
        "Creative Commons ",
    ]
)
WORDS = st.lists(TEXTS | st.text(), max_size=5).map(" ".join)


def stated(location: Location, value: str = BY, before: str = "", *around: Around) -> Statement:
    return Statement(location, "", value, before, "", frozenset(around))


def item(location: Location, value: str = BY, before: str = "", *around: Around) -> Item:
    """Weigh a statement that names one licence."""
    (found,) = weigh(stated(location, value, before, *around))
    return found


@pytest.mark.parametrize("location", LOCATIONS)
def test_every_place_names_a_licence(location: Location) -> None:
    found = item(location)
    assert (found.kind, found.location, found.raw, found.parsed) == ("licence", location, BY, "CC-BY-4.0")
    assert found.scope in {"page", "unknown"}


def test_machines_are_told_more_surely_than_readers() -> None:
    order: tuple[Location, ...] = ("header", "link", "meta", "item", "anchor", "text")
    worth = [item(location).confidence for location in order]
    assert worth == sorted(worth, reverse=True)
    assert len(set(worth)) == len(worth)


@pytest.mark.parametrize("location", ["rel", "anchor", "text"])
def test_a_grant_makes_it_more_likely(location: Location) -> None:
    granted, bare = item(location, BY, GRANT), item(location)
    assert granted.confidence > bare.confidence
    assert granted.scope == "page"
    assert granted.confidence >= BELIEVED


@pytest.mark.parametrize("location", ["rel", "anchor"])
def test_the_foot_of_a_page_speaks_of_its_site(location: Location) -> None:
    found = item(location, BY, "", "footer")
    assert found.scope == "site"
    assert found.confidence > item(location).confidence


def test_a_long_last_sentence_without_a_grant_is_only_words() -> None:
    assert item("text", "CC BY 4.0", "word " * 40, "end").confidence < BELIEVED
    assert item("text", "CC BY 4.0", "Texts: ", "end").confidence >= BELIEVED


@pytest.mark.parametrize("around", ["figure", "comments", "card", "media", "node"])
@pytest.mark.parametrize("location", ["rel", "anchor", "text", "item", "json-ld"])
def test_what_is_shown_on_a_page_is_not_the_page(location: Location, around: Around) -> None:
    assert item(location, BY, GRANT, around).scope == "embedded"


@pytest.mark.parametrize("before", ["Photo by Ann, ", "Foto: Ann, ", "写真：", "Theme by Ann, "])
def test_a_credit_is_not_the_page(before: str) -> None:
    assert item("anchor", BY, before).scope == "embedded"


@pytest.mark.parametrize("before", ["Photo by Ann, ", "Header image: Ann, ", "Theme by Ann, licensed under "])
@pytest.mark.parametrize("around", ["footer", "end"])
def test_a_credit_at_the_foot_is_not_the_page_either(before: str, around: Around) -> None:
    assert item("anchor", BY, before, around).scope == "embedded"


def test_text_and_pictures_may_be_granted_together() -> None:
    assert item("anchor", BY, "All text and images on this page are licensed under ").scope == "page"
    assert item("anchor", BY, "Text and images are licensed under ", "footer").scope == "site"


def test_what_is_denied_is_not_believed() -> None:
    assert item("anchor", BY, "This text is not licensed under ").confidence < BELIEVED


def test_a_menu_leads_elsewhere() -> None:
    found = item("anchor", BY, "", "navigation")
    assert (found.scope, found.confidence < BELIEVED) == ("unknown", True)
    assert item("anchor", BY, GRANT, "navigation").scope == "page"


def test_a_site_is_told_of_as_a_site() -> None:
    assert item("json-ld", BY, "", "site").scope == "site"


@pytest.mark.parametrize("location", ["anchor", "text"])
def test_programs_are_spoken_of_on_pages(location: Location) -> None:
    program, work = (item(location, value, "Released under ", "footer") for value in (MIT, BY))
    assert program.parsed == "MIT"
    assert program.confidence < work.confidence


def test_a_relation_to_a_licence_of_programs_is_believed() -> None:
    assert item("link", MIT).confidence == item("link").confidence


def test_a_licence_without_a_name_needs_a_grant() -> None:
    vague = "https://creativecommons.org/licenses/"
    assert item("rel", vague).confidence < BELIEVED
    assert item("rel", vague, GRANT).confidence >= BELIEVED


@pytest.mark.parametrize("value", ["All rights reserved", "© 2020 Ferry Ltd", "Alle Rechte vorbehalten"])
def test_reserved_rights_are_no_licence(value: str) -> None:
    assert item("meta", value).kind == "reserved"
    assert item("text", value, "", "footer").kind == "reserved"


@pytest.mark.parametrize(
    "value", ["", " ", "https://www.ferry.test/", "a licensed plumber", "/licence", "See our terms"]
)
@pytest.mark.parametrize("location", LOCATIONS)
def test_other_values_name_nothing(location: Location, value: str) -> None:
    assert weigh(stated(location, value)) == []


def test_words_name_as_many_licences_as_they_have() -> None:
    found = weigh(Statement("meta", "dc.rights", "Text: CC BY-SA 3.0 and GFDL 1.3"))
    assert [item.parsed for item in found] == ["CC-BY-SA-3.0", "GFDL-1.3-only"]


def test_a_text_names_the_licence_that_it_begins_with() -> None:
    assert [item.parsed for item in weigh(stated("text", "CC BY 4.0, not GFDL 1.3"))] == ["CC-BY-4.0"]
    assert weigh(stated("text", "licensed as CC BY 4.0")) == []


@pytest.mark.parametrize("value", ["https://a.test/rsl.xml", BY, "https://a.test/of CC BY 4.0 things.xml"])
def test_a_document_of_rsl_names_no_licence(value: str) -> None:
    assert weigh(Statement("header", RSL_TYPE, value)) == []


def test_what_is_said_stands_whole_in_the_evidence() -> None:
    assert item("text", "CC BY 4.0.", "Texts: ").raw == "Texts: CC BY 4.0."


def test_a_long_value_is_cut_between_characters() -> None:
    # The ellipsis takes three of the bytes.
    assert excerpt("é" * RAW_BYTES) == "é" * 510 + "…"
    assert excerpt("x" + "é" * RAW_BYTES) == "x" + "é" * 510 + "…"
    assert excerpt("é" * (RAW_BYTES // 2)) == "é" * (RAW_BYTES // 2)


@given(
    st.builds(
        Statement,
        st.sampled_from(LOCATIONS),
        st.sampled_from(["", "license", RSL_TYPE]),
        WORDS,
        WORDS,
        WORDS,
        st.frozensets(st.sampled_from(AROUNDS)),
    )
)
def test_any_statement_is_weighed(statement: Statement) -> None:
    for found in weigh(statement):
        assert found.kind in get_args(Kind)
        assert found.kind != "consent"
        assert found.scope in get_args(Scope)
        assert 0 <= found.confidence <= 1
        assert found.parsed
        assert (found.location, found.name) == (statement.location, statement.name)
        assert len(found.raw.encode()) <= RAW_BYTES


@given(
    text=st.sampled_from(["© 2020 Ann", "© 2020 Ann " + "x" * 160, "All rights reserved", "all rights reserved."]),
    before=st.sampled_from(["", "Licensed to us. ", "Photo: ", "y" * 150 + " "]),
    around=st.frozensets(st.sampled_from(AROUNDS)),
)
def test_a_notice_that_is_read_already_is_worth_the_same(text: str, before: str, around: frozenset[Around]) -> None:
    family = "copyright-notice" if text.startswith("©") else "all-rights-reserved"
    found = reserved(before + text, family, around)
    assert weigh(Statement("text", "", text, before, "", around)) == [found]
    assert weigh_all([found]) == [found]
