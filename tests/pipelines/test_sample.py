"""The sample in the repository is the one that its sources make, and shows what it says it shows."""

import gzip
import json
import unicodedata
import zlib
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipelines.sample import crawl
from pipelines.sample.build import HERE, ROOT, archives, build, documented, truth
from pipelines.sample.markup import read_sites, render
from pipelines.sample.page import Page, read_pages
from pipelines.sample.warc import Member, flip
from pipelines.sample.wire import ENCODERS, GZIP_HEAD, encode

SEGMENT = crawl().parent
FILES = archives()
PAGES = {page.url: page for page in read_pages(HERE / "pages")}
TRUTH = truth()


def of_kind(kind: str) -> list[dict[str, str | None]]:
    """Give the truth about the pages of one kind."""
    return [line for line in TRUTH if line["kind"] == kind]


def body(url: str | None) -> bytes:
    """Render a page again, up to its bytes before any encoding for the wire."""
    page = PAGES[url or ""]
    return encode(page, render(page, read_sites()))


def unpacked(piece: bytes, member: Member) -> bytes:
    """Decompress what lies after a member's head, with its damage undone where it can be."""
    whole = flip(GZIP_HEAD + piece) if member.damage == "flipped" else GZIP_HEAD + piece
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(whole)


@pytest.mark.parametrize("name", FILES)
def test_the_stored_files_hold_the_records_that_the_sources_make(name: str) -> None:
    """Compressed bytes may differ between versions of zlib, what is inside them may not."""
    pieces = (SEGMENT / name).read_bytes().split(GZIP_HEAD)[1:]
    assert len(pieces) == len(FILES[name])
    for piece, member in zip(pieces, FILES[name], strict=True):
        found = unpacked(piece, member)
        if member.damage == "truncated":
            assert member.content.startswith(found)
            assert 0 < len(found) < len(member.content)
        else:
            assert found == member.content


def test_a_build_repeats_to_the_byte(tmp_path: Path) -> None:
    """Nothing depends on the clock, on chance or on an earlier build."""
    for name in "one", "two":
        build(tmp_path / name, tmp_path / name / "truth.jsonl")
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*.*")}
        for top in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(one) == len(FILES) + 1


def test_the_segment_holds_the_built_files_and_no_others() -> None:
    """A renamed file leaves no old one behind."""
    assert sorted(path.relative_to(SEGMENT).as_posix() for path in SEGMENT.rglob("*.gz")) == sorted(FILES)
    assert len(list(crawl().glob("*.warc.gz"))) == 3


