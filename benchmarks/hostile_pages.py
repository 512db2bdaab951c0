"""Pages made to cost much, of one thing again and again: how fast each is, and how much memory it takes.

    python -m benchmarks.fuzz_pages --hostile [--megabytes N] [--crawl FOLDER]

Beside them stand ordinary pages: those of the sample that comes with Vitrine, or of a FOLDER of WARC files.
"""

import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from time import process_time
from typing import NamedTuple, TypeVar

import numpy as np
import psutil

from benchmarks.scanner import pages
from pipelines.extraction.engine import Extractor, Options
from pipelines.extraction.metadata import metadata

SAMPLE = Path(__file__).parents[1] / "pipelines" / "sample"
URL = "https://www.example.org/a/b"
#: what is slower than this share of the speed at which ordinary pages are scanned is named
SLOW = 0.1
#: ordinary pages
ORDINARY = 2000
_T = TypeVar("_T")
_JSON_LD = '<script type="application/ld+json">'


class Hostile(NamedTuple):
    """A page of one piece again and again."""

    name: str
    #: `%d` in it is a number that no other has
    piece: str
    before: str = ""
    after: str = ""
    #: the piece stands so many times in 50 MB; 0: as often as there is room
    million: int = 0


PAGES = (
    Hostile("a tag in a tag", "<a"),
    Hostile("less signs", "<"),
    Hostile("nested divs", "<div>", million=1),
    Hostile("bold in bold", "<b>", million=1),
    Hostile("bold words", "<b>a ", million=1),
    Hostile("unknown in unknown", "<x>", million=1),
    Hostile("end tags of nothing", "</x>", "<x><table>" + "<y>" * 500, million=10),
    Hostile("attributes", " a=b", "<a"),
    Hostile("attributes, all different", " a%d=b", "<a"),
    Hostile("equals signs", "=", "<a "),
    Hostile("value of href", "x", '<a href="', '">b</a>'),
    Hostile("value of class", "x", '<p class="', '">b'),
    Hostile("value of style", "d ", '<p style="', '">b'),
    Hostile("value of meta", "x ", "<meta name=author content='", "'>"),
    Hostile("value that never ends", "x", '<p class="'),
    Hostile("ampersands", "&"),
    Hostile("&amp", "&amp"),
    Hostile("half of a long reference", "&CounterClockwiseContourIntegra"),
    Hostile("digits of a reference", "1", "&#"),
    Hostile("list items", "<li>a", "<ol>", million=1),
    Hostile("lists in deep lists", "<ul><li>a</ul>", "<ul><li>" * 200, million=1),
    Hostile("table cells", "<td>a", "<table><tr>", million=1),
    Hostile("tables in cells", "<td>a<table><td>b</table>", "<table><tr>", million=1),
    Hostile("paragraphs", "<p>a", million=1),
    Hostile("paragraphs, named", "<p class=n%d>a", million=1),
    Hostile("names of a class", "n%d ", '<p class="', '">a', million=1),
    Hostile("scripts", "<script>a</script>", million=1),
    Hostile("comment that never ends", "- >", "<!-- "),
    Hostile("title that never ends", "</titl", "<title>"),
    Hostile("script in a comment in a script", "<script></script>", "<script><!--"),
    Hostile("JSON-LD", _JSON_LD + '{"@type":"Article"}</script>', million=1),
    Hostile("JSON-LD, empty", _JSON_LD + "</script>", million=1),
    Hostile("JSON-LD, deep", '{"@graph":[', _JSON_LD, '"headline"</script>', million=0),
    Hostile("JSON-LD, nodes", '{"@id":%d,"author":[]},', _JSON_LD + "[", '{"headline":"h"}]</script>'),
    Hostile("meta authors", "<meta name=author content=A%d>", million=1),
    Hostile("meta properties", "<meta property=og:p%d content=x>", million=1),
    Hostile("microdata", "<i itemprop=license content=x%d>", million=1),
    Hostile("canonical links", "<link rel=canonical href=/x%d>", million=1),
    Hostile("titles", "<title>a%d</title>", million=1),
    Hostile("hosts", "<a href=http://h%d.com/>x</a>", million=1),
    Hostile("links with references", "<a href=&#104;ttp://h%d.com/>x</a>", million=1),
    Hostile("links below a long base", "<a href=x>", f"<base href=//{'a' * 2000}/>", million=1),
    Hostile("one word", "a"),
    Hostile("one Greek word", "\u03b1"),
    Hostile("one Chinese text", "\u4e2d"),
    Hostile("full stops", "."),
    Hostile("spaces", " ", "a", "b"),
    Hostile("line breaks", "<br>", "a", "b", million=1),
    Hostile("preformatted line breaks", "<br>", "<pre>a", "b", million=1),
    Hostile("NUL", "\0"),
    Hostile("foreign elements", "<svg><p>", million=1),
    Hostile("selects", "<select><option>", million=1),
    Hostile("forms that cross", "<form><div></form>", million=1),
    Hostile("elements too deep to remember", "<div><x></div>", "<p>" + "<div>" * 511, million=1),
)


