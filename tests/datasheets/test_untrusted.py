"""Nothing that a page or a server writes is obeyed by a reader of the datasheet."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from datasheets.untrusted import MOST, prose, shown

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")

HOSTILE = [
    "<script>alert(1)</script>",
    "a|b|c",
    "` <b>x</b> `",
    "``` \n</details>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/pixel.png)",
    "javascript:alert(1)",
    "https://evil.example",
    "a\nb\r\n\n# Heading",
    "\x00\x07\x1b[31mred",
    "\u202eexe.txt\u2066",
    "\u2028|\u2029",
    "&lt;b&gt;&#124;",
    "\\`\\|",
    "\ud7ff\ue000\U000e0001",
    "$`x`$ *a* __b__ ~~c~~ ^d^",
    "  ",
]


def cells(text: str) -> list[str]:
    page = MARKDOWN.render(f"| a | b |\n| --- | --- |\n| {text} | end |\n")
    assert page.count("<td>") == 2
    return [part.partition("</td>")[0] for part in page.split("<td>")[1:]]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    first, second = cells(shown(text))
    assert first.startswith("<code>")
    assert first.endswith("</code>")
    assert "<" not in first.removeprefix("<code>").removesuffix("</code>")
    assert second == "end"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_stays_in_its_cell(text: str) -> None:
    written = shown(text)
    first, second = cells(written)
    assert html.unescape(first).removeprefix("<code>").removesuffix("</code>").strip() == written[1:-1].strip()
    assert second == "end"
    assert written.isprintable()
    assert not set(written[1:-1]) & set("`|<>&\\[]*!~$\n") - {"\\"}


@example("-")
@example("+ one")
@example("1. one")
@example("=")
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_prose_is_only_words(text: str) -> None:
    said = " ".join(text.split())
    page = MARKDOWN.render(prose(text)) if said else "<p></p>\n"
    assert page.count("<") == 2
    # A character that no text may hold is shown as one that cannot be shown.
    if "\0" not in said and said.isprintable():
        assert html.unescape(page).removeprefix("<p>").removesuffix("</p>\n") == said


def test_long_text_is_shortened_and_says_so() -> None:
    assert shown("a" * MOST) == f"`{'a' * MOST}`"
    assert shown("a" * (MOST + 1)) == f"`{'a' * (MOST - 1)}…`"


def test_no_text_is_said() -> None:
    assert shown("") == "*empty*"


def test_what_is_harmless_is_readable() -> None:
    assert shown("https://www.münchen.example/a_b?c=1#d") == "`https://www.münchen.example/a_b?c=1#d`"
    assert shown("a|b\n\u202e\U000e0001") == r"`a\x7cb\x0a\u202e\U000e0001`"
