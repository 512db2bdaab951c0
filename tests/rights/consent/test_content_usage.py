"""IETF aipref's Content-Usage, in headers and in robots.txt."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.content_usage import content_usage, content_usage_rules
from rights.consent.preference import Preference, combine
from rights.consent.rules import STATEMENT_BYTES

#: all dictionaries that may allow training: somewhere a member that is the key, and behind the last such the token y
ALLOWING = re.compile(r"(?:^|[,\t ])train-ai=y(?:[ \t,;]|$)")


def short(preferences: tuple[Preference, ...]) -> list[tuple[str, str]]:
    return [(preference.purpose, preference.verdict) for preference in preferences]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("train-ai=n", [("train_ai", "deny")]),
        ("train-ai=y", [("train_ai", "allow")]),
        ("train-ai=y, search=n", [("train_ai", "allow"), ("search", "deny")]),
        ("\ttrain-ai=n\t,\tsearch=y ", [("train_ai", "deny"), ("search", "allow")]),
        ('train-ai=n;q=1;why="x"', [("train_ai", "deny")]),
        ("train-ai;allow=n, train-ai=y", [("train_ai", "allow")]),
        ("train-ai=n, train-ai=y", [("train_ai", "allow")]),
        ("train-ai=y, train-ai=n", [("train_ai", "deny")]),
        ("train-ai=y, train-ai", [("train_ai", "unknown")]),
        ('train-ai="y"', [("train_ai", "unknown")]),
        ("train-ai=?1", [("train_ai", "unknown")]),
        ("train-ai=(y)", [("train_ai", "unknown")]),
        ("train-ai=yes", [("train_ai", "unknown")]),
        ("train-ai=Y", [("train_ai", "unknown")]),
        ("train-ai=N", [("train_ai", "unknown")]),
        ("Train-AI=y", [("train_ai", "unknown")]),
        ("train-AI=y", [("train_ai", "unknown")]),
        ("train-ai = y", [("train_ai", "unknown")]),
        ("train-ai=y,", [("train_ai", "unknown")]),
        ("train-ai=y; search", [("train_ai", "allow")]),
        ("train-ai=y search=y", [("train_ai", "unknown")]),
        ("train-ai:y", [("train_ai", "unknown")]),
        ("train-ai=\u00ff", [("train_ai", "unknown")]),
        ("tr\u00e4in-ai=y", [("train_ai", "unknown")]),
        ("train-ai=\uff59", [("train_ai", "unknown")]),
        ("train-ai=y\ud800", [("train_ai", "unknown")]),
        ("train-ai=y\x00", [("train_ai", "unknown")]),
        ("", [("train_ai", "unknown")]),
        ("other=y", [("other", "allow")]),
        ("bots=n, train-genai=n, ai-output=y", [("bots", "deny"), ("train-genai", "deny"), ("ai-output", "allow")]),
    ],
)
def test_a_header(value: str, expected: list[tuple[str, str]]) -> None:
    found = content_usage([value])
    assert short(found) == expected
    assert all((one.signal, one.place, one.agent) == ("content_usage", "header", "*") for one in found)


def test_no_header_is_no_statement() -> None:
    assert content_usage([]) == ()


def test_what_is_wrong_is_told() -> None:
    (fault,) = content_usage(["train-ai=y,"])
    assert fault.detail.startswith("no dictionary: ")
    assert fault.raw == "train-ai=y,"
    assert content_usage(["train-ai=no"])[0].detail == "the value is neither y nor n"
    assert content_usage(["bots=n"])[0].detail == "a key of an earlier draft"
    assert content_usage([""])[0].detail == "empty"


def test_lines_of_a_header_are_one_dictionary() -> None:
    assert short(content_usage(["train-ai=n", "search=y"])) == [("train_ai", "deny"), ("search", "allow")]
    assert short(content_usage(["train-ai=n", "train-ai=y"])) == [("train_ai", "allow")]
    assert short(content_usage(["train-ai=n", ""])) == [("train_ai", "deny")]


@pytest.mark.parametrize("broken", ["!", "train-ai=", "train-ai=?0", 'train-ai="n"', "Search=y"])
def test_a_broken_line_takes_allowances_and_leaves_denials(broken: str) -> None:
    assert combine(content_usage(["train-ai=n", broken])).verdict == "deny"
    assert combine(content_usage([broken, "search=y, train-ai=n"])).verdict == "deny"
    assert combine(content_usage(["search=y", broken]), "train_ai").verdict == "unknown"
    assert combine(content_usage(["train-ai=y", broken])).verdict == "unknown"


def test_a_long_statement_is_not_read() -> None:
    (told,) = content_usage(["train-ai=y, " + "a" * STATEMENT_BYTES])
    assert (told.verdict, told.detail) == (
        "unknown",
        "16396 bytes, more than 16384, are not read",
    )


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        (["train-ai=n"], "/a", [("train_ai", "deny")]),
        (["train-ai=n", "/ok/ train-ai=y"], "/ok/a", [("train_ai", "allow")]),
        (["train-ai=n", "/ok/ train-ai=y"], "/a", [("train_ai", "deny")]),
        (["/ok/ train-ai=y", "train-ai=n"], "/OK/a", [("train_ai", "deny")]),
        (["/a train-ai=y", "/a train-ai=n"], "/a", [("train_ai", "allow"), ("train_ai", "deny")]),
        (["/ train-ai=n", "train-ai=y"], "/a", [("train_ai", "deny")]),
        (["/a\ttrain-ai=n"], "/a", [("train_ai", "deny")]),
        (["/*.pdf$ train-ai=n"], "/x/b.pdf", [("train_ai", "deny")]),
        (["/caf%C3%A9 train-ai=n"], "/caf\u00e9/", [("train_ai", "deny")]),
        (["/a search=y", "train-ai=n"], "/a", [("search", "allow")]),
        (["/b train-ai=n"], "/a", []),
        (["/a"], "/a", [("train_ai", "unknown")]),
        (["a train-ai=n"], "/a", [("train_ai", "unknown")]),
        (["/a train-ai=!", "train-ai=n"], "/a", [("train_ai", "unknown"), ("train_ai", "deny")]),
        (["/a train-ai=!", "train-ai=y"], "/a", [("train_ai", "unknown"), ("train_ai", "unknown")]),
        (["/a train-ai=!", "/a train-ai=y", "train-ai=n"], "/a", [("train_ai", "unknown"), ("train_ai", "allow")]),
        ([], "/a", []),
    ],
)
def test_rules_of_a_group(rules: list[str], path: str, expected: list[tuple[str, str]]) -> None:
    found = content_usage_rules(rules, path)
    assert short(found) == expected
    assert all(one.place == "file" for one in found)


def test_a_rule_is_kept_with_its_path() -> None:
    assert content_usage_rules(["/ok/ train-ai=y"], "https://a.example/ok/")[0].raw == "/ok/ train-ai=y"


MEMBERS = st.sampled_from(["train-ai=n", "train-ai=y", "search=y", "bots=n", 'a="x, y"', "b;c=1", "train-ai=?1"])
STATEMENTS = st.lists(MEMBERS, min_size=1, max_size=4).map(", ".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Change a valid statement at one place."""
    statement = draw(STATEMENTS)
    place = draw(st.integers(0, len(statement)))
    inserted = draw(st.text(st.characters() | st.sampled_from(',=;"? \tynAY\x00'), max_size=2))
    return statement[:place] + inserted + statement[place + draw(st.integers(0, 2)) :]


@given(mutated() | st.text(st.characters()))
def test_what_does_not_parse_is_never_an_allowance(statement: str) -> None:
    if combine(content_usage([statement])).verdict == "allow":
        assert ALLOWING.search(statement)
        assert statement.isascii()
    if combine(content_usage_rules([statement], "/a")).verdict == "allow":
        assert ALLOWING.search(statement)


@given(st.lists(mutated(), max_size=4))
def test_a_line_that_denies_is_heard_beside_lines_that_cannot_be_read(lines: list[str]) -> None:
    alone = [combine(content_usage([line])).verdict for line in lines]
    if "deny" in alone and "allow" not in alone:
        assert combine(content_usage(lines)).verdict == "deny"
