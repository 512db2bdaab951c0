"""Fetch a shard: a remote file becomes a local one, whole and checked, or one clear error."""

import hashlib
import io
import os
import re
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, InvalidURL
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from fsspec.core import url_to_fs

PIECE = 1 << 20
#: One request per piece of an object: large enough that the request costs little, small enough to hold.
OBJECT_PIECE = 1 << 25
#: Seconds before the second attempt, the third, and so on.
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
LONGEST_WAIT = 60.0
#: A server that says nothing for so many seconds is not there.
SILENCE = 60.0

BUSY = frozenset({408, 416, 425, 429, 500, 502, 503, 504})
REFUSED = frozenset({401, 403})
GONE = frozenset({404, 410})
NO_HEAD = frozenset({403, 405, 501})
PARTIAL_CONTENT = 206
RANGE_REFUSED = 416
T = TypeVar("T")

CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
S3_ADVICE = (
    "give credentials (AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY; FSSPEC_S3_ANON=true for a "
    "public bucket), and AWS_ENDPOINT_URL where the store is not Amazon's"
)


class FetchError(OSError):
    """A remote file cannot be had; the text names it, says what came back and what to do."""


@dataclass
class _Remote:
    """What the server said of the file at the first attempt, so that a later one goes on with the same file."""

    version: str = ""
    size: int | None = None


@contextmanager
def local_copy(
    place: str, name: str, folder: str | os.PathLike[str], waits: Sequence[float] = WAITS
) -> Generator[tuple[str, str]]:
    """Give a local path with the bytes that lie at `place`, and their SHA-256 in hex; a fetched file goes at the end.

    A local file is used where it lies. A remote one is written to a folder of its own inside `folder`, tried once
    more after each of `waits` seconds, each attempt going on where the last one broke off. Raises FetchError.
    """
    if "://" not in place:
        yield place, digest(place)
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fetch-", dir=folder) as room:
        # The end of the name tells a reader the compression; the start may be longer than a disk allows.
        path = Path(room) / (name.rsplit("/", 1)[-1][-80:] or "shard")
        with path.open("wb") as target:
            download(place, target, waits)
        yield str(path), digest(path)


def digest(path: str | os.PathLike[str]) -> str:
    """Compute the SHA-256 of a file, in hex."""
    state = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            state.update(piece)
    return state.hexdigest()


def download(url: str, target: BinaryIO, waits: Sequence[float] = WAITS) -> None:
    """Write the file at `url` into the empty, seekable `target`, whole. Raises FetchError."""
    remote = _Remote()
    append = _append_http if is_http(url) else _append_object
    persist(url, lambda: append(url, target, remote), waits)


def read_remote(url: str, waits: Sequence[float] = WAITS) -> bytes:
    """Read the small file at `url`. Raises FetchError."""
    target = io.BytesIO()
    download(url, target, waits)
    return target.getvalue()


def read_part(url: str, start: int, count: int, waits: Sequence[float] = WAITS) -> bytes:
    """Read at most `count` bytes of the file at `url`, from byte `start` on, and no others. Raises FetchError."""
    return persist(url, lambda: _part(url, start, count), waits)


def _part(url: str, start: int, count: int) -> bytes:
    if not is_http(url):
        filesystem, path = url_to_fs(url)
        return bytes(filesystem.cat_file(path, start=start, end=start + count))
    with _open(url, {"Range": f"bytes={start}-{start + count - 1}"}) as answer:
        if answer.status != PARTIAL_CONTENT:
            raise ValueError("the server gives whole files only, no parts of them")
        return answer.read(count)


def probe(url: str, waits: Sequence[float] = WAITS) -> tuple[int | None, str]:
    """Ask a web server for a file's size (None: it does not say) and version (ETag or date). Raises FetchError."""
    return persist(url, lambda: _ask(url), waits)


def is_http(url: str) -> bool:
    """Say whether a web server answers for `url`."""
    return url.startswith(("http://", "https://"))


