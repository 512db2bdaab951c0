"""Data files made by hand: texts, and what is told of them."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dedup.minhash import MinHash
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import index_similar
from pipelines.store import Store

ROWS_OF_A_GROUP = 3
DATE = "2026-07-20T09:38:35Z"


def data_name(number: int) -> str:
    """Name a data file."""
    return f"data/{number:05d}.parquet"


def data_files(folder: Path, files: Sequence[Sequence[tuple[str, str]]], rows: int = ROWS_OF_A_GROUP) -> Store:
    """Write data files of ids and texts."""
    for number, documents in enumerate(files):
        ids, texts = zip(*documents, strict=True) if documents else ((), ())
        columns = {"text": texts, "id": ids, "url": [f"https://{one}.example/" for one in ids]}
        table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
        path = folder / data_name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table.append_column("date", pa.repeat(DATE, len(texts))), path, row_group_size=rows)
    return Store.at(folder)


def numbered(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Give ids to texts."""
    return [(f"id-{number:05d}", text) for number, text in enumerate(texts)]


def indexed(
    folder: Path, files: Sequence[Sequence[tuple[str, str]]], minhash: MinHash, memory_bytes: int = 1 << 30
) -> Store:
    """Write data files and the index of them."""
    store = data_files(folder, files, max(ROWS_OF_A_GROUP, max(map(len, files), default=0) // 3))
    index_similar(store, [data_name(number) for number in range(len(files))], BandScheme.by(minhash), memory_bytes)
    return store
