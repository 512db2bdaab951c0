"""WARC files without a fault, in every form that they come in."""

import gzip
from pathlib import Path

import pytest
import zstandard

from pipelines.readers import warc
from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.reason import Reason
from pipelines.record import Record
from tests.naive_warc import pack, read, record, records

LIMITS = ReadLimits(1 << 20)
COMPRESSIONS = ("plain", "gzip", "zstd", "bzip2", "lz4")


def rows_of(path: Path, content: bytes, limits: ReadLimits = LIMITS) -> list[Record]:
    file = path / "x.warc"
    file.write_bytes(content)
    return list(read_warc(str(file), limits))


def seen(rows: list[Record]) -> list[tuple[str, str | None, bytes]]:
    return [(row.kind, row.id, row.content) for row in rows]


def wanted(plain: list[bytes]) -> list[tuple[str, str | None, bytes]]:
    pages = ("response", "conversion")
    return [(kind, name, block if kind in pages else b"") for kind, name, block in read(b"".join(plain))]


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_every_compression_gives_the_same_records(tmp_path: Path, compression: str) -> None:
    plain = records()
    rows = rows_of(tmp_path, b"".join(pack(plain, compression)))
    assert seen(rows) == wanted(plain)
    assert [row.detail for row in rows] == [row.kind if row.reason else "" for row in rows]


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_one_member_for_all_records(tmp_path: Path, compression: str) -> None:
    plain = records()
    (whole,) = pack([b"".join(plain)], compression)
    rows = rows_of(tmp_path, whole)
    assert seen(rows) == wanted(plain)
    assert [row.length for row in rows] == [len(piece) for piece in plain], "offsets count decoded bytes"
    assert rows[-1].offset + rows[-1].length == sum(map(len, plain))


def test_offsets_are_those_of_the_members(tmp_path: Path) -> None:
    members = pack(records(), "gzip")
    content = b"".join(members)
    rows = rows_of(tmp_path, content)
    assert [content[row.offset : row.offset + row.length] for row in rows] == members


def test_identity_is_taken_as_written(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, record(b"HTTP/1.1 200 OK\r\n\r\n", name="n"))
    assert row == Record(
        0, row.length, "<urn:uuid:n>", "response", "https://example.test/n", "2024-05-01T00:00:00Z", "sha1:n", None,
        b"HTTP/1.1 200 OK\r\n\r\n", 19,
    )  # fmt: skip


def test_zstd_dictionary_in_a_skippable_frame(tmp_path: Path) -> None:
    plain = records(40)
    dictionary = zstandard.train_dictionary(2048, [piece for piece in plain for _ in range(8)])
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    frames = b"".join(compressor.compress(piece) for piece in plain)
    for stored in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        head = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
        assert seen(rows_of(tmp_path, head + frames)) == wanted(plain)


@pytest.mark.parametrize("compression", ["plain", "gzip"])
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b"\r\nWARC-", b"\r\nwarc-"),
        (b"Content-Length: ", b"CONTENT-LENGTH:\t"),
        (b"WARC/1.0", b"WARC/0.17"),
        (b"WARC/1.0", b"WARC/1.1"),
        (b"WARC-Date: ", b"WARC-Date:\r\n "),
        (b"https://example.test/a", b"<https://example.test/a>"),
        (b"WARC-Date", b"X-Long: " + b"x" * (1 << 20) + b"\r\nWARC-Date"),
        (b"WARC-Date", b"X-Odd: \xff\xfe \x00 no colon\r\nhere\r\nWARC-Date"),
        (b"WARC-Date", b"WARC-Type: request\r\nWARC-Date"),
    ],
)
def test_headers_in_every_hand(tmp_path: Path, compression: str, written: bytes, instead: bytes) -> None:
    plain = record(b"a page")
    (content,) = pack([plain.replace(written, instead)], compression)
    (row,) = rows_of(tmp_path, content)
    (usual,) = rows_of(tmp_path, plain)
    assert (row.kind, row.id, row.url, row.date, row.content, row.reason) == (
        usual.kind, usual.id, usual.url, usual.date, usual.content, None,
    )  # fmt: skip


def test_line_ends_of_unix(tmp_path: Path) -> None:
    plain = b"".join(record(b"page", name=str(i)).replace(b"\r\n", b"\n") for i in range(3))
    for content in (plain, gzip.compress(plain)):
        assert [row.content for row in rows_of(tmp_path, content)] == [b"page"] * 3


