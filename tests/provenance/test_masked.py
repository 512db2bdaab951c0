"""Nothing can be read back of what is masked, whatever the text."""

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.masked import HIDDEN, MOST, masked
from tests import odd

ANY = st.text(st.one_of(odd.CHARACTERS, st.characters(), st.sampled_from("aé1٣字ไ가 \n\t\0\u200b@.-ﬃ")), max_size=200)


@settings(max_examples=300)
@given(ANY, st.integers(0, 100))
def test_nothing_can_be_read_back(text: str, most: int) -> None:
    found = masked(text, most)
    assert len(found) <= most
    letters = [one.isalnum() for one in found]
    assert not any(one and other for one, other in pairwise(letters))
    for word in found.split(" "):
        shown = [one for one in word if one != HIDDEN]
        assert len(shown) <= 1 + len(word) // 4
        assert not shown or len(word) > 2
        for one in shown:
            assert unicodedata.category(one)[0] == "L"
            assert len(unicodedata.normalize("NFKC", one)) == 1
            assert one in text
    assert "  " not in found
    assert found == found.strip()


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll", "Nd", "P"]), min_size=1, max_size=9), max_size=40))
@settings(max_examples=100)
def test_it_is_the_beginning_and_ends_with_a_word(words: list[str]) -> None:
    found = masked(" \n".join(words)).split()
    assert [len(one) for one in found] == [len(one) for one in words[: len(found)]]
    assert len(found) == len(words) or len(" ".join(words[: len(found) + 1])) > MOST


def test_what_it_looks_like() -> None:
    assert masked("Write to jane.doe@lamp.example,\n or call +49 (170) 1234567 by 5 pm.") == (
        "W···· ·· j····················· ·· c··· ··· ····· ······· ·· · p··"
    )
    assert masked("吾輩は猫である。名前はまだ無い。") == "吾···で···名···だ···"
    assert masked("J. Doe \0\u200b\x07 I\u00ad II x\u200by") == "·· D·· · ·· ··"
    assert masked("ﬃ" * 5 + " 東京") == "····· ··"
    assert masked("x" * 500) == "x" + HIDDEN * (MOST - 1)
    assert masked(" " * 1000) == masked("\ud800\0") == masked("") == ""


def test_a_huge_text_costs_no_more_than_its_beginning() -> None:
    assert masked("\n" * 1_000_000 + "word " * 1_000_000) == masked("word " * 100)
