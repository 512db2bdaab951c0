"""Tell a file's format: by its extension, else by its first bytes."""

import io
import re
import zlib
from pathlib import Path

import zstandard

from pipelines.readers.fetch import is_http, public_url

FORMAT = re.compile(
    r"\.(?:(?P<warc>warc|wat|arc)|(?P<wet>wet))(?:\.(?:gz|zst|bz2|lz4))?$"
    r"|\.(?P<parquet>parquet)$"
    r"|\.(?P<jsonl>jsonl|json|ndjson)(?:\.(?:gz|zst))?$",
    re.IGNORECASE,
)


def format_of(path: str) -> str | None:
    """Tell a file's format by its extension; None if that is not known."""
    match = FORMAT.search(public_url(path) if is_http(path) else path)
    return None if match is None else match.lastgroup


def sniff(path: str) -> str:
    """Tell a local file's format by its first bytes; "warc" where they tell nothing: its reader says what came."""
    with Path(path).open("rb") as file:
        head = file.read(1 << 12)
    try:
        if head.startswith(b"\x1f\x8b"):
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
        elif head.startswith(b"\x28\xb5\x2f\xfd"):
            head = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(head)).read(64)
    except (zlib.error, zstandard.ZstdError):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") else "warc"
