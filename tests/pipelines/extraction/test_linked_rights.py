"""What JSON-LD says of rights."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.linked_rights import CUES, MOST, NODES, VALUES, linked_rights
from rights.evidence import Statement

BY = "https://creativecommons.org/licenses/by/4.0/"
#: characters of a value of metadata that are read elsewhere
LONGEST = 8192
KEYS = ("license", "@type", "@graph", "@id", "url", "name", "copyrightNotice", "dc:rights", "image", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([BY, "ImageObject", "Article", "WebSite"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=30,
)


def said(*nodes: Any) -> list[Statement]:
    return linked_rights(json.dumps(node) for node in nodes)[0]


def around(node: Any) -> list[set[str]]:
    return [set(statement.around) for statement in said(node)]


@pytest.mark.parametrize(
    "value",
    [BY, {"@id": BY}, {"url": BY}, {"@type": "CreativeWork", "name": "x", "url": BY}, [BY], f" {BY} "],
)
def test_a_licence_is_an_address_or_a_node(value: Any) -> None:
    assert said({"@type": "Article", "license": value}) == [Statement("json-ld", "license", BY)]


@pytest.mark.parametrize("value", [None, 4, True, "", " ", {}, [], {"@id": 4}, [[BY]], {"@type": "CreativeWork"}])
def test_other_values_say_nothing(value: Any) -> None:
    assert [statement for statement in said({"license": value}) if statement.name == "license"] == []


@pytest.mark.parametrize("key", ["cc:license", "schema:license", "dcterms:license", "dc:rights", "dcterms:rights"])
def test_other_keys_say_the_same(key: str) -> None:
    assert said({key: BY}) == [Statement("json-ld", key, BY)]


@pytest.mark.parametrize("key", ["license", "dc:rights", "copyrightNotice"])
def test_every_key_is_a_cue(key: str) -> None:
    assert any(cue in json.dumps({key: BY}).encode() for cue in CUES)


@pytest.mark.parametrize(
    "kind", ["Article", "NewsArticle", "BlogPosting", "WebPage", "Dataset", "https://schema.org/Book", None]
)
def test_content_is_the_page(kind: str | None) -> None:
    assert around({"@type": kind, "license": BY}) == [set()]


@pytest.mark.parametrize("kind", ["WebSite", "Organization", ["Organization", "Brand"], "schema:WebSite"])
def test_a_site_is_a_site(kind: Any) -> None:
    assert around({"@type": kind, "license": BY}) == [{"site"}]


@pytest.mark.parametrize(
    "kind", ["ImageObject", "VideoObject", ["Thing", "ImageObject"], "http://schema.org/Photograph"]
)
def test_a_picture_is_a_medium(kind: Any) -> None:
    assert around({"@type": kind, "license": BY}) == [{"media"}]


@pytest.mark.parametrize("kind", ["Product", "SoftwareApplication", "Event", "Map"])
def test_anything_else_is_a_node(kind: str) -> None:
    assert around({"@type": kind, "license": BY}) == [{"node"}]


def test_lists_and_graphs_are_no_surroundings() -> None:
    article = {"@type": "Article", "license": BY}
    assert around([[article], {"@context": "x", "@graph": [{"@type": "Person"}, article]}]) == [set(), set()]


def test_what_a_page_is_mainly_about_is_the_page() -> None:
    article = {"@type": "Article", "license": BY}
    assert around({"@type": "WebPage", "mainEntity": article}) == [set()]
    assert around({"@type": "Article", "mainEntityOfPage": {"@type": "WebPage", "license": BY}}) == [set()]


@pytest.mark.parametrize("key", ["image", "video", "associatedMedia"])
def test_a_picture_in_an_article_is_a_medium(key: str) -> None:
    (found,) = around({"@type": "Article", key: [{"@type": "ImageObject", "license": BY}]})
    assert found & {"media", "node"}


@pytest.mark.parametrize("key", ["citation", "isBasedOn", "hasPart", "mentions", "comment", "review"])
@pytest.mark.parametrize("kind", ["CreativeWork", "Dataset"])
def test_works_that_an_article_holds_are_others(key: str, kind: str) -> None:
    (found,) = around({"@type": "Article", key: {"@type": kind, "license": BY}})
    assert "node" in found


def test_the_site_of_an_article_is_a_site() -> None:
    (found,) = around({"@type": "Article", "isPartOf": {"@type": "WebSite", "license": BY}})
    assert "site" in found
    assert "node" not in found


def test_an_article_of_a_site_is_not_the_page() -> None:
    (found,) = around({"@type": "WebSite", "hasPart": {"@type": "Article", "license": BY}})
    assert "node" in found


@pytest.mark.parametrize(
    "text", ["", "{", "nonsense", "[" * 2000, '{"a":' * 2000 + "1" + "}" * 2000, "NaN", '"license"']
)
def test_what_is_no_json_says_nothing(text: str) -> None:
    assert linked_rights([text])[0] == []


def test_a_script_that_is_no_json_hides_no_other() -> None:
    assert [statement.value for statement in linked_rights(["{", json.dumps({"license": BY})])[0]] == [BY]


def test_identifiers_may_run_in_a_circle() -> None:
    graph = [
        {"@id": "#a", "isPartOf": {"@id": "#b"}},
        {"@id": "#b", "hasPart": {"@id": "#a"}, "license": {"@id": "#a"}},
    ]
    assert [statement.value for statement in said({"@graph": graph})] == ["#a"]


@pytest.mark.parametrize("count", [NODES, 4 * NODES, 100_000])
def test_of_many_nodes_the_first_are_read(count: int) -> None:
    nodes = json.dumps([{"license": f"{BY}?{number}"} for number in range(count)])
    found, left = linked_rights([nodes])
    assert [statement.value for statement in found] == [f"{BY}?{number}" for number in range(MOST)]
    # The list is a node itself, and is read.
    assert left == count - MOST


@pytest.mark.parametrize("depth", [10, 400])
def test_nodes_lie_deep(depth: int) -> None:
    text = '{"a":' * depth + json.dumps({"license": BY}) + "}" * depth
    assert [statement.value for statement in linked_rights([text])[0]] == [BY]


def test_of_many_values_the_first_are_read() -> None:
    assert len(said({"license": [f"{BY}?{number}" for number in range(1000)]})) == VALUES


def test_a_long_value_is_cut() -> None:
    # Words are weighed at some 150 kB a second: a value of a megabyte is a page that takes seven.
    (found,) = said({"@type": "Article", "license": "cc by " * 200_000})
    assert len(found.value) <= LONGEST


def test_long_values_together_are_bounded() -> None:
    found = said(*[{"license": ["© " * LONGEST] * VALUES} for _ in range(100)])
    assert sum(len(statement.value) for statement in found) <= 64 * LONGEST


@given(JSON)
def test_any_json_is_read(value: Any) -> None:
    for statement in said(value):
        assert statement.value.strip() == statement.value != ""
        assert statement.around <= {"site", "media", "node"}


@given(
    st.lists(st.text() | st.sampled_from(["{", "}", "[", "]", ":", ",", '"license"', '"@graph"', f'"{BY}"'])).map(
        "".join
    )
)
def test_any_text_is_read(text: str) -> None:
    assert all(statement.location == "json-ld" for statement in linked_rights([text])[0])
