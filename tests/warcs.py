"""WARC files made for a test."""

import gzip
from collections.abc import Sequence
from pathlib import Path


def record(number: int, block: bytes, kind: str = "response") -> bytes:
    """Make one WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://site.example/{number}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(html: str, headers: str = "") -> bytes:
    """Make the HTTP response that holds a page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n"
    return head.encode() + html.encode()


def write_warc(path: Path, blocks: Sequence[bytes]) -> Path:
    """Write a WARC file, gzip per record, with a response for each block."""
    path.write_bytes(b"".join(gzip.compress(record(number, block), mtime=0) for number, block in enumerate(blocks)))
    return path


def prose(topic: str, words: int = 80) -> str:
    """Write English words that Gopher's rules keep."""
    sentence = f"The {topic} that we have seen is one of the many to be found, and it came with a story of its own."
    return "<html><body><article>" + f"<p>{sentence}</p>" * (1 + words // 21) + "</article></body></html>"