def test_the_truth_is_written_down() -> None:
    """The file in the repository is the present one."""
    lines = (HERE / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == TRUTH


def test_the_page_of_documentation_has_the_present_table() -> None:
    """A build changes nothing in it."""
    text = (ROOT / "docs" / "sample.md").read_text(encoding="utf-8")
    assert documented(text, TRUTH) == text


def test_the_truth_has_a_line_for_each_response_in_order() -> None:
    """Address and identity are those of the record, null where the record has none."""
    held = [
        member.content
        for name, members in FILES.items()
        if name.startswith("warc/")
        for member in members
        if b"\r\nContent-Type: application/http; msgtype=response\r\n" in member.content
    ]
    assert len(held) == len(TRUTH)
    for content, line in zip(held, TRUTH, strict=True):
        assert f"\r\nWARC-Target-URI: {line['url']}\r\n".encode() in content
        assert (f"\r\nWARC-Record-ID: {line['id']}\r\n".encode() in content) == (line["id"] is not None)


def test_the_sample_is_small() -> None:
    """Sources and crawl together stay below a megabyte."""
    sizes = [path.stat().st_size for path in HERE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(sizes) < 1_000_000


def test_eleven_languages_and_seven_scripts() -> None:
    """Pages in ordinary prose, in each language that the documentation names."""
    languages = {line["language"] for line in of_kind("good") + of_kind("charset") + of_kind("encoding")}
    assert languages == {"ar", "de", "el", "en", "es", "fr", "hi", "ja", "pt", "ru", "zh"}
    letters = {letter for line in TRUTH for letter in line["opening"] or "" if letter.isalpha()}
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}
    assert scripts >= {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "DEVANAGARI", "CJK", "HIRAGANA"}


def test_every_kind_is_there() -> None:
    """And of the important ones, several."""
    kinds = Counter(line["kind"] for line in TRUTH)
    assert kinds["good"] >= 25
    assert {kind for kind, count in kinds.items() if count >= 5} >= {
        *("exact_duplicate", "near_duplicate", "spam", "pii", "licence", "optout", "charset", "encoding"),
        "broken",
    }
    assert set(kinds) >= {"short", "redirect", "error", "not_html", "empty", "markup", "hidden"}


def test_every_host_is_invented() -> None:
    """RFC 2606 keeps `.example` free of real hosts."""
    assert all((urlsplit(url).hostname or "").endswith(".example") for url in PAGES)


@pytest.mark.parametrize("name", [name for name in FILES if "-00000." in name])
def test_fastwarc_reads_the_undamaged_files_and_finds_the_digests_right(name: str) -> None:
    """A reader that is not ours agrees on every record."""
    count = 0
    with (SEGMENT / name).open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest(consume=False)
            if record.record_type == WarcRecordType.response:
                record.parse_http()
                assert record.verify_payload_digest()
            count += 1
    assert count == len(FILES[name])


def test_exact_duplicates_have_the_same_bytes() -> None:
    """Whatever their URL and their host."""
    for line in of_kind("exact_duplicate"):
        assert body(line["url"]) == body(line["duplicate_of"])


def test_near_duplicates_differ_and_were_captured_at_another_time() -> None:
    """So that a survivor can be chosen by date."""
    for line in of_kind("near_duplicate"):
        assert body(line["url"]) != body(line["duplicate_of"])
        assert line["date"] != PAGES[line["duplicate_of"] or ""].date


def test_duplicates_cross_the_files() -> None:
    """Deduplication that stays within a shard would miss them."""
    file = {line["url"]: line["file"] for line in TRUTH}
    apart = [line for line in TRUTH if line["duplicate_of"] and line["file"] != file[line["duplicate_of"]]]
    assert len(apart) >= 8


@pytest.mark.parametrize("line", of_kind("charset"), ids=lambda line: line["note"])
def test_a_page_in_an_odd_charset_holds_its_words(line: dict[str, str]) -> None:
    """Its bytes mean its words in the codec that the source names."""
    page = PAGES[line["url"]]
    assert line["opening"] in body(page.url).decode(page.one("codec", "utf-8"))


def test_the_misdeclared_page_is_not_utf_8() -> None:
    """It claims to be, twice."""
    with pytest.raises(UnicodeDecodeError):
        body("https://cocinadelvalle.example/recetas/tortilla-de-patatas").decode("utf-8")


@pytest.mark.parametrize("data", [b"a", b"bread and tides " * 4000], ids=["one byte", "64000 bytes"])
def test_the_stored_encodings_are_valid(data: bytes) -> None:
    """Decoders that are not ours read them, at both ends of the sizes allowed."""
    assert gzip.decompress(ENCODERS["gzip"](data)) == data
    assert zlib.decompress(ENCODERS["deflate"](data)) == data
    assert brotli.decompress(ENCODERS["br"](data)) == data


def test_chunks_carry_their_sizes() -> None:
    """In hexadecimal, with an empty chunk at the end."""
    assert ENCODERS["chunked"](b"x" * 1501) == b"5dc\r\n" + b"x" * 1500 + b"\r\n1\r\nx\r\n0\r\n\r\n"


def test_an_edit_that_finds_nothing_is_a_mistake(tmp_path: Path) -> None:
    """A near-duplicate without its edit would be an exact one."""
    source = "=== https://a.example/\n\nOne.\n\n=== https://b.example/\nlike: https://a.example/\nedit: Two => Six\n"
    (tmp_path / "pages.txt").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match="expected 'Two' once in the original, found it 0 times"):
        read_pages(tmp_path)


def test_two_pages_cannot_share_a_url(tmp_path: Path) -> None:
    """The truth is looked up by URL."""
    (tmp_path / "pages.txt").write_text("=== https://a.example/\n\nOne.\n" * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="two pages have the same URL"):
        read_pages(tmp_path)


def test_a_date_follows_from_the_url() -> None:
    """Unless the page states one."""
    assert Page("https://a.example/", {}, "").date == Page("https://a.example/", {}, "other").date
    assert Page("https://a.example/", {"date": ("2026-07-21T00:00:00Z",)}, "").date == "2026-07-21T00:00:00Z"
