"""Every filter is asked, null is not kept, and a costly filter is asked only about the living."""

from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.alphabetic_words import AlphabeticWords
from filters.document import documents
from filters.filter import Range
from filters.mean_word_length import MeanWordLength
from filters.texts import Texts
from filters.units import OwnUnits
from filters.word_count import WordCount
from filters.words_removed import WordsRemoved
from pipelines.edits.cap_newlines import CapNewlines
from pipelines.edits.drop_refinedweb_lines import DropRefinedwebLines
from pipelines.edits.mask_emails import MaskEmails
from pipelines.edits.remove_urls import RemoveUrls
from pipelines.judge import closing, joined, judge


class Length(Range):
    """Characters, at great cost."""

    name: ClassVar = "length"
    source: ClassVar = "this test"
    examples: ClassVar = {}
    kind: ClassVar = pa.int32()
    costly: ClassVar = True

    high: float = 9

    def signal(self, texts: Texts) -> pa.Array:
        """Count, and remember what was asked."""
        ASKED.extend(texts.column.to_pylist())
        return pc.utf8_length(texts.column)


class LineCount(Range):
    """Lines."""

    name: ClassVar = "line_count"
    source: ClassVar = "this test"
    examples: ClassVar = {}
    kind: ClassVar = pa.int64()

    def signal(self, texts: Texts) -> pa.Array:
        """Count all lines."""
        return pa.array(texts.all_lines.count)


ASKED: list[str] = []
TEXTS = ["one two three", "", "1 2", "word"]


def test_all_filters_answer_and_the_first_decides() -> None:
    rules = [WordCount(low=1), MeanWordLength(low=2), AlphabeticWords()]
    verdicts = judge(Texts(documents(TEXTS)), rules)
    assert verdicts.dropped_by.to_pylist() == [None, "word_count", "mean_word_length", None]
    assert verdicts.failed.to_pylist() == [
        [],
        [rule.name for rule in rules],
        ["mean_word_length", "alphabetic_words"],
        [],
    ]
    assert verdicts.kept.to_pylist() == [True, False, False, True]
    assert verdicts.signals["word_count"].to_pylist() == [3, 0, 2, 1]


def test_what_cannot_be_measured_is_not_kept() -> None:
    verdicts = judge(Texts(documents([""])), [MeanWordLength()])
    assert verdicts.signals["mean_word_length"].to_pylist() == [None]
    assert verdicts.dropped_by.to_pylist() == ["mean_word_length"]


def test_a_costly_filter_is_asked_about_the_living_only() -> None:
    ASKED.clear()
    verdicts = judge(Texts(documents(TEXTS)), [Length(), WordCount(low=1)])
    assert ASKED == ["one two three", "1 2", "word"]
    assert verdicts.signals["length"].to_pylist() == [13, None, 3, 4]
    assert verdicts.dropped_by.to_pylist() == ["length", "word_count", None, None]


def test_no_filter_keeps_everything() -> None:
    verdicts = judge(Texts(documents(TEXTS)), [])
    assert verdicts.kept.to_pylist() == [True] * 4
    assert verdicts.failed.to_pylist() == [[]] * 4


def test_a_filter_sees_what_the_edits_before_it_left() -> None:
    rules = [WordCount(low=1), CapNewlines(most=1), LineCount(), MaskEmails()]
    verdicts = judge(Texts(documents(["a\n\n\nb", "c@d.example"])), rules)
    assert verdicts.texts.column.to_pylist() == ["a\nb", "c@d.example"]
    assert verdicts.texts.before.column.to_pylist() == ["a\n\n\nb", "c@d.example"]
    assert verdicts.signals["line_count"].to_pylist() == [2, 1]
    assert [[entry["edit"] for entry in done] for done in verdicts.edits.to_pylist()] == [["cap_newlines"], []]
    assert closing(rules) == (MaskEmails(),)


def test_a_costly_filter_sees_the_text_at_its_place() -> None:
    ASKED.clear()
    judge(Texts(documents(["a\n\n\nb", ""])), [Length(), CapNewlines(most=1), WordCount(low=1)])
    assert ASKED == ["a\n\n\nb"]


def test_a_filter_may_stand_twice_under_two_names() -> None:
    rules = [WordCount(low=2), WordCount(column="few_words", low=0, high=2)]
    verdicts = judge(Texts(documents(["a", "a b", "a b c"])), rules)
    assert verdicts.dropped_by.to_pylist() == ["word_count", None, "few_words"]


INTEGERS = st.integers(-9, 9)


@given(st.lists(st.tuples(st.lists(INTEGERS), st.lists(INTEGERS)), max_size=6))
def test_lists_are_joined_document_by_document(pairs: list[tuple[list[int], list[int]]]) -> None:
    kind = pa.list_(pa.int64())
    both = joined(*(pa.array([pair[side] for pair in pairs], kind) for side in (0, 1)))
    assert both.to_pylist() == [first + second for first, second in pairs]


def test_lists_of_some_are_joined_to_theirs() -> None:
    first = pa.array([[1], [2], []], pa.list_(pa.int64()))
    assert joined(first, pa.array([[3]], first.type), np.array([1])).to_pylist() == [[1], [2, 3], []]


def test_words_are_removed_since_the_first_edit_or_the_last_ones() -> None:
    drop, cap = DropRefinedwebLines(), CapNewlines()
    started, lately = WordsRemoved(column="started"), WordsRemoved(column="lately", since="edits")
    texts = ["see a.com b.com\n3 likes\nit is so", "it\nis\nso it is", "all that is so"]
    steps = [WordCount(), RemoveUrls(begun=False), MeanWordLength(), drop, cap, AlphabeticWords(), started, lately]
    signals = judge(Texts(documents(texts)), steps).signals
    assert signals["started"].to_pylist() == pytest.approx([5 / 8, 2 / 5, 0])
    assert signals["lately"].to_pylist() == pytest.approx([3 / 6, 2 / 5, 0])
    own = WordsRemoved(column="own", since="edits", units=OwnUnits(words="unicode"))
    signals = judge(Texts(documents(texts[2:])), [RemoveUrls(), WordCount(), cap, own, lately]).signals
    assert (signals["own"].to_pylist(), signals["lately"].to_pylist()) == ([0], [0])


def test_edits_that_change_nothing_remove_no_words() -> None:
    steps = [RemoveUrls(begun=False), WordCount(), CapNewlines(), WordsRemoved(since="edits")]
    assert judge(Texts(documents(["so a.com it is"])), steps).signals["words_removed"].to_pylist() == [0]
