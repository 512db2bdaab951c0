"""Labels of blocks: words are aligned in order, and runs win over single words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.extraction.align import aligned


def numbers(text: str) -> np.ndarray:
    return np.array([ord(letter) for letter in text], np.int32)


def test_runs_win_over_single_words() -> None:
    # `the` stands alone in the menu, and in its sentence in the text.
    assert aligned(numbers("t--tabc"), numbers("tabc")).tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert aligned(numbers("abcxyz--abc"), numbers("xyzabc")).tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1]


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_what_is_aligned_is_a_common_subsequence(ours: str, theirs: str) -> None:
    hits = aligned(numbers(ours), numbers(theirs))
    rest = iter(theirs)
    assert all(letter in rest for letter, hit in zip(ours, hits, strict=True) if hit)
    if ours == theirs:
        assert hits.all()
