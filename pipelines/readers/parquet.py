"""Read Parquet: every row is one record, and a record that stands for rows that cannot be read says how many."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.readers.fields import Fields
from pipelines.readers.limits import ReadLimits
from pipelines.reason import Reason
from pipelines.record import Record

#: Rows held at once: web pages of 4 kB make about 1 MB.
BATCH = 256
#: So many names of columns go into an error.
NAMES_SHOWN = 50
UNREADABLE = (pa.ArrowException, OSError, UnicodeDecodeError)


def read_parquet(path: str, fields: Fields, limits: ReadLimits) -> Iterator[Record]:
    """Read the columns that `fields` names, a few hundred rows at a time; offset is the row's number, length 1.

    A row group that breaks off is one record with DAMAGED, whose length is the number of its rows that are lost; the
    other row groups are read. A file without the text column, or with a column of another type than a record needs,
    is one record with BAD_ROW. A row whose text is null is BAD_ROW too: an empty text would say that a page was there.
    """
    with pa.OSFile(path) as source:
        try:
            file = pq.ParquetFile(source, page_checksum_verification=True, buffer_size=1 << 20)
            schema = file.schema_arrow
        except UNREADABLE as error:
            yield _fault(0, 0, error)
            return
        with file:
            yield from _records(file, _Columns.of(schema, fields), limits)


class _Columns(NamedTuple):
    """Where each field of a record lies: the names that lead to it, or () where there is none."""

    text: Sequence[str]
    id: Sequence[str]
    url: Sequence[str]
    date: Sequence[str]
    #: what is wrong with them, for a person to read
    mistakes: str

    @classmethod
    def of(cls, schema: pa.Schema, fields: Fields) -> "_Columns":
        """Look for the columns, and check that they hold what is expected."""
        wanted = {"text": _is_text, "id": _is_id, "url": _is_text, "date": _is_date}
        ways: dict[str, Sequence[str]] = {}
        mistakes: list[str] = []
        for field, holds in wanted.items():
            name = getattr(fields, field)
            ways[field], kind = _way(schema, name)
            if kind is not None and not holds(kind) and (field == "text" or not pa.types.is_null(kind)):
                mistakes.append(f"column {name!r} is {kind}, no {field}")
        if not ways["text"]:
            mistakes.append(f"expected a column {fields.text!r} for the text")
        if mistakes:
            mistakes.append(f"the columns are: {', '.join(schema.names[:NAMES_SHOWN])}")
        return cls(**ways, mistakes="; ".join(mistakes))

    def names(self) -> list[str]:
        """Name what must be read from the file."""
        return [".".join(way) for way in self[:4] if way]


def _way(schema: pa.Schema, name: str) -> tuple[Sequence[str], pa.DataType | None]:
    """Find a column, or with dots a field inside a struct, and its type."""
    index = schema.get_field_index(name)
    if index >= 0:
        return (name,), schema.field(index).type
    outer, *inner = name.split(".")
    index = schema.get_field_index(outer)
    kind = schema.field(index).type if inner and index >= 0 else None
    for step in inner:
        if kind is None or not pa.types.is_struct(kind) or kind.get_field_index(step) < 0:
            return (), None
        kind = kind.field(step).type
    return ((outer, *inner), kind) if kind is not None else ((), None)


def _records(file: pq.ParquetFile, columns: _Columns, limits: ReadLimits) -> Iterator[Record]:
    metadata = file.metadata
    if columns.mistakes:
        yield Record(0, metadata.num_rows, kind="row", reason=Reason.BAD_ROW, detail=columns.mistakes)
        return
    start = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        yield from _group(file, group, range(start, start + rows), columns, limits)
        start += rows


def _group(file: pq.ParquetFile, group: int, rows: range, columns: _Columns, limits: ReadLimits) -> Iterator[Record]:
    done = rows.start
    try:
        for batch in file.iter_batches(BATCH, row_groups=[group], columns=columns.names()):
            # All of a batch is decoded before its first row is given: a row is not given and then called damaged.
            yield from _batch(batch, done, columns, limits)
            done += batch.num_rows
    except UNREADABLE as error:
        yield _fault(done, rows.stop - done, error)
        return
    if done < rows.stop:
        yield _fault(done, rows.stop - done, ValueError("the row group ends early"))


def _batch(batch: pa.RecordBatch, start: int, columns: _Columns, limits: ReadLimits) -> list[Record]:
    values = [_bytes(batch, way) for way in columns[:4]]
    return [_row(start + number, limits, *row) for number, row in enumerate(zip(*values, strict=True))]


def _bytes(batch: pa.RecordBatch, way: Sequence[str]) -> list[bytes | None]:
    """Give one column as bytes: the format promises UTF-8, but nobody has checked it."""
    if not way:
        return [None] * batch.num_rows
    column = batch.column(way[0])
    if way[1:]:
        column = pc.struct_field(column, list(way[1:]))
    if pa.types.is_temporal(column.type):
        column = _iso(column)
    elif pa.types.is_integer(column.type):
        column = column.cast(pa.string())
    return column.cast(pa.large_binary()).to_pylist()


def _iso(column: Any) -> Any:  # noqa: ANN401  # pyarrow has no types
    """Write points in time as RFC 3339 writes them, in UTC and to the second."""
    if pa.types.is_timestamp(column.type):
        # Stored in UTC whatever the zone says; without the zone no database of zones is asked.
        column = column.cast(pa.timestamp("s", tz=column.type.tz), safe=False).cast(pa.int64())
    return pc.strftime(column.cast(pa.timestamp("s")), format="%Y-%m-%dT%H:%M:%SZ")


def _row(number: int, limits: ReadLimits, *values: bytes | None) -> Record:
    content = values[0]
    try:
        text, identity, url, date = (None if value is None else value.decode() for value in values)
    except UnicodeDecodeError as error:
        return _refuse(number, Reason.BAD_ROW, f"expected UTF-8: {error}"[:500], content)
    if content is None or text is None:
        record = _refuse(number, Reason.BAD_ROW, "the text is null", content)
    elif len(content) > limits.max_record_bytes:
        detail = f"a text of {len(content)} bytes; the limit is {limits.max_record_bytes}"
        record = _refuse(number, Reason.TOO_LARGE, detail, content)
    else:
        record = Record(number, 1, kind="row", content=content, content_length=len(content))
    return replace(record, id=identity, url=url, date=date)


def _refuse(number: int, reason: Reason, detail: str, content: bytes | None) -> Record:
    return Record(number, 1, kind="row", content_length=len(content or b""), reason=reason, detail=detail)


def _fault(start: int, rows: int, error: Exception) -> Record:
    reason = Reason.UNSUPPORTED if isinstance(error, pa.ArrowNotImplementedError) else Reason.DAMAGED
    return Record(start, rows, kind="row", reason=reason, detail=f"{type(error).__name__}: {error}"[:500])


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    tests = (types.is_string, types.is_large_string, types.is_string_view)
    raw = (types.is_binary, types.is_large_binary, types.is_binary_view)
    return any(test(kind) for test in (*tests, *raw))


def _is_id(kind: pa.DataType) -> bool:
    return _is_text(kind) or pa.types.is_integer(kind)


def _is_date(kind: pa.DataType) -> bool:
    return _is_text(kind) or pa.types.is_timestamp(kind) or pa.types.is_date(kind)
