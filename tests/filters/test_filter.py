"""Limits are inclusive, 0 is a number, and limits that decide nothing are mistakes."""

import pyarrow as pa
import pytest
from pydantic import ValidationError

from filters.alphabetic_words import AlphabeticWords
from filters.hash_ratio import HashRatio
from filters.word_count import WordCount


def test_limits_are_inclusive() -> None:
    kept = WordCount(low=2, high=3).keep(pa.array([1, 2, 3, 4])).to_pylist()
    assert kept == [False, True, True, False]


def test_zero_is_a_limit_like_any_other() -> None:
    assert HashRatio(high=0).keep(pa.array([0.0, 0.01])).to_pylist() == [True, False]


def test_an_unknown_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match="hgh"):
        WordCount.model_validate({"hgh": 3})


def test_a_limit_is_a_number() -> None:
    with pytest.raises(ValidationError, match="not nan"):
        WordCount(low=float("nan"))


@pytest.mark.parametrize(
    ("limits", "complaint"),
    [
        ({"low": 0.9, "high": 0.1}, "nothing would be kept"),
        ({"low": 1.5}, "would keep nothing"),
        ({"low": 0.0}, "would drop nothing"),
        ({"low": 0.5}, None),
    ],
)
def test_dead_limits_are_mistakes(limits: dict[str, float], complaint: str | None) -> None:
    mistakes = AlphabeticWords(**limits).mistakes()
    assert [complaint in mistake for mistake in mistakes] == ([True] if complaint else [])
