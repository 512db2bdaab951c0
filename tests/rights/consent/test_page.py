"""What a page and its response say of its use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.page import of_header, of_meta, of_rsl
from rights.consent.preference import TRAIN_AI, Preference, combine
from rights.evidence import Statement
from rights.headers import RSL_TYPE

FIELDS = ("x-robots-tag", "tdm-reservation", "tdm-policy", "content-usage", "link", "server")
METAS = ("robots", "gptbot", "tdm-reservation", "tdm-policy", "x-robots-tag", "", "é")
VALUES = st.text() | st.sampled_from(["noai", "1", "0", "train-ai=n", "train-ai=y", "gptbot: noai", "all", ",", "\0"])
RSL = (
    b'<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
    b'<prohibits type="usage">ai-train</prohibits></license></content></rsl>'
)


def told(preferences: list[Preference]) -> list[tuple[str, str, str, str, str]]:
    return [(said.signal, said.place, said.agent, said.purpose, said.verdict) for said in preferences]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (("x-robots-tag", "noai"), ("x_robots_tag", "header", "*", TRAIN_AI, "deny")),
        (("x-robots-tag", "GPTBot: noai"), ("x_robots_tag", "header", "gptbot", TRAIN_AI, "deny")),
        (("tdm-reservation", "1"), ("tdmrep", "header", "*", TRAIN_AI, "deny")),
        (("tdm-reservation", "0"), ("tdmrep", "header", "*", TRAIN_AI, "allow")),
        (("tdm-reservation", "yes"), ("tdmrep", "header", "*", TRAIN_AI, "unknown")),
        (("content-usage", "train-ai=n"), ("content_usage", "header", "*", TRAIN_AI, "deny")),
        (("content-usage", "train-ai=y"), ("content_usage", "header", "*", TRAIN_AI, "allow")),
        (("content-usage", "train-ai=???"), ("content_usage", "header", "*", TRAIN_AI, "unknown")),
    ],
)
def test_a_field_is_read(field: tuple[str, str], expected: tuple[str, ...]) -> None:
    assert told(of_header([field])) == [expected]


@pytest.mark.parametrize(
    "field", [("server", "noai"), ("robots", "noai"), ("x-robots-tag", "noarchive, max-snippet: 5")]
)
def test_other_fields_say_nothing_of_training(field: tuple[str, str]) -> None:
    assert [said for said in of_header([field]) if said.purpose == TRAIN_AI] == []


def test_a_field_may_come_more_than_once() -> None:
    fields = [("tdm-reservation", "0"), ("x-robots-tag", "noindex"), ("tdm-reservation", "1"), ("x-robots-tag", "noai")]
    said = of_header(fields)
    assert combine(said).verdict == "deny"
    assert {one.verdict for one in said if one.signal == "tdmrep"} == {"deny"}
    assert ("x_robots_tag", "header", "*", TRAIN_AI, "deny") in told(said)


def test_a_policy_is_the_detail_of_a_reservation() -> None:
    (said,) = of_header([("tdm-policy", "https://a.test/p.json"), ("tdm-reservation", "1")])
    assert said.detail == "https://a.test/p.json"
    (said,) = of_meta([("tdm-policy", "https://a.test/p.json"), ("tdm-reservation", "1")])
    assert said.detail == "https://a.test/p.json"


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (("robots", "index, NOAI"), ("robots_meta", "html", "*", TRAIN_AI, "deny")),
        (("gptbot", "noai"), ("robots_meta", "html", "gptbot", TRAIN_AI, "deny")),
        (("tdm-reservation", "1"), ("tdmrep", "html", "*", TRAIN_AI, "deny")),
        (("tdm-reservation", "0"), ("tdmrep", "html", "*", TRAIN_AI, "allow")),
    ],
)
def test_a_meta_element_is_read(meta: tuple[str, str], expected: tuple[str, ...]) -> None:
    assert told(of_meta([meta])) == [expected]


def test_a_meta_element_in_the_header_s_stead_is_for_everybody() -> None:
    # <meta http-equiv="X-Robots-Tag"> says what the header would.
    assert combine(of_meta([("x-robots-tag", "noai")])).verdict == "deny"


def test_two_metas_that_differ_reserve() -> None:
    (said,) = of_meta([("tdm-reservation", "0"), ("tdm-reservation", "1")])
    assert said.verdict == "deny"


@pytest.mark.parametrize(("location", "place"), [("header", "header"), ("link", "html")])
def test_a_link_to_a_document_says_that_there_is_one(location: str, place: str) -> None:
    statement = Statement(location, RSL_TYPE, "https://a.test/rsl.xml")  # pyright: ignore[reportArgumentType]
    assert told(of_rsl([statement], (), None)) == [("rsl", place, "*", TRAIN_AI, "unknown")]


def test_a_link_to_a_licence_is_none_to_rsl() -> None:
    assert of_rsl([Statement("link", "license", "https://creativecommons.org/licenses/by/4.0/")], (), None) == []


@pytest.mark.parametrize("url", ["https://a.test/page", None])
def test_a_document_in_the_page_is_read(url: str | None) -> None:
    assert ("rsl", "html", "*", TRAIN_AI, "deny") in told(of_rsl([], [RSL], url))


@given(
    st.lists(st.tuples(st.sampled_from(FIELDS) | st.text(), VALUES)),
    st.lists(st.tuples(st.sampled_from(METAS) | st.text(), VALUES)),
    st.lists(st.binary() | st.just(RSL)),
)
def test_anything_is_read(fields: list[tuple[str, str]], metas: list[tuple[str, str]], documents: list[bytes]) -> None:
    assert {said.place for said in of_header(fields)} <= {"header"}
    assert {said.place for said in (*of_meta(metas), *of_rsl([], documents, None))} <= {"html"}
    assert all(said.verdict in {"allow", "deny", "unknown"} for said in (*of_header(fields), *of_meta(metas)))
