"""Markup is told from text as WHATWG's tokenizer does it, whatever is unfinished, misplaced or odd in it."""

import numpy as np
import pytest

from pipelines.extraction.kernels.keys import key_of
from pipelines.extraction.kernels.memory import SEEN, VALUES
from pipelines.extraction.kernels.names import ATTRIBUTE
from pipelines.extraction.kernels.tokens import read_tag
from tests.naive_pages import SCANNER, text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<!-- x -->b", "ab"),
        ("a<!-->b", "ab"),
        ("a<!--->b", "ab"),
        ("a<!---->b", "ab"),
        ("a<!--x--->b", "ab"),
        ("a<!--x--!>b", "ab"),
        ("a<!----!>b", "ab"),
        ("a<!---!>b-->c", "ac"),
        ("a<!-- > -- > - -> -->b", "ab"),
        ("a<!--x--!->b-->c", "ac"),
        ("a<!-- <!-- x --> b -->", "a b -->"),
        ("a<!--<!-->b", "ab"),
        ("a<!--<!->b-->c", "ac"),
        ("a<!-- <p>x</p> -->b", "ab"),
        ("a<!-x>b", "ab"),
        ("a<!>b", "ab"),
        ("a<!x -- y>b-->", "ab-->"),
        ("a<?php echo 1 > 2 ?>b", "a 2 ?>b"),
        ("a<?>b", "ab"),
        ("a</>b", "ab"),
        ("a</3>b", "ab"),
        ("a</ p>b", "ab"),
        ("a</!-- x -->b", "ab"),
        ("a<!doctype html>b", "ab"),
        ('<!DOCTYPE html PUBLIC "a>b">c', 'b">c'),
        ("a<!-- never closed", "a"),
        ("a<!-- never -- closed -", "a"),
        ("a<!--", "a"),
        ("a<!", "a"),
        ("a<?", "a"),
    ],
)
def test_comments_and_what_is_read_as_one_are_no_text(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<3", "a<3"),
        ("a < b", "a < b"),
        ("a<", "a<"),
        ("a</", "a</"),
        ("a<<b>c", "a<c"),
        ("a<<<", "a<<<"),
        ("<é>", "<é>"),
        ("a>b", "a>b"),
        ("1<2 & 3>2", "1<2 & 3>2"),
    ],
)
def test_a_less_sign_that_begins_nothing_is_text(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    "cut", ["<b", "<b ", "<b x", "<b x=", "<b x='y", '<b x="y"', "<b/", "</b", "</b x", "<b x=y z"]
)
def test_a_tag_that_the_page_ends_in_is_none(cut: str) -> None:
    assert text(f"a{cut}") == "a"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<![CDATA[b]]>c", "ac"),
        ("a<![CDATA[b > c]]>d", "a c]]>d"),
        ("<svg><![CDATA[a > b]]></svg>c", "c"),
        ("<svg><![CDATA[ <p>a]] > b]]></svg>c", "c"),
        ("<svg><desc><p><![CDATA[a>b]]></svg>c</p></desc></svg>d", "d"),
        ("<svg><![cdata[a > <p>c", "c"),
        ("<svg><![CDATA[a <p>b", ""),
        ("<svg><![CDATA[a]]]></svg>b", "b"),
    ],
)
def test_character_data_is_a_section_of_foreign_content_only(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize("name", ["style", "noscript", "iframe", "noembed", "noframes", "title", "textarea", "script"])
def test_what_holds_no_markup_ends_at_its_own_end_tag(name: str) -> None:
    assert (
        text(f"a<{name}><p>x</b><!-- </ {name}> </{name}x> <{name}> --></{name.upper()} y>b").replace("|", "") == "ab"
    )
    assert text(f"a<{name}>x</{name}/>b").replace("|", "") == "ab"
    assert text(f"a<{name}>x</{name}") == "a"
    assert text(f"a<{name}>x") == "a"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>a</script>b", "b"),
        ("<script><!-- </script>b", "b"),
        ("<script><!-- <script> </script> --></script>b", "b"),
        ("<script><!-- <script> </script> </script>b", "b"),
        ("<script><!-- <script> </script>b", ""),
        ("<script><!-- <script> --> </script>b", "b"),
        ("<script><!--> <script> </script>b", "b"),
        ("<script><!---> <script> </script>b", "b"),
        ("<script><!-- <scripts> </script>b", "b"),
        ("<script><!-- <SCRIPT/x </ScRiPt/> x</script >b", "b"),
        ("<script><!- <script> </script>b", "b"),
        ("<script><script></script>b", "b"),
        ("<script>'</scripty>'</script>b", "b"),
        ("<script><!--<script></script><script></script></script>b", "b"),
    ],
)
def test_a_script_in_a_comment_in_a_script_is_no_end(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<xmp><b>&amp;</b></xmp>c", "a|<b>&amp;</b>|c"),
        ("a<plaintext><b>&amp;</plaintext>c", "a|<b>&amp;</plaintext>c"),
        ("<listing>\n a &lt;</listing>", " a <"),
        ("<pre>\na\n\n b</pre>", "a\n\n b"),
        ("<pre>\r\na\r\rb</pre>", "a\n\nb"),
        ("<pre>\n\nb</pre>", "\nb"),
        ("<pre>&#10;\na</pre>", "\na"),
        ("<pre><b>\na</b></pre>", "\na"),
        ("<pre><!-- -->\na</pre>", "\na"),
        ("<pre>a<br>b</pre>", "a\nb"),
        ("a<textarea>\n<b></textarea>c", "a|c"),
        ("a<template>x</template>c", "ac"),
        ("a<template><td></template>c", "a|c"),
    ],
)
def test_what_is_set_as_it_is_written(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a\0b", "ab"),
        ("a\rb", "a b"),
        ("a\r\nb", "a b"),
        ("a\fb", "a b"),
        ("a\x01\x7fb", "ab"),
        ("a&#0;b", "a\ufffdb"),
        ("a&#13;b", "a b"),
        ("a&amp;amp;b", "a&amp;b"),
        ("a&ampb &notit; &", "a&b ¬it; &"),
        ("\ufeffa", "a"),
        ("a&#x80;", "a€"),
    ],
)
def test_characters_that_are_no_text_and_references(html: str, expected: str) -> None:
    assert text(html) == expected


