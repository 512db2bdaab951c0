"""Clusters are the connected components, whatever the order in which links come."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.clusters import join_pairs
from tests import naive_clusters as naive

GRAPHS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60))
)


def array(edges: list[tuple[int, int]]) -> np.ndarray:
    """Lay links out as the kernel takes them."""
    return np.array(edges, np.int64).reshape(-1, 2)


def joined(documents: int, parts: list[np.ndarray]) -> np.ndarray:
    """Join some links after the others, and follow each document to its root."""
    parents = np.arange(documents, dtype=np.int64)
    for edges in parts:
        join_pairs(parents, edges)
    while (parents != parents[parents]).any():
        parents = parents[parents]
    return parents


@settings(deadline=None)  # the kernel compiles once
@given(GRAPHS, st.randoms())
def test_clusters_are_what_can_be_reached(graph: tuple[int, list[tuple[int, int]]], chance: object) -> None:
    """Also with the links in another order, turned round, and parted into several bands."""
    documents, edges = graph
    roots = naive.clusters(documents, edges)
    assert joined(documents, [array(edges)]).tolist() == roots
    chance.shuffle(edges)
    half = len(edges) // 2
    parts = [array(edges[:half]), array([(other, one) for one, other in edges[half:]])]
    assert joined(documents, parts).tolist() == roots


def test_a_long_chain_is_one_cluster() -> None:
    """Each link joins two, from either end."""
    ordinals = np.arange(100_000)
    chain = np.column_stack((ordinals[:-1], ordinals[1:]))
    assert not joined(100_000, [chain]).any()
    assert not joined(100_000, [chain[::-1, ::-1].copy()]).any()


def test_without_links_each_is_alone() -> None:
    """No edges at all, and no documents at all."""
    assert joined(3, []).tolist() == [0, 1, 2]
    assert joined(0, [array([])]).tolist() == []
