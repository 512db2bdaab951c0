"""Bands and rows are those that datasketch would choose, and the S-curve is the theory's."""

import numpy as np
import pytest
from datasketch.lsh import _optimal_param

from pipelines.dedup.lsh import chance, choose, curve


@pytest.mark.parametrize("values", [2, 16, 64, 112])
@pytest.mark.parametrize("similarity", [0.05, 0.3, 0.5, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.99])
def test_choice_is_that_of_datasketch(similarity: float, values: int) -> None:
    """The same areas under the same curve."""
    assert choose(similarity, values) == _optimal_param(similarity, values, 0.5, 0.5)


def test_choice_for_many_values() -> None:
    """The largest number that a recipe may ask for is chosen from in no time."""
    bands, rows = choose(0.8, 1024)
    assert 1000 <= bands * rows <= 1024
    assert chance(0.7, bands, rows) < 0.05
    assert chance(0.9, bands, rows) > 0.95


def test_chance_is_how_often_bands_are_shared() -> None:
    """Of values that agree with a probability."""
    agree = np.random.RandomState(1).random_sample((20_000, 14, 8)) < 0.75
    assert chance(0.75, 14, 8) == pytest.approx(agree.all(axis=2).any(axis=1).mean(), abs=0.01)


def test_curve_goes_from_never_to_always() -> None:
    """In steps of 0.05."""
    table = curve(14, 8)
    assert len(table) == 21
    assert table[0] == (0, 0)
    assert table[-1] == (1, 1)
    assert dict(table)[0.8] == chance(0.8, 14, 8) == pytest.approx(0.9236, abs=1e-4)
    assert [similarity for similarity, _ in table] == sorted(similarity for similarity, _ in table)
