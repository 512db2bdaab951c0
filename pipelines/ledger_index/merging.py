"""Merges one range of keys out of all parts into one file of a projection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ledger_index.domain_counts import counted, write_counts
from pipelines.ledger_index.parts import in_order, part_name
from pipelines.ledger_index.schema import FILE_ROWS, MADE_FROM, MOST_FILES, SCHEMAS, Kind, file_name, key_of
from pipelines.ledger_index.sorted_file import SortedFile
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.store import Store
from pipelines.unfinished import reading

#: rows that a task holds, at most; of an address, as many as it has captures
MOST_ROWS = 16 * FILE_ROWS


@dataclass(frozen=True, slots=True)
class MergeWork:
    """One range of keys."""

    store: Store
    kind: Kind
    number: int
    #: how many parts there are
    parts: int
    #: the least key, and the first that is too high; None: there is none
    low: str
    high: str | None
    made_from: str
    most_rows: int = MOST_ROWS


def bounds(keys: Sequence[Sequence[str]], rows: Sequence[int], file_rows: int = FILE_ROWS) -> list[str]:
    """Give the least key of each file, from keys of each part at even distances and the part's rows."""
    weights = {number: rows[number] / len(part) for number, part in enumerate(keys) if part}
    pooled = sorted((key, number) for number, part in enumerate(keys) for key in part)
    files = max(1, min(MOST_FILES, -(-sum(rows) // file_rows)))
    held, found = 0.0, [""]
    for key, number in pooled:
        if held >= len(found) * sum(rows) / files and key > found[-1]:
            found.append(key)
        held += weights[number]
    return found


def merge_range(given: MergeWork) -> Made:
    """Write one file, sorted; of addresses, also what each domain has in it."""
    name = file_name(given.kind, given.number)
    schema = SCHEMAS[given.kind].with_metadata({MADE_FROM: given.made_from.encode()})
    counts = list[pl.DataFrame]()
    with SortedFile(given.store, name, schema) as file:
        for table in _merged(given, given.low, given.high):
            file.write(table.cast(schema))
            if given.kind == "by_address":
                counts.append(counted(table))
            report("index", len(table), table.nbytes)
    if given.kind == "by_address":
        write_counts(given.store, given.number, counts)
    return Made(file.sha256, file.rows, file.bytes, {"file": name, "low": given.low})


def _merged(given: MergeWork, low: str, high: str | None) -> Iterator[pa.Table]:
    """Yield the rows of a range in order; one that is too large in parts, one id that is too large as it comes."""
    held: list[pa.Table] = []
    one = high == f"{low}\0"
    for table in _pieces(given, low, high):
        held.append(table)
        if one and given.kind == "by_id":
            yield held.pop()
        elif not one and sum(map(len, held)) > given.most_rows:
            break
    else:
        yield in_order(pa.concat_tables([SCHEMAS[given.kind].empty_table(), *held]), given.kind)
        return
    middle = _median(held, key_of(given.kind))
    del held
    after = f"{middle}\0"
    for begin, end in ((low, middle), (middle, after), (after, high)):
        if end is None or begin < end:
            yield from _merged(given, begin, end)


def _pieces(given: MergeWork, low: str, high: str | None) -> Iterator[pa.Table]:
    """Read what each part has of a range; the rows of one id are in order."""
    key = key_of(given.kind)
    for number in range(given.parts):
        with reading(given.store, part_name(given.kind, number)) as parquet:
            place = parquet.schema_arrow.get_field_index(key)
            for group in range(parquet.num_row_groups):
                if not may_hold(parquet.metadata.row_group(group).column(place).statistics, low, high):
                    continue
                # Parquet has no seconds: it gives milliseconds back.
                table = parquet.read_row_group(group, use_threads=False).cast(SCHEMAS[given.kind])
                inside = pc.greater_equal(table[key], low)
                inside = inside if high is None else pc.and_(inside, pc.less(table[key], high))
                # A copy: a slice would keep the whole row group in memory.
                yield table.filter(inside)


def may_hold(bounds: Any, low: str, high: str | None) -> bool:  # noqa: ANN401  # pyarrow has no types
    """Compare a row group's bounds with a range; keys that are too long for statistics have none."""
    if bounds is None or not bounds.has_min_max:
        return True
    return bounds.max >= low and (high is None or bounds.min < high)


def _median(held: list[pa.Table], key: str) -> str:
    keys = pa.chunked_array([chunk for table in held for chunk in table[key].chunks]).sort()
    return keys[len(keys) // 2].as_py()
