"""Every line that is not blank is one record, whatever stands in it and wherever the file breaks."""

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers.fields import Fields
from pipelines.readers.jsonl import read_jsonl
from pipelines.readers.limits import ReadLimits
from pipelines.reason import Reason
from pipelines.record import Record

LIMITS = ReadLimits(max_record_bytes=1 << 20)
Compress = Callable[[bytes], bytes]


def two_members(content: bytes) -> bytes:
    return gzip.compress(content[:7]) + gzip.compress(content[7:]) + bytes(512)


def two_frames(content: bytes) -> bytes:
    skippable = b"\x50\x2a\x4d\x18" + (9).to_bytes(4, "little") + b"anything!"
    whole = zstandard.ZstdCompressor(write_checksum=True)
    return skippable + whole.compress(content[:7]) + zstandard.compress(b"") + skippable + whole.compress(content[7:])


COMPRESSIONS: list[Compress] = [bytes, gzip.compress, two_members, zstandard.compress, two_frames]


def read(folder: Path, content: bytes, fields: Fields | None = None, limits: ReadLimits = LIMITS) -> list[Record]:
    path = folder / "rows"
    path.write_bytes(content)
    return list(read_jsonl(str(path), fields or Fields(), limits))


def rows(count: int) -> bytes:
    """Make lines that do not compress well, so that damage lies between them."""
    texts = (f"{number * 0x9E3779B97F4A7C15 & (1 << 64) - 1:x}" * (1 + number % 30) for number in range(count))
    return b"".join(json.dumps({"id": number, "text": text}).encode() + b"\n" for number, text in enumerate(texts))


@pytest.mark.parametrize("compress", COMPRESSIONS)
def test_a_row_is_a_record(tmp_path: Path, compress: Compress) -> None:
    first = '{"id": "a", "text": "één", "url": "http://x/", "date": "2024-01-02", "more": [1]}\n'.encode()
    content = first + b'\n  \r\n{"id": 7, "url": null, "text": ""}'
    assert read(tmp_path, compress(content)) == [
        Record(0, len(first), "a", "row", "http://x/", "2024-01-02", content="één".encode(), content_length=5),
        Record(len(first) + 5, 34, "7", "row", content=b"", content_length=0),
    ]


def test_an_empty_file_has_no_records(tmp_path: Path) -> None:
    for compress in (bytes, gzip.compress, zstandard.compress):
        assert read(tmp_path, compress(b"")) == []


def test_other_names_and_nested_ones(tmp_path: Path) -> None:
    row: dict[str, Any] = {"body": "x", "metadata": {"url": "u", "at": {"day": "d"}}, "a.b": "c", "no": 1}
    content = json.dumps(row).encode()
    (record,) = read(tmp_path, content, Fields(text="body", id="a.b", url="metadata.url", date="metadata.at.day"))
    assert (record.content, record.id, record.url, record.date) == (b"x", "c", "u", "d")
    (record,) = read(tmp_path, content, Fields(text="body", id="metadata.id", url="no.url"))
    assert (record.id, record.url) == (None, None)


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        (b"{", "JSONDecodeError: "),
        (b"[1]", "expected an object, found a list"),
        (b'"x"', "found text"),
        (b"null", "found nothing"),
        (b"{}", "'text' should be text, found nothing; there are: "),
        (b'{"text": null, "id": 1}', "found nothing; there are: text, id"),
        (b'{"text": 5}', "found a number"),
        (b'{"text": true}', "found true or false"),
        (b'{"text": "x", "url": []}', "'url' should be text, found a list"),
        (b'{"text": "x", "id": true}', "'id' should be text, found true or false"),
        (b'{"text": "\xe4"}', "UnicodeDecodeError: "),
        (b'{"text": "\\ud83d"}', "surrogates not allowed"),
        (b'{"text": "x", "id": "\\ud83d"}', "surrogates not allowed"),
        (b'{"text": "x"}{"text": "y"}', "Extra data"),
        (b'{"text": "x\ty"}', "Invalid control character"),
        (b"[" * 100_000, "RecursionError: "),
        (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "ValueError: "),
        ('{"text": "x"}'.encode("utf-16"), "UnicodeDecodeError: "),
    ],
)
def test_a_line_that_is_no_row_is_a_record_too(tmp_path: Path, line: bytes, detail: str) -> None:
    bad, good = read(tmp_path, line + b'\n{"text": "next"}\n')
    assert (bad.offset, bad.length, bad.kind, bad.reason) == (0, len(line) + 1, "row", Reason.BAD_ROW)
    assert detail in bad.detail
    assert len(bad.detail) <= 500
    assert (bad.content, bad.content_length) == (b"", len(line) + 1)
    assert good.content == b"next"


def test_a_row_without_text_keeps_its_identity(tmp_path: Path) -> None:
    (record,) = read(tmp_path, b'{"id": "a", "url": "u"}')
    assert (record.id, record.url, record.reason) == ("a", "u", Reason.BAD_ROW)


def test_a_surrogate_pair_is_one_sign(tmp_path: Path) -> None:
    assert read(tmp_path, b'\xef\xbb\xbf{"text": "\\ud83d\\ude00"}')[0].content == "😀".encode()


