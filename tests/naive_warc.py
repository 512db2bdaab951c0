"""The slow, obvious way to write WARC files, and to read those that have nothing wrong."""

import bz2
import gzip

import lz4.frame
import zstandard


def record(
    body: bytes, kind: str = "response", name: str = "a", extra: str = "", length: int | str | None = None
) -> bytes:
    """Write one record; `length` is what its header claims, if not the truth."""
    claimed = len(body) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://example.test/{name}\r\nWARC-Payload-Digest: sha1:{name}\r\n{extra}"
        f"Content-Length: {claimed}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def records(count: int = 6, size: int = 300) -> list[bytes]:
    """Write some records of different kinds, whose bodies do not compress to nothing."""
    kinds = ("warcinfo", "request", "response", "conversion")
    bodies = (b"".join(b"%d," % (i * j * 7919 % 10007) for j in range(size)) for i in range(count))
    return [record(body, kinds[i % 4], f"{i:04}") for i, body in enumerate(bodies)]


def pack(plain: list[bytes], compression: str) -> list[bytes]:
    """Compress each piece on its own."""
    compress = {
        "plain": bytes,
        "gzip": lambda piece: gzip.compress(piece, mtime=0),
        "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
        "bzip2": bz2.compress,
        "lz4": lambda piece: lz4.frame.compress(piece, content_checksum=True),
    }[compression]
    return [compress(piece) for piece in plain]


def read(plain: bytes) -> list[tuple[str, str, bytes]]:
    """Read kind, id and block of every record of a file with CRLF line ends, true lengths and nothing wrong."""
    found: list[tuple[str, str, bytes]] = []
    while plain:
        head, _, rest = plain.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        length = int(fields["Content-Length"])
        found.append((fields["WARC-Type"], fields["WARC-Record-ID"], rest[:length]))
        plain = rest[length + 4 :]
    return found
