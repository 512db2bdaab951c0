"""The texts of what a release does not keep, where the recipe asks for them: dropped documents, and duplicates.

Curating a shard lays aside what filters drop. Once every record has its last word, duplicates are put between, in the
order of the ledger.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.job import Job, work
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.release import ConservationError
from pipelines.text_file import TextFile
from pipelines.unfinished import read_table, row_groups

#: the folder of a release, and the stage that fills it
FOLDER = "dropped"
STAGE = "dropped-texts"
#: rows of a row group, at most: what a reader must decompress to see one
DROPPED_ROWS = 1000

#: name, type, meaning: each text that a release holds and does not keep
COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    (
        "text",
        pa.string(),
        "as it was extracted, before any edit; of a duplicate, as edits left it, before repeated parts were cut out",
    ),
    ("id", pa.string(), "as in the ledger"),
    ("url", pa.string(), "as in the ledger"),
    ("date", pa.timestamp("s", tz="UTC"), "as in the ledger"),
    ("file_path", pa.string(), "as in the ledger, which has one row with this and the next"),
    ("offset", pa.int64(), "as in the ledger"),
    ("outcome", pa.string(), "`dropped` or `duplicate`"),
    ("dropped_by", pa.string(), "as in the ledger"),
    ("text_digest", pa.string(), "BLAKE2b-128 of the text; of a dropped document, the ledger's `extracted_digest`"),
    ("ledger_file", pa.int32(), "number of the ledger file, which has the same name as this file"),
    ("ledger_row", pa.int64(), "row of that file, from 0; rows are in this order"),
)
DROPPED = pa.schema([(name, kind) for name, kind, _ in COLUMNS])
_SAME = ("id", "url", "date", "file_path", "offset")


@dataclass(frozen=True, slots=True)
class DroppedWork:
    """The texts of one shard that are not kept."""

    job: Job
    number: int
    #: documents of the ledger that are dropped or duplicates
    documents: int


def dropped_name(number: int) -> str:
    """Name the file of a shard's texts that are not kept."""
    return f"{FOLDER}/{number:05d}.parquet"


def dropped_rows(records: pa.Table, texts: pa.Array, number: int, row: int) -> pa.Table:
    """Lay out what filters dropped of a batch of records of shard `number`, of which the first is its record `row`.

    `texts` has one for each record; null where no filter dropped a text.
    """
    places = np.flatnonzero(texts.is_valid())
    chosen = records.take(pa.array(places))
    known = {name: chosen[name] for name in (*_SAME, "dropped_by")}
    return _table(
        {**known, "text": texts.take(pa.array(places)), "text_digest": chosen["extracted_digest"]},
        "dropped",
        number,
        row + places,
    )


def _table(columns: dict[str, pa.Array], outcome: str, number: int, rows: np.ndarray) -> pa.Table:
    count = len(rows)
    added = {
        "outcome": pa.repeat(outcome, count),
        "ledger_file": pa.repeat(pa.scalar(number, pa.int32()), count),
        "ledger_row": pa.array(rows),
    }
    return pa.table([{**columns, **added}[name] for name in DROPPED.names], DROPPED.names).cast(DROPPED)


def write_dropped_texts(given: DroppedWork) -> Made:
    """Write the texts of one shard that are not kept; ConservationError where they are not as many as in the ledger."""
    store, number = given.job.store, given.number
    dropped = (table.cast(DROPPED) for table in row_groups(store, work(FOLDER, number)))
    with TextFile(store, dropped_name(number), DROPPED, DROPPED_ROWS) as file:
        for table in _in_order(dropped, _duplicates(given)):
            file.write(table)
            report(STAGE, len(table), table.nbytes)
        if file.rows != given.documents:
            raise ConservationError(
                f"{given.documents} documents of the ledger {number:05d} are dropped or duplicates, and {file.rows} "
                "texts are there, so nothing is released"
            )
    return Made(file.sha256, file.rows, file.bytes, {"file": dropped_name(number)})


def _duplicates(given: DroppedWork) -> Iterator[pa.Table]:
    """Read the texts of duplicates, a row group at a time."""
    store, number, first = given.job.store, given.number, 0
    fates = read_table(store, work("fates", number), ["row", "method"])
    for table in row_groups(store, work("living", number)):
        own = fates.slice(first, len(table))
        gone = pa.array(np.flatnonzero(own["method"].is_valid()))
        first += len(table)
        chosen, own = table.take(gone), own.take(gone)
        known = {name: chosen[name] for name in (*_SAME, "text", "text_digest")}
        yield _table({**known, "dropped_by": own["method"]}, "duplicate", number, own["row"].to_numpy())


def _in_order(one: Iterator[pa.Table], other: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Merge tables that are in order of `ledger_row`, holding no more than one of each."""
    streams = [filter(len, one), filter(len, other)]
    held = [next(stream, None) for stream in streams]
    while any(table is not None for table in held):
        stop = min(_last(table) for table in held if table is not None)
        ready: list[pa.Table] = []
        for place, table in enumerate(held):
            if table is not None:
                count = pc.sum(pc.less_equal(table["ledger_row"], stop)).as_py()
                ready.append(table.slice(0, count))
                held[place] = table.slice(count) if count < len(table) else next(streams[place], None)
        yield pa.concat_tables(ready).sort_by("ledger_row") if len(ready) > 1 else ready[0]


def _last(table: pa.Table) -> int:
    return table["ledger_row"][-1].as_py()
