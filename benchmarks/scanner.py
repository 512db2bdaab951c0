"""Compares what the HTML scanner reads with what a parser that builds a tree reads, on real pages.

    python -m benchmarks.scanner FOLDER_OR_WARC... [--limit N]
    python -m benchmarks.scanner    # how fast odd pages are scanned: in time that is linear in their size

Every text of a page is compared, hidden and boilerplate too. The tree is resiliparse's (lexbor, WHATWG's algorithm in
full): its text nodes in order, without the elements whose content the scanner drops, and with a break where an element
begins or ends that breaks a block. The words between white space of both are compared as multisets.

What remains different, and why:

- The tree is that of a browser without scripts: it reads `noscript` as markup, and what may not stand in a `head` ends
  this. The scanner reads it as text that is no text of the page.
- Parts of a table outside of any, such as elements of somebody's own that are called `caption`: a tree has no element
  there, so that what is before and after it is one word. The scanner ends the block.
- A few attributes with a quotation mark in their name, which the tree's markup cannot be read back with.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from time import process_time

import numpy as np
from fastwarc.warc import ArchiveIterator, WarcRecordType
from resiliparse.parse.html import HTMLTree

from pipelines.charset import decode
from pipelines.extraction.kernels.layout import BLOCK_END, BLOCK_START
from pipelines.extraction.kernels.names import BREAKS, DROPS, FLAGS, NUMBER
from pipelines.extraction.page import Page, Scanner
from pipelines.http import Fault, is_html, read_response

#: what the scanner leaves out of words
_INVISIBLE = dict.fromkeys([*{*range(32), *range(127, 160)} - {9, 10, 12, 13, 0x85}, 0xAD, 0x200B, 0xFEFF])
_TAG = re.compile(
    r"""<!--.*?-->|<!doctype[^>]*>|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?: =?[^\s=>/]*="[^"]*")*>""",
    re.DOTALL | re.IGNORECASE,
)
_RAW = "script, style, iframe, noembed, noframes, title, textarea, noscript"
_ODD = (
    *("<a", "<div>", "<x>", " a=b", "<p>a<table><td>b", "&", "&#0", "<", "<!--", "<script><!--<script>", "<title>"),
    *("<ul><li>a", "<li>a", "<svg>", "<svg><p>", "<h1>a<p>b", "<a href=x>b", "<select>", "<br>", "</x>", "<li></li>"),
)
#: what makes some of these worse
_BEFORE = {" a=b": "<a", "</x>": "<x><table>" + "<y>" * 500, "<li></li>": "<li><ul>" + "<div>" * 505}
_BREAKING = frozenset(name for name, number in NUMBER.items() if FLAGS[number] & BREAKS)
_DROPPED = frozenset(name for name, number in NUMBER.items() if FLAGS[number] & DROPS)


def scanner() -> Scanner:
    """Make a scanner that knows no hints and no frequent words."""
    return Scanner(np.zeros(32, np.uint64), np.zeros(16, np.uint64))


def scanned_words(page: Page) -> Counter[str]:
    """Count the words of a page's blocks."""
    text = page.text.tobytes()
    found: Counter[str] = Counter()
    for start, end in page.blocks[:, [BLOCK_START, BLOCK_END]].tolist():
        found.update(text[start:end].decode().translate(_INVISIBLE).split())
    return found


def tree_words(html: str) -> Counter[str]:
    """Count the words of a page's tree.

    The tree is read as the markup that it is written as: all end tags are there, and all attributes are in quotes. (To
    ask each of its nodes takes a thousand times as long.)
    """
    tree = HTMLTree.parse(html)
    for node in tree.document.query_selector_all(_RAW):
        node.parent.remove_child(node)
    markup, parts, at, dropped = str(tree.document), [], 0, []
    while tag := _TAG.search(markup, at):
        if not dropped:
            parts.append(markup[at : tag.start()])
        at, name = tag.end(), tag["name"]
        if tag["name"] is None:
            continue
        if name in _BREAKING and (not dropped or name == dropped[0]):
            parts.append("\n")
        if tag["end"] and dropped and dropped[-1] == name:
            dropped.pop()
        elif not tag["end"] and name in _DROPPED:
            dropped.append(name)
    return Counter(unescape("".join((*parts, markup[at:]))).translate(_INVISIBLE).split())


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """Read the HTML pages of an archive: where each is from, and its text."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
            response = read_response(record.reader.read(), 10**8)
            if isinstance(response, Fault) or not is_html(response) or not response.body.strip():
                continue
            decoded = decode(response.body, response.charset)
            if not isinstance(decoded, Fault):
                yield record.headers.get("WARC-Target-URI") or "", decoded[0]


Row = tuple[float, int, str, str]


def _compare(paths: list[Path], limit: int) -> tuple[list[Row], int, int, float]:
    """Compare pages: rows of share in common, words that differ, address and examples; sums; seconds of scanning."""
    rows, same, total, seconds, scan = [], 0, 0, 0.0, scanner()
    scan.scan(b"<p>compiles")
    for path in paths:
        for number, (address, html) in enumerate(pages(path)):
            if number == limit:
                break
            begun = process_time()
            page = scan.scan(html.encode(errors="replace"))
            seconds += process_time() - begun
            ours, theirs = scanned_words(page), tree_words(html)
            common, longer = (ours & theirs).total(), max(ours.total(), theirs.total())
            same, total = same + common, total + longer
            examples = f"only ours {list((ours - theirs).items())[:3]}, only tree {list((theirs - ours).items())[:3]}"
            rows.append((common / longer if longer else 1.0, longer - common, address, examples))
    return rows, same, total, seconds


def _odd_pages(size: int = 4_000_000) -> None:
    """Print how fast pages of one thing are scanned, and how much longer four times as much of it takes."""
    scan = scanner()
    for piece in ("<p class=a>Words, of a page. <a href=x>link</a></p>", *_ODD):
        seconds: list[float] = []
        for length in (size, size // 4, size):
            html = ((_BEFORE.get(piece, "") + piece * (length // len(piece)))[:length]).encode()
            begun = process_time()
            scan.scan(html)
            seconds.append(process_time() - begun)
        speed, ratio = size / seconds[2] / 1e6, seconds[2] / seconds[1]
        print(f"{speed:8.1f} MB/s, {ratio:4.1f} times as long for 4 times: {piece}")


def main() -> None:
    """Print the share of words in common and the worst pages."""
    parser = argparse.ArgumentParser(description=sys.modules[__name__].__doc__)
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--limit", type=int, default=-1, help="pages of each archive")
    parser.add_argument("--worst", type=int, default=20)
    options = parser.parse_args()
    if not options.paths:
        _odd_pages()
        return
    paths = [p for path in options.paths for p in (sorted(path.glob("*.warc.gz")) if path.is_dir() else [path])]
    rows, same, total, seconds = _compare(paths, options.limit)
    equal = sum(row[0] == 1 for row in rows)
    print(f"{len(rows)} pages, {equal} equal; {same} of {total} words in common: {same / max(total, 1):.4%}")
    print(f"scanned in {seconds:.2f} s")
    worst = sorted((row for row in rows if row[1]), key=lambda row: -row[1])[: options.worst]
    for share, differing, address, examples in worst:
        print(f"{share:8.2%} {differing:6} {address}\n         {examples}")


if __name__ == "__main__":
    main()