def make(hostile: Hostile, size: int) -> bytes:
    """Make a page of so many bytes, or of as many pieces as are wanted in it."""
    piece = hostile.piece
    count = hostile.million * size // 50 or size // len(piece.encode())
    body = "".join(piece % number for number in range(count)) if "%d" in piece else piece * count
    return (hostile.before + body + hostile.after).encode()


class Cost(NamedTuple):
    """Seconds of the processor."""

    scan: float
    judge: float
    render: float
    metadata: float


def cost(extractor: Extractor, raw: bytes) -> Cost:
    """Take a page through all that is made of it."""
    page, scan = _timed(lambda: extractor.scanner.scan(raw))
    kept, judge = _timed(lambda: extractor.choose(page, Options()))
    everything = np.ones(len(page.blocks), np.bool_)
    render = max(_timed(partial(extractor.render, page, blocks))[1] for blocks in (kept, everything))
    found = max(_timed(partial(metadata, page, url))[1] for url in (URL, None))
    return Cost(scan, judge, render, found)


def _timed(call: Callable[[], _T]) -> tuple[_T, float]:
    begun = process_time()
    found = call()
    return found, process_time() - begun


class Row(NamedTuple):
    """What is known of a page."""

    size: int
    cost: Cost
    #: how many times the cost of a quarter of the page
    ratio: float
    #: bytes at the peak, beyond what this process had before
    memory: int


#: what a measuring process inherits: the extractor, whose kernels are compiled, and the page
_INHERITED: list[tuple[Extractor, bytes]] = []


def measure(extractor: Extractor, hostile: Hostile, size: int) -> Row:
    """Measure a page, and a quarter of it, each in a process of its own, so that its memory is its own."""
    quarter, _ = _apart(extractor, make(hostile, size // 4))
    raw = make(hostile, size)
    whole, memory = _apart(extractor, raw)
    return Row(len(raw), whole, sum(whole) / max(sum(quarter), 1e-3), memory)


def _apart(extractor: Extractor, raw: bytes) -> tuple[Cost, int]:
    _INHERITED[:] = [(extractor, raw)]
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_measure)


def _measure() -> tuple[Cost, int]:
    before = psutil.Process().memory_info().rss
    (inherited,) = _INHERITED
    found = cost(*inherited)
    return found, max(0, _peak() - before)


def _peak() -> int:
    """Give the largest memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def ordinary(folder: Path) -> Iterator[bytes]:
    """Read ordinary pages."""
    for path in sorted(folder.rglob("*.warc.gz")):
        # A bundled archive is cut off on purpose: its pages end there.
        with suppress(OSError):
            for _, html in pages(path):
                yield html.encode(errors="replace")


def _ordinary(extractor: Extractor, folder: Path) -> Row:
    found = list(islice(ordinary(folder), ORDINARY))
    for raw in found[:20]:
        cost(extractor, raw)
    before = psutil.Process().memory_info().rss
    costs = [cost(extractor, raw) for raw in found]
    return Row(sum(map(len, found)), Cost(*map(sum, zip(*costs, strict=True))), 4.0, max(0, _peak() - before))


def report(size: int, folder: Path = SAMPLE) -> None:
    """Print how fast each page is, and name the stages that are slow."""
    extractor = Extractor()
    usual = _ordinary(extractor, folder)
    limit = SLOW * usual.size / usual.cost.scan / 1e6
    print(f"MB/s; times as long for 4 times as much; memory in MB; *: below {limit:.1f} MB/s")
    print(f"{'':34}{'MB':>7}{'scan':>9}{'judge':>9}{'render':>9}{'metadata':>9}{'times':>7}{'memory':>8}")
    _print("ordinary pages", usual, limit)
    for hostile in PAGES:
        _print(hostile.name, measure(extractor, hostile, size), limit)


def _print(name: str, row: Row, limit: float) -> None:
    speeds = [row.size / max(seconds, 1e-6) / 1e6 for seconds in row.cost]
    stages = "".join(f"{min(speed, 9999):8.1f}{'*' if speed < limit else ' '}" for speed in speeds)
    print(f"{name:34}{row.size / 1e6:7.1f}{stages}{row.ratio:7.1f}{row.memory / 1e6:8.0f}", flush=True)
