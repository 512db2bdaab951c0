"""A page is tables with their queries; numbers and untrusted text are written each in their own way."""

import pytest
from markdown_it import MarkdownIt

from datasheets.datasheet import Datasheet, Section
from datasheets.markdown import cell, fenced, query, render, table
from provenance.question import Answer, Question

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


@pytest.mark.parametrize(
    ("column", "value", "written"),
    [
        ("records", 1234567, "1,234,567"),
        ("share", 0.1234, "12.3%"),
        ("share_of_text", 1.0, "100.0%"),
        ("similarity_from", 0.95, "0.95"),
        ("conserved", True, "yes"),
        ("conserved", False, "no"),
        ("share", None, "–"),  # noqa: RUF001
        ("host", "a|b", r"`a\x7cb`"),
        ("host", "", "*empty*"),
        ("failed", ["a", "b"], r"`\x5b'a', 'b'\x5d`"),
        ("meaning", "a redirect, an error page", "a redirect, an error page"),
        ("meaning", "<b>", "&#60;b&#62;"),
        ("bar", "███▌    ", "███▌"),
        ("bar", "        ", ""),
        ("bar", "|<b>", r"`\x7c\x3cb\x3e`"),
    ],
)
def test_a_value_is_written(column: str, value: object, written: str) -> None:
    assert cell(column, value) == written


def answer(sql: str = "SELECT 1") -> Answer:
    return Answer(Question("q", sql, ""), ("step", "text_bytes", "ok"), (("a", 1000, True), ("b", None, None)))


def test_numbers_stand_to_the_right() -> None:
    assert table(answer()) == (
        "| step | text bytes | ok |\n| --- | ---: | --- |\n| `a` | 1,000 | yes |\n| `b` | – | – |"  # noqa: RUF001
    )


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT '```'", "SELECT '\n````sql\n</details>\n'", "SELECT '\n\n# x'"])
def test_a_query_comes_back_from_the_page(sql: str) -> None:
    blocks = [token for token in MARKDOWN.parse(query(answer(sql)) + "\n\nafter\n") if token.type == "fence"]
    assert [block.content.strip() for block in blocks] == [sql.strip()]


def test_a_fence_is_longer_than_any_in_it() -> None:
    assert fenced("a ```` b").startswith("`````sql\n")


def test_the_page_stands_in_order() -> None:
    sections = (Section("One", ("First.", "Second."), answer()), Section("Two", ("Nothing to ask.",)))
    page = render(Datasheet("Title", "name", "digest", "Why <b>\nso.", ("One.", "Two."), sections))
    parts = page.split("\n\n")
    assert parts[:8] == [
        "# Title",
        "One. Two.",
        "> Why &#60;b&#62; so.",
        "Recipe `name`, digest `digest`.",
        "## One",
        "First.",
        "Second.",
        table(answer()),
    ]
    assert "## Two\n\nNothing to ask.\n\n## How to ask again" in page
    assert page.endswith("```\n")


def test_without_rows_the_query_still_stands() -> None:
    empty = Answer(Question("q", "SELECT 1 LIMIT 0", ""), ("a",), ())
    page = render(Datasheet("Title", "name", "digest", "", ("One.",), (Section("One", ("None.",), empty),)))
    assert "None.\n\n<details><summary>SQL</summary>\n\n```sql\nSELECT 1 LIMIT 0\n```" in page
    assert "| a |" not in page
