"""Every removed document names a survivor that is kept, and nothing but the documents decides who that is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.cluster_table import (
    CLUSTERS,
    MEMBER_BYTES,
    MEMBERS,
    Choice,
    Settled,
    members,
    settle,
    shard_clusters,
    write_clusters,
    write_members,
)
from pipelines.dedup.forest import clusters_of
from pipelines.dedup.key_ranges import ranges
from pipelines.dedup.rehydration import FINEWEB_2
from pipelines.store import Store
from tests import naive_clusters as naive

DATES = st.none() | st.integers(0, 2).map(lambda day: datetime(2024, 1, 1 + day, tzinfo=UTC))
DOCUMENTS = st.lists(
    st.fixed_dictionaries({"date": DATES, "text_bytes": st.integers(0, 2), "language_score": st.none() | st.just(0.5)}),
    min_size=1,
    max_size=14,
)
EDGES = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=12)
SCHEMA = pa.schema([MEMBERS.field(name) for name in MEMBERS.names if name not in {"cluster", "document"}])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a folder in which each example writes over what the last one wrote."""
    return Store.at(tmp_path_factory.mktemp("clusters"))


def settled(  # noqa: PLR0913, PLR0917  # every one of them must make no difference
    store: Store, documents: list[dict[str, Any]], edges: Any, layout: list[list[int]], parts: int, memory: int
) -> tuple[list[dict[str, Any]], list[Settled]]:
    """Take documents, spread over shards as `layout` says, from links to the table of clusters."""
    numbers = {place: (shard << 32) | row for shard, own in enumerate(layout) for row, place in enumerate(own)}
    links = np.array([(numbers[one], numbers[other]) for one, other in edges], np.int64).reshape(-1, 2)
    write_clusters(store, "clusters.parquet", clusters_of([links]))
    names = []
    for shard, own in enumerate(layout):
        table = pa.Table.from_pylist([documents[place] for place in own], SCHEMA)
        names.append(f"{shard}.parquet")
        write_members(store, names[-1], members(table, shard_clusters(store, "clusters.parquet", shard)))
    choice, rows, made = Choice("minhash", ("longest",), 2, FINEWEB_2), [], []
    for low, high in ranges(parts * 10, 11, 1):
        made.append(settle(store, names[::-1], low, high, choice, memory * MEMBER_BYTES, "out.parquet"))
        table = pq.read_table(Path(store.root) / "out.parquet")
        assert table.schema.equals(CLUSTERS)
        rows += table.to_pylist()
    return rows, made


@settings(max_examples=50)
@given(DOCUMENTS, EDGES, st.randoms(), st.integers(1, 3), st.integers(0, 20))
def test_clusters_and_survivors_are_those_of_the_twin(  # noqa: PLR0913, PLR0917  # likewise
    store: Store, documents: Any, edges: Any, chance: Any, parts: int, memory: int
) -> None:
    """In any layout of shards, any number of ranges, and any memory."""
    documents = [{"id": f"é{i * 7 % 13}", "file": "f", "offset": i, **one} for i, one in enumerate(documents)]
    edges = [edge for edge in edges if max(edge) < len(documents)]
    layout: list[list[int]] = [[], [], []]
    for place in chance.sample(range(len(documents)), len(documents)):
        chance.choice(layout).append(place)
    rows, made = settled(store, documents, edges, layout, parts, memory)
    groups: dict[int, list[int]] = {}
    for place, root in naive.sparse_clusters(edges).items():
        groups.setdefault(root, []).append(place)
    expected = []
    for group in groups.values():
        first = min(group, key=lambda place: naive.order_key(documents[place], ("longest",)))
        size = len(group)
        weight = {1: 1, 2: 2, 3: 3, 4: 3}.get(size, 5)
        expected += [
            (documents[first]["id"], documents[place]["id"], place == first, size, weight if place == first else None)
            for place in group
        ]
    found = [(r["cluster"], r["member"], r["role"] == "survivor", r["size"], r["copies"]) for r in rows]
    assert sorted(found, key=str) == sorted(expected, key=str)
    by_number = {row["document"]: row for row in rows}
    assert len(by_number) == len(rows) == sum(one.documents for one in made)
    for row in rows:
        assert by_number[row["survivor"]]["role"] == "survivor"
        assert by_number[row["survivor"]]["member"] == row["cluster"]
        assert (row["method"], row["similarity"]) == ("minhash", None)
    assert sum(one.clusters for one in made) == len(groups)
    giants = sorted(giant for one in made for giant in one.giants)
    assert giants == sorted((r["cluster"], r["size"]) for r in rows if r["role"] == "survivor" and r["size"] > 2)


def test_giants_come_in_order(store: Store) -> None:
    """The largest first, then by id; twice the same bytes."""
    documents = [
        {"id": chr(97 + i), "file": "f", "offset": i, "date": None, "text_bytes": 1, "language_score": None}
        for i in range(13)
    ]
    edges = [(0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (8, 9), (9, 10), (10, 11)]
    (rows, (one,)), (_, (again,)) = (settled(store, documents, edges, [[*range(13)]], 1, 100) for _ in range(2))
    assert one.giants == (("i", 4), ("a", 3), ("d", 3))
    assert one == again
    assert [row["document"] for row in rows] == list(range(12))


def test_shards_read_their_own(store: Store) -> None:
    """A shard without members has an empty file."""
    write_clusters(store, "clusters.parquet", clusters_of([np.array([[5, 2 << 32], [2 << 32, (2 << 32) + 9]])]))
    assert shard_clusters(store, "clusters.parquet", 0).documents.tolist() == [5]
    assert shard_clusters(store, "clusters.parquet", 1).documents.tolist() == []
    assert shard_clusters(store, "clusters.parquet", 2).documents.tolist() == [2 << 32, (2 << 32) + 9]
    assert shard_clusters(store, "clusters.parquet", 2).roots.tolist() == [5, 5]
    assert len(members(SCHEMA.empty_table(), shard_clusters(store, "clusters.parquet", 1))) == 0
