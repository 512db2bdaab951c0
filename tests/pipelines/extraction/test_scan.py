"""Blocks and containers of a scan: which text is in which element, and what is counted of it."""

# ruff: noqa: RUF001  # signs of other scripts are what it is about

import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.kernels import layout
from pipelines.extraction.kernels.keys import key_of
from pipelines.extraction.kernels.layout import PARENT, TAG
from pipelines.extraction.kernels.names import NAMES
from pipelines.extraction.model import hint_table
from pipelines.extraction.page import Scanner
from tests.naive_pages import SCANNER, text, texts

COUNTS = {
    "words": layout.BLOCK_WORDS,
    "linked": layout.BLOCK_LINK_WORDS,
    "characters": layout.BLOCK_CHARACTERS,
    "linked characters": layout.BLOCK_LINK_CHARACTERS,
    "capitals": layout.BLOCK_UPPER,
    "digits": layout.BLOCK_DIGITS,
    "stops": layout.BLOCK_STOPS,
    "commas": layout.BLOCK_COMMAS,
    "signs": layout.BLOCK_SIGNS,
}
STOPS, WIDE_STOPS, COMMAS, WIDE_COMMAS = ".!?", "…。！？؟۔।॥", ",:;", "、，：；،؛"
SPACES, INVISIBLE, SIGNS = " \t\n\f\r\xa0\u3000\u2003\u2028", "\xad\u200b\ufeff\x01", "-\"'()/“«→€（"
CHINESE, LETTERS, CAPITALS, DIGITS = "中文かナ", "abäßжक", "ABZ", "059"


def paths(html: str) -> list[str]:
    """Scan a page: each block as its text, and the names of the elements around it from the outside."""
    page, found = SCANNER.scan(html.encode()), []
    for content, row in zip(texts(html), page.blocks.tolist(), strict=True):
        names, at = [], row[layout.BLOCK_CONTAINER]
        while at:
            names.append(NAMES[page.containers[at, TAG] - 1] if page.containers[at, TAG] else "?")
            at = page.containers[at, PARENT]
        found.append(f"{' '.join(reversed(names))}: {content}")
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", ["p: a", "p: b"]),
        ("<p>a<b>b</b> c<div>d</div>e", ["p: ab c", "div: d", ": e"]),
        ("<p>a<button><p>b</button>c", ["p: a", "p button p: b", "p: c"]),
        ("<p>a<table><td>b<p>c</table>d", ["p: a", "table td: b", "table td p: c", ": d"]),
        (
            "<ul><li>a<li>b<ul><li>c</ul>d<li>e</ul>f",
            ["ul li: a", "ul li: b", "ul li ul li: c", "ul li: d", "ul li: e", ": f"],
        ),
        ("<ul><li>a<div>b<li>c", ["ul li: a", "ul li div: b", "ul li: c"]),
        ("<ul><li>a<section>b<li>c", ["ul li: a", "ul li section: b", "ul li section li: c"]),
        ("<dl><dt>a<dd>b<dt>c<p>d<dd>e", ["dl dt: a", "dl dd: b", "dl dt: c", "dl dt p: d", "dl dd: e"]),
        ("<li><ul></li>a", ["li ul: a"]),
        (
            "<table><tr><td>a<td>b<tr><th>c<tbody><tr><td>d</table>e",
            ["table tr td: a", "table tr td: b", "table tr th: c", "table tbody tr td: d", ": e"],
        ),
        ("<table><tr><td>a</tr><td>b", ["table tr td: a", "table td: b"]),
        ("<table><caption>a<tr><td>b", ["table caption: a", "table tr td: b"]),
        ("<table><td><table><td>a</td>b</table>c", ["table td table td: a", "table td table: b", "table td: c"]),
        ("<table><tr><table><td>a", ["table td: a"]),
        ("<table><td><div>a</td>b", ["table td div: a", "table: b"]),
        ("<div><table><td>a</div>b</table>c", ["div table td: ab", "div: c"]),
        ("<div><template><tr><td></div></template>a</div>", ["div: a"]),
        ("<table><td><template><tr><td></template>a", ["table td: a"]),
        ("<h1>a</h2>b<h3>c<h4>d", ["h1: a", ": b", "h3: c", "h4: d"]),
        ("<h1>a<p>b<h2>c", ["h1: a", "h1 p: b", "h2: c"]),
        ("<select><option>x<option>y</select>a", [": a"]),
        ("<select><option>x<select>a", [": a"]),
        ("<select><option>x<input>a", [": a"]),
        ("<button>a<button>b", ["button: a", "button: b"]),
        ("<div>a</x>b</b>c</section>d</div>", ["div: abcd"]),
        ("<x>a<div>b</x>c</div></x>d", ["?: a", "? div: bc", ": d"]),
        ("<x>a</x>b<p>c", [": ab", "p: c"]),
        ("<y><x>a</x>b</y><p>c", [": ab", "p: c"]),
        ("<x-y/>a<p>b", ["?: a", "? p: b"]),
        ("<div><form><div>a</form>b</div>c</div>d", ["div form div: ab", "div form: c", ": d"]),
        ("<div><form>a<p>b</form>c</div>d", ["div form: a", "div form p: b", "div: c", ": d"]),
        ("a</p>b", [": a", ": b"]),
        ("a</br>b", [": a\nb"]),
        ("<svg><p>a", ["p: a"]),
        ("<div>a<svg><title>x</title><path d=x></svg>b</div>", ["div: ab"]),
        ("<div>a<svg><g><style>x<y></style></g></div>b", ["div: a", ": b"]),
        ("<svg><foreignObject><div>x</svg>y</div></foreignObject></svg>a", [": a"]),
        ("<svg><desc><style></desc></style></desc></svg>a", [": a"]),
        ("<svg/>a<math><mi>x</mi></math>b<math><mtext><p>x</mtext></math>c", [": ab"]),
        ("<b>a<svg><path></b>c", [": ac"]),
        ("<svg><style>x</style></svg><style><p></style>a", [": a"]),
        ("<title>x</title><body><p>a</body></html>", ["p: a"]),
        ("a<hr>b<image>c", [": a", ": bc"]),
    ],
)
def test_end_tags_that_were_left_out_or_have_no_place(html: str, expected: list[str]) -> None:
    assert [path.lstrip() for path in paths(html)] == [path.lstrip() for path in expected]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<br>b", "a\nb"),
        ("a<br>  <br/> b", "a|b"),
        ("a<br><br><br>b<br>", "a|b"),
        ("<br>a<br></div>", "a"),
        ("  a  b\n\n c ", "a b c"),
        ("a <b> b</b> <i>c</i>", "a b c"),
        ("a\xa0\u3000&nbsp; b", "a b"),
        ("so\xadft zero\u200bwidth", "soft zerowidth"),
        ("नमस्\u200dते", "नमस्\u200dते"),
        ("a\u2003b\u202fc", "a b c"),
        ("<p> <p>\n<p>&nbsp;", ""),
    ],
)
def test_breaks_and_white_space(html: str, expected: str) -> None:
    assert text(html) == expected


