"""A table file's bytes depend on its rows alone, and its digest is that of the file."""

import hashlib
import itertools
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.store import Store
from pipelines.table import TableFile

SCHEMA = pa.schema([("number", pa.int64()), ("text", pa.string())])


def _rows(start: int, stop: int) -> pa.Table:
    return pa.table({"number": range(start, stop), "text": [str(number) for number in range(start, stop)]}, SCHEMA)


def _write(folder: Path, name: str, pieces: list[int]) -> TableFile:
    with TableFile(Store.at(folder), name, SCHEMA, group_rows=10) as file:
        for start, stop in itertools.pairwise(pieces):
            file.write(_rows(start, stop))
    return file


def test_the_pieces_do_not_show(tmp_path: Path) -> None:
    files = [_write(tmp_path, name, pieces) for name, pieces in {"a": [0, 25], "b": [0, 1, 1, 12, 13, 25]}.items()]
    assert files[0].sha256 == files[1].sha256 == hashlib.sha256((tmp_path / "a").read_bytes()).hexdigest()
    assert (files[0].rows, files[0].bytes) == (25, (tmp_path / "a").stat().st_size)
    assert pq.ParquetFile(tmp_path / "a").num_row_groups == 3
    assert pq.read_table(tmp_path / "b").equals(_rows(0, 25))


def test_no_rows_make_a_file_too(tmp_path: Path) -> None:
    _write(tmp_path, "empty", [])
    assert pq.read_table(tmp_path / "empty").schema == SCHEMA


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    def fail() -> None:
        with TableFile(Store.at(tmp_path), "x", SCHEMA) as file:
            file.write(_rows(0, 5))
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail()
    assert [*tmp_path.iterdir()] == []
