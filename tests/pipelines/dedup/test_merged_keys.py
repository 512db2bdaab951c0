"""Merged keys are all keys, sorted, and say the same."""

from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dedup.keys import KEYS, WIDE_KEYS, document_numbers, sorted_keys, write_keys
from pipelines.dedup.merged_keys import MERGE_BYTES, merge_keys
from pipelines.store import Store

WORDS = st.sampled_from([0, 5, 6, 1 << 63, (1 << 64) - 1])
#: key and order of each document of each shard
SHARDS = st.lists(st.lists(st.tuples(WORDS, WORDS), max_size=12), max_size=3)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a folder in which each example writes over what the last one wrote."""
    return Store.at(tmp_path_factory.mktemp("keys"))


@pytest.mark.parametrize("wide", [False, True])
@settings(max_examples=40)
@given(SHARDS, st.integers(1, 30), st.randoms())
def test_merged_keys_are_all_keys_sorted(store: Store, wide: bool, shards: Any, memory: int, chance: Any) -> None:
    """Without whoever is gone, in any memory; a key's check is its own here."""
    marks = [np.array([chance.random() < 0.2 for _ in rows], bool) for rows in shards]
    names, expected = [], []
    for shard, rows in enumerate(shards):
        keys, own = (np.array([row[i] for row in rows], np.uint64) for i in range(2))
        documents = document_numbers(shard, np.arange(len(rows)))
        names.append(f"{shard}.parquet")
        write_keys(store, names[-1], sorted_keys(keys, own, documents, keys if wide else None))
        columns = [keys, *([keys] if wide else []), own, documents]
        every = zip(*(column.tolist() for column in columns), strict=True)
        expected += [row for row, gone in zip(every, marks[shard], strict=True) if not gone]
    chance.shuffle(names)
    merge_keys(store, names, marks.__getitem__, memory * MERGE_BYTES, "merged.parquet", wide=wide)
    table = pq.read_table(store.path("merged.parquet"))
    assert table.schema.equals(WIDE_KEYS if wide else KEYS)
    assert [tuple(row.values()) for row in table.to_pylist()] == sorted(expected)
