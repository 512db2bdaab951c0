"""Marks of a scan: where a page says something of itself."""

import pytest

from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_BASE,
    MARK_BLOCK,
    MARK_ITEM,
    MARK_JSON_LD,
    MARK_LANGUAGE,
    MARK_LINK,
    MARK_META,
    MARK_TIME,
    MARK_TITLE,
)
from tests.naive_pages import SCANNER


def marks(html: str) -> list[tuple[int, str, str]]:
    """Scan a page: the kind of each mark, and its two spans."""
    page, raw = SCANNER.scan(html.encode()), html.encode()
    return [(kind, raw[a:b].decode(), raw[c:d].decode()) for kind, a, b, c, d, *_ in page.marks.tolist()]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>a &amp; <b></title>", (MARK_TITLE, "a &amp; <b>", "")),
        ("<html lang=de-CH>", (MARK_LANGUAGE, "", "de-CH")),
        ("<base href='/x'>", (MARK_BASE, "", "/x")),
        ("<meta name=author content='A B'>", (MARK_META, "author", "A B")),
        ("<meta content=x property='og:title'>", (MARK_META, "og:title", "x")),
        ("<meta itemprop=y content=x>", (MARK_META, "y", "x")),
        ("<meta http-equiv=refresh content=x>", (MARK_META, "refresh", "x")),
        ("<link rel=canonical href=/y>", (MARK_LINK, "canonical", "/y")),
        ("<a rel=license href=/y>x</a>", (MARK_ANCHOR, "license", "/y")),
        ("<a href=/y>x</a>", (MARK_ANCHOR, "", "/y")),
        ("<time datetime=2020-01-02>x</time>", (MARK_TIME, "", "2020-01-02")),
        ("<span itemprop=author>x</span>", (MARK_ITEM, "author", "")),
        ("<b itemprop=x content=y datetime=z>", (MARK_ITEM, "x", "y")),
        ("<script type=' Application/LD+json '>{<!--}</script>", (MARK_JSON_LD, "{<!--}", "")),
    ],
)
def test_what_comes_out(html: str, expected: tuple[int, str, str]) -> None:
    assert marks(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<meta name=x>",
        "<link rel=x>",
        "<a name=x>",
        "<html>",
        "<time>x</time>",
        "<script>x</script>",
        "<script type=text/json>x</script>",
        "<svg><title>x</title><a href=y></a></svg>",
        "</a href=x>",
        "<!-- <a href=x> -->",
        "<textarea><a href=x></textarea>",
        "<a href=x",
    ],
)
def test_what_says_nothing_leaves_no_mark(html: str) -> None:
    assert marks(html) == []


def test_each_name_of_a_tag_leaves_a_mark() -> None:
    names = [(MARK_META, name, "x") for name in "cbad"]
    assert marks("<meta http-equiv=a name=b property=c itemprop=d content=x>") == names
    assert marks("<time itemprop=x datetime=z>") == [(MARK_TIME, "", "z"), (MARK_ITEM, "x", "z")]
    assert marks("<a itemprop=url rel=license href=z>") == [(MARK_ANCHOR, "license", "z"), (MARK_ITEM, "url", "z")]


def test_a_title_after_svg_is_one_and_values_of_one_tag_are_not_of_the_next() -> None:
    assert marks("<svg><path></svg><title>x</title>") == [(MARK_TITLE, "x", "")]
    assert marks("<a rel=x href=y></a><a href=z>") == [(MARK_ANCHOR, "x", "y"), (MARK_ANCHOR, "", "z")]
    assert marks("<title>x</title><a href=z>") == [(MARK_TITLE, "x", ""), (MARK_ANCHOR, "", "z")]


def test_a_mark_knows_how_many_blocks_were_finished_before_it() -> None:
    page = SCANNER.scan(b"<a href=x><p>a<a href=y><p>b<p>c<a href=z>")
    assert page.marks[:, MARK_BLOCK].tolist() == [0, 0, 2]
