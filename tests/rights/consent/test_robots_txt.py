"""robots.txt: whom it keeps out of a page, and what its groups say of use."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from rights.consent.agents import AGENTS, OTHER_AGENTS, TRAINING
from rights.consent.preference import MOST, Preference, combine
from rights.consent.robots_file import ROBOTS_BYTES, read_robots
from rights.consent.robots_txt import robots_txt

URL = "https://a.example/blog/1?x=2"
BOTH = ("CCBot", "GPTBot")
REAL = 300


def denied(content: str, agents: tuple[str, ...] = BOTH, url: str = URL) -> set[str]:
    return {one.agent for one in robots_txt(content.encode(), url, agents) if one.verdict == "deny"}


def short(content: str, agents: tuple[str, ...] = BOTH) -> list[tuple[str, str, str, str]]:
    return [(one.signal, one.agent, one.purpose, one.verdict) for one in robots_txt(content.encode(), URL, agents)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("User-agent: *\nDisallow: /", {"ccbot", "gptbot"}),
        ("User-agent: GPTBot\nDisallow: /", {"gptbot"}),
        ("User-agent: gptbot\nDisallow: /blog", {"gptbot"}),
        ("User-agent: *\nDisallow: /\nUser-agent: CCBot\nDisallow:", {"gptbot"}),
        ("User-agent: *\nDisallow: /\nUser-agent: CCBot\nAllow: /", {"gptbot"}),
        ("User-agent: *\nDisallow: /BLOG", set()),
        ("User-agent: *\nDisallow: /blog/*?x", {"ccbot", "gptbot"}),
        ("User-agent: *\nDisallow: /blog/1$", set()),
        ("User-agent: *\nDisallow: /blog\nAllow: /blog/1", set()),
        ("User-agent: *\nAllow: /blog\nDisallow: /blog/1", {"ccbot", "gptbot"}),
        ("User-agent: *\nAllow: /blog/\nDisallow: /blog/", set()),
        ("User-agent: *\nAllow: /", set()),
        ("Disallow: /", set()),
        ("User-agent: *\nDisallow /", {"ccbot", "gptbot"}),
        ("User-agent: *\nDisallow: blog", set()),
        ("", set()),
    ],
)
def test_who_is_kept_out(content: str, expected: set[str]) -> None:
    assert denied(content) == expected


def test_to_be_let_in_is_no_consent() -> None:
    assert short("User-agent: *\nAllow: /\nDisallow: /private") == []
    assert combine(robots_txt(b"User-agent: GPTBot\nAllow: /", URL), agents=TRAINING).verdict == "unknown"


def test_a_denial_shows_the_line_and_the_group() -> None:
    content = b"User-agent: *\nDisallow: /b\nDisallow: /blog/*\n\nUser-agent: GPTBot\nDisallow: /"
    ccbot, gptbot = robots_txt(content, URL, BOTH)
    assert (ccbot.agent, ccbot.raw, ccbot.detail) == ("ccbot", "Disallow: /blog/*", "group: *")
    assert (gptbot.agent, gptbot.raw, gptbot.detail) == ("gptbot", "Disallow: /", "")


def test_whoever_is_not_named_may_be_asked_for() -> None:
    assert denied("User-agent: *\nDisallow: /\nUser-agent: CCBot\nAllow: /", ("*", "CCBot")) == {"*"}
    assert denied("User-agent: CCBot\nDisallow: /", ("*",)) == set()


def test_agents_that_do_not_train() -> None:
    found = robots_txt(b"User-agent: *\nDisallow: /", URL, ("OAI-SearchBot", "ChatGPT-User", "GPTBot"))
    assert {one.agent: one.purpose for one in found} == {
        "oai-searchbot": "search",
        "chatgpt-user": "ai_input",
        "gptbot": "train_ai",
    }


def test_the_list_of_agents() -> None:
    tokens = [agent.token.lower() for agent in (*AGENTS, *OTHER_AGENTS)]
    assert len(tokens) == len(set(tokens))
    assert {agent.use for agent in AGENTS} == {"training"}
    assert {agent.use for agent in OTHER_AGENTS} == {"search", "assistant"}
    assert {"CCBot", "GPTBot", "Google-Extended", "ClaudeBot", "Meta-ExternalAgent"} <= set(TRAINING)
    assert denied("User-agent: *\nDisallow: /", TRAINING) == {token.lower() for token in TRAINING}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /",
            [("content_signal", "*", "search", "allow"), ("content_signal", "*", "train_ai", "deny")],
        ),
        ("User-agent: *\nContent-Usage: train-ai=n", [("content_usage", "*", "train_ai", "deny")]),
        (
            "User-agent: *\nContent-Usage: /blog/ train-ai=y\nContent-Usage: train-ai=n",
            [("content_usage", "*", "train_ai", "allow")],
        ),
        ("User-agent: GPTBot\nContent-Usage: train-ai=n", [("content_usage", "gptbot", "train_ai", "deny")]),
        ("User-agent: bingbot\nContent-Usage: train-ai=n", []),
        (
            "User-agent: *\nContent-Usage: search=n\nUser-agent: CCBot\nUser-agent: GPTBot\nContent-Usage: train-ai=y",
            [("content_usage", "ccbot", "train_ai", "allow"), ("content_usage", "gptbot", "train_ai", "allow")],
        ),
        ("User-agent: *\nContent-Usage: Train-AI=y", [("content_usage", "*", "train_ai", "unknown")]),
        ("Content-Usage: train-ai=y", [("content_usage", "*", "train_ai", "unknown")]),
        ("Content-Signal: ai-train=yes", [("content_signal", "*", "train_ai", "unknown")]),
        ("License: https://a.example/l.xml", [("rsl", "*", "train_ai", "unknown")]),
        ("User-agent: GPTBot\nLicense: https://a.example/l.xml", [("rsl", "gptbot", "train_ai", "unknown")]),
    ],
)
def test_what_groups_say(content: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert short(content) == expected


def test_a_page_that_must_not_be_fetched_has_no_content_usage() -> None:
    content = "User-agent: *\nDisallow: /blog/\nContent-Usage: train-ai=y, search=y\nContent-Signal: search=yes"
    assert short(content, ("GPTBot",)) == [
        ("robots_txt", "gptbot", "train_ai", "deny"),
        ("content_signal", "*", "search", "allow"),
    ]


def test_a_licence_of_a_group_comes_before_that_of_the_site() -> None:
    content = b"License: https://a.example/site\nUser-agent: GPTBot\nLicense: https://a.example/gpt\nAllow: /"
    assert [(one.agent, one.raw) for one in robots_txt(content, URL, ("GPTBot",))] == [
        ("gptbot", "https://a.example/gpt")
    ]
    both = robots_txt(content, URL, BOTH)
    assert {(one.agent, one.raw) for one in both} == {
        ("gptbot", "https://a.example/gpt"),
        ("*", "https://a.example/site"),
    }
    assert all(one.detail == "document not held" for one in both)


def test_a_cut_is_told() -> None:
    content = b"User-agent: *\nDisallow: /\n" + b"# more\n" * (ROBOTS_BYTES // 7)
    found = robots_txt(content, URL + "a" * 9000, ("GPTBot",))
    assert [one.verdict for one in found] == ["deny", "unknown", "unknown"]
    assert found[1].detail.startswith("of a file longer than 512000 bytes, ")
    assert found[2].detail.startswith("of a URL of 9028 characters only ")
    half = b"User-agent: *\n" + b"a" * (ROBOTS_BYTES - 30) + b"\nDisallow: /private"
    assert [one.verdict for one in robots_txt(half, URL, ("GPTBot",))] == ["unknown"]


@pytest.mark.parametrize(
    "content",
    [
        b"".join(b"User-agent: a%d\n" % number for number in range(9000)) + b"Disallow: /a\n" * 9000,
        b"User-agent: *\nDisallow: /" + b"*b" * 200000,
        b"User-agent: *\n" + b"".join(b"Content-Usage: k%d=y\n" % number for number in range(20000)),
        b"".join(b"License: https://a.example/%d\n" % number for number in range(10000)),
    ],
    ids=["agents times rules", "stars", "keys", "licences"],
)
def test_a_hostile_file_is_read_and_its_statements_are_bounded(content: bytes) -> None:
    assert len(robots_txt(content, "https://a.example/" + "b" * 8000)) <= MOST + 1


LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: GPTBot",
        "Disallow: /",
        "Disallow: /blog$",
        "Allow: /blog",
        "Content-Usage: train-ai=y",
        "Content-Usage: train-ai=!",
        "Content-Signal: ai-train=yes",
        "Sitemap: x",
        "",
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join), st.sampled_from(["/", "/blog", "/blog/1"]))
def test_who_is_kept_out_is_as_protego_has_it(content: str, path: str) -> None:
    parsed = Protego.parse(content)
    expected = {agent for agent in ("*", "gptbot") if not parsed.can_fetch(f"https://a.example{path}", agent)}
    found = robots_txt(content.encode(), f"https://a.example{path}", ("*", "GPTBot"))
    assert {one.agent for one in found if one.signal == "robots_txt"} == expected


@given(st.binary(max_size=200) | st.text().map(lambda text: ("User-agent: *\n" + text).encode()), st.text(), st.text())
def test_any_bytes_are_read_and_allow_nothing(content: bytes, url: str, agent: str) -> None:
    assert all(one.verdict != "allow" for one in robots_txt(content, url, (agent, "GPTBot")))


@given(st.lists(LINES, max_size=12).map("\n".join), st.text(max_size=20))
def test_lines_that_are_none_take_no_denial_back(content: str, noise: str) -> None:
    noise = "#" + noise.replace("\n", "").replace("\r", "")
    before = robots_txt(content.encode(), URL, BOTH)
    assert robots_txt(f"{content}\n{noise}".encode(), URL, BOTH) == before


@pytest.fixture(scope="module")
def samples(shared_data: Path) -> list[dict[str, Any]]:
    with (shared_data / "robots_samples.jsonl.zst").open("rb") as packed:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), "utf-8")
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["ai_agents"]] + rows[:REAL]


def test_real_files_name_the_agents_that_their_readers_found(samples: list[dict[str, Any]]) -> None:
    named = [(row["ai_agents"], read_robots(row["text"].encode()).named) for row in samples]
    assert sum(len(agents) for agents, _ in named) > 0
    assert [agent for agents, groups in named for agent in agents if agent.lower() not in groups] == []


def test_real_files_keep_out_whom_protego_says(samples: list[dict[str, Any]]) -> None:
    found: list[tuple[Preference, ...]] = [
        robots_txt(row["text"].encode(), "https://a.example/", BOTH) for row in samples
    ]
    for row, preferences in zip(samples, found, strict=True):
        # A byte order mark hides the first line from protego.
        parsed = Protego.parse(row["text"].removeprefix("\ufeff"))
        expected = {agent for agent in ("ccbot", "gptbot") if not parsed.can_fetch("https://a.example/", agent)}
        assert {one.agent for one in preferences if one.signal == "robots_txt"} == expected, row["source"]
    assert sum(one.agent == "ccbot" for preferences in found for one in preferences) > 9
