"""A forest says what its links said, in no more rows than there are documents, and in no other order."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.forest import ForestFiles, clusters_of, forest, merge_forests, write_forest
from pipelines.store import Store
from tests import naive_clusters as naive

#: documents of a few shards, side by side and far apart, up to the largest number there is
DOCUMENTS = st.one_of(
    st.integers(0, 30),
    st.integers(0, 200).map(lambda row: (7 << 32) | row),
    st.sampled_from([63, 64, 65, (1 << 32) - 1, 1 << 32, (1 << 63) - 1, (1 << 63) - 64]),
)
EDGES = st.lists(st.tuples(DOCUMENTS, DOCUMENTS), max_size=60)


def array(edges: list[tuple[int, int]]) -> np.ndarray:
    """Lay links out as the kernel takes them."""
    return np.array(edges, np.int64).reshape(-1, 2)


@settings(deadline=None, max_examples=60)
@given(EDGES, st.randoms())
def test_clusters_are_what_can_be_reached(edges: list[tuple[int, int]], chance: Any) -> None:
    """In any order, turned round, in parts, and from forests of parts."""
    expected = naive.sparse_clusters(edges)
    chance.shuffle(edges)
    half = len(edges) // 2
    parts = [array(edges[:half]), array([(other, one) for one, other in edges[half:]])]
    for links in ([array(edges)], parts, [forest([part]) for part in parts]):
        found = clusters_of(links)
        roots = dict(zip(found.documents.tolist(), found.roots.tolist(), strict=True))
        # A forest has forgotten the documents that are linked to none but themselves.
        assert {one: roots.get(one, one) for one in expected} == expected
        assert (np.diff(found.documents) > 0).all()


@settings(deadline=None, max_examples=60)
@given(EDGES)
def test_a_forest_names_the_root_of_each_other_document(edges: list[tuple[int, int]]) -> None:
    """By document; what is its own root has no row."""
    expected = sorted((one, root) for one, root in naive.sparse_clusters(edges).items() if one != root)
    assert forest([array(edges)]).tolist() == [list(pair) for pair in expected]


def test_many_pages() -> None:
    """The table of pages grows, and a long chain over all of them is one cluster."""
    documents = np.random.default_rng(0).permutation(20_000) * 1000
    chain = np.column_stack((documents[:-1], documents[1:]))
    found = clusters_of([chain[:7], chain[7:]])
    assert found.documents.tolist() == sorted(documents.tolist())
    assert not found.roots.any()


def test_full_pages() -> None:
    """All documents of some shards, in pairs."""
    documents = np.arange(10_000) | (3 << 32)
    found = clusters_of([documents.reshape(-1, 2)])
    assert found.documents.tolist() == documents.tolist()
    assert found.roots.tolist() == np.repeat(documents[::2], 2).tolist()


def test_no_links_are_no_clusters() -> None:
    """No array at all, and an empty one."""
    assert not len(clusters_of([]).documents)
    assert forest([array([])]).shape == (0, 2)


def test_forests_in_files(tmp_path: Path) -> None:
    """Merged two by two they say what all links say; the bytes do not depend on the way."""
    generator, store = np.random.default_rng(1), Store.at(tmp_path)
    links = [generator.integers(0, 5000, (1000, 2)) for _ in range(4)]
    names = [f"{number}.parquet" for number in range(4)]
    for name, edges in zip(names, links, strict=True):
        write_forest(store, name, [edges[:600], edges[600:]])
    once = merge_forests(store, tuple(names), "once.parquet")
    merge_forests(store, tuple(names[:2]), "left.parquet")
    merge_forests(store, (names[3], names[2]), "right.parquet")
    assert merge_forests(store, ("right.parquet", "left.parquet"), "twice.parquet") == once
    expected = naive.sparse_clusters([tuple(edge) for edges in links for edge in edges.tolist()])
    table = pq.read_table(tmp_path / "once.parquet")
    assert table.to_pylist() == [{"document": d, "root": r} for d, r in sorted(expected.items()) if d != r]
    found = clusters_of(ForestFiles(store, ("twice.parquet",)))
    linked = [document for document, root in expected.items() if list(expected.values()).count(root) > 1]
    assert found.documents.tolist() == sorted(linked)
