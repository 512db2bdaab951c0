"""Keys are sorted by all that they have, and whoever is gone is left out."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dedup.keys import KEYS, WIDE_KEYS, document_numbers, living, orders, sorted_keys

WORDS = st.sampled_from([0, 1, 2, (1 << 64) - 1])
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=30)


@given(ROWS)
def test_keys_are_sorted_by_all_columns(rows: list[tuple[int, int, int]]) -> None:
    """Key, check, order and document, in turn."""
    keys, checks, own = (np.array([row[i] for row in rows], np.uint64) for i in range(3))
    table = sorted_keys(keys, own, np.arange(len(rows)), checks)
    assert table.schema == WIDE_KEYS
    assert [tuple(row.values()) for row in table.to_pylist()] == sorted((*row, i) for i, row in enumerate(rows))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=12))
def test_bands_are_keys_of_one_document(rows: list[tuple[int, int]]) -> None:
    """As many rows as bands; each with the document's order."""
    keys, own = np.array(rows, np.uint64).reshape(-1, 2), np.arange(len(rows), dtype=np.uint64)[::-1].copy()
    table = sorted_keys(keys, own, np.arange(len(rows)) + 5)
    expected = sorted((key, len(rows) - 1 - i, i + 5) for i, row in enumerate(rows) for key in row)
    assert table.schema == KEYS
    assert [tuple(row.values()) for row in table.to_pylist()] == expected


def test_documents_are_numbered_by_shard() -> None:
    """In order; a number that does not fit is refused."""
    assert document_numbers(3, np.array([0, 5])).tolist() == [3 << 32, (3 << 32) + 5]
    assert document_numbers((1 << 31) - 1, np.array([(1 << 32) - 1])).tolist() == [(1 << 63) - 1]
    for shard, row in ((-1, 0), (1 << 31, 0), (0, -1), (0, 1 << 32)):
        with pytest.raises(ValueError, match="no number"):
            document_numbers(shard, np.array([row]))


def test_an_order_is_of_the_id_alone() -> None:
    """It lies in files, so that it must stay what it was."""
    assert orders(["a", "ä"]).tolist() == [3405396810240292928, 4152366542966443504]
    assert orders([]).dtype == np.uint64


def test_whoever_is_gone_is_left_out() -> None:
    """In files of one shard and of several; a shard may have lost none."""
    gone = {0: np.array([False, True]), 2: np.array([True, False])}
    documents = np.concatenate([document_numbers(shard, np.array([0, 1])) for shard in (0, 1, 2)])
    assert living(documents, gone.get).tolist() == [True, False, True, True, False, True]
    assert living(documents[:2], gone.get).tolist() == [True, False]
    assert living(documents[:0], gone.get).tolist() == []
    assert living(documents, None).all()


def test_types_are_those_of_the_schema() -> None:
    """So that a file of no documents is read like others."""
    table = sorted_keys(np.empty((0, 14), np.uint64), orders([]), np.empty(0, np.int64))
    assert table.schema.equals(KEYS)
    assert pa.types.is_uint64(table["key"].type)
