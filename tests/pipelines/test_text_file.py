"""Row groups of texts are bounded, and the same however the rows come."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.store import Store
from pipelines.text_file import TextFile

SCHEMA = pa.schema([("text", pa.string()), ("row", pa.int64())])
ROWS, BYTES = 4, 50


@settings(max_examples=60)
@given(st.lists(st.sampled_from([None, "", "a", "é" * 10, "x" * 49, "y" * 200]), max_size=40), st.data())
def test_groups_are_bounded_and_do_not_show_how_rows_came(texts: list[str | None], data: st.DataObject) -> None:
    table = pa.table([pa.array(texts, pa.string()), pa.array(range(len(texts)), pa.int64())], schema=SCHEMA)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(texts)), max_size=5)))
    with TemporaryDirectory() as folder:
        whole = write(folder, "whole", [table])
        pieces = zip([0, *cuts], [*cuts, len(texts)], strict=True)
        assert write(folder, "pieces", [table.slice(start, stop - start) for start, stop in pieces]) == whole
        with pq.ParquetFile(Path(folder, "whole")) as file:
            assert file.read().equals(table)
            for number in range(file.num_row_groups):
                sizes = [len((text or "").encode()) for text in file.read_row_group(number)["text"].to_pylist()]
                assert 0 < len(sizes) <= ROWS
                assert sum(sizes[:-1]) < BYTES


def write(folder: str, name: str, tables: list[pa.Table]) -> str:
    """Write a file and give its digest, which is that of its bytes."""
    with TextFile(Store.at(folder), name, SCHEMA, ROWS, group_bytes=BYTES) as file:
        for table in tables:
            file.write(table)
    assert file.rows == sum(map(len, tables))
    assert file.sha256 == hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()
    return file.sha256
