"""HTTP responses as archives hold them: encoded, half decoded, mislabelled, cut."""

import gzip
import resource
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pipelines.http import Fault, Response, is_html, read_response
from pipelines.reason import Reason

LIMIT = 1 << 20
PAGE = b"<!DOCTYPE html><html><body><p>" + b"one word and another, " * 40 + b"</p></body></html>"


def raw_deflate(body: bytes) -> bytes:
    compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
    return compressor.compress(body) + compressor.flush()


def chunked(body: bytes, size: int = 97, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    chunks = b"".join(b"%x%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces)
    return chunks + b"0\r\n" + trailer + b"\r\n"


ENCODED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]),
    "deflate": zlib.compress(PAGE),
    "Deflate": raw_deflate(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
    "gzip, gzip": gzip.compress(gzip.compress(PAGE)),
    "deflate, gzip": gzip.compress(zlib.compress(PAGE)),
    "identity": PAGE,
    "UTF-8": PAGE,
    "": PAGE,
}


def response(body: bytes, *fields: str, line: str = "HTTP/1.1 200 OK", newline: str = "\r\n") -> Response | Fault:
    head = newline.join([line, *fields, "", ""])
    return read_response(head.encode() + body, LIMIT)


def good(answer: Response | Fault) -> Response:
    assert isinstance(answer, Response), answer
    return answer


def fault(answer: Response | Fault) -> Reason:
    assert isinstance(answer, Fault), answer
    return answer.reason


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_every_encoding_is_undone(encoding: str, in_chunks: bool) -> None:
    body = ENCODED[encoding]
    fields = [f"Content-Encoding: {encoding}", "Content-Type: text/html"]
    if in_chunks:
        assert good(response(chunked(body), "Transfer-Encoding: chunked", *fields)).body == PAGE
    else:
        assert good(response(body, *fields)).body == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, br", "compress"])
def test_a_body_without_the_encoding_that_its_head_names(encoding: str) -> None:
    fields = (f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked")
    assert good(response(PAGE, *fields)).body == PAGE


def test_gzip_that_the_head_does_not_name() -> None:
    for kind in ("Content-Type: text/html", "X: y"):
        assert good(response(gzip.compress(PAGE), kind)).body == PAGE
    kept = good(response(gzip.compress(PAGE), "Content-Type: application/gzip")).body
    assert kept == gzip.compress(PAGE, mtime=None) or kept.startswith(b"\x1f\x8b")


@pytest.mark.parametrize(("extension", "trailer"), [(b";name=value", b""), (b" ", b"X-Sum: 1\r\n")])
def test_chunks_with_ornaments(extension: bytes, trailer: bytes) -> None:
    body = chunked(PAGE, 64, extension, trailer)
    assert good(response(body, "Transfer-Encoding: Chunked")).body == PAGE
    assert good(response(body.partition(b"\r\n0\r\n")[0] + b"\r\n", "Transfer-Encoding: chunked")).body == PAGE


def test_broken_chunks() -> None:
    body = chunked(PAGE, 64)
    assert fault(response(body[:200], "Transfer-Encoding: chunked")) is Reason.TRUNCATED
    assert fault(response(b"3\r\nabc\r\n1f", "Transfer-Encoding: chunked")) is Reason.TRUNCATED
    assert fault(response(b"3\r\nabc\r\nzz\r\nabc", "Transfer-Encoding: chunked")) is Reason.BAD_HTTP


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate", "br", "zstd"])
def test_a_compressed_body_that_ends_too_soon(encoding: str) -> None:
    assert fault(response(ENCODED[encoding][:-9], f"Content-Encoding: {encoding}")) is Reason.TRUNCATED


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd", "compress"])
def test_bytes_in_no_encoding(encoding: str) -> None:
    magic = {"gzip": b"\x1f\x8b\x08\0", "zstd": b"\x28\xb5\x2f\xfd"}.get(encoding, b"")
    assert fault(response(magic + b"\xff\x00\xee" * 99, f"Content-Encoding: {encoding}")) is Reason.BAD_HTTP


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_too_large_and_takes_no_memory(encoding: str) -> None:
    bomb = b"\0" * (100 << 20)
    compress = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda body: brotli.compress(body, quality=1),
        "zstd": zstandard.compress,
    }
    packed = compress[encoding](bomb)
    del bomb
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert fault(response(packed, f"Content-Encoding: {encoding}")) is Reason.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 << 10


