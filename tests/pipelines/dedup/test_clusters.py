"""Clusters are the connected components, whatever the order in which links come."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.clusters import clusters, edges_of_band
from tests import naive_clusters as naive

GRAPHS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60))
)
KEYS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=30)


def array(edges: list[tuple[int, int]]) -> np.ndarray:
    """Lay links out as the kernel takes them."""
    return np.array(edges, np.int64).reshape(-1, 2)


@settings(deadline=None)  # the kernel compiles once
@given(GRAPHS, st.randoms())
def test_clusters_are_what_can_be_reached(graph: tuple[int, list[tuple[int, int]]], chance: object) -> None:
    """Also with the links in another order, turned round, and parted into several bands."""
    documents, edges = graph
    roots = naive.clusters(documents, edges)
    assert clusters(documents, [array(edges)]).tolist() == roots
    chance.shuffle(edges)
    half = len(edges) // 2
    parts = [array(edges[:half]), array([(other, one) for one, other in edges[half:]])]
    assert clusters(documents, parts).tolist() == roots


def test_a_long_chain_is_one_cluster() -> None:
    """Each link joins two, from either end."""
    ordinals = np.arange(100_000)
    chain = np.column_stack((ordinals[:-1], ordinals[1:]))
    assert not clusters(100_000, [chain]).any()
    assert not clusters(100_000, [chain[::-1, ::-1].copy()]).any()


def test_without_links_each_is_alone() -> None:
    """No edges at all, and no documents at all."""
    assert clusters(3, []).tolist() == [0, 1, 2]
    assert clusters(0, [array([])]).tolist() == []


@given(KEYS, st.randoms())
def test_edges_link_to_the_first_of_a_run(keys: list[tuple[int, int]], chance: object) -> None:
    """For keys of one word and of two, in any order of rows, with ordinals that have gaps."""
    rows = [(3 * ordinal, key) for ordinal, key in enumerate(keys)]
    chance.shuffle(rows)
    ordinals, pairs = [row[0] for row in rows], [row[1] for row in rows]
    wide = np.array(pairs, np.uint64).reshape(-1, 2)
    assert found(ordinals, wide) == naive.edges_of_band(ordinals, pairs)
    assert found(ordinals, wide[:, 0]) == naive.edges_of_band(ordinals, [pair[0] for pair in pairs])


def found(ordinals: list[int], keys: np.ndarray) -> set[tuple[int, int]]:
    """Collect the links as pairs."""
    return {(one, other) for one, other in edges_of_band(np.array(ordinals, np.int64), keys).tolist()}
