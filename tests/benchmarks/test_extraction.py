"""The benchmark of extraction measures what it is told to."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from benchmarks.extraction.engines import Answer, Engine, extract
from benchmarks.extraction.kept import kept
from benchmarks.extraction.measure import measure
from benchmarks.extraction.table import summary
from benchmarks.extraction.truth import Bodies, read_truth

HTML = "<html><body><nav>Menu</nav><p>Grüße an alle</p></body></html>".encode("cp1252")
DIGEST = hashlib.sha256(HTML).hexdigest()
#: a page as rows of truth tell of it
ROW = {
    "id": "1",
    "source": "wcxb",
    "url": "http://a.de/",
    "host": "a.de",
    "html_sha256": DIGEST,
    "cluster": "a.de",
    "truth": "Grüße an alle",
    "with": ["an alle"],
    "without": ["Menu", "Fuß"],
    "lang": "deu",
    "usable": True,
}


def engine(raw: bytes, charset: str | None) -> str:
    if charset is None:
        raise ValueError("expected a charset")
    return raw.decode(charset).partition("<p>")[2].partition("</p>")[0] + " Menu"


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n"
    member = gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + head + HTML + b"\r\n\r\n")
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "p.warc.gz").write_bytes(member)
    place = {"id": f"html:{DIGEST}", "file": "p.warc.gz", "offset": 0, "length": len(member)}
    (folder / "p.index.jsonl.gz").write_bytes(gzip.compress(json.dumps(place).encode()))
    others = [{**ROW, "id": "2", "source": "readability", "truth": "Menu"}, {**ROW, "id": "3", "usable": False}]
    rows = "".join(json.dumps(row) + "\n" for row in (ROW, *others))
    (tmp_path / "truth.jsonl.zst").write_bytes(zstandard.compress(rows.encode()))
    return tmp_path / "truth.jsonl.zst"


def test_an_engine_is_any_callable(truth: Path) -> None:
    pages = read_truth(truth)
    assert [(page.id, page.language, page.headline) for page in pages] == [("1", "de", True), ("2", "de", False)]
    name = f"{__name__}:engine"
    found = summary(measure(pages, extract(name, [DIGEST], Bodies(truth.parent / "pages"), {DIGEST: 0})))
    assert found["words"]["all"] == {"pages": 1, "f1": 6 / 7, "precision": 0.75, "recall": 1.0}
    assert found["words"]["source readability"] == {"pages": 1, "f1": 0.4, "precision": 0.25, "recall": 1.0}
    assert "unseen" not in found["words"]
    assert found["snippets"]["wcxb"] == {"pages": 1, "found": 1.0, "left_out": 0.5}


def engine_without(fold: int) -> Engine:
    return lambda raw, charset: f"made without {fold}, read {len(raw)} bytes as {charset}"


def test_an_engine_may_differ_by_fold(truth: Path) -> None:
    name, bodies = f"{__name__}:engine_without@folds", Bodies(truth.parent / "pages")
    ((_, answer),) = extract(name, [DIGEST], bodies, {DIGEST: 3, "another": 1})
    assert answer.text == f"made without 3, read {len(HTML)} bytes as windows-1252"


def test_a_page_that_is_another_is_refused(truth: Path) -> None:
    bodies = Bodies(truth.parent / "pages")
    bodies.places["other"] = bodies.places[DIGEST]
    with pytest.raises(ValueError, match="expected the page with SHA-256 other"):
        bodies.read("other")


def test_answers_are_kept_and_a_broken_line_is_asked_for_again(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def ask(htmls: list[str]) -> Iterator[tuple[str, Answer]]:
        asked.append(htmls)
        return ((html, Answer(html.upper(), 1.0)) for html in htmls)

    path = tmp_path / "texts.jsonl"
    first = [*kept(path, ["a", "b"], ask)]
    path.write_text(path.read_text()[:-4])
    assert sorted(kept(path, ["a", "b", "c"], ask)) == [*first, ("c", Answer("C", 1.0))]
    assert asked == [["a", "b"], ["b", "c"]]


def test_without_the_truth_one_sentence_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.extraction", "--pages", str(tmp_path / "none")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == 1
    assert "is not there" in ran.stdout