def tag_read(raw: bytes) -> tuple[tuple[int, int, int, int], np.ndarray]:
    """Read a tag from its name on, and give the memory that it left."""
    SCANNER.scan(raw)
    return read_tag(SCANNER.address, 0, len(raw)), SCANNER.memory


def attributes(tag: str) -> dict[str, str]:
    """Read a tag from its name on: the values of listed attributes."""
    raw = tag.encode()
    (at, name_end, key, _), memory = tag_read(raw)
    assert at < 0 or raw[at - 1 : at] == b">"
    assert at < 0 or int(key) == key_of(raw[:name_end].decode("latin-1"))
    places = {name: VALUES + 2 * number for name, number in ATTRIBUTE.items() if memory[SEEN] >> number & 1}
    return {name: raw[memory[at] : memory[at + 1]].decode() for name, at in places.items()}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("a href=x>", {"href": "x"}),
        ("a href='x y>z'>", {"href": "x y>z"}),
        ('a HREF="x\'y"id=z>', {"href": "x'y", "id": "z"}),
        ("a href>", {"href": ""}),
        ("a href=>", {"href": ""}),
        ("a href= >", {"href": ""}),
        ("a href = x rel\n=\t'y'>", {"href": "x", "rel": "y"}),
        ("a href id>", {"href": "", "id": ""}),
        ("a href=x/>", {"href": "x/"}),
        ("a/href=x/id=y>", {"href": "x/id=y"}),
        ("a/href/id>", {"href": "", "id": ""}),
        ("a =href=x id=y>", {"id": "y"}),
        ("a href==x>", {"href": "=x"}),
        ("a href=x href=y>", {"href": "x"}),
        ("a href href=y>", {"href": ""}),
        ("a href=x'y\"<z>", {"href": "x'y\"<z"}),
        ("a <b href=x>", {"href": "x"}),
        ("a hrefs=x hre=y>", {}),
        ("a 'href=x' id=y>", {"id": "y"}),
        ('a href="x"id="y">', {"href": "x", "id": "y"}),
        ("a xml:lang=de>", {"xml:lang": "de"}),
    ],
)
def test_attributes(tag: str, expected: dict[str, str]) -> None:
    assert attributes(tag) == expected


def test_a_tag_says_that_it_closes_itself() -> None:
    for tag, closes in (("a/>", 1), ("a />", 1), ("a / >", 0), ("a x=y/>", 0), ("a x='y'/>", 1), ("a>", 0)):
        assert tag_read(tag.encode())[0][3] == closes
