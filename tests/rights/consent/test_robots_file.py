"""Groups of robots.txt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.consent.robots_file import ROBOTS_BYTES, read_robots


def rules(content: str | bytes, agent: str = "*") -> list[str]:
    file = read_robots(content if isinstance(content, bytes) else content.encode())
    return [f"{line.field}: {line.value}" for line in file.lines(file.numbers(agent))]


@pytest.mark.parametrize(
    ("content", "agent", "expected"),
    [
        ("User-agent: *\nDisallow: /a", "gptbot", ["disallow: /a"]),
        ("user-AGENT : GPTBot\r\ndisALLOW :/a # why\r\n", "GPTBOT", ["disallow: /a"]),
        ("\ufeffUser-agent: *\rDisallow: /a\r", "*", ["disallow: /a"]),
        ("User-agent: a\nUser-agent: b\nDisallow: /x", "a", ["disallow: /x"]),
        ("User-agent: a\n\n# c\nUser-agent: b\nDisallow: /x", "a", ["disallow: /x"]),
        ("User-agent: a\nSitemap: s\nUser-agent: b\nDisallow: /x", "a", ["disallow: /x"]),
        ("User-agent: a\nCrawl-delay: 1\nUser-agent: b\nDisallow: /x", "a", []),
        ("User-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /y", "a", ["disallow: /x"]),
        ("User-agent: a\nDisallow: /x\n\nDisallow: /y", "a", ["disallow: /x", "disallow: /y"]),
        ("User-agent: a\nDisallow: /x\nUser-agent: *\nUser-agent: a\nAllow: /y", "a", ["disallow: /x", "allow: /y"]),
        ("User-agent: GPTBot/1.2\nDisallow: /x", "gptbot", ["disallow: /x"]),
        ("User-agent: GPTBot*\nDisallow: /x", "gptbot", ["disallow: /x"]),
        ("User-agent: Kangaroo Bot\nDisallow: /x", "kangaroo bot", ["disallow: /x"]),
        ("User-agent: Google\nDisallow: /x", "google-extended", []),
        ("Useragent: a\nDissallow: /x", "a", ["disallow: /x"]),
        ("User-agent a\nDisallow /x", "a", ["disallow: /x"]),
        ("User-agent: a\nDisallow /x:y", "a", ["disallow: /x:y"]),
        ("User-agent: \nDisallow: /x", "*", []),
        ("Disallow: /x", "*", []),
        ("User-agent: \u00e9\nDisallow: /\u00e9", "\u00e9", ["disallow: /\u00e9"]),
        ("<!DOCTYPE html><p>User-agent: *", "*", []),
        ("", "*", []),
    ],
)
def test_groups(content: str, agent: str, expected: list[str]) -> None:
    assert rules(content, agent) == expected


@pytest.mark.parametrize(
    ("content", "site", "group"),
    [
        ("License: l\nUser-agent: *\nAllow: /", 1, 0),
        ("User-agent: *\nAllow: /\nLicense: l", 0, 1),
        ("User-agent: *\n\nLicense: l\nAllow: /", 0, 1),
        ("User-agent: *\r\nAllow: /\r\nLicense: l\r\n", 0, 1),
        ("User-agent: *\nAllow: /\n\nLicense: l\nLicense: m", 2, 0),
        ("User-agent: *\nAllow: /\nSitemap: s\nLicense: l", 1, 0),
    ],
)
def test_where_a_licence_belongs(content: str, site: int, group: int) -> None:
    file = read_robots(content.encode())
    assert len([line for line in file.site if line.field == "license"]) == site
    assert len([line for line in file.lines(file.numbers("*")) if line.field == "license"]) == group


def test_a_long_file_is_cut_at_a_line() -> None:
    line = b"Disallow: /private\n"
    content = b"User-agent: *\n" + line * (ROBOTS_BYTES // len(line) + 9)
    file = read_robots(content)
    assert 8 * len(line) < file.left_out <= 10 * len(line)
    assert {line.value for line in file.lines(file.numbers("*"))} == {"/private"}
    assert file.cut() == f"of a file longer than 512000 bytes, {file.left_out} were not read"
    assert read_robots(content[:ROBOTS_BYTES]).cut() == ""


def test_a_long_line_alone_is_left_out() -> None:
    assert read_robots(b"a" * (ROBOTS_BYTES + 1)).left_out == ROBOTS_BYTES + 1


@given(
    st.binary(max_size=200)
    | st.text(st.sampled_from("User-agent: *\nDisallow/#\r License"), max_size=200).map(str.encode)
)
def test_any_bytes_are_read(content: bytes) -> None:
    file = read_robots(content)
    assert sum(len(lines) for lines in file.groups) + len(file.site) <= content.count(b"\n") + content.count(b"\r") + 1
    assert all(number < len(file.groups) for numbers in file.named.values() for number in numbers)