def test_records_need_no_separator(tmp_path: Path) -> None:
    plain = b"".join(piece[:-4] for piece in records())
    assert seen(rows_of(tmp_path, plain)) == wanted(records())


def test_empty_members_are_nothing(tmp_path: Path) -> None:
    empty = gzip.compress(b"")
    assert rows_of(tmp_path, empty) == []
    assert rows_of(tmp_path, b"") == []
    members = pack(records(), "gzip")
    rows = rows_of(tmp_path, empty + empty.join(members) + empty)
    assert seen(rows) == wanted(records())
    assert [row.length for row in rows] == [len(member) for member in members]


def test_gzip_header_with_every_field(tmp_path: Path) -> None:
    usual = gzip.compress(record(b"page"), mtime=0)
    odd = usual[:3] + b"\x0c" + usual[4:10] + b"\x04\0sl\0\0" + b"name.warc\0" + usual[10:]
    assert [row.content for row in rows_of(tmp_path, odd + usual)] == [b"page"] * 2


@pytest.mark.parametrize(
    ("kind", "extra", "kept"),
    [
        ("response", "", True),
        ("RESPONSE", "", True),
        ("conversion", "", True),
        ("response", "WARC-Segment-Number: 1\r\n", True),
        ("response", "WARC-Segment-Number: 2\r\n", False),
        ("continuation", "WARC-Segment-Number: 2\r\n", False),
        ("revisit", "", False),
        ("resource", "", False),
    ],
)
@pytest.mark.parametrize("compression", ["plain", "gzip"])
def test_only_pages_keep_their_block(tmp_path: Path, compression: str, kind: str, extra: str, kept: bool) -> None:
    (content,) = pack([record(b"block", kind, extra=extra)], compression)
    (row,) = rows_of(tmp_path, content)
    reason, block = (None, b"block") if kept else (Reason.NOT_RESPONSE, b"")
    assert (row.reason, row.content, row.content_length, row.kind) == (reason, block, 5, kind.lower())


def test_the_short_way_gives_what_the_long_way_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = [
        record(b"x", "response", "n", extra)
        for extra in ("A : b\r\n", "WARC-Type: a\r\n", "F: a\r\n b\r\n", "\u00e9: \u00e9\r\n")
    ]
    members = b"".join(pack([*records(), *odd, record(b"y", length=0), record(b"y", length="01")], "gzip"))
    short = rows_of(tmp_path, members)
    monkeypatch.setattr(warc, "quick_record", lambda *_: None)
    assert rows_of(tmp_path, members) == short


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"%PDF-1.7 and so on", b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 9\n1 0 x\n", b"\0" * 5000],
)
def test_other_formats_are_one_unsupported_record(tmp_path: Path, content: bytes) -> None:
    for stored in (content, *(pack([content], kind)[0] for kind in COMPRESSIONS)):
        rows = rows_of(tmp_path, stored)
        assert [row.reason for row in rows] == ([Reason.UNSUPPORTED] if content else [])
        assert [(row.offset, row.length) for row in rows] == ([(0, len(stored))] if content else [])


def test_unknown_version_is_unsupported_with_its_identity(tmp_path: Path) -> None:
    content = record(b"page").replace(b"WARC/1.0", b"WARC/2.0")
    (row,) = rows_of(tmp_path, content + b"")
    assert (row.reason, row.id, row.content) == (Reason.UNSUPPORTED, "<urn:uuid:a>", b"")


def test_a_file_of_another_kind_is_named_as_far_as_can_be_told(tmp_path: Path) -> None:
    for name, content, said in (
        ("a.arc", b"filedesc://x.arc 0.0.0.0 2008", "an ARC file: convert it to WARC"),
        ("a.arc.gz", gzip.compress(b"filedesc://x.arc 0.0.0.0 2008"), "an ARC file: convert it to WARC"),
        ("a.gz", gzip.compress(b"something else altogether"), "one that begins b'something else a'"),
        ("a.bin", b"\x1f\x8b\x08 not gzip", "one that begins"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        (row,) = read_warc(str(path), ReadLimits(1000))
        assert (row.reason, said in row.detail) == (Reason.UNSUPPORTED, True)
