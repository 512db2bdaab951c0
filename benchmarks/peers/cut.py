# /// script
# requires-python = ">=3.11"
# dependencies = ["brotli", "fastwarc", "resiliparse"]
# ///
"""Gives every contender the same pages: copies pages of WARC files, byte for byte, into WARC files of their own.

Works on files in which every record is a gzip member of its own, as Common Crawl's are.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator
from floor import is_page, pages


@dataclass(frozen=True, slots=True)
class Member:
    """The gzip member of one page; `source` is the WARC-X-Source-Id by which a manifest knows the page."""

    path: Path
    offset: int
    length: int
    source: str


def find_pages(paths: Sequence[Path]) -> list[Member]:
    """Find every page, in order of files and offsets."""
    return [member for path in paths for member in _pages_of(path)]


def _pages_of(path: Path) -> list[Member]:
    records = ArchiveIterator(str(path), parse_http=True, auto_decode="none")
    starts = [(record.stream_pos, is_page(record), record.headers.get("WARC-X-Source-Id", "")) for record in records]
    ends = [offset for offset, _, _ in starts[1:]] + [path.stat().st_size]
    found = zip(starts, ends, strict=True)
    return [Member(path, at, end - at, source) for (at, wanted, source), end in found if wanted]


def spread(members: Sequence[Member], count: int) -> list[Member]:
    """Choose `count` members at even distances, so that they are a picture of all."""
    return [members[number * len(members) // count] for number in range(min(count, len(members)))]


def of_kind(members: Sequence[Member], kind: str) -> list[Member]:
    """Choose the members that the manifests beside their files call of this kind; none where there is no manifest."""
    manifests = sorted({found for member in members for found in member.path.parent.glob("*.manifest.jsonl.gz")})
    wanted: set[str] = set()
    for manifest in manifests:
        with gzip.open(manifest, "rt", encoding="utf-8") as lines:
            wanted |= {row["id"] for row in map(json.loads, lines) if row["kind"] == kind}
    return [member for member in members if member.source in wanted]


def write(members: Sequence[Member], folder: Path, shards: int = 1) -> list[Path]:
    """Copy the members into files of about equal size; fail if they do not read as the same number of pages."""
    folder.mkdir(parents=True)
    paths = [folder / f"part-{number:05d}.warc.gz" for number in range(shards)]
    parts: list[list[Member]] = [[] for _ in paths]
    sizes = [0] * shards
    for member in members:
        lightest = sizes.index(min(sizes))
        parts[lightest].append(member)
        sizes[lightest] += member.length
    for path, part in zip(paths, parts, strict=True):
        path.write_bytes(b"".join(map(_content, part)))
    came = sum(1 for path in paths for _ in pages(str(path)))
    if came != len(members):
        raise ValueError(f"expected {len(members)} pages in the copy, came {came}: is each record a gzip member?")
    return paths


def _content(member: Member) -> bytes:
    with member.path.open("rb") as file:
        file.seek(member.offset)
        return file.read(member.length)


def main() -> None:
    """Copy some pages of the files given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warc", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    parser.add_argument("--pages", type=int, help="so many, at even distances, instead of all")
    parser.add_argument("--kind", help="only those that the manifest calls so")
    parser.add_argument("--copies", type=int, default=1, help="write each so many times")
    parser.add_argument("--shards", type=int, default=1, help="spread them over so many files")
    given = parser.parse_args()
    members = find_pages(given.warc)
    members = of_kind(members, given.kind) if given.kind else members
    members = spread(members, given.pages) if given.pages else members
    print(*write(members * given.copies, given.out, given.shards), sep="\n")


if __name__ == "__main__":
    main()
