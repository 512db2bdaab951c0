"""Copies by size, as FineWeb-2 documents them."""

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from pipelines.dedup.rehydration import FINEWEB_2, Weights, copies


def test_copies_are_those_of_fineweb_2() -> None:
    """Sizes at and beside each step."""
    sizes = np.array([1, 2, 3, 4, 5, 99, 100, 999, 1000, 10**9])
    assert copies(sizes, FINEWEB_2).tolist() == [1, 2, 3, 3, 5, 5, 8, 8, 1, 1]
    assert copies(np.empty(0, np.int64), FINEWEB_2).tolist() == []


@pytest.mark.parametrize("wrong", [(), ((2, 1),), ((1, 1), (3, 2), (2, 1)), ((1, 1), (1, 2)), ((1, -1),)])
def test_steps_must_grow_from_one(wrong: tuple[tuple[int, int], ...]) -> None:
    """Else some size would have no weight, or two."""
    with pytest.raises(ValidationError):
        TypeAdapter(Weights).validate_python(wrong)
    assert TypeAdapter(Weights).validate_python(FINEWEB_2) == FINEWEB_2
