"""The least places of shingles in the orders of others are those of plain integers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.kernels.sign_minima import prime_minima, small_prime_minima

PRIME, ONES = (1 << 61) - 1, (1 << 64) - 1
#: numbers of 64 bits, often just beside a multiple of the prime, where taking the remainder turns
HASHES = st.one_of(
    st.integers(0, ONES),
    st.builds(lambda times, more: (times * PRIME + more) & ONES, st.integers(0, 8), st.integers(-9, 9)),
)
#: a and b of an order, often such that they leave numbers as they are, but for a little
ORDERS = st.lists(
    st.tuples(st.one_of(st.just(1), st.integers(1, PRIME)), st.one_of(st.integers(0, 9), st.integers(0, PRIME))),
    min_size=1,
    max_size=9,
)


def least(texts: list[list[int]], orders: list[tuple[int, int]], mask: int) -> list[list[int] | None]:
    """Go through all shingles of all texts in all orders."""
    return [
        [min(((a * one + b) & ONES) % PRIME & mask for one in text) for a, b in orders] if text else None
        for text in texts
    ]


def found(texts: list[list[int]], orders: list[tuple[int, int]], kernel: str) -> list[list[int] | None]:
    """Have a kernel do so."""
    firsts = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    hashes = np.array([one for text in texts for one in text], np.uint64)
    run, kind = {"prime": (prime_minima, np.uint64), "small-prime": (small_prime_minima, np.uint32)}[kernel]
    values = np.empty((len(texts), len(orders)), kind)
    run(hashes, firsts, np.array(orders, np.uint64).T.copy(), values)
    for row, text in zip(values, texts, strict=True):
        assert text or (row == np.iinfo(kind).max).all()
    return [row if text else None for row, text in zip(values.tolist(), texts, strict=True)]


@pytest.mark.parametrize(("kernel", "mask"), [("prime", ONES), ("small-prime", (1 << 32) - 1)])
@settings(deadline=None, max_examples=100)
@given(texts=st.lists(st.lists(HASHES, max_size=12), max_size=3), orders=ORDERS)
def test_minima_modulo_a_prime_are_those_of_integers(
    kernel: str, mask: int, texts: list[list[int]], orders: list[tuple[int, int]]
) -> None:
    """However near to the prime, for any number of orders."""
    assert found(texts, orders, kernel) == least(texts, orders, mask)


@pytest.mark.parametrize(("kernel", "mask"), [("prime", ONES), ("small-prime", (1 << 32) - 1)])
def test_numbers_just_beside_the_prime(kernel: str, mask: int) -> None:
    """Each alone, and beside the one that is next to it."""
    near = [(times * PRIME + more) & ONES for times in range(9) for more in range(-9, 10)]
    texts = [[one] for one in near] + [[one, one + 1] for one in near if one < ONES] + [near * 60]
    assert found(texts, [(1, 0), (1, 1), (3, PRIME - 1)], kernel) == least(
        texts, [(1, 0), (1, 1), (3, PRIME - 1)], mask
    )
