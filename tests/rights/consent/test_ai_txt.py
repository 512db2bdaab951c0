"""Spawning's ai.txt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.ai_txt import ai_txt
from rights.consent.preference import MOST, Verdict, combine
from rights.consent.robots_file import ROBOTS_BYTES


@pytest.mark.parametrize(
    ("rules", "path", "verdict"),
    [
        ("Disallow: /", "/a", "deny"),
        ("Disallow: *", "/a", "deny"),
        ("Allow: /", "/a", "allow"),
        ("Disallow: *.txt", "/a.txt", "deny"),
        ("Disallow: *.txt", "/a.TXT", "unknown"),
        ("Disallow: *.txt", "/a.jpg", "unknown"),
        ("Disallow: /\nAllow: *.jpg", "/a.jpg", "allow"),
        ("Allow: *.jpg\nDisallow: /private/", "/private/a.jpg", "deny"),
        ("Allow: /a\nDisallow: /a", "/a", "deny"),
        ("Disallow: /a\nAllow: /a", "/a", "deny"),
        ("Disallow: /a\nDisallow: /a", "/a", "deny"),
        ("DISALLOW: *.pdf$", "https://a.example/x.pdf", "deny"),
        ("Disallow: /caf\u00e9", "/caf%C3%A9", "deny"),
        ("Disallow: txt", "/a.txt", "unknown"),
        ("Allow: jpg", "/a.jpg", "unknown"),
        ("Allow: jpg\nDisallow: /", "/a.jpg", "deny"),
        ("Allow:", "/a", "unknown"),
        ("", "/a", "unknown"),
    ],
)
def test_rules(rules: str, path: str, verdict: Verdict) -> None:
    found = ai_txt(f"User-Agent: *\n{rules}\n".encode(), path)
    assert combine(found).verdict == verdict
    assert all((one.signal, one.place, one.agent) == ("ai_txt", "file", "*") for one in found)


def test_a_statement_is_kept_and_a_fault_is_told() -> None:
    fault, said = ai_txt(b"User-agent: *\nAllow: jpg\nDisallow: *.jpg # no", "/a.jpg")
    assert (said.verdict, said.raw) == ("deny", "Disallow: *.jpg")
    assert (fault.verdict, fault.raw, fault.detail) == ("unknown", "Allow: jpg", "a pattern begins with / or *")


def test_agents_obey_their_own_groups() -> None:
    content = b"User-agent: *\nDisallow: /\n\nUser-agent: GPTBot\nAllow: /"
    assert {(one.agent, one.verdict) for one in ai_txt(content, "/")} == {("*", "deny"), ("gptbot", "allow")}
    assert {(one.agent, one.verdict) for one in ai_txt(content, "/", ("GPTBot",))} == {("gptbot", "allow")}


@pytest.mark.parametrize(
    "content", [b"", b"# AI\n---\nname: x\n---\nAllow: all", b"[identity]\nname = 'x'", b"\xff\xfeA"]
)
def test_other_formats_of_the_same_name_say_nothing(content: bytes) -> None:
    assert ai_txt(content, "/a") == ()


def test_cuts_are_told_and_floods_are_bounded() -> None:
    long = ai_txt(b"User-agent: *\nDisallow: /\n" * (ROBOTS_BYTES // 20), "/" + "a" * 9000)
    assert [one.verdict for one in long] == ["deny", "unknown", "unknown"]
    assert long[1].detail.startswith("of a file longer than 512000 bytes, ")
    flood = ai_txt(b"User-agent: *\n" + b"".join(b"Allow: a%d\n" % number for number in range(5000)), "/a")
    assert len(flood) == MOST + 1


@given(st.binary(max_size=200) | st.text().map(lambda text: ("User-agent: *\n" + text).encode()), st.text())
def test_any_bytes_are_read_and_only_a_line_allows(content: bytes, path: str) -> None:
    if any(one.verdict == "allow" for one in ai_txt(content, path)):
        assert b"allow" in content.lower()
