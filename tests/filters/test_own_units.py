"""A step may count in units of its own; steps that choose the same ones share what is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.document import documents
from filters.mean_line_length import MeanLineLength
from filters.sentence_count import SentenceCount
from filters.texts import Texts
from filters.top_ngram import TopNgram
from filters.units import OwnUnits, Units
from filters.word_count import WordCount
from filters.words_removed import WordsRemoved
from pipelines.edits.apply import edit
from pipelines.edits.drop_c4_lines import DropC4Lines
from pipelines.judge import judge
from tests import odd

TEXTS = ["re-use it. Now!", "- - -", "", "one\x0btwo\nthree 3.5 e.g. this"]
OWN = st.builds(
    OwnUnits,
    words=st.sampled_from([None, "whitespace", "unicode"]),
    sentences=st.sampled_from([None, "marks", "unicode"]),
    lines=st.sampled_from([None, "newline", "unicode"]),
)
RECIPES = st.sampled_from([Units(), Units(words="unicode", sentences="unicode", lines="unicode")])
UNICODE = OwnUnits(words="unicode")


def test_a_step_counts_in_its_own_words() -> None:
    steps = [WordCount(), WordCount(column="again", units=UNICODE), WordCount(column="last")]
    signals = judge(Texts(documents(TEXTS)), steps).signals
    assert [signals[step.column].to_pylist() for step in steps] == [[3, 3, 0, 6], [4, 0, 0, 6], [3, 3, 0, 6]]


@given(odd.texts(" .\n\x0b-a1"), OWN, RECIPES)
def test_its_own_units_count_as_if_they_were_the_recipes(texts: list[str], own: OwnUnits, units: Units) -> None:
    batch = documents(texts)
    alone = Texts(batch, units=own.over(units))
    seen = Texts(batch, units=units)
    for rule in (WordCount, SentenceCount, MeanLineLength, TopNgram):
        assert rule(units=own).measure(seen) == rule().signal(alone)
        assert rule().measure(seen) == rule().signal(Texts(batch, units=units))


def test_steps_of_the_same_units_share_what_is_found() -> None:
    texts = Texts(documents(TEXTS))
    one = texts.counted_in(OwnUnits(words="unicode"))
    assert one is texts.counted_in(UNICODE)
    assert one is one.counted_in(UNICODE)
    assert texts is texts.counted_in(OwnUnits())
    other = texts.counted_in(OwnUnits(words="unicode", lines="unicode"))
    assert other is not one
    assert other.words is one.words is not texts.words
    assert one.all_lines is texts.all_lines is not other.all_lines
    assert one.chunks is texts.chunks


def test_what_was_before_an_edit_is_counted_in_them_too() -> None:
    before = Texts(documents(["a-b c-d e-f\nx-y\nthat is-so all"]))
    after, _ = edit(before, [DropC4Lines()])
    # By white space one of seven words is gone, by UAX 29 two of twelve; both before and after.
    assert WordsRemoved().measure(after).to_pylist() == pytest.approx([1 / 7])
    assert WordsRemoved(units=UNICODE).measure(after).to_pylist() == pytest.approx([2 / 12])
