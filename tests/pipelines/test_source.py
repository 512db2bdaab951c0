"""Whatever a person names becomes the same shards on every machine, or one error with every mistake."""

import gzip
import itertools
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
import s3fs

from pipelines import source
from pipelines.source import Listing, Shard, SourceError, find_shards, freeze, thaw
from tests.servers import BUCKET, WebServer, s3_server

LISTED = "crawl-data/CC-MAIN-2024-10/segments/1707947473347.0/warc/CC-MAIN-20240220211055-20240221001055-00000.warc.gz"


@pytest.fixture(scope="module")
def s3() -> Iterator[s3fs.S3FileSystem]:
    with s3_server() as filesystem:
        for name in ("a.warc.gz", "deep/b.parquet", "deep/README", "deep/.hidden.warc", "made/"):
            filesystem.pipe(f"{BUCKET}/CC-MAIN-2024-10/{name}", b"12345")
        yield filesystem


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Make a folder as people have them."""
    folder = tmp_path / "crawl"
    for name in ("b.warc.gz", "a.warc.gz", "deep/er/c.wet.gz", "deep/README.md", ".hidden.warc", ".git/d.warc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"12345")
    return folder


def names(*inputs: str | os.PathLike[str], base: str = "https://data.commoncrawl.org/") -> list[str]:
    return [shard.name for shard in find_shards(inputs, base).shards]


def mistakes(*inputs: str | os.PathLike[str], base: str = "https://data.commoncrawl.org/") -> list[str]:
    with pytest.raises(SourceError) as caught:
        find_shards(inputs, base)
    return str(caught.value).splitlines()


def test_a_single_file_is_named_from_its_folder(crawl: Path) -> None:
    path = crawl / "deep/er/c.wet.gz"
    version = str(path.stat().st_mtime_ns)
    shard = Shard(str(path), "c.wet.gz", 5, version, "wet", "")
    assert find_shards([path]) == Listing((shard,), ())


def test_a_folder_gives_what_can_be_read_and_says_what_it_passed_over(crawl: Path) -> None:
    listing = find_shards([crawl])
    assert [shard.name for shard in listing.shards] == ["a.warc.gz", "b.warc.gz", "deep/er/c.wet.gz"]
    assert listing.ignored == (str(crawl / "deep/README.md"),)


def test_a_file_of_another_extension_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.open"
    path.write_bytes(b'{"text": 1}')
    assert [shard.format for shard in find_shards([path]).shards] == ["jsonl"]


def test_names_do_not_depend_on_the_machine(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crawl)
    assert names(".") == names(crawl) == names("../crawl/") == names(f"file://{crawl}")
    assert names("*.gz") == names(f"{crawl}/*.gz") == ["a.warc.gz", "b.warc.gz"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.warc.gz", ["a.warc.gz", "b.warc.gz"]),
        ("[a].warc.gz", ["a.warc.gz"]),
        ("**", ["a.warc.gz", "b.warc.gz", "deep/er/c.wet.gz"]),
        ("**/*.wet.gz", ["deep/er/c.wet.gz"]),
        ("deep/*/*.gz", ["er/c.wet.gz"]),
        ("d*/er/*.gz", ["deep/er/c.wet.gz"]),
    ],
)
def test_a_glob_names_from_where_it_starts(crawl: Path, pattern: str, expected: list[str]) -> None:
    assert names(f"{crawl}/{pattern}") == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file(crawl: Path) -> None:
    (crawl / "[a].warc.gz").touch()
    assert names(crawl / "[a].warc.gz") == ["[a].warc.gz"]


def test_the_order_given_does_not_matter(crawl: Path) -> None:
    (crawl / "l.paths").write_text(LISTED)
    inputs = [str(crawl), f"{crawl}/*.warc.gz", str(crawl / "l.paths"), str(crawl / "deep/er/c.wet.gz")]
    expected = find_shards(inputs)
    assert len(expected.shards) == 4
    for order in itertools.permutations(inputs):
        assert find_shards(order) == expected


def test_the_same_file_counts_once_under_its_longest_name(crawl: Path) -> None:
    (crawl / "link.wet.gz").symlink_to(crawl / "deep/er/c.wet.gz")
    assert names(crawl, crawl / "deep", crawl / "deep/er/c.wet.gz") == ["a.warc.gz", "b.warc.gz", "deep/er/c.wet.gz"]


def test_links_to_folders_are_followed_once(crawl: Path) -> None:
    (crawl / "deep/loop").symlink_to(crawl)
    (crawl.parent / "other").mkdir()
    (crawl.parent / "other/x.parquet").touch()
    for link in ("m", "n"):
        (crawl / link).symlink_to(crawl.parent / "other")
    assert names(crawl) == ["a.warc.gz", "b.warc.gz", "deep/er/c.wet.gz", "m/x.parquet"]


def test_a_name_that_two_files_have_is_refused(crawl: Path) -> None:
    (crawl / "deep/a.warc.gz").touch()
    assert len(names(crawl)) == 4
    (mistake,) = mistakes(crawl / "a.warc.gz", crawl / "deep/a.warc.gz")
    assert "both be named 'a.warc.gz'" in mistake
    assert "give the folder that holds both" in mistake


def test_every_mistake_is_told_at_once(crawl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "WAITS", ())
    (crawl / "broken.warc.gz").symlink_to("nowhere")
    (crawl / "empty").mkdir()
    (crawl / "empty.paths").touch()
    (crawl / "bad.paths.gz").write_bytes(b"\x1f\x8bnonsense")
    (crawl / "cut.paths.gz").write_bytes(gzip.compress(LISTED.encode())[:-9])
    (crawl / "latin.txt").write_bytes(b"\xe4.warc.gz\n")
    inputs = ["gone.warc.gz", "gone.paths", "*.gone", "nosuch://x/y", "http://127.0.0.1:9/a.warc.gz"]
    folders = [
        crawl,
        crawl / "empty",
        *(crawl / f for f in ("empty.paths", "bad.paths.gz", "cut.paths.gz", "latin.txt")),
    ]
    found = mistakes(*inputs, *folders)
    assert len(found) == 11
    for item in [*inputs[:4], *(os.fspath(folder) for folder in folders[1:]), f"{crawl}/broken.warc.gz"]:
        assert sum(line.startswith(f"{item}: ") for line in found) == 1, item
    assert sum("cannot fetch http://127.0.0.1:9/a.warc.gz" in line for line in found) == 1


def test_no_input_is_a_mistake() -> None:
    assert mistakes() == ["no input was given: name a file, a folder, a glob, a path list or a URL"]


def test_a_name_that_is_not_utf8_is_a_mistake(crawl: Path) -> None:
    Path(os.fsdecode(os.fsencode(crawl) + b"/\xe4.warc.gz")).touch()
    (mistake,) = mistakes(crawl)
    assert mistake.startswith(f"{crawl}/\ufffd.warc.gz: cannot be read")


def test_a_pipe_is_no_shard(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.warc")
    assert "write it to one first" in mistakes(tmp_path)[0]


@pytest.mark.parametrize("name", ["warc.paths", "warc.paths.gz", "list.txt"])
def test_a_path_list_of_common_crawl(tmp_path: Path, name: str) -> None:
    content = f"{LISTED}\n\n{LISTED.replace('00000', '00001')}\r\n{LISTED}\n".encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    first, second = find_shards([tmp_path / name]).shards
    url = f"https://data.commoncrawl.org/{LISTED}"
    assert first == Shard(url, LISTED, None, "", "warc", "CC-MAIN-2024-10")
    assert second.name.endswith("00001.warc.gz")
    assert find_shards([tmp_path / name], base="s3://commoncrawl").shards[0].path == f"s3://commoncrawl/{LISTED}"


def test_a_list_may_lie_beside_its_files(crawl: Path) -> None:
    lines = ["./a.warc.gz", "deep/er/c.wet.gz", str(crawl / "b.warc.gz"), "https://h/d.warc.gz?signature=1"]
    (crawl / "some.paths").write_text("\n".join(lines))
    shards = find_shards([crawl / "some.paths"]).shards
    assert [shard.name for shard in shards] == ["a.warc.gz", "b.warc.gz", "deep/er/c.wet.gz", "https://h/d.warc.gz"]
    assert shards[3].path.endswith("?signature=1")
    (crawl.parent / "away.paths").write_text("a.warc.gz\ndeep/er/c.wet.gz")
    assert names(crawl.parent / "away.paths", base=str(crawl)) == ["a.warc.gz", "deep/er/c.wet.gz"]


def test_a_list_with_mistakes(crawl: Path) -> None:
    (crawl / "some.paths").write_text("\n".join(["a.warc.gz", *(f"/gone/{number}.warc" for number in range(7))]))
    (mistake,) = mistakes(crawl / "some.paths")
    assert "/gone/4.warc and 2 more: no such file" in mistake
    (crawl / "some.paths").write_text("../a.warc.gz")
    assert "leads out of its folder" in mistakes(crawl / "some.paths")[0]


def test_a_web_server_is_asked_for_size_and_version() -> None:
    with WebServer({"CC-MAIN-2024-10/a.warc.gz": b"12345"}).running() as web:
        url = f"{web.url}/CC-MAIN-2024-10/a.warc.gz"
        (shard,) = find_shards([f"{url}?signature=secret"]).shards
    assert shard == Shard(f"{url}?signature=secret", url, 5, '"5-255"', "warc", "CC-MAIN-2024-10")


def test_a_path_list_may_lie_on_the_web() -> None:
    with WebServer({"warc.paths.gz": gzip.compress(LISTED.encode())}).running() as web:
        assert names(f"{web.url}/warc.paths.gz?x=y") == [LISTED]


def test_an_object_store_gives_a_file_a_folder_and_a_glob(s3: s3fs.S3FileSystem) -> None:
    folder = f"s3://{BUCKET}/CC-MAIN-2024-10"
    etag = s3.info(f"{folder}/a.warc.gz")["ETag"]
    warc = Shard(f"{folder}/a.warc.gz", f"{folder}/a.warc.gz", 5, etag, "warc", "CC-MAIN-2024-10")
    assert find_shards([f"{folder}/a.warc.gz"]).shards == (warc,)
    listing = find_shards([f"{folder}/"])
    assert listing.shards == (warc, *find_shards([f"{folder}/deep/b.parquet"]).shards)
    assert listing.ignored == (f"{folder}/deep/README",)
    assert names(f"{folder}/*.gz") == [warc.name]
    assert names(f"{folder}/**/*.parquet") == [f"{folder}/deep/b.parquet"]
    assert names(f"{folder}/deep/README") == [f"{folder}/deep/README"]
    assert "no such file" in mistakes(f"{folder}/gone/")[0]
    assert "holds no file" in mistakes(f"{folder}/*.gone")[0]


def test_a_shard_travels(crawl: Path) -> None:
    shards = list(find_shards([crawl]).shards)
    assert thaw(freeze(shards)) == shards
    assert pickle.loads(pickle.dumps(shards)) == shards  # noqa: S301  # our own
    assert thaw(b"") == []
