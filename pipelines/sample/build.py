"""Build the sample from its sources, always to the same records: `python -m pipelines.sample.build`."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipelines.sample import crawl
from pipelines.sample.markup import opening, read_sites, render, visible
from pipelines.sample.page import Page, read_pages
from pipelines.sample.warc import Member, conversion, information, members, pack, record_id
from pipelines.sample.wire import encode

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAME = "CC-MAIN-20260720093015-20260720123015-{:05d}"
MARKS = ("<!-- table: begin -->\n", "<!-- table: end -->\n")


def archives() -> dict[str, list[Member]]:
    """Give the records of each file of the crawl, by the file's path below the segment."""
    pages, sites = read_pages(HERE / "pages"), read_sites()
    files: dict[str, list[Member]] = {}
    for name, held in _by_file(pages).items():
        written = [member for page in held for member in members(page, encode(page, render(page, sites)))]
        files[f"warc/{name}"] = [information(name, held[0]), *written]
    texts = [page for page in pages if page.one("wet")]
    name = NAME.format(0) + ".warc.wet.gz"
    converted = [conversion(page, visible(page, sites)) for page in texts]
    return files | {f"wet/{name}": [information(name, texts[0]), *converted]}


def truth() -> list[dict[str, str | None]]:
    """Say of each response, in the order of the files, what it is and what it is there to show."""
    files = _by_file(read_pages(HERE / "pages"))
    return [_line(name, page) for name, held in files.items() for page in held]


def table(lines: Iterable[dict[str, str | None]]) -> str:
    """Count the responses of each kind, with what they show, as a Markdown table."""
    held = list(lines)
    counts = Counter(line["kind"] for line in held)
    notes = {kind: dict.fromkeys(line["note"] or "" for line in held if line["kind"] == kind) for kind in counts}
    rows = [f"| {kind} | {counts[kind]} | {'; '.join(notes[kind])} |" for kind in sorted(counts, key=str)]
    return "\n".join(("| kind | pages | what they show |", "|---|---:|---|", *rows, ""))


def documented(text: str, lines: Iterable[dict[str, str | None]]) -> str:
    """Put the table between its marks in the text of `docs/sample.md`."""
    before, _, rest = text.partition(MARKS[0])
    return before + MARKS[0] + table(lines) + MARKS[1] + rest.partition(MARKS[1])[2]


def build(segment: Path, truth_file: Path) -> None:
    """Write the WARC and WET files below `segment`, and the truth about them."""
    for name, held in archives().items():
        path = segment / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pack(held))
    rows = (json.dumps(line, ensure_ascii=False) + "\n" for line in truth())
    truth_file.write_text("".join(rows), encoding="utf-8")


def main() -> None:
    """Build the sample in its place, and its page of documentation."""
    build(crawl().parent, HERE / "truth.jsonl")
    page = ROOT / "docs" / "sample.md"
    page.write_text(documented(page.read_text(encoding="utf-8"), truth()), encoding="utf-8")


def _by_file(pages: Iterable[Page]) -> dict[str, list[Page]]:
    files: dict[str, list[Page]] = {NAME.format(number) + ".warc.gz": [] for number in range(3)}
    for page in pages:
        files[NAME.format(int(page.one("file", "0"))) + ".warc.gz"].append(page)
    return files


def _line(name: str, page: Page) -> dict[str, str | None]:
    line = {"url": page.url, "file": name, "id": None, "date": page.date, "language": page.one("lang", "en")}
    line |= {"kind": page.one("kind", "good"), "duplicate_of": None, "note": page.one("note", "plain prose")}
    if page.one("broken") != "no-id":
        line["id"] = record_id("response", page)
    if line["language"] == "none":
        line["language"] = None
    if line["kind"] in {"exact_duplicate", "near_duplicate"}:
        line["duplicate_of"] = page.one("like")
    return line | {"opening": opening(page)}


if __name__ == "__main__":
    main()
