"""Cloudflare's Content-Signal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.content_signal import content_signal_rules
from rights.consent.preference import Preference, combine
from rights.consent.rules import STATEMENT_BYTES


def short(preferences: tuple[Preference, ...]) -> list[tuple[str, str]]:
    return [(preference.purpose, preference.verdict) for preference in preferences]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("search=yes, ai-input=no, ai-train=no", [("search", "allow"), ("ai_input", "deny"), ("train_ai", "deny")]),
        ("ai-train=yes", [("train_ai", "allow")]),
        ("search=yes,ai-train=no", [("search", "allow"), ("train_ai", "deny")]),
        ("search=yes", [("search", "allow")]),
        (" ai-train = no ", [("train_ai", "deny")]),
        ("ai-train=yes, ai-train=no", [("train_ai", "allow"), ("train_ai", "deny")]),
        ("ai-train=no, ai-train=no", [("train_ai", "deny")]),
        ("search=yes, ai-train=no, use=reference", [("search", "allow"), ("train_ai", "deny"), ("use", "unknown")]),
        ("AI-Train=NO", [("train_ai", "deny")]),
        ("AI-Train=yes", [("train_ai", "unknown")]),
        ("ai-train=YES", [("train_ai", "unknown")]),
        ("ai-train=y", [("train_ai", "unknown")]),
        ("ai-train=no; search=yes", [("train_ai", "unknown")]),
        ("ai-train", [("train_ai", "unknown")]),
        ("=yes", [("train_ai", "unknown")]),
        ("ai-train:no", [("train_ai", "unknown")]),
        ("a\u00ed-train=yes", [("a\u00ed-train", "unknown")]),
        ("ai-train=y\u00e9s", [("train_ai", "unknown")]),
        ("", [("train_ai", "unknown")]),
        (",", [("train_ai", "unknown")]),
    ],
)
def test_values(value: str, expected: list[tuple[str, str]]) -> None:
    found = content_signal_rules([value], "/")
    assert short(found) == expected
    assert all((one.signal, one.place, one.agent, one.raw) == ("content_signal", "file", "*", value) for one in found)


@pytest.mark.parametrize(
    ("rules", "path", "verdict"),
    [
        (["ai-train=no"], "/a", "deny"),
        (["/blog/ ai-train=no"], "/blog/1", "deny"),
        (["/blog/ ai-train=no"], "/a", "unknown"),
        (["ai-train=no", "/open/ ai-train=yes"], "/open/1", "allow"),
        (["ai-train=no", "/open/ ai-train=yes, use=reference"], "/open/1", "allow"),
        (["ai-train=no", "/open/ ai-train=yep"], "/open/1", "deny"),
        (["ai-train=yes", "/open/ ai-train=yep"], "/open/1", "unknown"),
        (["ai-train=yes", "ai-train=no"], "/a", "deny"),
        ([], "/a", "unknown"),
    ],
)
def test_rules_with_paths(rules: list[str], path: str, verdict: str) -> None:
    assert combine(content_signal_rules(rules, path)).verdict == verdict


def test_a_long_statement_is_not_read() -> None:
    (told,) = content_signal_rules(["ai-train=yes," * STATEMENT_BYTES], "/")
    assert told.verdict == "unknown"
    assert "more than 16384, are not read" in told.detail


def test_faults_are_told() -> None:
    assert content_signal_rules(["ai-train"], "/")[0].detail == "expected key=value, came 'ai-train'"
    assert content_signal_rules(["use=reference"], "/")[0].detail == "an unknown key with the value 'reference'"


@given(st.lists(st.text(st.characters() | st.sampled_from("ai-train=yesno, /"), max_size=40), max_size=3))
def test_any_text_is_read_and_only_a_yes_allows(rules: list[str]) -> None:
    if combine(content_signal_rules(rules, "/a")).verdict == "allow":
        assert any(re.search(r"(?:^|[ \t,])ai-train[ \t]*=[ \t]*yes[ \t]*(?:,|$)", rule) for rule in rules)


@given(st.text(max_size=40))
def test_a_no_is_heard_whatever_stands_beside_it(text: str) -> None:
    assert combine(content_signal_rules([f"ai-train=no,{text}"], "/a")).verdict == "deny"
