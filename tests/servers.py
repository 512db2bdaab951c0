"""Servers that a test can talk to: an S3 store and a web server that misbehaves as told, both on this machine."""

import os
import re
import socket
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest
import s3fs
from moto.server import ThreadedMotoServer

BUCKET = "bucket"


@contextmanager
def s3_server() -> Generator[s3fs.S3FileSystem]:
    """Run an S3 store with one empty bucket, named in the environment as a user would name it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # All of moto's servers in one process share their objects: those of the test before go.
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("AWS_", "FSSPEC_S3"))]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        # A filesystem made before would go on talking to the server of another test.
        s3fs.S3FileSystem.clear_instance_cache()
        filesystem = s3fs.S3FileSystem(use_listings_cache=False)
        filesystem.mkdir(BUCKET)
        try:
            yield filesystem
        finally:
            s3fs.S3FileSystem.clear_instance_cache()
            server.stop()


@dataclass
class WebServer:
    """What the server has, how it behaves, and what it was asked."""

    files: Mapping[str, bytes]
    #: answer a Range with 206, as most servers do
    ranges: bool = True
    #: name an ETag
    versions: bool = True
    #: say Content-Length
    lengths: bool = True
    #: the methods that are refused with 405
    refused: frozenset[str] = frozenset()
    #: break the connection after so many bytes of the body, once for each number
    drops: list[int] = field(default_factory=list)
    #: answer with these statuses first
    failures: list[int] = field(default_factory=list)
    #: extra headers, by status
    headers: dict[int, dict[str, str]] = field(default_factory=dict)
    #: method, path, Range header ("" for none) and status of each request
    asked: list[tuple[str, str, str, int]] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def running(self) -> Generator["WebServer"]:
        """Serve on a free port until the block ends."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"web": self}))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    web: WebServer

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0].lstrip("/")
        content = self.web.files.get(path, b"")
        status, start, stop = self._status(path, content)
        self.web.asked.append((self.command, path, self.headers.get("Range", ""), status))
        self.send_response(status)
        for name, value in self._headers(status, content, start, stop).items():
            self.send_header(name, value)
        self.end_headers()
        if body and status < 400:
            self._send(content[start:stop])

    def _status(self, path: str, content: bytes) -> tuple[int, int, int]:
        if self.web.failures:
            return self.web.failures.pop(0), 0, 0
        if self.command in self.web.refused or path not in self.web.files:
            return (405 if self.command in self.web.refused else 404), 0, 0
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        same = self.headers.get("If-Range", _etag(content)) == _etag(content)
        if asked is None or not self.web.ranges or not same:
            return 200, 0, len(content)
        start, stop = int(asked[1]), min(int(asked[2] or len(content)) + 1, len(content))
        return (206, start, stop) if start < len(content) else (416, 0, 0)

    def _headers(self, status: int, content: bytes, start: int, stop: int) -> dict[str, str]:
        headers = dict(self.web.headers.get(status, {}))
        if self.web.lengths:
            headers["Content-Length"] = str(stop - start)
        if self.web.versions:
            headers["ETag"] = _etag(content)
        if status == 206:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
        return headers

    def _send(self, content: bytes) -> None:
        # The client may hang up before it has read all.
        with suppress(ConnectionError):
            self.wfile.write(content[: self.web.drops[0]] if self.web.drops else content)
            self.wfile.flush()
        if self.web.drops:
            self.web.drops.pop(0)
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Keep the test's output quiet."""


def _etag(content: bytes) -> str:
    return f'"{len(content)}-{sum(content)}"'
