"""Scores of extracted texts, against a naive twin."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.extraction.score import WordScore, score_snippets, score_words
from benchmarks.extraction.words import words

LISTS = st.lists(st.sampled_from("abcdef"))


def naive(found: Sequence[str], truth: Sequence[str]) -> WordScore:
    if not found and not truth:
        return WordScore(1, 1, 1)
    left, both = [*truth], 0
    for word in found:
        if word in left:
            left.remove(word)
            both += 1
    precision, recall = both / max(len(found), 1), both / max(len(truth), 1)
    return WordScore(2 * precision * recall / (precision + recall) if both else 0, precision, recall)


@given(LISTS, LISTS)
def test_scores_are_as_defined(found: list[str], truth: list[str]) -> None:
    assert score_words(found, truth) == pytest.approx(naive(found, truth))


@given(LISTS, LISTS, st.randoms())
def test_order_does_not_count(found: list[str], truth: list[str], chance: object) -> None:
    mixed = [*found]
    chance.shuffle(mixed)  # pyright: ignore[reportAttributeAccessIssue]
    assert score_words(mixed, truth) == score_words(found, truth)


@given(LISTS, LISTS)
def test_found_and_truth_change_places(found: list[str], truth: list[str]) -> None:
    f1, precision, recall = score_words(found, truth)
    assert score_words(truth, found) == WordScore(f1, recall, precision)


@given(LISTS.filter(bool), LISTS.filter(bool))
def test_a_word_too_many_costs_precision_alone(found: list[str], truth: list[str]) -> None:
    before, after = score_words(found, truth), score_words([*found, "noise"], truth)
    assert after.recall == before.recall
    assert after.precision < before.precision or before.precision == 0


def test_snippets_are_looked_for_by_words() -> None:
    text = words("# Title\n\nThe **quick** fox,\njumps over it. 中文新闻")
    assert score_snippets(text, ["quick fox jumps", "Title", "quick jumps", "文新"], ["lazy dog", "over"]) == (
        0.75,
        0.5,
    )


def test_a_snippet_may_begin_within_a_word() -> None:
    assert score_snippets(words("unbelievable stories"), ["able stor"], []) == (1, None)


def test_without_snippets_there_is_no_share() -> None:
    assert score_snippets(["a"], ["…"], []) == (None, None)
