"""Candidates are linked where they are similar, and nothing is left out without a word."""

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.candidates import LARGE_RUNS, compare
from pipelines.dedup.forest import clusters_of
from pipelines.dedup.key_ranges import SPACE
from pipelines.dedup.keys import document_numbers, orders, sorted_keys, write_keys
from pipelines.dedup.runs import RUN_BYTES, runs_of
from pipelines.store import Store
from tests import naive_clusters as naive

#: for each document, its name, its two keys, and a letter that similar documents share
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from("abc")), max_size=20)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a folder in which each example writes over what the last one wrote."""
    return Store.at(tmp_path_factory.mktemp("keys"))


class Corpus:
    """Documents in shards, drawn by chance; a document is known by its place in `rows`."""

    def __init__(self, store: Store, rows: list[Any], chance: Any, shards: int) -> None:
        self.store, self.rows = store, rows
        self.names = [f"{shard}.parquet" for shard in range(shards)]
        shuffled = chance.sample(range(len(rows)), len(rows))
        self.places = {(i % shards << 32) | i // shards: place for i, place in enumerate(shuffled)}
        for shard, name in enumerate(self.names):
            own = shuffled[shard::shards]
            keys = np.array([rows[place][:2] for place in own], np.uint64).reshape(-1, 2)
            numbers = document_numbers(shard, np.arange(len(own)))
            write_keys(store, name, sorted_keys(keys, orders(map(str, own)), numbers))
        chance.shuffle(self.names)

    def similar(self, pairs: np.ndarray) -> np.ndarray:
        """Compare letters."""
        assert (pairs[:, 0] != pairs[:, 1]).all()
        return np.array([self.letter(one) == self.letter(other) for one, other in pairs.tolist()])

    def letter(self, document: int) -> str:
        """Look up what decides."""
        return self.rows[self.places[document]][2]

    def compared(self, memory_rows: int, all_pairs: int, leaders: int) -> tuple[set[frozenset[int]], Any]:
        """Give the clusters, as sets of places."""
        runs = runs_of(self.store, self.names, 0, SPACE, None, memory_rows * RUN_BYTES)
        result = compare(runs, self.similar, all_pairs, leaders)
        found = clusters_of([result.forest])
        members: dict[int, set[int]] = {}
        for document, root in zip(found.documents.tolist(), found.roots.tolist(), strict=True):
            members.setdefault(root, set()).add(self.places[document])
        return {frozenset(one) for one in members.values()}, result


def twin(rows: list[Any]) -> set[frozenset[int]]:
    """Compare all pairs that share a key."""
    pairs = combinations(range(len(rows)), 2)
    edges = [(i, j) for i, j in pairs if {*rows[i][:2]} & {*rows[j][:2]} and rows[i][2] == rows[j][2]]
    members: dict[int, set[int]] = {}
    for document, root in naive.sparse_clusters(edges).items():
        members.setdefault(root, set()).add(document)
    return {frozenset(one) for one in members.values()}


@settings(max_examples=40)
@given(ROWS, st.randoms(), st.integers(1, 3))
def test_small_runs_are_compared_as_the_twin_does(store: Store, rows: Any, chance: Any, shards: int) -> None:
    """Every document with every other one of its run."""
    found, result = Corpus(store, rows, chance, shards).compared(1000, 100, 2)
    assert found == twin(rows)
    assert result.large.num_rows == 0


@settings(max_examples=40)
@given(ROWS, st.randoms(), st.integers(1, 3), st.sampled_from([2, 5, 1000]))
def test_with_leaders_enough_nothing_is_missed(store: Store, rows: Any, chance: Any, shards: int, room: int) -> None:
    """Where similar means equal in something, as many leaders as there are kinds find all; also run by run in parts."""
    found, result = Corpus(store, rows, chance, shards).compared(room, 2, 3)
    assert found == twin(rows)
    assert not result.large["unlike"].to_numpy().any()
    if room == 1000:
        sizes = {key: sum(key in row[:2] for row in rows) for key in range(7)}
        large = [(key, size) for key, size in sizes.items() if size > 2]
        assert list(zip(*(result.large[name].to_pylist() for name in ("key", "documents")), strict=True)) == large


@settings(max_examples=30)
@given(ROWS, st.randoms())
def test_the_result_depends_on_documents_alone(store: Store, rows: Any, chance: Any) -> None:
    """Not on shards, files or memory, also where leaders are too few; what is left out is counted."""
    found, result = Corpus(store, rows, chance, 1).compared(1000, 2, 1)
    again, other = Corpus(store, rows, chance, 3).compared(1000, 2, 1)
    assert found == again
    assert result.large.equals(other.large)
    assert result.pairs == other.pairs
    for row in result.large.to_pylist():
        letters = [one[2] for one in rows if row["key"] in one[:2]]
        assert row["leaders"] == 1
        assert len(letters) - row["unlike"] in {letters.count(letter) for letter in letters}


def test_similar_documents_are_asked_for_once(store: Store) -> None:
    """Whoever is linked to the first need not be compared with the others."""

    class Same:
        @staticmethod
        def sample(population: range, count: int) -> list[int]:
            return list(population)[:count]

        @staticmethod
        def shuffle(names: list[str]) -> None:
            names.reverse()

    corpus = Corpus(store, [(0, 4, "a")] * 20, Same, 2)
    found, result = corpus.compared(1000, 32, 1)
    assert found == {frozenset(range(20))}
    assert result.pairs == 19


def test_no_runs(tmp_path: Path) -> None:
    """No file, nothing to compare."""
    result = compare(runs_of(Store.at(tmp_path), [], 0, SPACE, None, 1000), lambda _: np.empty(0), 2, 2)
    assert result.pairs == 0
    assert result.large.schema == LARGE_RUNS
    assert result.forest.shape == (0, 2)
