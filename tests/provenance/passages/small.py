"""A small release with a passage index, made by hand: texts, their ledger, and what the manifest says of it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dropped_texts import FOLDER, dropped_name
from pipelines.passage_index.build import DROPPED, index_data, index_texts
from pipelines.passage_index.scheme import SPARSE
from pipelines.store import Store

ROWS_OF_A_GROUP = 3
DATE = datetime(2026, 7, 20, 9, 38, 35, tzinfo=UTC)


def data_name(number: int) -> str:
    """Name a data file."""
    return f"data/{number:05d}.parquet"


def release(
    folder: Path, files: Sequence[Sequence[str]], dropped: Sequence[str] = (), *, holding: bool = False
) -> Store:
    """Write a release of texts in data files, all from one input; its ledger has the dropped ones first.

    If `holding`, it holds the texts of every dropped document.
    """
    store = Store.at(folder)
    kept: list[dict[str, object]] = []
    for number, texts in enumerate(files):
        rows = [{"data_file": data_name(number), "data_row": row} for row in range(len(texts))]
        kept += rows
        ids = [f"id-{number}-{row}" for row in range(len(texts))]
        columns = {"text": texts, "id": ids, "url": [f"https://{one}.example/" for one in ids]}
        table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
        table = table.append_column("date", pa.repeat("2026-07-20T09:38:35Z", len(texts)))
        table = table.append_column("file_path", pa.repeat("crawl/one.warc.gz", len(texts)))
        path = folder / data_name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, row_group_size=ROWS_OF_A_GROUP)
    _write_ledger(folder, kept, len(dropped), [dropped_name(0)] if holding else [])
    index_data(store, [data_name(number) for number in range(len(files))])
    if dropped:
        texts_of_rows = pa.array([*dropped, *(None for _ in kept)], pa.string())
        index_texts(store, [("ledger/00000.parquet", [texts_of_rows])], DROPPED, scheme=SPARSE)
    if holding:
        (folder / FOLDER).mkdir()
        held = pa.table(
            {"text": pa.array(dropped, pa.string()), "ledger_row": pa.array(range(len(dropped)), pa.int64())}
        )
        pq.write_table(held, folder / dropped_name(0), row_group_size=ROWS_OF_A_GROUP)
    return store


def _write_ledger(folder: Path, kept: list[dict[str, object]], dropped: int, held: list[str]) -> None:
    lost = [
        {"id": f"dropped-{row}", "outcome": "dropped", "dropped_by": "word_count", "extracted_digest": f"digest-{row}"}
        for row in range(dropped)
    ]
    rows = [{"date": DATE, "url": f"https://lost.example/{row}", **one} for row, one in enumerate(lost)]
    rows += [{"outcome": "kept", "stated_licence": f"CC-BY-{row}", **one} for row, one in enumerate(kept)]
    names = ("id", "url", "outcome", "dropped_by", "stated_licence", "data_file", "extracted_digest")
    fields = [(name, pa.string()) for name in names]
    schema = pa.schema([*fields, ("date", pa.timestamp("s", tz="UTC")), ("data_row", pa.int64())])
    (folder / "ledger").mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "ledger" / "00000.parquet", row_group_size=2)
    inputs = [{"name": "crawl/one.warc.gz", "ledger": "ledger/00000.parquet"}]
    (folder / "release.json").write_text(json.dumps({"inputs": inputs, "files": [{"name": name} for name in held]}))
