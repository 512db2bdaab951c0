"""How statements become one answer, and what a statement may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.preference import MOST, Place, Preference, Verdict, combine, distinct
from rights.raw import RAW_BYTES, excerpt


def said(
    verdict: Verdict, signal: str = "robots_meta", place: Place = "html", agent: str = "*", purpose: str = "train_ai"
) -> Preference:
    return Preference(signal, place, agent, purpose, verdict, f"{signal} {place} {agent} {verdict}")


def tdm(place: Place, verdict: Verdict) -> Preference:
    return said(verdict, "tdmrep", place)


PREFERENCES = st.builds(
    said,
    st.sampled_from(["allow", "deny", "unknown"]),
    st.sampled_from(["tdmrep", "content_usage", "rsl"]),
    st.sampled_from(["file", "header", "html"]),
    st.sampled_from(["*", "gptbot", "ccbot"]),
    st.sampled_from(["train_ai", "search"]),
)


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([], "unknown"),
        (["unknown"], "unknown"),
        (["allow"], "allow"),
        (["deny"], "deny"),
        (["allow", "deny"], "deny"),
        (["deny", "allow"], "deny"),
        (["unknown", "allow"], "allow"),
        (["unknown", "deny", "unknown"], "deny"),
    ],
)
def test_a_denial_beats_an_allowance_across_signals(verdicts: list[Verdict], verdict: Verdict) -> None:
    names = ("content_usage", "content_signal", "rsl")
    preferences = [said(one, names[number]) for number, one in enumerate(verdicts)]
    consent = combine(preferences)
    assert (consent.purpose, consent.verdict) == ("train_ai", verdict)
    assert consent.basis == tuple(preference for preference in preferences if preference.verdict == verdict)


@pytest.mark.parametrize(
    ("file", "header", "html", "verdict"),
    [
        ("deny", None, None, "deny"),
        ("deny", "allow", None, "allow"),
        ("allow", "deny", None, "deny"),
        ("deny", "deny", "allow", "allow"),
        ("allow", "allow", "deny", "deny"),
        ("deny", None, "allow", "allow"),
        ("deny", "unknown", None, "deny"),
        ("deny", "unknown", "unknown", "deny"),
        ("allow", "deny", "unknown", "deny"),
        ("unknown", "unknown", "unknown", "unknown"),
    ],
)
def test_the_page_overrules_the_header_and_the_header_the_file(
    file: Verdict | None, header: Verdict | None, html: Verdict | None, verdict: Verdict
) -> None:
    given_: list[tuple[Place, Verdict | None]] = [("html", html), ("file", file), ("header", header)]
    assert combine([tdm(place, one) for place, one in given_ if one]).verdict == verdict


def test_precedence_is_within_tdmrep_alone() -> None:
    assert combine([said("deny", "content_usage", "file"), tdm("html", "allow")]).verdict == "deny"
    assert combine([said("allow", "content_usage", "html"), tdm("file", "deny")]).verdict == "deny"


def test_an_overruled_statement_is_no_basis() -> None:
    consent = combine([tdm("file", "deny"), tdm("header", "allow"), said("allow", "rsl", "file")])
    assert [preference.signal for preference in consent.basis] == ["tdmrep", "rsl"]


def test_whom_a_statement_is_about() -> None:
    mine = [said("deny", agent="gptbot"), said("allow")]
    assert combine(mine).verdict == "allow"
    assert combine(mine, agents=("CCBot",)).verdict == "allow"
    assert combine(mine, agents=("GPTBot", "CCBot")).verdict == "deny"


def test_which_signals_count() -> None:
    mine = [said("deny", "ai_txt", "file"), said("allow", "content_usage", "header")]
    assert combine(mine).verdict == "deny"
    assert combine(mine, signals={"content_usage"}).verdict == "allow"
    assert combine(mine, signals=()).verdict == "unknown"


def test_purposes_are_apart() -> None:
    mine = [said("deny", purpose="search"), said("allow", purpose="train_ai")]
    assert combine(mine).verdict == "allow"
    assert combine(mine, "search").verdict == "deny"
    assert combine(mine, "ai_input").verdict == "unknown"


def test_an_unknown_answer_shows_what_could_not_be_read() -> None:
    assert combine([said("unknown")]).basis == (said("unknown"),)


@given(st.lists(PREFERENCES, max_size=8), PREFERENCES)
def test_more_statements_never_take_a_denial_back(preferences: list[Preference], more: Preference) -> None:
    before = combine(preferences, agents=("gptbot",))
    after = combine([*preferences, more], agents=("gptbot",))
    if before.verdict == "deny" and more.signal != "tdmrep":
        assert after.verdict == "deny"
    if more.verdict == "unknown":
        assert after.verdict == before.verdict


@given(st.lists(PREFERENCES, max_size=8))
def test_the_order_of_statements_does_not_matter(preferences: list[Preference]) -> None:
    assert combine(preferences).verdict == combine(preferences[::-1]).verdict


@pytest.mark.parametrize("character", ["a", "\u00e9", "\u6f6e", "\U0001f30a"])
def test_raw_is_cut_at_a_character(character: str) -> None:
    preference = Preference("rsl", "file", "*", "train_ai", "deny", character * 2000, "payment: crawl")
    size = len(character.encode())
    assert preference.raw == character * ((RAW_BYTES - 3) // size) + "\u2026"
    assert excerpt(preference.raw) == preference.raw
    assert preference.detail == "payment: crawl"


def test_short_texts_stay() -> None:
    assert excerpt("\u00e9" * 512) == "\u00e9" * 512
    assert excerpt("a" * 1024) == "a" * 1024


@given(st.text(st.characters(), max_size=2000))
def test_any_text_fits(text: str) -> None:
    preference = Preference("rsl", "file", text, text, "deny", text, text)
    for cut in (preference.agent, preference.purpose, preference.raw, preference.detail):
        assert len(cut.encode()) <= RAW_BYTES


def test_what_is_left_out_is_told_and_denials_stay() -> None:
    many = [said("allow", agent=str(number)) for number in range(MOST + 5)]
    kept = distinct([*many, *many, said("deny")])
    assert len(kept) == MOST + 1
    assert kept[0] == said("deny")
    assert (kept[-1].verdict, kept[-1].detail) == ("unknown", "6 more statements were left out")
    assert distinct([*many[:MOST], *many[:MOST]]) == tuple(many[:MOST])
