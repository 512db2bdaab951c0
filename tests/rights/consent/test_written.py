"""Statements about one purpose as one short text."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.preference import SEARCH, TRAIN_AI, Place, Preference, Verdict
from rights.consent.written import read, write

SIGNALS = ("robots_meta", "x_robots_tag", "tdmrep", "content_usage", "content_signal", "rsl", "ai_txt", "robots_txt")
AGENTS = (
    "*",
    "gptbot",
    "my bot",
    "a/b",
    "a=b",
    "a%20b",
    "",
    " ",
    "=",
    "/",
    "böt\N{LINE SEPARATOR}",
    "\t\n",
    "机器人",
    "*=allow",
)
PREFERENCES = st.builds(
    Preference,
    st.sampled_from(SIGNALS),
    st.sampled_from(get_args(Place)),
    st.sampled_from(AGENTS) | st.text(),
    st.sampled_from([TRAIN_AI, SEARCH]),
    st.sampled_from(get_args(Verdict)),
    st.just("raw"),
)
Told = tuple[str, str, str, str, str]


def told(preference: Preference) -> Told:
    return (preference.signal, preference.place, preference.agent, preference.purpose, preference.verdict)


def said(agent: str, verdict: Verdict = "deny", purpose: str = TRAIN_AI, place: Place = "html") -> Preference:
    return Preference("robots_meta", place, agent, purpose, verdict, "raw")


def test_it_is_written_as_the_ledger_says() -> None:
    assert write([said("*")]) == "robots_meta/html/*=deny"


def test_statements_stand_in_order_and_once() -> None:
    written = write([said("b"), said("a", "allow"), said("b")])
    assert written == "robots_meta/html/a=allow robots_meta/html/b=deny"


def test_nothing_said_of_a_purpose_is_nothing_written() -> None:
    assert write([]) is None
    assert write([said("*", purpose=SEARCH)]) is None
    assert write([said("*", purpose=SEARCH)], SEARCH) == "robots_meta/html/*=deny"


@pytest.mark.parametrize("agent", AGENTS)
def test_an_agent_comes_back(agent: str) -> None:
    written = write([said(agent)])
    assert written is not None
    assert [preference.agent for preference in read(written)] == [agent]
    assert len(written.split()) == 1
    assert written.isascii()


def test_an_agent_cannot_say_more_than_its_own() -> None:
    written = write([said("x=deny robots_meta/html/*=allow")])
    assert written is not None
    assert {preference.verdict for preference in read(written)} == {"deny"}


@pytest.mark.parametrize(
    "written",
    [
        "deny",
        "robots_meta/html/*",
        "robots_meta/html/*=",
        "robots_meta/html/*=maybe",
        "robots_meta/html/*=ALLOW",
        "robots_meta/nowhere/*=allow",
        "robots_meta/*=allow",
        "a/robots_meta/html/*=allow",
        "robots_meta/html/*=deny =allow",
        "robots_meta/html/*=allow,",
    ],
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="expected signal/place/agent=verdict"):
        read(written)


@given(st.lists(PREFERENCES, max_size=8))
def test_what_was_written_is_read_back(preferences: list[Preference]) -> None:
    for purpose in (TRAIN_AI, SEARCH):
        written = write(preferences, purpose)
        expected = {told(preference) for preference in preferences if preference.purpose == purpose}
        back = read(written, purpose) if written else ()
        assert {told(preference) for preference in back} == expected
        assert len(back) == len(expected)
        assert write(back, purpose) == written


@given(st.text() | st.lists(st.sampled_from(["robots_meta", "/", "html", "*", "=", "deny", "allow", " "])).map("".join))
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        found = read(written)
    except ValueError:
        return
    assert write(found) is not None or not written.split()
