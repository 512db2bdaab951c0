"""Whatever a page holds: a scan keeps within its tables, gives valid text in order, and depends on no other page."""

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.scanner import pages, scanned_words, tree_words
from pipelines.extraction import page as page_module
from pipelines.extraction.kernels import layout
from pipelines.extraction.kernels.memory import (
    BLOCK_ROWS,
    BLOCKS,
    CONTAINER_ROWS,
    CONTAINERS,
    DATA,
    MARK_ROWS,
    MARKS,
    OUT,
    TEXT,
)
from pipelines.extraction.kernels.names import NAMES
from pipelines.extraction.kernels.references import room
from pipelines.extraction.kernels.scan import DONE, scan
from pipelines.extraction.kernels.text import ROOM
from pipelines.extraction.kernels.tokens import PADDING
from pipelines.extraction.page import Scanner
from tests.naive_pages import SCANNER
from tests.page_invariants import Checker, assert_page

ROOT = Path(__file__).parents[3]
GUARD, GUARDS = 0xA5, 64
GUARDED = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
TAGS = st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES] + ["<x>", "</x>", "<y/>"])
ODD = [
    "<",
    "&",
    "&nGt;",
    "&#x1F600;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "</",
    "<a href=x>",
    "<a\thref='",
    "'",
    '"',
    ">",
]
WORDS = st.sampled_from(
    [*ODD, "a", " b. ", "\n", "中", "é", "\u200b", "😀", "<br>", "<p class='x y'>", "<li hidden>", "\0"]
)
SOUPS = st.lists(TAGS | WORDS, max_size=40).map("".join) | st.text()
COMMON = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "li",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "h1",
    "h2",
    "b",
    "a",
    "span",
    "form",
    "button",
    "section",
    "x",
    "y",
]
MARKUP = st.sampled_from(
    [f"<{name}>" for name in COMMON] + [f"</{name}>" for name in COMMON] + ["a ", "b", "<a href=x>"]
)
#: scans every beginning of pages with a bit of everything, at the end of memory beyond which nothing may be touched
CUT = """
from benchmarks.fuzz_pages import SEEDS
from pipelines.extraction.page import Scanner
from tests.naive_pages import SCANNER
from tests.page_invariants import GuardedScan
import numpy as np

guarded, done = GuardedScan(np.zeros(32, np.uint64), np.zeros(16, np.uint64), 4096), 0
for seed in (*SEEDS, "&nGt;" * 800, "<p>a" * 1000, "<a href=x itemprop=y>" * 190, "<pre>" + "a<br>" * 800):
    raw = seed.encode()
    for end in range(max(0, len(raw) - 256), len(raw) + 1):
        part = raw[:end].decode(errors="ignore").encode()
        page = SCANNER.scan(part)
        tables = page.text, page.blocks, page.containers, page.marks
        found = guarded(part, tuple(map(len, tables[1:])))
        assert all(map(np.array_equal, tables, (found.text, found.blocks, found.containers, found.marks))), part
        done += 1
    most = max(map(len, tables)) + 5
    # A page without a tag asks for no room: one row there always is.
    short = [guarded.attempt(raw, count) is None for count in range(1, most, 1 + most // 300)]
    assert short == sorted(short, reverse=True), seed
print(done)
"""
#: loads bytes of which the last is beyond the memory's end
BEYOND = """
import numpy as np
from pipelines.extraction.kernels.tokens import find
from tests.page_invariants import Guarded

print(find(Guarded(4096).last((4096,), np.uint8), np.int64(4096 - SHORT), np.int64(4096), np.uint8(1)))
"""


def guarded(raw: bytes) -> tuple[bytes, list[np.ndarray]]:
    """Scan with guards around all that is written: the text, and the rows."""
    size = len(raw)
    data = np.full(size + PADDING + GUARDS, GUARD, np.uint8)
    data[:size] = np.frombuffer(raw, np.uint8)
    before, out = data.copy(), np.full(room(size) + ROOM + GUARDS, GUARD, np.uint8)
    columns = (layout.BLOCK_COLUMNS, layout.CONTAINER_COLUMNS, layout.MARK_COLUMNS)
    rows = [np.full((size + 10, width), GUARD, np.int32) for width in columns]
    tables = dict(zip((BLOCK_ROWS, CONTAINER_ROWS, MARK_ROWS), (table[:-4] for table in rows), strict=True))
    GUARDED.hand({DATA: data[: size + PADDING], TEXT: out[:-GUARDS], **tables})
    memory = GUARDED.memory
    assert scan(GUARDED.address, size) == DONE
    assert (data == before).all()
    assert (out[-GUARDS:] == GUARD).all()
    assert memory[OUT] <= room(size)
    counts = (memory[BLOCKS], memory[CONTAINERS], memory[MARKS])
    assert all((table[count:] == GUARD).all() for table, count in zip(rows, counts, strict=True))
    return out[: memory[OUT]].tobytes(), [table[:count] for table, count in zip(rows, counts, strict=True)]


