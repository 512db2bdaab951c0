"""Patterns of robots.txt against paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.paths import URL_CHARACTERS, host_of, matches, overlong, path_of, pattern_of


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example/b/c?d=1#e", "/b/c?d=1"),
        ("https://a.example", "/"),
        ("https://a.example?q", "/?q"),
        ("/b", "/b"),
        ("", "/"),
        ("/%7euser/%2f%3f", "/~user/%2F%3F"),
        ("/caf\u00e9", "/caf%C3%A9"),
        ("/caf%c3%a9", "/caf%C3%A9"),
        ("/a b", "/a%20b"),
        ("/a*b$", "/a%2Ab%24"),
        ("/\ud800", "/?"),
    ],
)
def test_one_spelling_of_a_path(url: str, path: str) -> None:
    assert path_of(url) == path


@pytest.mark.parametrize(
    ("pattern", "path", "met"),
    [
        ("/", "/a", True),
        ("/a", "/ab", True),
        ("/a/", "/a", False),
        ("/A", "/a", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*.pdf", "/a/b.pdf?x", True),
        ("/*.pdf$", "/a/b.pdf?x", False),
        ("/*.pdf$", "/a.pdf/b.pdf", True),
        ("*.txt", "/a.txt", True),
        ("/a*b*c", "/axxbyyc-", True),
        ("/a*b*c", "/axxcyyb", False),
        ("/ab*b$", "/ab", False),
        ("/a**", "/a", True),
        ("/foo-%24", "/foo-$", True),
        ("/a$b", "/a$bc", True),
        ("/a%2Ab", "/a*b", True),
        ("/a%2Ab", "/axb", False),
        ("/\u00fc", "/%c3%bc", True),
        ("", "/a", True),
    ],
)
def test_patterns(pattern: str, path: str, met: bool) -> None:
    assert matches(pattern_of(pattern), path_of(path)) is met


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://User@A.Example:80/b", "a.example:80"), ("/b", ""), ("//a.example/", ""), ("mailto:a@b", "")],
)
def test_hosts(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_long_url_is_cut_and_that_is_told() -> None:
    assert overlong("/" * URL_CHARACTERS) == ""
    assert overlong("/" * (URL_CHARACTERS + 1)) == "of a URL of 8193 characters only 8192 were compared"
    assert len(path_of("/" + "a" * 10000)) == URL_CHARACTERS


@given(st.text(), st.text())
def test_any_text_is_a_pattern_and_a_path(pattern: str, path: str) -> None:
    assert matches(pattern_of(pattern), path_of(path)) in {True, False}
    assert path_of(path).isascii()


@given(st.text(st.sampled_from("ab/"), max_size=12), st.integers(0, 12))
def test_a_prefix_of_a_path_meets_it(path: str, length: int) -> None:
    path = path_of("/" + path)
    assert matches(pattern_of(path[:length]), path)