def row(html: str) -> np.ndarray:
    """Scan a page of one block: the block."""
    blocks = SCANNER.scan(html.encode()).blocks
    assert len(blocks) == 1
    return blocks[0]


@pytest.mark.parametrize(
    ("html", "words", "linked", "links"),
    [
        ("<a href=x>a b</a> c", 3, 2, 1),
        ("<a name=x>a b</a> c", 2 + 1, 0, 0),
        ("a<a href=x> b</a>", 2, 1, 1),
        ("a<a href=x>b</a>c", 1, 1, 1),
        ("<a href=x>a<br>b</a>", 2, 2, 1),
        ("<a href=x>a<a href=x>b", 1, 1, 2),
        ("<a href=x>a <a>b</a>", 2, 1, 1),
        ("<x><a href=x>a</x> b", 2, 1, 1),
        ("a<a href=x>, b</a>", 2, 1, 1),
    ],
)
def test_links(html: str, words: int, linked: int, links: int) -> None:
    found = row(html)
    assert (found[layout.BLOCK_WORDS], found[layout.BLOCK_LINK_WORDS], found[layout.BLOCK_LINKS]) == (
        words,
        linked,
        links,
    )


def naive(chunks: list[tuple[bool, str]]) -> dict[str, int]:
    """Count what is in pieces of text, each of them a link of its own or in none."""
    marked = [(piece, linked, character) for piece, (linked, text) in enumerate(chunks) for character in text]
    marked = [mark for mark in marked if mark[2] not in INVISIBLE]
    kinds = "".join(_kind(character) for _, _, character in marked)
    words = [match.span() for match in re.finditer("c|[lud]+", kinds)]
    pairs = {(start, piece) for start, end in words for piece, linked, _ in marked[start:end] if linked}
    solid = [linked for (_, linked, _), kind in zip(marked, kinds, strict=True) if kind != " "]
    return {
        "words": len(words),
        "linked": min(len(pairs), len(words)),
        "characters": len(solid),
        "linked characters": sum(solid),
        "capitals": kinds.count("u"),
        "digits": kinds.count("d"),
        "stops": kinds.count("S") + len(re.findall(r"s[s,.S-]*(?= |$)", re.sub("S", ".", kinds).replace(".", "S"))),
        "commas": kinds.count(","),
        "signs": kinds.count("-"),
    }


