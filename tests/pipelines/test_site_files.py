"""What sites say in files of their own is found by host, as of the time of the page."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.curation import curate
from flows.jobs import make_job
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.site_files import MOST_BYTES, SiteFile, SiteFiles, SiteWork, as_of, gather, host_and_path
from pipelines.store import Store
from provenance.release import open_ledger
from tests.warcs import page, prose, write_warc

ROBOTS = "User-agent: CCBot\nDisallow: /\n"


def _capture(
    url: str, body: bytes, date: str = "2026-01-01T00:00:00Z", status: str = "200 OK", mime: str = "text/plain"
) -> bytes:
    """Make one gzipped WARC record with a response."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{url}{date}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: {date}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def _gathered(tmp_path: Path, records: list[bytes]) -> tuple[Store, int]:
    """Gather the site files of one WARC file; gives the store and how many files were found."""
    (tmp_path / "robots.warc.gz").write_bytes(b"".join(records))
    pages = write_warc(tmp_path / "pages.warc.gz", [page(prose("sea"))])
    sites = (str(tmp_path / "robots.warc.gz"),)
    job = make_job(Recipe.load("default-consent"), (str(pages),), str(tmp_path / "out"), None, None, site_files=sites)
    made = gather(SiteWork(job.terms, job.site_files[0], 0))
    assert made.records == len(records)
    return job.store, made.facts["files"]


def test_files_are_found_by_host_and_nothing_else_is_kept(tmp_path: Path) -> None:
    store, count = _gathered(
        tmp_path,
        [
            _capture("https://b.example/robots.txt", b"b"),
            _capture("http://A.example:80/robots.txt", b"a"),
            _capture("https://a.example/.well-known/tdmrep.json", b"[]"),
            _capture("https://a.example:8443/ai.txt", b"other port"),
            _capture("https://a.example/deep/robots.txt", b"no file of the site"),
            _capture("https://c.example/robots.txt", b"missing", status="404 Not Found"),
        ],
    )
    assert count == 4
    found = SiteFiles(store, 1).of(["a.example", "c.example", "zz.example", ""])
    assert {host: [(file.kind, file.content) for file in files] for host, files in found.items()} == {
        "a.example": [("robots_txt", b"a"), ("tdmrep", b"[]")]
    }
    assert [file.kind for file in SiteFiles(store, 1).of(["a.example:8443"])["a.example:8443"]] == ["ai_txt"]


def test_many_hosts_are_found_without_reading_all(tmp_path: Path) -> None:
    store, _ = _gathered(tmp_path, [_capture(f"https://h{n:04d}.example/robots.txt", b"%d" % n) for n in range(1000)])
    sites = SiteFiles(store, 1)
    wanted = [f"h{number:04d}.example" for number in (0, 255, 256, 511, 999)]
    found = sites.of([*wanted, "h9999.example"])
    assert {host: files[0].content for host, files in found.items()} == {
        name: b"%d" % int(name[1:5]) for name in wanted
    }


def test_a_file_that_is_too_long_is_cut_by_one_byte_more_than_is_read(tmp_path: Path) -> None:
    store, _ = _gathered(tmp_path, [_capture("https://a.example/robots.txt", b"#" * (MOST_BYTES + 500))])
    (file,) = SiteFiles(store, 1).of(["a.example"])["a.example"]
    assert len(file.content) == MOST_BYTES + 1


@pytest.mark.parametrize(("day", "expected"), [(0, b"1"), (1, b"1"), (2, b"1"), (3, b"3"), (9, b"5"), (None, b"5")])
def test_the_capture_that_held_then_is_chosen(day: int | None, expected: bytes) -> None:
    captures = [SiteFile("robots_txt", _day(number), b"%d" % number, "") for number in (1, 3, 5)]
    (chosen,) = as_of(captures, None if day is None else _day(day))
    assert chosen.content == expected


def test_each_kind_has_its_own_capture() -> None:
    captures = [SiteFile("ai_txt", _day(9), b"late", ""), SiteFile("robots_txt", _day(1), b"early", "")]
    assert {capture.content for capture in as_of(captures, _day(5))} == {b"late", b"early"}


def _day(number: int) -> datetime:
    return datetime(2026, 1, 1 + number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.Example/x?y", ("a.example", "/x")),
        ("https://u:p@a.example:443/x", ("a.example", "/x")),
        ("http://a.example:443/x", ("a.example:443", "/x")),
        ("http://[::1]:99/", ("::1:99", "/")),
        ("http://[broken/", ("", "")),
        ("http://a.example:99999/", ("", "")),
        ("", ("", "")),
    ],
)
def test_hosts_and_paths(url: str, expected: tuple[str, str]) -> None:
    assert host_and_path(url) == expected


def _page(day: int) -> bytes:
    """Make the record of a page that was captured on a day of January."""
    body = page(prose(f"harbour {day}", 200)).partition(b"\r\n\r\n")[2]
    return _capture(f"https://site.example/{day}", body, f"2026-01-0{day}T12:00:00Z", mime="text/html")


def test_a_run_hears_a_site_as_of_then(tmp_path: Path) -> None:
    """The site shut the crawler out on the second of January: a page of the first stays."""
    robots = [
        _capture("https://site.example/robots.txt", b"User-agent: *\nAllow: /\n", "2025-12-31T00:00:00Z"),
        _capture("https://site.example/robots.txt", ROBOTS.encode(), "2026-01-02T00:00:00Z"),
    ]
    (tmp_path / "robots.warc.gz").write_bytes(b"".join(robots))
    (tmp_path / "pages.warc.gz").write_bytes(b"".join(_page(day) for day in (1, 3)))
    recipe = Recipe.parse('name = "heard"\npurpose = "Hear sites."\n[[steps]]\nuse = "consent"\n')
    sites = (str(tmp_path / "robots.warc.gz"),)
    job = make_job(recipe, (str(tmp_path / "pages.warc.gz"),), str(tmp_path / "out"), None, None, site_files=sites)
    with LocalRunner(1) as runner:
        manifest = curate(job, runner).manifest
    with open_ledger(Store.at(tmp_path / "out"), [manifest["inputs"][0]["ledger"]]) as ledger:
        rows = ledger.execute("SELECT url, outcome, stated_consent, rights[-1].as_of FROM ledger ORDER BY url")
        assert rows.fetchall() == [
            ("https://site.example/1", "kept", None, None),
            ("https://site.example/3", "dropped", "robots_txt/file/ccbot=deny", "2026-01-02T00:00:00Z"),
        ]
    assert [file["name"] for file in manifest["site_files"]] == ["robots.warc.gz"]
