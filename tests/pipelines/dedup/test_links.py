"""Links are those of the slow twin, however the keys are spread over files, ranges and memory."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.forest import clusters_of
from pipelines.dedup.key_ranges import SPACE, RangeTooLargeError, ranges, rows_of, split
from pipelines.dedup.keys import Gone, document_numbers, sorted_keys, write_keys
from pipelines.dedup.links import ROW_BYTES, link
from pipelines.dedup.rows import GROUP_ROWS, count_rows, read_rows
from pipelines.store import Store
from tests import naive_clusters as naive

#: keys that lie all over the space, side by side, and at its ends
KEYS = st.one_of(
    st.integers(0, 12).map(lambda n: n * 0x1111111111111111), st.integers(5, 8), st.sampled_from([0, SPACE - 1])
)
#: shards of documents of a key and a check
SHARDS = st.lists(st.lists(st.tuples(KEYS, st.integers(0, 1)), max_size=25), max_size=4)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a folder in which each example writes over what the last one wrote."""
    return Store.at(tmp_path_factory.mktemp("keys"))


def written(store: Store, shards: list[list[tuple[int, int]]], *, wide: bool) -> list[str]:
    """Write one file of keys for each shard."""
    names = []
    for shard, rows in enumerate(shards):
        keys, checks = (np.array([row[i] for row in rows], np.uint64) for i in range(2))
        documents = document_numbers(shard, np.arange(len(rows)))
        names.append(f"{shard}.parquet")
        write_keys(
            store, names[-1], sorted_keys(keys, documents.astype(np.uint64), documents, checks if wide else None)
        )
    return names


def expected(shards: list[list[tuple[int, int]]], gone: Gone | None, *, wide: bool) -> dict[int, int]:
    """Cluster what has equal keys, one by one."""
    rows = [((shard << 32) | i, row) for shard, own in enumerate(shards) for i, row in enumerate(own)]
    left = [(document, row) for document, row in rows if gone is None or not gone(document >> 32)[document & 0xFFFF]]
    edges = naive.edges_of_band([d for d, _ in left], [row if wide else row[0] for _, row in left])
    return naive.sparse_clusters(edges)


def found(store: Store, names: list[str], gone: Gone | None, parts: list[tuple[int, int]], memory: int) -> Any:
    """Cluster what the ranges' links say."""
    links = [edges for low, high in parts for edges in link(store, names, low, high, gone, memory)]
    result = clusters_of(links)
    return dict(zip(result.documents.tolist(), result.roots.tolist(), strict=True))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("rows", [1, 3, 10_000])
@settings(max_examples=30)
@given(SHARDS, st.randoms(), st.integers(1, 5))
def test_links_are_those_of_the_twin(  # noqa: PLR0913, PLR0917  # every one of them must make no difference
    store: Store, wide: bool, rows: int, shards: Any, chance: Any, count: int
) -> None:
    """With any number of ranges, in any order of files, also where next to nothing fits in memory."""
    names = written(store, shards, wide=wide)
    chance.shuffle(names)
    parts = ranges(count, ROW_BYTES, ROW_BYTES)
    assert found(store, names, None, parts, rows * ROW_BYTES) == expected(shards, None, wide=wide)


@settings(max_examples=20)
@given(SHARDS, st.randoms())
def test_whoever_is_gone_links_nobody(store: Store, shards: Any, chance: Any) -> None:
    """As if it had never been there."""
    marks = [np.array([chance.random() < 0.3 for _ in rows], bool) for rows in shards]
    names = written(store, shards, wide=True)
    result = found(store, names, marks.__getitem__, [(0, SPACE)], 10_000 * ROW_BYTES)
    assert result == expected(shards, marks.__getitem__, wide=True)


def many(store: Store, spread: Callable[[np.ndarray], np.ndarray]) -> tuple[list[str], dict[int, int]]:
    """Write three files of many row groups, half of whose keys occur twice."""
    generator = np.random.default_rng(2)
    shards = [spread(generator.integers(0, 60_000, 40_000)).astype(np.uint64) for _ in range(3)]
    names = []
    for shard, keys in enumerate(shards):
        documents = document_numbers(shard, np.arange(len(keys)))
        names.append(f"many{shard}.parquet")
        write_keys(store, names[-1], sorted_keys(keys, documents.astype(np.uint64), documents))
    rows = [((shard << 32) | i, key) for shard, keys in enumerate(shards) for i, key in enumerate(keys.tolist())]
    return names, naive.sparse_clusters(naive.edges_of_band([d for d, _ in rows], [key for _, key in rows]))


@pytest.mark.parametrize(
    "spread",
    [
        lambda n: n.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15),  # hashes
        lambda n: n,  # all keys lie in one corner of the space
        lambda n: np.where(n < 36_000, 7, n).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15),  # one giant run
    ],
)
@pytest.mark.parametrize("memory_rows", [30_000, 1 << 20])
def test_many_rows(store: Store, spread: Callable[[np.ndarray], np.ndarray], memory_rows: int) -> None:
    """Several row groups, ranges and blocks; what does not fit is done in parts."""
    names, twin = many(store, spread)
    parts = ranges(120_000, memory_rows * ROW_BYTES, ROW_BYTES)
    assert len(parts) == (5 if memory_rows == 30_000 else 1)
    assert found(store, names, None, parts, memory_rows * ROW_BYTES) == twin


def test_a_store_need_not_be_a_disk() -> None:
    """Any filesystem that fsspec knows will do."""
    names, twin = many(Store.at("memory://links"), lambda n: n.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    assert found(Store.at("memory://links"), names, None, [(0, SPACE)], 1 << 30) == twin


def test_only_the_row_groups_of_a_range_are_read(store: Store) -> None:
    """Those that may hold one of its keys."""
    keys = np.arange(5 * GROUP_ROWS, dtype=np.uint64)
    write_keys(store, "groups.parquet", sorted_keys(keys, keys, keys.astype(np.int64)))
    assert count_rows(store, "groups.parquet") == 5 * GROUP_ROWS
    assert count_rows(store, "groups.parquet", GROUP_ROWS, 2 * GROUP_ROWS) == GROUP_ROWS
    assert count_rows(store, "groups.parquet", GROUP_ROWS - 1, GROUP_ROWS + 1) == 2 * GROUP_ROWS
    (table,) = read_rows(store, "groups.parquet", ["document"], GROUP_ROWS, GROUP_ROWS + 1)
    assert table.column_names == ["document"]
    assert table["document"][0].as_py() == GROUP_ROWS


def test_ranges_are_the_whole_space() -> None:
    """Without gap or overlap, and as many as the memory asks for."""
    parts = ranges(1_000_000, 48_000_000, 48)
    assert len(parts) == 2
    assert parts[0][0] == 0
    assert parts[-1][1] == SPACE
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert ranges(0, 1, 48) == [(0, SPACE)]


def test_a_range_that_is_too_large_says_where_to_split_it(store: Store) -> None:
    """At a key that it has, so that each part is smaller."""
    names = written(store, [[(5, 0)] * 4, [(6, 0)] * 3], wide=False)
    with pytest.raises(RangeTooLargeError) as error:
        rows_of(store, names, 0, SPACE, None, ("key", "document"), 6)
    assert error.value.median == 5
    assert split(5, 9, 5) == [(5, 6), (6, 9)]
    assert split(0, 6, 5) == [(0, 5), (5, 6)]
