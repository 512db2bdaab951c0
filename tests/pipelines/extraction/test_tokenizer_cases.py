"""Odd markup that a tokenizer of HTML must get right, each case with the rule of WHATWG's that decides it.

`test_tokens` has the plain cases; here are those in which one state of the standard's tokenizer is easily taken for
another.
"""

import pytest

from pipelines.extraction.kernels.layout import MARK_TITLE
from pipelines.extraction.metadata import metadata
from tests.naive_pages import SCANNER, text


def marks(html: str) -> list[tuple[str, str]]:
    """Scan a page: the spans of its marks."""
    page, raw = SCANNER.scan(html.encode()), html.encode()
    return [(raw[a:b].decode(), raw[c:d].decode()) for _, a, b, c, d, *_ in page.marks.tolist()]


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("a letter must follow at once", "a< b>c", "a< b>c"),
        ("a sign is no letter", "a<;b>c", "a<;b>c"),
        ("an at sign comes before A", "a<@b>c<[d>", "a<@b>c<[d>"),
        ("a brace comes after z", "a<`b>c<{d>", "a<`b>c<{d>"),
        ("a letter with an accent is none of ASCII's", "a<éb>c", "a<éb>c"),
        ("a digit is no letter", "a<1b>c", "a<1b>c"),
        ("NUL is no letter, and no text", "a<\0b>c", "a<b>c"),
        ("another less sign may begin a tag", "a<<p>b", "a<|b"),
        ("a greater sign ends nothing", "a<>b", "a<>b"),
        ("the page ends after the sign", "a <", "a <"),
        ("the page ends after the slash", "a </", "a </"),
        ("what begins no end tag is a comment", "a</;b>c", "ac"),
        ("NUL begins a comment too", "a</\0b>c", "ac"),
        ("a less sign in such a comment is nothing", "a</<p>b", "ab"),
        ("such a comment never ends", "a</;b", "a"),
    ],
)
def test_what_begins_a_tag(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("white space of any kind ends a name", "a<p\fb>c<p\nd>e<p\te>f<p\rg>h", "a|c|e|f|h"),
        ("names are of any case", "a<P>b</P>c<Br><BR>d", "a|b|c|d"),
        ("a quotation mark is of the name", 'a<p">b</p">c', "abc"),
        ("a less sign is of the name", "a<p<b>c", "ac"),
        ("an equals sign is of the name", "a<p=>b", "ab"),
        ("NUL is of the name", "a<p\0>b", "ab"),
        ("the Kelvin sign is no k", "<lin\u212a rel=canonical href=x>a", "a"),
        ("a slash ends the name", "a<p/b>c", "a|c"),
        ("an end tag's attributes are read", "a<p>b</p class='>'>c", "a|b|c"),
        ("an end tag may close itself", "a<p>b</p/>c", "a|b|c"),
        ("an end tag that the page ends in is none", "<p>a</p b='", "a"),
    ],
)
def test_where_a_tag_s_name_ends(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why
    assert marks(html) == [], why


@pytest.mark.parametrize(
    ("why", "tag", "expected"),
    [
        ("an equals sign begins a name, and a second one its value", "<a == href=x rel=y>", []),
        ("a value comes after white space", "<a x= href=y rel=z>", []),
        ("even the next attribute is the value", "<a rel= href=x>", []),
        ("nothing is a value as well", "<a href='' rel=\"\">", [("", "")]),
        ("names end where the value begins", "<a href\n=\n'x'\nrel\f=\f\"y\">", [("y", "x")]),
        ("no white space is needed after a value", "<a href='x'rel='y'>", [("y", "x")]),
        ("nor before a name that follows a slash", "<a/href='x'/rel='y'/>", [("y", "x")]),
        ("any number of slashes part attributes", "<a // / href=x // / rel=y //>", [("y", "x")]),
        ("a slash is of a value without quotation marks", "<a href=/x/ rel=y/>", [("y/", "/x/")]),
        ("a slash alone is one too", "<a href=/>", [("", "/")]),
        ("a quotation mark in a name is of the name", "<a \"href=x 'rel=y href=z>", [("", "z")]),
        ("a less sign in a name is of the name", "<a <href=x href=y>", [("", "y")]),
        ("quotation marks in a value are of it", "<a href=x\"y'z>", [("", "x\"y'z")]),
        ("signs at its beginning are of it", "<a href=`x rel==y>", [("=y", "`x")]),
        ("the other quotation mark ends nothing", "<a href=\"x'>y\" rel='z\">'>", [('z">', "x'>y")]),
        ("a value may hold lines", "<a href='x\r\ny'>", [("", "x\r\ny")]),
        ("the first of a name is taken, in any case", "<a HREF=x href=y Href=z>", [("", "x")]),
        ("even if it has no value", "<a href HREF=y>", [("", "")]),
        ("what is like a name is another", "<a hrefs=x hr\u0117f=y x-href=z>", []),
        ("the long s is no s", "<meta clas\u017f=x content=y name\u017f=z>", []),
        ("a greater sign ends a tag after an equals sign", "<a href=>x</a>", [("", "")]),
        ("a reference does not end a value", "<a href='&#39;x'>", [("", "&#39;x")]),
        ("a value in quotation marks that never end", "<a href='x>y</a><a href=z>", []),
    ],
)
def test_attributes_that_are_not_what_they_seem(why: str, tag: str, expected: list[tuple[str, str]]) -> None:
    assert marks(tag) == expected, why


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("two dashes and an exclamation mark need a greater sign", "a<!--b--!c-->d", "ad"),
        ("more dashes may stand before the end", "a<!--b---->c<!----->d", "acd"),
        ("white space is none of the end", "a<!--b-- >c--! >d-->e", "ae"),
        ("what a comment opens in itself is its text", "a<!--<!---->b", "ab"),
        ("an exclamation mark does not end at once", "a<!--!>b-->c", "ac"),
        ("one dash is not the beginning of an end", "a<!--->b<!---c>d-->e", "abe"),
        ("a question mark does not matter", "a<!--?-->b", "ab"),
        ("NUL does not matter", "a<!--\0-->b<!-\0->c", "abc"),
        ("one dash begins another kind of comment", "a<!-b-->c", "ac"),
        ("which ends at the first greater sign", "a<!- '>' -->b", "a' -->b"),
        ("no quotation mark counts in one", "a<?b '>' ?>c", "a' ?>c"),
        ("a comment in a tag is none", "a<b <!-- c>d-->e", "ad-->e"),
    ],
)
def test_comments_that_end_otherwise(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("no white space is needed", "<!doctypehtml>a", "a"),
        ("nothing is needed", "<!DOCTYPE>a", "a"),
        ("a greater sign ends it in quotation marks", "<!DOCTYPE a SYSTEM 'b>c'>d", "c'>d"),
        ("it is one within a page too", "<p>a<!DOCTYPE b [<!c>]>d", "a]>d"),
        ("dashes are none of a comment's", "<!DOCTYPE a -- b>c -- d>e", "c -- d>e"),
        ("the page ends in it", "a<!DOCTYPE b PUBLIC 'c", "a"),
    ],
)
def test_document_types(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why


@pytest.mark.parametrize(
    ("why", "content", "after"),
    [
        ("a less sign is no white space after the name", "<!--<script</script>a", "a"),
        ("a longer name is another", "<!--<scriptx></script>a", "a"),
        ("a slash ends the name", "<!--<script/</script>a</script>b", "b"),
        ("an end tag of a longer name is none", "<!--<script></scripts></script>a</script>b", "b"),
        ("one dash ends no comment", "<!--<script>->a</script>b</script>c", "c"),
        ("three dashes do", "<!--<script>---></script>a", "a"),
        ("an exclamation mark does not", "<!--<script>--!></script>a</script>b", "b"),
        ("dashes right before a script are no end", "<!--a--<script>b</script>c</script>d", "d"),
        ("the comment's own dashes may be its end", "<!---->a<script></script>b", "b"),
        ("white space within the mark is none", "<! --<script></script>a", "a"),
        ("a comment may begin again", "<!-- --><!--<script></script></script>a", "a"),
        ("a comment in a comment begins nothing", "<!--<!--<script>--></script>a", "a"),
        ("a form feed ends the end tag's name", "</script\fa='>'>b", "b"),
        ("the page ends in the end tag", "a</script", ""),
        ("the page ends in its attributes", "a</script b", ""),
        ("another slash is none", "a<//script></script>b", "b"),
        ("white space before the name is none", "a</ script></script>b", "b"),
        ("a slash and a name in a tag are no end", "a<b/script></script>c", "c"),
    ],
)
def test_where_a_script_ends(why: str, content: str, after: str) -> None:
    assert text(f"<script>{content}") == after, why


@pytest.mark.parametrize("name", ["title", "textarea", "style", "xmp"])
@pytest.mark.parametrize(
    ("why", "content", "after"),
    [
        ("NUL is of the name", "x</{name}\0></{name}>a", "a"),
        ("a less sign ends no name", "x</{name}<b></{name}>a", "a"),
        ("an end tag may begin right after another's beginning", "x</<</{name}>a", "a"),
        ("an end tag that is cut by another", "x</{half}</{name}>a", "a"),
        ("a comment is none here", "<!--</{name}>-->a", "-->a"),
        ("nor is a script in a comment", "<!--<script></{name}>a", "a"),
        ("its own start tag is text", "<{name}></{name}>a", "a"),
        ("the end tag's attributes are read", "x</{name} a='>'>b", "b"),
        ("a reference is no less sign", "&lt;/{name}></{name}>a", "a"),
    ],
)
def test_where_text_without_markup_ends(name: str, why: str, content: str, after: str) -> None:
    html = f"<{name}>{content.format(name=name, half=name[:3])}"
    assert text(html).rpartition("|")[2] == after, why


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>a&lt;/title&gt;b</title>", "a</title>b"),
        ("<title>a<b>&copy=c<!-- d --></title>", "a<b>\u00a9=c<!-- d -->"),
        ("<title>a\0b\r\n\fc</title>", "a\ufffdb c"),
        ("<title>a</title\n>", "a"),
        ("<TITLE>a</tItLe>", "a"),
        ("<title/>a</title>", "a"),
        ("<title>a&#", "a&#"),
    ],
)
def test_a_title_s_references_are_resolved_and_its_markup_is_text(html: str, expected: str) -> None:
    page = SCANNER.scan(html.encode())
    assert page.marks[:, 0].tolist() == [MARK_TITLE]
    assert metadata(page, None).title == expected


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("brackets before the end are text's", "<svg><![CDATA[a]]]]>b]]></svg>c", "c"),
        ("a greater sign ends none", "<math><![CDATA[a>b</math>]]></math>c", "c"),
        ("markup in one is text", "<svg><![CDATA[</svg>a]]></svg>b", "b"),
        ("its mark is of capitals", "<svg><![CData[a></svg>b", "b"),
        ("its mark is whole", "<svg><![CDATA a></svg>b", "b"),
        ("HTML in SVG knows none", "<svg><foreignObject><![CDATA[<p>a]]></p></foreignObject></svg>b", "b"),
        ("two greater signs follow each other", "<svg><![CDATA[]]></svg>a]]>b", "a]]>b"),
    ],
)
def test_character_data_ends_by_its_own_mark(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("a reference makes no tag", "a&lt;p>b&#60;/p&gt;c", "a<p>b</p>c"),
        ("nor the beginning of another", "a&amp;lt;b&#38;gt;c", "a&lt;b&gt;c"),
        ("a tag ends a name", "a&am<b>p;c", "a&amp;c"),
        ("a comment does too", "a&#6<!-- -->5;b", "a5;b"),
        ("what is no character of Unicode's stays", "a\uffffb\ufdd0c", "a\uffffb\ufdd0c"),
        ("by its number too", "a&#xFFFF;b&#xFDD0;c", "a\uffffb\ufdd0c"),
        ("a control character's number is no text", "a&#1;b&#x7f;c", "abc"),
        ("a number's carriage return is white space", "a&#xD;&#xA;b", "a b"),
        ("a surrogate's number is a replacement character", "a&#xDFFF;b", "a\ufffdb"),
        ("so is one that is too large by far", f"a&#{'9' * 40};b", "a\ufffdb"),
        ("the x may be large", "a&#X4a;b", "aJb"),
        ("letters beyond f end a number", "a&#x4ag&#65z", "aJgAz"),
        ("one in a tag is none of the text before it", "a<b id=&amp;>b", "ab"),
        ("one in a comment is none either", "a<!--&gt;-->b", "ab"),
        ("no digit, no number", "a&#;&#x;&#xg;&#a;", "a&#;&#x;&#xg;&#a;"),
    ],
)
def test_references_in_text(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why


@pytest.mark.parametrize(
    ("why", "html", "expected"),
    [
        ("it ends by no tag", "a<plaintext>b</plaintext><p>c<!-- d", "a|b</plaintext><p>c<!-- d"),
        ("references are text", "<plaintext>&lt;&#65;", "&lt;&#65;"),
        ("the page ends in what would be a tag", "<plaintext>a</plaintext", "a</plaintext"),
        ("it does not begin by its end tag", "a</plaintext><b>c", "ac"),
        ("it does not begin by closing itself either", "<plaintext/>a<b>", "a<b>"),
    ],
)
def test_plain_text_is_all_that_follows(why: str, html: str, expected: str) -> None:
    assert text(html) == expected, why
