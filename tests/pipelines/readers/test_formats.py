"""A file's format is told by its extension, else by its first bytes."""

import bz2
import gzip
from pathlib import Path

import pytest
import zstandard

from pipelines.readers.formats import format_of, sniff


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((f"a.warc{end}", "warc") for end in ("", ".gz", ".zst", ".bz2", ".lz4")),
        *((f"a.warc.wet{end}", "wet") for end in ("", ".gz", ".zst", ".bz2", ".lz4")),
        *((f"a.{kind}", "warc") for kind in ("warc.wat.gz", "arc", "arc.gz", "ARC", "Warc.GZ")),
        *((f"a.{kind}", "jsonl") for kind in ("jsonl", "json", "ndjson", "jsonl.gz", "json.zst")),
        ("a.parquet", "parquet"),
    ],
)
def test_the_extension_names_the_format(name: str, kind: str) -> None:
    assert format_of(f"/data/x.y/{name}") == kind
    assert format_of(f"s3://bucket/{name}") == kind
    assert format_of(f"https://host/{name}?key=a.txt") == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"WARC/1.0\r\n", "warc"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "warc"),
        (bz2.compress(b"WARC/1.0\r\n"), "warc"),
        (b"PAR1...", "parquet"),
        (b'\xef\xbb\xbf {"text": 1}', "jsonl"),
        (gzip.compress(b'{"text": 1}', mtime=0), "jsonl"),
        (zstandard.compress(b'{"text": 1}' * 100_000), "jsonl"),
        (zstandard.compress(b'{"text": 1}')[:9] + b"damaged", "warc"),
        (gzip.compress(b'{"text": 1}', mtime=0)[:10] + b"damaged", "warc"),
        (b"", "warc"),
        (b"hello", "warc"),
    ],
)
def test_without_an_extension_the_first_bytes_do(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "data.open"
    path.write_bytes(content)
    assert format_of(str(path)) is None
    assert sniff(str(path)) == kind


@pytest.mark.parametrize("name", ["a.warc.gz.open", "a.parquet.gz", "a.jsonl.bz2", "warc", "a.md", "warc.paths.gz"])
def test_other_extensions_tell_nothing(name: str) -> None:
    assert format_of(name) is None