def test_a_plain_body_may_be_too_large() -> None:
    assert fault(response(b"x" * (LIMIT + 1))) is Reason.TOO_LARGE
    assert len(good(response(b"x" * LIMIT)).body) == LIMIT


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("HTTP/1.1 200 OK", 200),
        ("HTTP/1.0 404", 404),
        ("HTTP/2 301 ", 301),
        ("http/1.1 200 ok", 200),
        ("\r\nHTTP/1.1 200 OK", 200),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 203 OK", 203),
        ("HTTP/1.1 100 Continue\r\n\r\n" * 5000 + "HTTP/1.1 200 OK", 200),
    ],
)
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_status_lines(line: str, status: int, newline: str) -> None:
    answer = good(response(PAGE, "A: b", line=line.replace("\r\n", newline), newline=newline))
    assert (answer.status, answer.body, answer.header("a")) == (status, PAGE, "b")


@pytest.mark.parametrize("line", ["", "ICY 200 OK", "<html>", "HTTP/1.1 OK", "HTTP/1.1 2000", "GET / HTTP/1.1"])
def test_what_is_no_status_line(line: str) -> None:
    assert fault(response(PAGE, line=line)) is Reason.BAD_HTTP


def test_a_head_without_end() -> None:
    assert good(read_response(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n", LIMIT)).status == 301
    assert fault(read_response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + PAGE, LIMIT)) is Reason.BAD_HTTP


def test_fields_in_any_hand() -> None:
    answer = good(response(b"", "X-Fold: a", "\tb", "X-NAME : 1", "x-name: 2", "no colon", "X-High: \u00e9"))
    assert (answer.header("x-fold"), answer.header("X-Name"), answer.header("x-high")) == ("a b", "1", "\u00e9")
    assert answer.header("absent") is None
    latin = good(read_response(b"HTTP/1.1 200 OK\r\nX: \xe9\r\n\r\n", LIMIT))
    assert latin.header("x") == "\u00e9"


@pytest.mark.parametrize(
    ("value", "mime", "charset"),
    [
        ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
        ('text/html;charset="koi8-r"', "text/html", "koi8-r"),
        ("text/html, text/html; charset=x", "text/html", "x"),
        ("text/html; charset=", "text/html", None),
        ("", "", None),
    ],
)
def test_content_type(value: str, mime: str, charset: str | None) -> None:
    answer = good(response(b"", f"Content-Type: {value}"))
    assert (answer.content_type, answer.charset) == (mime, charset)


@pytest.mark.parametrize(
    ("kind", "body", "page"),
    [
        ("text/html", b"", True),
        ("application/xhtml+xml", b"", True),
        ("text/plain", PAGE, False),
        ("application/octet-stream", PAGE, False),
        ("", PAGE, True),
        ("", b"\xef\xbb\xbf \n<!-- x -->", True),
        ("", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', True),
        ("", b'<?xml version="1.0"?><rss>', False),
        ("", b"<p>", True),
        ("", b"<pre>", False),
        ("", b"plain <html>", False),
        ("", b"", False),
    ],
)
def test_what_is_a_page(kind: str, body: bytes, page: bool) -> None:
    fields = [f"Content-Type: {kind}"] if kind else []
    assert is_html(good(response(body, *fields))) is page


@given(
    st.binary(max_size=200),
    st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "chunked", ""]),
    st.sampled_from([b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"\x78\x9c", b"5\r\n", b"<"]),
)
def test_any_bytes_give_an_answer(body: bytes, encoding: str, prefix: bytes) -> None:
    fields = (f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked" if encoding == "chunked" else "A: b")
    for block in (body, f"HTTP/1.1 200 OK\r\n{fields[0]}\r\n{fields[1]}\r\n\r\n".encode() + prefix + body):
        assert isinstance(read_response(block, LIMIT), Response | Fault)
