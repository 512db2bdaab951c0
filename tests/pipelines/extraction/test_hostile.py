"""Pages made to cost much: what is read of them is right, and what is kept of them grows no faster than they do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.hostile_pages import PAGES, Hostile, make
from pipelines.extraction import judge as judge_module
from pipelines.extraction import page as page_module
from pipelines.extraction.engine import Options, extractor
from pipelines.extraction.judge import STRETCH, Judge
from pipelines.extraction.kernels import layout
from pipelines.extraction.kernels.context import CONTEXT
from pipelines.extraction.kernels.features import FEATURES, WEIGHTS
from pipelines.extraction.kernels.keys import key_of
from pipelines.extraction.kernels.layout import BLOCK_COLUMNS, CONTAINER_COLUMNS, MARK_COLUMNS
from pipelines.extraction.kernels.memory import DEEPEST
from pipelines.extraction.metadata import LICENCES, OPEN_GRAPH, ROBOTS, Metadata, metadata
from pipelines.extraction.model import bundled, hint_table
from pipelines.extraction.page import GROWTH, ROWS, Page, Scanner
from pipelines.extraction.statements import JSON_LD_BYTES
from tests.naive_pages import SCANNER, text
from tests.page_invariants import assert_page

MANY = 40_000
#: characters of a value that are kept at most
LONGEST_VALUE = 8192
NAMED = {hostile.name: hostile for hostile in PAGES}
#: bytes of a row of each table
ROW_BYTES = 4 * (BLOCK_COLUMNS + CONTAINER_COLUMNS + MARK_COLUMNS)


def only(page: Page) -> np.ndarray:
    """Give the one block of a page."""
    assert len(page.blocks) == 1
    return page.blocks[0]


def said(html: str) -> Metadata:
    """Read what a page says of itself."""
    return metadata(SCANNER.scan(html.encode()), "https://www.example.org/")


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """List the sizes of the pages that the kernel is given, once for each time."""
    sizes, kernel = [], page_module.scan

    def counted(data: np.ndarray, size: int, *rest: Any) -> int:
        sizes.append(size)
        return kernel(data, size, *rest)

    monkeypatch.setattr(page_module, "scan", counted)
    return sizes


@pytest.mark.parametrize("hostile", PAGES, ids=lambda hostile: hostile.name)
def test_tables_grow_with_the_page_and_no_faster(hostile: Hostile, scans: list[int]) -> None:
    raw = make(hostile, 400_000) if hostile.million else make(hostile, 100_000)
    scanner = Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
    page = scanner.scan(raw)
    assert_page(page, raw)
    times, rows = len(scans), scanner.rows
    assert rows == min(ROWS * GROWTH ** (times - 1), len(raw) // 3 + ROWS)
    assert times == 1 or rows > ROWS * GROWTH ** (times - 2)
    held = scanner.held
    assert held <= (2 + 2 * 6 / 5 + ROW_BYTES / 3) * len(raw) + ROWS * ROW_BYTES + 100_000
    SCANNER.scan(raw + raw)
    again = SCANNER.scan(raw)
    for name in ("text", "blocks", "containers", "marks"):
        assert np.array_equal(getattr(page, name), getattr(again, name)), name


@pytest.mark.parametrize("hostile", PAGES, ids=lambda hostile: hostile.name)
def test_all_that_is_made_of_a_page_ends_and_is_bounded(hostile: Hostile) -> None:
    raw = make(hostile, 400_000) if hostile.million else make(hostile, 100_000)
    mine = extractor()
    page = mine.scanner.scan(raw)
    judge = Judge(mine.model)
    assert np.isfinite(judge.scores(page)).all()
    measured = 8 * (len(FEATURES) + len(CONTEXT)) * (min(len(page.blocks), STRETCH) + 64)
    assert judge.held <= measured + 8 * WEIGHTS * (len(page.containers) + 64)
    for kept in (mine.choose(page, Options()), np.ones(len(page.blocks), np.bool_)):
        assert len(mine.render(page, kept).encode()) <= len(page.text) + 16 * len(page.blocks)
    for url in ("https://www.example.org/a", None):
        found = metadata(page, url)
        assert sum(map(len, found.json_ld)) <= JSON_LD_BYTES
        assert len(found.open_graph) <= OPEN_GRAPH
        assert len(found.robots) <= ROBOTS
        assert len(found.licences) <= LICENCES
        assert max(map(len, strings(found)), default=0) <= max(LONGEST_VALUE, JSON_LD_BYTES)


def strings(found: Metadata) -> Iterator[str]:
    """Give the texts of what a page says of itself."""
    for name in ("title", "description", "author", "published", "modified", "canonical", "language", "site_name"):
        yield getattr(found, name) or ""
    yield from (*found.open_graph, *found.open_graph.values(), *found.json_ld)
    yield from (part for licence in found.licences for part in (licence.name, licence.value))
    yield from (part for agent in found.robots for part in agent)


def test_elements_are_nested_without_end() -> None:
    for name in ("div", "b", "x", "svg", "table", "ul><li", "form", "select", "template"):
        html = f"<{name}>" * MANY
        page = SCANNER.scan(html.encode())
        assert page.containers[:, layout.DEPTH].max() <= DEEPEST, name
        # What is too deep to be remembered has no container.
        assert len(page.containers) <= MANY + 1
    html = "<div>" * MANY + "a" + "</div>" * MANY + "<h1>b</h1>c"
    assert text(html) == "a|b|c"
    page = SCANNER.scan(html.encode())
    assert page.containers[page.blocks[1:, layout.BLOCK_CONTAINER], layout.DEPTH].tolist() == [1, 0]


def test_a_tag_has_attributes_without_end() -> None:
    many = " ".join(f"a{number}=b" for number in range(MANY))
    assert said(f"<a {many} href=http://x.y/ {many} href=/z>a</a>").links.external == 1
    assert text(f"<a {many}") == ""
    assert text("<a" * MANY) == ""
    assert text("<a" * MANY + ">b") == "b"


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_value_is_as_long_as_a_page(quote: str) -> None:
    value = "x" * (10 * MANY)
    assert text(f"<p class={quote}{value}{quote}>a") == "a"
    assert text(f"<p class={quote}{value}") == ""
    found = said(f"<meta name=description content={quote}{value}{quote}>")
    assert (found.description, found.left_out.values) == (value[:LONGEST_VALUE], 1)
    assert said(f"<a href={quote}http://{value}{quote}>a</a>").links.external == 1


def test_a_class_has_names_without_end() -> None:
    table = hint_table({key_of("wanted"): 5})
    names = " ".join(f"n{number}" for number in range(MANY))
    page = Scanner(table, np.zeros(16, np.uint64)).scan(f"<p class='{names} wanted {names}'>a".encode())
    assert page.containers[1, [layout.OWN_LOW, layout.OWN_HIGH]].tolist() == [0, 5]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [("&", "&"), ("&amp", "&"), ("&amp;", "&"), ("&nGt;", "\u226b\u20d2"), ("&#x41;", "A"), ("<", "<"), ("</", "")],
)
def test_references_and_less_signs_without_end(piece: str, expected: str) -> None:
    assert text(piece * MANY) == expected * MANY


@pytest.mark.parametrize("letter", ["a", "A", "7", "\u03b1", "\u0928"])
def test_one_word_is_as_long_as_a_page(letter: str) -> None:
    row = only(SCANNER.scan(letter.encode() * MANY))
    assert (row[layout.BLOCK_WORDS], row[layout.BLOCK_CHARACTERS]) == (1, MANY)
    linked = only(SCANNER.scan(("<a href=x>" + letter * MANY).encode()))
    assert (linked[layout.BLOCK_LINK_WORDS], linked[layout.BLOCK_LINK_CHARACTERS]) == (1, MANY)


@pytest.mark.parametrize("begin", ["<!--", "<!-- -", "<!", "<?", "</ ", "<script>", "<title>", "<style>", "<a '"])
def test_what_never_ends_takes_the_rest_of_the_page(begin: str) -> None:
    assert text(f"a{begin}" + "b< - " * MANY) == "a"


def test_lists_and_tables_are_as_long_as_a_page() -> None:
    mine = extractor()
    page = mine.scanner.scan(b"<ol>" + b"<li>a" * MANY)
    everything = np.ones(MANY, np.bool_)
    assert page.containers[page.blocks[:, layout.BLOCK_CONTAINER], layout.NUMBER_IN_LIST].tolist() == [
        *range(1, MANY + 1)
    ]
    assert mine.render(page, everything) == "\n".join(f"{number}. a" for number in range(1, MANY + 1))
    page = mine.scanner.scan(b"<table><tr>" + b"<td>a" * MANY)
    assert mine.render(page, everything) == " | ".join("a" * MANY)
    page = mine.scanner.scan(b"<table>" + b"<tr><td>a" * MANY)
    assert mine.render(page, everything) == "\n".join("a" * MANY)


def test_scripts_without_end() -> None:
    assert text("<script>'<p>'</script>a " * MANY) == " ".join("a" * MANY)
    one = '<script type="application/ld+json">{"@type":"Article","headline":"h%d"}</script>'
    found = said("".join(one % number for number in range(MANY)))
    assert (found.title, found.sources["title"]) == ("h0", "json-ld")
    assert len(found.json_ld) + found.left_out.json_ld == MANY
    assert sum(map(len, found.json_ld)) <= JSON_LD_BYTES


@pytest.mark.parametrize(
    ("begin", "end"), [("[", "]"), ('{"a":', "}"), ('{"@graph":[', "]}"), ('[{"mainEntity":', "}]")]
)
@pytest.mark.parametrize("closed", [True, False])
def test_json_ld_is_nested_without_end(begin: str, end: str, closed: bool) -> None:
    for depth in (100, 900, 1100, JSON_LD_BYTES // len(begin + end) - 5):
        script = begin * depth + '"headline"' + (end * depth if closed else "")
        found = said(f"<title>a</title><script type=application/ld+json>{script}</script>")
        assert (found.title, found.left_out.json_ld) == ("a", 0)


@pytest.mark.parametrize("digits", [10, 4300, 5000, 60_000])
def test_json_ld_holds_numbers_without_end(digits: int) -> None:
    script = f'{{"@type":"Article","n":{"9" * digits},"x":1e{"9" * 300},"headline":"h"}}'
    assert said(f"<title>a</title><script type=application/ld+json>{script}</script>").title in {"h", "a"}


def test_hosts_without_end_are_counted() -> None:
    html = "".join(f"<a href=http://h{number}.com/>a</a><a href=/{number}>b</a>" for number in range(MANY))
    links = said(html).links
    assert (links.anchors, links.external, links.internal, links.hosts) == (2 * MANY, MANY, MANY, MANY)


@pytest.mark.parametrize(
    "make_one",
    [
        "<meta name=author content=A%d>".__mod__,
        "<meta name=date content=x%d>".__mod__,
        "<meta property=og:p%d content=x>".__mod__,
        "<meta name=robots content=x%d>".__mod__,
        "<meta name=copyright content=x%d>".__mod__,
        "<i itemprop=headline content=x%d>".__mod__,
        "<link rel=canonical href=/x%d>".__mod__,
        "<a rel=license href=/x%d>a</a>".__mod__,
        "<title>a%d</title>".__mod__,
        "<time datetime=x%d>".__mod__,
        "<base href=/x%d>".__mod__,
    ],
)
def test_a_longer_page_says_no_more_than_its_beginning(make_one: Callable[[int], str]) -> None:
    few, many = (said("".join(map(make_one, range(count)))) for count in (200, MANY))
    assert replace(many, left_out=few.left_out, links=few.links) == few


def test_many_blocks_are_judged_in_stretches_and_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    page = SCANNER.scan(b"<p>Words of a text, and more of them than a menu has.<p>menu" * 500)
    judge = Judge(bundled())
    whole = judge.scores(page)
    monkeypatch.setattr(judge_module, "STRETCH", 300)
    parts = [judge.scores(replace(page, blocks=page.blocks[at : at + 300])) for at in range(0, 1000, 300)]
    assert judge.scores(page).tolist() == np.concatenate(parts).tolist()
    assert len(whole) == len(page.blocks) == 1000
    monkeypatch.setattr(judge_module, "KEPT", 100)
    monkeypatch.setattr(page_module, "KEPT_BYTES", 10_000)
    held, scanner = judge.held, Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))
    scanner.scan(b"<p>a" * 10_000)
    large, few = scanner.held, scanner.scan(b"<p>a")
    judge.scores(few)
    assert judge.held < held
    assert scanner.held < large


def test_what_is_no_utf_8_is_written_within_its_room() -> None:
    page = SCANNER.scan(b"\xf0&" * 400)
    assert len(page.text) <= 800