@given(SOUPS)
@example("&nGt;" * 50)
@example("<pre>" + "\n<br>" * 50)
def test_nothing_is_written_beyond_its_place_and_blocks_follow_each_other(html: str) -> None:
    raw = html.encode(errors="replace")
    text, (blocks, containers, _) = guarded(raw)
    spans = blocks[:, [layout.BLOCK_START, layout.BLOCK_END]].tolist()
    assert all(start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end].decode().strip() for start, end in spans)
    sources = blocks[:, [layout.BLOCK_SOURCE, layout.BLOCK_SOURCE_END]].tolist()
    assert all(0 <= start < end <= len(raw) for start, end in sources)
    assert all(parent < row for row, parent in enumerate(containers[1:, layout.PARENT], 1))
    assert (blocks[:, layout.BLOCK_LINK_CHARACTERS] <= blocks[:, layout.BLOCK_CHARACTERS]).all()
    assert containers[0, layout.HELD_WORDS] == blocks[:, layout.BLOCK_WORDS].sum()


@given(SOUPS, SOUPS)
def test_a_scan_depends_on_no_scan_before_it(html: str, other: str) -> None:
    fresh = guarded(html.encode(errors="replace"))
    for _ in range(2):
        page = SCANNER.scan(html.encode(errors="replace"))
        assert page.text.tobytes() == fresh[0]
        tables = (page.blocks, page.containers, page.marks)
        assert all((found == kept).all() for found, kept in zip(tables, fresh[1], strict=True))
        SCANNER.scan(other.encode(errors="replace"))


@given(st.lists(MARKUP, max_size=25).map("".join))
def test_characters_are_those_of_a_tree_whatever_the_nesting(html: str) -> None:
    # Their order may differ: a tree puts before a table what stands in it, and in no cell.
    ours, theirs = scanned_words(SCANNER.scan(html.encode())), tree_words(html)
    assert Counter("".join(ours.elements())) == Counter("".join(theirs.elements()))


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<div>",
        "<x>",
        " a=b",
        "<p>a<table><td>b",
        "&",
        "&#",
        "<!--",
        "<script><!--<script>",
        "<ul><li>a",
        "<li>a",
        "<svg>",
        "<b>a</x>",
    ],
)
def test_tables_grow_no_further_than_the_page(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (piece * (200_000 // len(piece))).encode()
    scanner = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
    page = scanner.scan(raw)
    assert len(page.text) <= room(len(raw))
    assert scanner.rows <= len(raw) // 3 + page_module.ROWS
    monkeypatch.setattr(page_module, "KEPT", page_module.ROWS)
    assert len(scanner.scan(b"<p>a").blocks) == 1
    assert scanner.rows == page_module.ROWS
    assert max(len(page.blocks), len(page.containers), len(page.marks)) <= len(raw)


@cache
def checker() -> Checker:
    """Give one that all tests share, for it compiles what it needs."""
    return Checker(4096)


@given(SOUPS)
def test_all_promises_hold_of_any_page(html: str) -> None:
    raw = html.encode(errors="replace")
    assert_page(SCANNER.scan(raw), raw)
    checker()(raw[:4096].decode(errors="ignore").encode())


def run_apart(code: str) -> tuple[int, str]:
    """Run Python in a process that may be killed: how it ended, and what it printed."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout.strip()


def test_nothing_beyond_a_page_s_end_is_touched() -> None:
    code, printed = run_apart(CUT)
    assert code == 0
    assert int(printed) > 2000


def test_who_touches_what_is_beyond_guarded_memory_is_killed() -> None:
    assert run_apart(BEYOND.replace("SHORT", "32")) == (0, "4096")
    code, printed = run_apart(BEYOND.replace("SHORT", "31"))
    assert code < 0
    assert not printed


def test_an_empty_page_and_one_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(SCANNER.scan(b"").blocks) == 0
    monkeypatch.setattr(page_module, "LONGEST", 3)
    with pytest.raises(ValueError, match="longer than 3"):
        SCANNER.scan(b"abcd")


def _shares(paths: list[Path], limit: int) -> list[float]:
    shares = []
    for path in paths:
        # A bundled archive is cut off on purpose: its pages end there.
        with suppress(OSError):
            for _, html in islice(pages(path), limit):
                ours, theirs = scanned_words(SCANNER.scan(html.encode(errors="replace"))), tree_words(html)
                shares.append((ours & theirs).total() / max(ours.total(), theirs.total(), 1))
    return shares


def test_the_words_of_bundled_pages_are_those_of_a_tree() -> None:
    shares = _shares(sorted((ROOT / "pipelines" / "sample").rglob("*.warc.gz")), 40)
    assert len(shares) > 50
    assert min(shares) == 1


def test_the_words_of_real_pages_are_those_of_a_tree(shared_data: Path) -> None:
    shares = _shares(sorted((shared_data / "bulk").glob("*0.warc.gz")), 150)
    assert len(shares) > 100
    assert sum(share == 1 for share in shares) >= 0.98 * len(shares)