def test_a_line_beyond_the_limit_is_told_by_its_length(tmp_path: Path) -> None:
    fits, over = b'{"text": "x"}', b'{"text": "xy"}'
    records = read(tmp_path, fits + b"\n" + over + b"\n" + fits, limits=ReadLimits(len(fits)))
    assert [(record.offset, record.length, record.reason) for record in records] == [
        (0, 14, None),
        (14, 15, Reason.TOO_LARGE),
        (29, 13, None),
    ]
    assert records[1].content_length == 15
    assert records[1].detail == "a line of 15 bytes; the limit is 13"


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_bomb_is_never_held(tmp_path: Path, compress: Compress) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(compress(b'{"text": "' + bytes(100 << 20)))
    tracemalloc.start()
    try:
        (record,) = read_jsonl(str(path), Fields(), LIMITS)
        assert tracemalloc.get_traced_memory()[1] < 10 << 20
    finally:
        tracemalloc.stop()
    assert (record.reason, record.length) == (Reason.TOO_LARGE, 10 + (100 << 20))


@pytest.mark.parametrize("compress", COMPRESSIONS[1:])
def test_a_cut_file_gives_every_line_before_the_cut(tmp_path: Path, compress: Compress) -> None:
    content = rows(300)
    whole = compress(content).rstrip(b"\0")
    expected = read(tmp_path, content)
    for cut in (len(whole) - 1, len(whole) - 9, len(whole) // 2, len(whole) // 3):
        *records, last = read(tmp_path, whole[:cut])
        assert records == expected[: len(records)]
        assert (last.reason, last.kind) == (Reason.TRUNCATED, "row")
        assert last.offset == sum(record.length for record in records)
        assert "a whole compressed stream was expected" in last.detail


def test_no_cut_goes_unseen(tmp_path: Path) -> None:
    content = rows(3)
    for compress in (gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress):
        whole = compress(content)
        for cut in range(4, len(whole)):
            records = read(tmp_path, whole[:cut])
            assert records[-1].reason is Reason.TRUNCATED
            assert sum(record.length for record in records) <= len(content)


def test_damage_in_gzip_costs_only_what_lies_behind_it(tmp_path: Path) -> None:
    lines = [rows(1000), rows(1000), rows(1000)]
    good = gzip.compress(lines[0]) + gzip.compress(lines[1])
    third = bytearray(gzip.compress(lines[2]))
    third[3000:3004] = b"\xff\xff\xff\xff"
    *records, last = read(tmp_path, good + third)
    assert len(records) > 2000
    assert last.reason is Reason.DAMAGED
    assert last.offset + last.length == sum(record.length for record in records) + last.length


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress])
def test_a_wrong_checksum_is_told_after_the_lines(tmp_path: Path, compress: Compress) -> None:
    content = rows(100)
    whole = bytearray(compress(content))
    whole[-4] ^= 1
    *records, last = read(tmp_path, whole)
    assert records == read(tmp_path, content)
    assert (last.reason, last.offset, last.length) == (Reason.DAMAGED, len(content), 0)


def test_nonsense_behind_a_gzip_member_is_damage(tmp_path: Path) -> None:
    *records, last = read(tmp_path, gzip.compress(rows(10)) + b"nonsense")
    assert len(records) == 10
    assert last.reason is Reason.DAMAGED


def test_many_small_members(tmp_path: Path) -> None:
    content = rows(20_000)
    members = b"".join(gzip.compress(line, 1) for line in content.splitlines(keepends=True))
    assert read(tmp_path, members) == read(tmp_path, content)


def test_a_wide_window_is_read(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=28)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    content = rows(10)
    assert len(read(tmp_path, compressor.compress(content) + compressor.flush())) == 10


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ROW = st.fixed_dictionaries({"text": TEXT}, optional={"id": TEXT | st.integers(), "url": TEXT | st.none(), "x": TEXT})


@settings(max_examples=60, deadline=None)
@given(
    table=st.lists(ROW, max_size=8),
    ascii_only=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n", "\n\n"]),
    compress=st.sampled_from(COMPRESSIONS),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[dict[str, Any]],
    ascii_only: bool,
    newline: str,
    compress: Compress,
) -> None:
    content = "".join(json.dumps(row, ensure_ascii=ascii_only) + newline for row in table).encode()
    records = read(tmp_path_factory.getbasetemp(), compress(content))
    assert [record.content.decode() for record in records] == [row["text"] for row in table]
    assert [record.id for record in records] == [None if row.get("id") is None else str(row["id"]) for row in table]
    assert [record.url for record in records] == [row.get("url") for row in table]
    for record, row in zip(records, table, strict=True):
        assert json.loads(content[record.offset : record.offset + record.length]) == row


def test_real_files(shared_data: Path) -> None:
    path = shared_data / "langid_truth.jsonl.zst"
    with path.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).readall().splitlines()
    records = list(read_jsonl(str(path), Fields(), LIMITS))
    assert len(records) == len(lines)
    assert all(record.content.decode() == json.loads(line)["text"] for record, line in zip(records, lines, strict=True))