def public_url(url: str) -> str:
    """Leave out what may be secret and is no part of the file's identity: the query, the user and the password."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if is_http(url):
        # An object's key may hold these two signs.
        path = path.partition("#")[0].partition("?")[0]
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def persist(url: str, attempt: Callable[[], T], waits: Sequence[float] = WAITS) -> T:
    """Call `attempt` until it succeeds, `len(waits)` times more at most. Raises FetchError."""
    for wait in (*waits, None):
        try:
            return attempt()
        except Exception as error:  # each filesystem raises errors of its own: all become one
            if wait is None or not _passing(error):
                raise FetchError(_complaint(url, error)) from error
            time.sleep(_pause(error, wait))
    raise AssertionError


def _append_http(url: str, target: BinaryIO, remote: _Remote) -> None:
    have = target.seek(0, os.SEEK_END)
    headers = {"Range": f"bytes={have}-", "If-Range": remote.version} if have else {}
    try:
        answer = _open(url, {name: value for name, value in headers.items() if value})
    except HTTPError as error:
        if error.code == RANGE_REFUSED:
            _truncate(target)
        raise
    with answer:
        size = _resume(answer, target, remote)
        while piece := answer.read(PIECE):
            target.write(piece)
    if size is not None and target.tell() != size:
        raise ConnectionError(f"the connection ended after {target.tell()} of {size} bytes")


def _resume(answer: HTTPResponse, target: BinaryIO, remote: _Remote) -> int | None:
    """Place `target` where this answer's bytes belong, and say how many bytes the whole file has."""
    headers = answer.headers
    if answer.status != PARTIAL_CONTENT:
        _truncate(target)
        length = headers.get("Content-Length")
        # A weak ETag may not be asked for with If-Range (RFC 9110, 13.1.5).
        strong = headers.get("ETag", "").startswith('"')
        remote.version = headers["ETag"] if strong else headers.get("Last-Modified", "")
        remote.size = None if length is None else int(length)
        return remote.size
    match = CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
    total = None if match is None or match[2] == "*" else int(match[2])
    if match is None or int(match[1]) != target.tell() or (remote.size is not None and total != remote.size):
        _truncate(target)
        raise ConnectionError(f"asked to go on, the server sent another part: {headers.get('Content-Range')!r}")
    return total


def _append_object(url: str, target: BinaryIO, remote: _Remote) -> None:
    filesystem, path = url_to_fs(url, use_listings_cache=False)
    version, size = _object_state(filesystem, path)
    if version != remote.version:
        _truncate(target)
        remote.version = version
    while (have := target.seek(0, os.SEEK_END)) < size:
        piece = filesystem.cat_file(path, start=have, end=min(have + OBJECT_PIECE, size))
        if not piece:
            raise ConnectionError(f"the object ended after {have} of {size} bytes")
        target.write(piece)
    if _object_state(filesystem, path) != (version, size):
        raise ConnectionError("the object changed while it was read")


def _object_state(filesystem: Any, path: str) -> tuple[str, int]:  # noqa: ANN401  # fsspec has no types
    info = filesystem.info(path)
    if info["type"] != "file":
        raise FileNotFoundError(f"{path} is a folder")
    return object_version(info), int(info["size"])


def object_version(info: Mapping[str, Any]) -> str:
    """Tell one version of an object from the next, by what its filesystem says of it."""
    return str(info.get("ETag") or info.get("etag") or info.get("LastModified") or info.get("mtime") or "")


def _ask(url: str) -> tuple[int | None, str]:
    try:
        answer = _open(url, method="HEAD")
    except HTTPError as error:
        if error.code not in NO_HEAD:
            raise
        # Some servers, and every address signed for GET, refuse HEAD.
        answer = _open(url, {"Range": "bytes=0-0"})
    with answer:
        headers = answer.headers
        match = CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
        length = match[2] if match else headers.get("Content-Length", "*")
        return (None if length == "*" else int(length)), headers.get("ETag") or headers.get("Last-Modified", "")


def _open(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> HTTPResponse:
    plain = quote(url, safe="%/:?#[]@!$&'()*+,;=~")
    # Asked for plain bytes, a server does not compress once more what is compressed already.
    own = {"User-Agent": "vitrine", "Accept-Encoding": "identity", **(headers or {})}
    try:
        return urlopen(Request(plain, headers=own, method=method), timeout=SILENCE)  # noqa: S310  # is_http was asked
    except HTTPError as error:
        # It is also an open connection to a page that nobody will read.
        error.close()
        raise


def _truncate(target: BinaryIO) -> None:
    target.seek(0)
    target.truncate()


def _passing(error: Exception) -> bool:
    """Say whether the same request may succeed later."""
    if isinstance(error, HTTPError):
        return error.code in BUSY
    if isinstance(error, FileNotFoundError | PermissionError | InvalidURL):
        return False
    return isinstance(error, OSError | EOFError | HTTPException)


def _pause(error: Exception, wait: float) -> float:
    asked = (error.headers.get("Retry-After") or "") if isinstance(error, HTTPError) else ""
    return max(wait, min(float(asked), LONGEST_WAIT)) if asked.isdecimal() else wait


def _complaint(url: str, error: Exception) -> str:
    if isinstance(error, HTTPError):
        said, code = f"the server answered {error.code} {error.reason}", error.code
    else:
        said, code = f"{type(error).__name__}: {error}", 0
    return f"cannot fetch {public_url(url)}: {said}; {_advice(url, error, code)}"


def _advice(url: str, error: Exception, code: int) -> str:
    if isinstance(error, FileNotFoundError) or code in GONE:
        return "there is no such file: check the address"
    refused = code in REFUSED or isinstance(error, PermissionError) or "redential" in type(error).__name__
    if refused and url.startswith("s3"):
        return S3_ADVICE
    if refused:
        return "the server refuses: an address with a signature may have expired, and a private one needs one"
    return "check the address and the network, then run again: finished shards are kept"
