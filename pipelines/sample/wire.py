"""The wire: what a server sent for a page, to the byte."""

import base64
import zlib

from pipelines.sample.page import Page

GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


def response(page: Page, body: bytes) -> tuple[bytes, bytes]:
    """Give the HTTP head and the body as sent, in the encodings that the page names."""
    for coding in page.one("wire").split():
        body = ENCODERS[coding](body)
    if page.one("broken") == "http-head":
        return b"HTP/1.1 OK 200 fine\nContent-Type text html\n\n", body
    lines = [f"HTTP/1.1 {page.one('status', '200 OK')}", f"Date: {page.date}", "Server: sample/1"]
    if (kind := page.one("type", "text/html; charset=UTF-8")) != "none":
        lines.append(f"Content-Type: {kind}")
    lines += page.all("header")
    if "chunked" not in page.one("wire"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join((*lines, "", "")).encode(), body


def encode(page: Page, text: str) -> bytes:
    """Turn a page's text into bytes by its `codec`; base64 stands for a file that is not text."""
    codec = page.one("codec", "utf-8")
    if codec == "base64":
        return base64.b64decode(text)
    return ("\ufeff" if page.one("bom") else "").encode(codec) + text.encode(codec)


def gzipped(data: bytes, deflated: bytes) -> bytes:
    """Frame a deflate stream of `data` as one gzip member without a name or a time."""
    return GZIP_HEAD + deflated + zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")


# A body's digest is in its record, and compressors differ from one version to the next: what a server is said to
# have compressed is therefore stored uncompressed inside a valid stream. The limit is 64 KiB, one stored block.


def _deflated(data: bytes) -> bytes:
    size = len(data)
    return b"\x01" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data


def _gzip(data: bytes) -> bytes:
    return gzipped(data, _deflated(data))


def _zlib(data: bytes) -> bytes:
    return b"\x78\x01" + _deflated(data) + zlib.adler32(data).to_bytes(4, "big")


def _brotli(data: bytes) -> bytes:
    # RFC 7932: window of 16 bits, one meta-block of four nibbles marked ISUNCOMPRESSED, then the empty last one.
    return ((len(data) - 1) << 4 | 1 << 20).to_bytes(3, "little") + data + b"\x03"


def _chunked(data: bytes, size: int = 1500) -> bytes:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


ENCODERS = {"gzip": _gzip, "deflate": _zlib, "br": _brotli, "chunked": _chunked}
