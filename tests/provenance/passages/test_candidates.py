"""Documents are chosen so that every fingerprint is followed while there is room, the rarest and most first."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.passages.candidates import choose
from provenance.passages.layer import Hits

DOCUMENTS = 40


def hits(lists: list[set[int]], more: int = 0) -> list[Hits]:
    return [Hits(len(one) + more, np.array(sorted(one), np.int64)) for one in lists]


def test_the_one_with_most_and_rarest_comes_first() -> None:
    chosen = choose(hits([{1, 2, 3}, {2, 3}, {3}, set()]), DOCUMENTS, 10)
    assert chosen.chosen.tolist() == [3, 2, 1]
    assert (chosen.left, chosen.not_followed, chosen.not_read) == (0, 0, 0)


def test_each_fingerprint_is_followed_before_any_is_followed_twice() -> None:
    common = [{1, 2}] * 5
    chosen = choose(hits([*common, {9}]), DOCUMENTS, 2)
    assert sorted(chosen.chosen.tolist()) == [1, 9]
    assert (chosen.left, chosen.not_followed) == (1, 0)


def test_hits_beyond_those_read_are_counted() -> None:
    assert choose(hits([{1}, {2}], more=7), DOCUMENTS, 1).not_read == 14
    assert choose([], DOCUMENTS, 1).chosen.tolist() == []


@given(st.lists(st.sets(st.integers(0, DOCUMENTS - 1), max_size=6), max_size=12), st.integers(1, 12))
@settings(max_examples=100)
def test_what_is_said_of_the_rest_is_true(lists: list[set[int]], most: int) -> None:
    chosen = choose(hits(lists), DOCUMENTS, most)
    every, taken = set[int]().union(*lists), set(chosen.chosen.tolist())
    assert taken <= every
    assert len(taken) == len(chosen.chosen) == min(most, len(every))
    assert chosen.left == len(every) - len(taken)
    assert chosen.not_followed == sum(1 for one in lists if one and not one & taken)
