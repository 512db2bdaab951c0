"""A remote shard comes whole, or not at all and with a reason."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import s3fs

from pipelines.readers import fetch
from pipelines.readers.fetch import FetchError, local_copy, probe, public_url, read_remote
from tests.servers import BUCKET, WebServer, s3_server

CONTENT = np.random.default_rng(1).bytes(3_000_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
NAME = "crawl/a.warc.gz"
AT_ONCE = (0, 0, 0)


@pytest.fixture(scope="module")
def s3() -> Iterator[s3fs.S3FileSystem]:
    with s3_server() as filesystem:
        yield filesystem


def fetched(url: str, folder: Path) -> tuple[bytes, str]:
    """Fetch, and see that nothing is left afterwards."""
    with local_copy(url, public_url(url), folder, AT_ONCE) as (path, digest):
        assert path.endswith("a.warc.gz")
        content = Path(path).read_bytes()
    assert list(folder.iterdir()) == []
    return content, digest


def test_a_local_shard_is_used_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(CONTENT)
    with local_copy(str(path), path.name, tmp_path / "never") as copy:
        assert copy == (str(path), DIGEST)
    assert path.exists()
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize("lengths", [True, False])
def test_a_web_server_gives_the_file(tmp_path: Path, lengths: bool) -> None:
    with WebServer({NAME: CONTENT}, lengths=lengths).running() as web:
        assert fetched(f"{web.url}/{NAME}", tmp_path) == (CONTENT, DIGEST)
        assert web.asked == [("GET", NAME, "", 200)]


@pytest.mark.parametrize("versions", [True, False])
def test_a_broken_connection_is_resumed_where_it_broke(tmp_path: Path, versions: bool) -> None:
    with WebServer({NAME: CONTENT}, versions=versions, drops=[1_000_000, 500_000]).running() as web:
        assert fetched(f"{web.url}/{NAME}", tmp_path) == (CONTENT, DIGEST)
        assert [ask[2:] for ask in web.asked] == [("", 200), ("bytes=1000000-", 206), ("bytes=1500000-", 206)]


def test_a_server_without_ranges_is_asked_from_the_start(tmp_path: Path) -> None:
    with WebServer({NAME: CONTENT}, ranges=False, drops=[1_000_000, 500_000]).running() as web:
        assert fetched(f"{web.url}/{NAME}", tmp_path) == (CONTENT, DIGEST)
        assert [ask[3] for ask in web.asked] == [200, 200, 200]


@pytest.mark.parametrize("versions", [True, False])
def test_two_versions_of_a_file_are_never_mixed(tmp_path: Path, versions: bool) -> None:
    files = {NAME: CONTENT}

    class Changing(list[int]):
        """Breaks off once, and has another file by then."""

        def pop(self, *_: object) -> int:
            files[NAME] = CONTENT[::-1] + b"more"
            return super().pop(0)

    with WebServer(files, versions=versions, drops=Changing([1_000_000])).running() as web:
        content, _ = fetched(f"{web.url}/{NAME}", tmp_path)
    assert content == CONTENT[::-1] + b"more"


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    with WebServer({NAME: CONTENT}, failures=[503, 429]).running() as web:
        assert fetched(f"{web.url}/{NAME}", tmp_path) == (CONTENT, DIGEST)


def test_a_server_may_say_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(fetch.time, "sleep", slept.append)
    after = {503: {"Retry-After": "7"}, 429: {"Retry-After": "100000"}, 500: {"Retry-After": "tomorrow"}}
    with WebServer({NAME: b"x"}, failures=[503, 429, 500], headers=after).running() as web:
        assert read_remote(f"{web.url}/{NAME}", (1, 2, 3)) == b"x"
    assert slept == [7, fetch.LONGEST_WAIT, 3]


def test_a_missing_file_is_asked_for_once(tmp_path: Path) -> None:
    with WebServer({}).running() as web:
        with pytest.raises(FetchError, match=rf"{web.url}/{NAME}.* 404 .*check the address"):
            fetched(f"{web.url}/{NAME}?signature=secret", tmp_path)
        assert len(web.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_always_breaks_off_is_given_up(tmp_path: Path) -> None:
    with WebServer({NAME: CONTENT}, drops=[1000] * 9).running() as web:
        with pytest.raises(FetchError, match=r"ended after 4000 of 3000000 bytes"):
            fetched(f"{web.url}/{NAME}", tmp_path)
        assert len(web.asked) == 4
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_not_told() -> None:
    with WebServer({}, failures=[403]).running() as web, pytest.raises(FetchError) as caught:
        read_remote(f"{web.url}/{NAME}?signature=secret", AT_ONCE)
    assert "secret" not in str(caught.value)
    assert "the server refuses" in str(caught.value)


def test_nobody_answers() -> None:
    with pytest.raises(FetchError, match="check the address and the network"):
        read_remote("http://127.0.0.1:9/x", AT_ONCE)


@pytest.mark.parametrize("refused", [frozenset[str](), frozenset({"HEAD"})])
@pytest.mark.parametrize("ranges", [True, False])
def test_probe_asks_for_size_and_version(refused: frozenset[str], ranges: bool) -> None:
    with WebServer({NAME: CONTENT}, refused=refused, ranges=ranges).running() as web:
        size, version = probe(f"{web.url}/{NAME}")
    assert size == len(CONTENT)
    assert version.startswith('"3000000-')


def test_a_server_may_not_say_the_size() -> None:
    with WebServer({NAME: CONTENT}, lengths=False, versions=False).running() as web:
        assert probe(f"{web.url}/{NAME}") == (None, "")


def test_an_address_with_odd_signs(tmp_path: Path) -> None:
    with WebServer({"a%20b/%C3%A4/a.warc.gz": CONTENT}).running() as web:
        assert fetched(f"{web.url}/a b/ä/a.warc.gz", tmp_path) == (CONTENT, DIGEST)


def test_an_object_store_gives_the_file(tmp_path: Path, s3: s3fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "OBJECT_PIECE", 1_000_000)
    s3.pipe(f"{BUCKET}/{NAME}", CONTENT)
    assert fetched(f"s3://{BUCKET}/{NAME}", tmp_path) == (CONTENT, DIGEST)


def test_an_object_that_changes_is_read_anew(
    tmp_path: Path, s3: s3fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "OBJECT_PIECE", 2_000_000)
    s3.pipe(f"{BUCKET}/{NAME}", CONTENT)
    url = f"s3://{BUCKET}/{NAME}"
    filesystem, _ = fetch.url_to_fs(url, use_listings_cache=False)
    read = filesystem.cat_file

    def change(path: str, start: int, end: int) -> bytes:
        piece = read(path, start=start, end=end)
        if start == 0:
            s3.pipe(path, CONTENT[::-1])
        return piece

    monkeypatch.setattr(filesystem, "cat_file", change)
    content, _ = fetched(url, tmp_path)
    assert content == CONTENT[::-1]


@pytest.mark.usefixtures("s3")
def test_a_missing_object() -> None:
    with pytest.raises(FetchError, match=r"s3://bucket/nothing.*no such file"):
        read_remote(f"s3://{BUCKET}/nothing", AT_ONCE)


@pytest.mark.usefixtures("s3")
def test_without_credentials_the_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", "/nonexistent")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(FetchError, match=r"AWS_PROFILE.*AWS_ENDPOINT_URL"):
        read_remote(f"s3://{BUCKET}/{NAME}", AT_ONCE)
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://user:password@host/a/b.warc.gz?signature=x#y", "https://host/a/b.warc.gz"),
        ("s3://bucket/a?b#c.warc.gz", "s3://bucket/a?b#c.warc.gz"),
        ("https://host", "https://host"),
        ("https://host/a@b", "https://host/a@b"),
    ],
)
def test_a_name_holds_no_secret(url: str, public: str) -> None:
    assert public_url(url) == public
