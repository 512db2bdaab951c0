"""Every filter is asked, null is not kept, and a costly filter is asked only about the living."""

from typing import ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from filters.alphabetic_words import AlphabeticWords
from filters.document import documents
from filters.filter import Range
from filters.mean_word_length import MeanWordLength
from filters.texts import Texts
from filters.word_count import WordCount
from pipelines.judge import judge


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


ASKED: list[str] = []
TEXTS = ["one two three", "", "1 2", "word"]


def test_all_filters_answer_and_the_first_decides() -> None:
    rules = [WordCount(low=1), MeanWordLength(low=2), AlphabeticWords()]
    verdicts = judge(documents(TEXTS), rules, {})
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
    verdicts = judge(documents([""]), [MeanWordLength()], {})
    assert verdicts.signals["mean_word_length"].to_pylist() == [None]
    assert verdicts.dropped_by.to_pylist() == ["mean_word_length"]


def test_a_costly_filter_is_asked_about_the_living_only() -> None:
    ASKED.clear()
    verdicts = judge(documents(TEXTS), [Length(), WordCount(low=1)], {})
    assert ASKED == ["one two three", "1 2", "word"]
    assert verdicts.signals["length"].to_pylist() == [13, None, 3, 4]
    assert verdicts.dropped_by.to_pylist() == ["length", "word_count", None, None]


def test_no_filter_keeps_everything() -> None:
    verdicts = judge(documents(TEXTS), [], {})
    assert verdicts.kept.to_pylist() == [True] * 4
    assert verdicts.failed.to_pylist() == [[]] * 4
