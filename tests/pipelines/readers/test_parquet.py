"""Every row is one record, and rows that cannot be read are counted."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.readers.fields import Fields
from pipelines.readers.limits import ReadLimits
from pipelines.readers.parquet import BATCH, read_parquet
from pipelines.reason import Reason
from pipelines.record import Record

LIMITS = ReadLimits(max_record_bytes=1000)


def read(folder: Path, table: pa.Table, fields: Fields | None = None, **options: Any) -> list[Record]:
    path = folder / "t.parquet"
    pq.write_table(table, path, **options)
    return list(read_parquet(str(path), fields or Fields(), LIMITS))


def test_a_file_of_fineweb_reads_as_it_is(tmp_path: Path) -> None:
    row = {
        "text": "How AP reported in all formats",
        "id": "<urn:uuid:d66bc6fe-8477-4adf-b430-f6a558ccc8ff>",
        "dump": "CC-MAIN-2013-20",
        "url": "http://%20jwashington@ap.org/Content/Press-Release/2012/x",
        "date": "2013-05-18T05:48:54Z",
        "file_path": "s3://commoncrawl/crawl-data/CC-MAIN-2013-20/segments/x/warc/y.warc.gz",
        "language": "en",
        "language_score": 0.97,
        "token_count": 717,
    }
    (record,) = read(tmp_path, pa.Table.from_pylist([row]))
    assert record == Record(
        0, 1, row["id"], "row", row["url"], row["date"], content=row["text"].encode(), content_length=len(row["text"])
    )


@pytest.mark.parametrize("rows", [0, 1, BATCH, 3 * BATCH + 1])
def test_rows_are_numbered_through_the_row_groups(tmp_path: Path, rows: int) -> None:
    table = pa.table({"text": pa.array([f"é{number}" for number in range(rows)], pa.string())})
    records = read(tmp_path, table, row_group_size=300)
    assert [(record.offset, record.length) for record in records] == [(number, 1) for number in range(rows)]
    assert [record.content.decode() for record in records] == table["text"].to_pylist()
    assert all(record.content_length == len(record.content) for record in records)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_text_may_be_stored_in_many_ways(tmp_path: Path, kind: pa.DataType) -> None:
    values = pa.array(["é", "", "é"])
    table = pa.table({"text": values.dictionary_encode() if pa.types.is_dictionary(kind) else values.cast(kind)})
    assert [record.content.decode() for record in read(tmp_path, table)] == ["é", "", "é"]


@pytest.mark.parametrize("kind", [pa.string(), pa.int32(), pa.uint64(), pa.large_string()], ids=str)
def test_an_id_may_be_text_or_a_whole_number(tmp_path: Path, kind: pa.DataType) -> None:
    table = pa.table({"text": ["a", "b"], "id": pa.array([7, None], pa.int32()).cast(kind)})
    assert [record.id for record in read(tmp_path, table)] == ["7", None]


BERLIN = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (pa.timestamp("s"), datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05Z"),  # noqa: DTZ001  # no zone stored
        (pa.timestamp("ns", "UTC"), datetime(2024, 1, 2, 3, 4, 5, 999_999, UTC), "2024-01-02T03:04:05Z"),
        (pa.timestamp("us", "Europe/Berlin"), datetime(2024, 1, 2, 4, 4, 5, 9, BERLIN), "2024-01-02T03:04:05Z"),
        (pa.timestamp("ms"), datetime(1950, 1, 2, 3, 4, 5), "1950-01-02T03:04:05Z"),  # noqa: DTZ001
        (pa.date32(), date(2024, 1, 2), "2024-01-02T00:00:00Z"),
        (pa.string(), "yesterday", "yesterday"),
        (pa.null(), None, None),
    ],
)
def test_a_date_may_be_text_or_a_point_in_time(tmp_path: Path, kind: pa.DataType, value: Any, expected: str) -> None:
    table = pa.table({"text": ["a", "b"], "date": pa.array([value, None], kind)})
    assert [record.date for record in read(tmp_path, table)] == [expected, None]


def test_other_names_and_nested_ones(tmp_path: Path) -> None:
    rows = [{"body": "x", "metadata": {"url": "u", "at": {"day": "d"}}, "a.b": "c"}, {"body": "y", "metadata": None}]
    fields = Fields(text="body", id="a.b", url="metadata.url", date="metadata.at.day")
    first, second = read(tmp_path, pa.Table.from_pylist(rows), fields)
    assert (first.content, first.id, first.url, first.date) == (b"x", "c", "u", "d")
    assert (second.content, second.id, second.url, second.date) == (b"y", None, None, None)
    first, _ = read(tmp_path, pa.Table.from_pylist(rows), Fields(text="body", url="metadata.no", date="body.no"))
    assert (first.url, first.date) == (None, None)


def test_a_missing_text_column_is_one_record_for_all_rows(tmp_path: Path) -> None:
    table = pa.table({"body": ["a", "b"], "id": ["1", "2"]})
    detail = "expected a column 'text' for the text; the columns are: body, id"
    assert read(tmp_path, table) == [Record(0, 2, kind="row", reason=Reason.BAD_ROW, detail=detail)]


def test_columns_of_other_types_are_told_at_once(tmp_path: Path) -> None:
    table = pa.table({"text": [1, 2], "url": [["u"], ["u"]], "id": [1.5, 2.5], "date": [7, 8]})
    (record,) = read(tmp_path, table)
    assert record.reason is Reason.BAD_ROW
    for part in ("'text' is int64, no text", "'url' is list<", "'id' is double, no id", "'date' is int64, no date"):
        assert part in record.detail


def test_two_columns_of_one_name_are_no_column(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"])
    assert read(tmp_path, table)[0].reason is Reason.BAD_ROW


def test_odd_rows_stand_between_good_ones(tmp_path: Path) -> None:
    texts = [b"a", None, b"\xe4", b"x" * 1001, b"", b"b"]
    ids = ["0", "1", "2", "3", "4", "5"]
    table = pa.table({"text": pa.array(texts, pa.binary()), "id": ids})
    records = read(tmp_path, table)
    reasons = [None, Reason.BAD_ROW, Reason.BAD_ROW, Reason.TOO_LARGE, None, None]
    assert [record.reason for record in records] == reasons
    assert [record.content_length for record in records] == [1, 0, 1, 1001, 0, 1]
    assert [record.id for record in records] == ["0", "1", None, "3", "4", "5"]
    assert [record.detail for record in records[1:4]] == [
        "the text is null",
        "expected UTF-8: 'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
        "a text of 1001 bytes; the limit is 1000",
    ]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all" * 9])
def test_a_file_that_is_no_parquet_is_one_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(content)
    (record,) = read_parquet(str(path), Fields(), LIMITS)
    assert (record.reason, record.offset, record.length, record.kind) == (Reason.DAMAGED, 0, 0, "row")


def test_a_cut_file_is_one_record(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": ["a"] * 1000}), path)
    path.write_bytes(path.read_bytes()[:-50])
    (record,) = read_parquet(str(path), Fields(), LIMITS)
    assert record.reason is Reason.DAMAGED


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_parquet(str(tmp_path / "gone"), Fields(), LIMITS))


@pytest.mark.parametrize("column", ["text", "other"])
def test_a_damaged_row_group_costs_its_rows_and_no_others(tmp_path: Path, column: str) -> None:
    path = tmp_path / "t.parquet"
    texts = [f"{number * 0x9E3779B97F4A7C15:x}" for number in range(900)]
    table = pa.table({"text": texts, "other": texts})
    pq.write_table(table, path, row_group_size=300, write_page_checksum=True, use_dictionary=False)
    group = pq.read_metadata(path).row_group(1)
    chunk = group.column(table.schema.names.index(column))
    content = bytearray(path.read_bytes())
    content[chunk.data_page_offset + chunk.total_compressed_size // 2] ^= 255
    path.write_bytes(content)
    records = list(read_parquet(str(path), Fields(), LIMITS))
    bad = [record for record in records if record.reason is not None]
    # What is not read cannot be damaged.
    assert [(record.reason, record.offset, record.length) for record in bad] == (
        [(Reason.DAMAGED, 300, 300)] if column == "text" else []
    )
    assert sum(record.length for record in records) == 900
    good = [record.content.decode() for record in records if record.reason is None]
    assert good == (texts[:300] + texts[600:] if column == "text" else texts)


@pytest.mark.parametrize("byte", range(0, 2000, 111))
def test_no_damage_stops_the_reader(tmp_path: Path, byte: int) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": [f"{number}" for number in range(300)]}), path, compression="zstd")
    content = bytearray(path.read_bytes())
    content[byte % len(content)] ^= 0x55
    path.write_bytes(content)
    assert list(read_parquet(str(path), Fields(), LIMITS))