def _kind(character: str) -> str:
    sets = {
        "s": STOPS,
        "S": WIDE_STOPS,
        ",": COMMAS + WIDE_COMMAS,
        " ": SPACES,
        "-": SIGNS,
        "c": CHINESE,
        "u": CAPITALS,
        "d": DIGITS,
    }
    return next((kind for kind, members in sets.items() if character in members), "l")


PIECE = st.tuples(
    st.booleans(),
    st.text(
        STOPS + WIDE_COMMAS + COMMAS + SPACES + INVISIBLE + SIGNS + CHINESE + LETTERS + CAPITALS + DIGITS, max_size=8
    ),
)


@given(st.lists(PIECE, max_size=5))
def test_counts_are_those_of_a_naive_reading(chunks: list[tuple[bool, str]]) -> None:
    html = "<p>" + "".join(f"<a href=x>{content}</a>" if linked else content for linked, content in chunks)
    blocks = SCANNER.scan(html.encode()).blocks
    found = {name: int(blocks[0, column]) if len(blocks) else 0 for name, column in COUNTS.items()}
    assert found == naive(chunks)


def test_signs_of_other_scripts_end_words_and_sentences() -> None:
    found = row("एक। दो॥ 一二。三！ сл… Ok？ ص؟ 10€ ok🙂ok")
    assert found[layout.BLOCK_STOPS] == 7
    assert found[layout.BLOCK_WORDS] == 2 + 3 + 1 + 1 + 1 + 1 + 2


def test_elements_around_sum_up_what_is_in_them() -> None:
    rng = random.Random(7)  # noqa: S311  # chance, no secret
    for _ in range(100):
        html = "".join(
            rng.choice(["<div>", "</div>", "<x>", "</x>", "<p>", "a b. ", "<form>", "</form>", "<td>"])
            for _ in range(60)
        )
        page = SCANNER.scan(html.encode())
        held = np.zeros(len(page.containers), int)
        for block in page.blocks:
            at = block[layout.BLOCK_CONTAINER]
            while True:
                held[at] += block[layout.BLOCK_WORDS]
                if at == 0:
                    break
                at = page.containers[at, PARENT]
        assert page.containers[:, layout.HELD_WORDS].tolist() == held.tolist(), html


@pytest.mark.parametrize(
    "mark", ["hidden", "aria-hidden=true", "style='a:b;Display : NONE'", "style=visibility:hidden"]
)
def test_hidden_elements_are_read_and_said_to_be_hidden(mark: str) -> None:
    blocks = SCANNER.scan(f"<div {mark}>a<p>b</div><div aria-hidden=false style=display:block>c".encode()).blocks
    assert [bool(kind & layout.KIND_HIDDEN) for kind in blocks[:, layout.BLOCK_KIND]] == [True, True, False]


def test_what_is_around_a_text() -> None:
    page = SCANNER.scan(b"<main><ol><li>a<li><h2>b</h2><ul><li>c</ul></ol><table><tr><td>d<td>e<tr><td>f")
    kinds, rows = page.blocks[:, layout.BLOCK_KIND], page.containers[page.blocks[:, layout.BLOCK_CONTAINER]]
    assert all(kinds & layout.KIND_MAIN)
    assert [bool(kind & layout.KIND_ORDERED) for kind in kinds] == [True, True, False, False, False, False]
    assert [bool(kind & layout.KIND_HEADING) for kind in kinds] == [False, True, False, False, False, False]
    assert rows[:3, layout.NUMBER_IN_LIST].tolist() == [1, 2, 0]
    assert rows[3:, layout.ROW].tolist() == [1, 1, 2]
    assert rows[3:, layout.CELL].tolist() == [1, 2, 3]


def test_names_are_looked_up_whole_and_in_parts() -> None:
    table = hint_table({key_of("main-text"): 5, key_of("menu"): -3, key_of("side"): -2})
    page = Scanner(table, np.zeros(16, np.uint64)).scan(b"<div class='x main-text'>a<div id=sideMenu>b")
    assert page.containers[1:, [layout.OWN_LOW, layout.OWN_HIGH]].tolist() == [[0, 5], [-3, 0]]
    assert page.containers[2, [layout.LOW, layout.HIGH, layout.SUM]].tolist() == [-3, 5, 2]


def test_beyond_the_deepest_element_tags_still_match_by_name() -> None:
    html = "<section>" * 600 + "a<p>b<div>c</div>" + "</section>" * 600 + "<h1>d</h1>e"
    assert [path.rpartition(" ")[0].split(" ")[-1] for path in paths(html)][:1] == ["section:"]
    assert paths(html)[-2:] == ["h1: d", ": e"]
