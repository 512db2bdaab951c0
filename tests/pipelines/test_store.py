"""A file in a store is whole or absent, on a disk and in an object store alike."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import s3fs

from pipelines.store import PARTIAL, Store, copy_to
from tests.servers import BUCKET, s3_server


@pytest.fixture(scope="module")
def s3() -> Iterator[s3fs.S3FileSystem]:
    with s3_server() as filesystem:
        yield filesystem


@pytest.fixture(params=["disk", "s3", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "disk":
        yield Store.at(tmp_path / "release::1")
        return
    if request.param == "s3":
        request.getfixturevalue("s3")
    root = f"{request.param}://{BUCKET}/{request.node.name.partition('[')[0]}"
    yield Store.at(root)
    Store.at(root).remove("")


def break_off(store: Store, name: str, content: bytes, error: BaseException) -> None:
    """Write some, then fail."""

    def write() -> None:
        with store.writing(name) as file:
            file.write(content)
            raise error

    with pytest.raises(type(error)):
        write()


def test_what_is_written_is_there(store: Store) -> None:
    store.write("data/a.parquet", b"one")
    store.write("data/a.parquet", b"three")
    assert store.read("data/a.parquet") == b"three"
    assert store.size("data/a.parquet") == 5
    assert store.exists("data/a.parquet")
    assert store.exists("data")
    assert not store.exists("data/b.parquet")
    assert not store.exists("data/a")


def test_nothing_is_there_before_the_block_ends(store: Store) -> None:
    with store.writing("a") as file:
        file.write(b"half")
        assert not store.exists("a")
        assert store.list() == []
    assert store.list() == ["a"]


@pytest.mark.parametrize("size", [0, 10, 12 << 20])
def test_a_failing_block_leaves_nothing(store: Store, size: int) -> None:
    break_off(store, "data/a", bytes(size), RuntimeError())
    assert store.list() == []
    assert not store.exists("data/a")
    if store.local:
        assert list(Path(store.path("data")).iterdir()) == []


def test_a_failing_block_leaves_the_file_that_was_there(store: Store) -> None:
    store.write("a", b"old")
    break_off(store, "a", b"new", KeyboardInterrupt())
    assert store.read("a") == b"old"


def test_a_failing_block_leaves_no_parts_that_cost_money(s3: s3fs.S3FileSystem) -> None:
    break_off(Store.at(f"s3://{BUCKET}"), "large", bytes(60 << 20), RuntimeError())
    assert not s3.call_s3("list_multipart_uploads", Bucket=BUCKET).get("Uploads")


def test_an_empty_file_is_a_file(store: Store) -> None:
    store.write("marker", b"")
    assert store.list() == ["marker"]
    assert store.read("marker") == b""


def test_list_names_all_files_below_in_order(store: Store) -> None:
    names = ["a", "data/1", "data/10", "data/2", "data/deep/er/1", "data2/1"]
    for name in reversed(names):
        store.write(name, b"")
    assert store.list() == names
    assert store.list("data") == names[1:5]
    assert store.list("data/") == names[1:5]
    assert store.list("nothing") == []


def test_list_leaves_out_what_is_not_finished(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    store.write("a", b"")
    (tmp_path / f"b.1234{PARTIAL}").touch()
    assert store.list() == ["a"]


def test_list_leaves_out_the_folders_of_an_object_store(s3: s3fs.S3FileSystem) -> None:
    s3.pipe(f"{BUCKET}/made/by/console/", b"")
    assert Store.at(f"s3://{BUCKET}/made").list() == []
    s3.rm(f"{BUCKET}/made", recursive=True)


def test_remove_takes_a_file_a_folder_and_nothing(store: Store) -> None:
    for name in ("a", "data/1", "data/2", "data2"):
        store.write(name, b"")
    store.remove("a")
    store.remove("a")
    store.remove("data")
    assert store.list() == ["data2"]


def test_another_writer_is_seen_at_once(store: Store) -> None:
    store.write("a", b"")
    assert store.list() == ["a"]
    assert not store.exists("b")
    other: Store = pickle.loads(pickle.dumps(store))  # noqa: S301  # our own
    assert other == store
    other.write("b", b"")
    assert store.exists("b")
    assert store.list() == ["a", "b"]


def test_parquet_is_written_and_read_in_place(store: Store) -> None:
    table = pa.table({"text": ["a", "b"]})
    with store.writing("t.parquet") as file:
        pq.write_table(table, file)
    with store.open("t.parquet") as file:
        assert file.seek(0, 2) == store.size("t.parquet")
        assert pq.read_table(file) == table


def test_a_local_root_is_absolute_and_keeps_its_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    assert Store.at("link/x/../").root == f"{tmp_path}/link"
    assert Store.at(f"file://{tmp_path}/a%20b").root == f"{tmp_path}/a b"
    assert Store.at("s3://bucket/a/").root == "s3://bucket/a"
    assert Store.at("s3://bucket/a").local is False
    assert Store.at("a").local is True


def test_copy_to_brings_a_file_here(store: Store, tmp_path: Path) -> None:
    store.write("a", b"x" * 3000)
    if "::" not in store.root:
        copy_to(store.path("a"), str(tmp_path / "copy"), block=1000)
        assert (tmp_path / "copy").read_bytes() == b"x" * 3000
