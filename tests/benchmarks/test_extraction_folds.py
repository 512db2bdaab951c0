"""Folds keep together what belongs together."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.extraction.folds import domain, folds, names
from benchmarks.extraction.truth import Page


def page(number: int, host: str, html: str, cluster: str, truth: str | None = None) -> Page:
    return Page(str(number), "daniel", "", host, html, cluster, truth, (), (), "en", "")


HOSTS = st.sampled_from(["", "a.de", "www.a.de", "b.co.uk", "x.b.co.uk", "c.co.uk", *(f"{n}.com" for n in range(20))])
FEW = st.integers(0, 30).map(str)
PAGES = st.lists(st.tuples(HOSTS, FEW, FEW, st.none() | FEW)).map(
    lambda rows: [page(number, *row) for number, row in enumerate(rows)]
)


def naive(pages: list[Page]) -> list[list[Page]]:
    groups: list[tuple[set[str], list[Page]]] = []
    for one in pages:
        known, members = set(names(one)), [one]
        for group in [group for group in groups if group[0] & known]:
            groups.remove(group)
            known |= group[0]
            members += group[1]
        groups.append((known, members))
    return [members for _, members in groups]


@given(PAGES)
def test_pages_that_are_tied_are_in_one_fold(pages: list[Page]) -> None:
    found = folds(pages)
    assert found.keys() == {one.id for one in pages}
    assert all(len({found[one.id] for one in group}) == 1 for group in naive(pages))


@given(PAGES, st.randoms())
def test_order_does_not_matter(pages: list[Page], chance: object) -> None:
    mixed = [*pages]
    chance.shuffle(mixed)  # pyright: ignore[reportAttributeAccessIssue]
    assert folds(mixed) == folds(pages)


def test_pages_that_are_not_tied_are_spread() -> None:
    pages = [page(number, f"{number}.com", f"h{number}", f"c{number}") for number in range(1000)]
    counts = Counter(folds(pages).values())
    assert counts.keys() == set(range(5))
    assert all(150 < count < 250 for count in counts.values())
    assert folds(pages, seed=1) != folds(pages)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.a.co.uk:8080", "a.co.uk"),
        ("News.A.com.", "a.com"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_domains(host: str, expected: str) -> None:
    assert domain(host) == expected
