"""C4's lines are chosen like the naive twin and datatrove choose them."""

from typing import Any

import pytest
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter
from hypothesis import given
from hypothesis import strategies as st

from filters.kernels.characters import CODE_POINTS
from filters.kernels.traits import DECIMAL, DIGIT, UPPER, traits
from pipelines.edits.drop_c4_lines import POLICIES, DropC4Lines
from tests import naive_edits
from tests.pipelines.edits.edited import after, places
from tests.pipelines.edits.strategies import texts

PIECES = (
    *(
        "[1]",
        "[]",
        "[٣]",
        "[²]",
        "[edit]",
        "[citation needed]",
        "[",
        "]",
        "The sea is blue.",
        "a b c ",
        "...",
        '"',
        "?",
    ),
    *(
        "JavaScript",
        "java[1]script",
        "uses coo\u212aies",
        "Privacy Policy",
        "use",
        " of cookies",
        "\r\n",
        "\x85",
        "\x1c",
    ),
    *("longer-word", "\u3000", "\u00a0", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"),
)
RULES = st.fixed_dictionaries(
    {
        "punctuated": st.booleans(),
        "min_words": st.sampled_from([0, 1, 3]),
        "max_word_length": st.sampled_from([6, 1000]),
        "javascript": st.booleans(),
        "policies": st.booleans(),
        "citations": st.booleans(),
    }
)


@given(texts(*PIECES), RULES)
def test_it_is_like_the_naive_twin(batch: list[str], rules: dict[str, Any]) -> None:
    assert after(DropC4Lines(**rules), batch) == [naive_edits.drop_c4_lines(text, **rules) for text in batch]


@given(texts(*PIECES), st.booleans())
def test_it_is_like_datatrove(batch: list[str], punctuated: bool) -> None:
    peer = C4QualityFilter(
        filter_no_terminal_punct=punctuated, min_num_sentences=-1, filter_lorem_ipsum=False, filter_curly_bracket=False
    )
    pages = [Document(text=text, id="0") for text in batch]
    assert all(peer.filter(page) for page in pages)
    assert after(DropC4Lines(punctuated=punctuated), batch) == [page.text for page in pages]


@pytest.mark.parametrize("phrase", [*POLICIES, "javascript"])
def test_each_phrase_is_found_at_either_end_and_in_capitals(phrase: str) -> None:
    lines = [phrase + " and so on", "as we say " + phrase, f"a {phrase.upper()} b c", f"a {phrase[:-1]}_ b c"]
    assert after(DropC4Lines(), lines) == ["", "", "", lines[-1]]


def test_each_line_is_one_place() -> None:
    assert places(DropC4Lines(), ["Home\nThe sea[1] is blue. \r\nLog in\nSo it is.\nEnd\n"]) == [
        [(0, 5), (12, 15), (24, 26), (27, 34), (43, 48)]
    ]


def test_words_are_counted_with_their_citations() -> None:
    assert after(DropC4Lines(), ["one two [1]", "one two[1]"]) == ["one two", ""]


def test_traits_are_those_of_python() -> None:
    table = traits()
    assert len(table) == CODE_POINTS
    known = [chr(point) for point in range(0x3000)]
    assert [bool(table[ord(c)] & UPPER) for c in known] == [c.isupper() for c in known]
    assert [bool(table[ord(c)] & DIGIT) for c in known] == [c.isdigit() for c in known]
    assert [bool(table[ord(c)] & DECIMAL) for c in known] == [c.isdecimal() for c in known]
