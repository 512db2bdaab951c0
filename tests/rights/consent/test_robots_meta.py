"""Words of robots meta elements and X-Robots-Tag headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.preference import MOST, Preference, combine
from rights.consent.robots_meta import robots_meta, x_robots_tag
from rights.raw import RAW_BYTES


def short(preferences: tuple[Preference, ...]) -> list[tuple[str, str, str]]:
    return [(preference.agent, preference.purpose, preference.verdict) for preference in preferences]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("noai", [("train_ai", "deny")]),
        ("NoAI, NOIMAGEAI", [("train_ai", "deny"), ("train_ai_images", "deny")]),
        ("noml", [("train_ai", "deny")]),
        ("noai noimageai", [("train_ai", "deny"), ("train_ai_images", "deny")]),
        ("noai,noai, noml", [("train_ai", "deny")]),
        ("noindex, nofollow", [("index", "deny")]),
        ("none", [("index", "deny")]),
        ("noarchive;nosnippet", [("archive", "deny"), ("snippet", "deny")]),
        ("index, follow, all, max-image-preview:large, max-snippet:-1", []),
        ("unavailable_after: 25 Jun 2026 15:00:00 PST", []),
        ("no-ai", [("no-ai", "unknown")]),
        ("ai=no, llm:none", [("ai=no", "unknown"), ("llm:none", "unknown")]),
        ("notrain", [("notrain", "unknown")]),
        ("noa\u0456", []),
        ("\uff4e\uff4f\uff41\uff49", []),
        ("maintain, email, html, noydir, captain", []),
        ("", []),
        (",,, ,", []),
    ],
)
def test_words_of_a_page(content: str, expected: list[tuple[str, str]]) -> None:
    assert short(robots_meta("robots", content)) == [("*", *one) for one in expected]


@pytest.mark.parametrize(
    ("name", "agent"), [("ROBOTS", "*"), (" robots ", "*"), ("GPTBot", "gptbot"), ("", "*"), ("googlebot", "googlebot")]
)
def test_whom_a_meta_element_names(name: str, agent: str) -> None:
    (preference,) = robots_meta(name, "noai")
    assert (preference.agent, preference.signal, preference.place, preference.raw) == (
        agent,
        "robots_meta",
        "html",
        "noai",
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["noai"], [("*", "train_ai", "deny")]),
        (["noai", "noimageai"], [("*", "train_ai", "deny"), ("*", "train_ai_images", "deny")]),
        (["GPTBot: noai"], [("gptbot", "train_ai", "deny")]),
        (["gptbot: noai, noimageai"], [("gptbot", "train_ai", "deny"), ("gptbot", "train_ai_images", "deny")]),
        (["gptbot: noai", "noarchive"], [("gptbot", "train_ai", "deny"), ("*", "archive", "deny")]),
        (
            ["noindex, ccbot: noai, gptbot:noml"],
            [("*", "index", "deny"), *[(a, "train_ai", "deny") for a in ("ccbot", "gptbot")]],
        ),
        (["robots: noai"], [("*", "train_ai", "deny")]),
        (["*: noai"], [("*", "train_ai", "deny")]),
        (["unavailable_after: Wed, 25 Jun 2026 15:00:00 PST, noai"], [("*", "train_ai", "deny")]),
        (["unavailable_after: Wednesday, 25-Jun-26T15:00:00, noai"], [("*", "train_ai", "deny")]),
        (["ccbot: unavailable_after: 25 Jun 2026 15:00:00 PST, noai"], [("ccbot", "train_ai", "deny")]),
        (["max-snippet: 20, noai"], [("*", "train_ai", "deny")]),
        (["360Spider: noai"], [("360spider", "train_ai", "deny")]),
        ([" : noai"], [("*", "train_ai", "deny")]),
        ([""], []),
        ([], []),
    ],
)
def test_header_values(values: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert short(x_robots_tag(values)) == expected


def test_a_header_says_where_it_stands() -> None:
    (preference,) = x_robots_tag(["noai"])
    assert (preference.signal, preference.place) == ("x_robots_tag", "header")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_words_are_read_and_allow_nothing(text: str, values: list[str]) -> None:
    preferences = (*robots_meta(text, text), *x_robots_tag(values))
    assert combine(preferences).verdict != "allow"
    assert all(preference.verdict != "allow" for preference in preferences)


@given(st.text(st.sampled_from("noai,: indexml*-"), max_size=60))
def test_a_listed_word_denies_whatever_stands_beside_it(text: str) -> None:
    assert combine(robots_meta("robots", f"{text}, noai")).verdict == "deny"


def test_a_flood_of_words_is_bounded() -> None:
    flood = x_robots_tag([",".join(f"a{number}: noai" for number in range(5000))])
    assert len(flood) == MOST + 1
    assert all(len(preference.raw.encode()) <= RAW_BYTES for preference in flood)
    assert flood[-1].detail == f"{5000 - MOST} more statements were left out"
