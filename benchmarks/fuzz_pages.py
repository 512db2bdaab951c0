"""Feeds the extractor pages that nobody would write, and asserts what must hold of any (`tests.page_invariants`).

    uv run --with atheris==3.0.0 python -m benchmarks.fuzz_pages [FOLDER] [--seconds N]
    uv run --with atheris==3.0.0 python -m benchmarks.fuzz_pages FOLDER --again FILE    # one page that was found
    python -m benchmarks.fuzz_pages --hostile [--megabytes N] [--crawl FOLDER]    # large pages, and how fast they are

With `NUMBA_BOUNDSCHECK=1` (and a `NUMBA_CACHE_DIR` of its own, for it is other code that is compiled) an index beyond
an array's end is an error; what loads eight bytes at once does not ask, so each page is scanned once more at the end of
memory beyond which nobody may read or write. A page that is at fault ends the run and is kept in FOLDER.

Coverage is of Python, so kernels are a black box to it. What a page came to stands in for them: each combination of an
element, the one around it, a kind of mark and a rough number of blocks calls a function of its own, and a page that
calls one for the first time is kept and varied. Pages are varied by bits of markup as well as by bytes.
"""

import argparse
import importlib
import pkgutil
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.hostile_pages import SAMPLE, report

SEEDS = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A &amp; b | Site</title></head><body><p>c d.</body>",
    "<meta name=author content='A B'><meta property=og:title content=x><meta name=robots content=noai>",
    "<meta property=article:published_time content=2024-03-05T09:30Z><meta http-equiv=content-language content=de_AT>",
    "<base href=//c.de/><link rel='canonical license' href=/x><a rel=license href=//y.z:8/>l</a><time datetime=2024>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"h","author":{"name":"A"}}</script>',
    '<script type=application/ld+json>{"datePublished":"2024-01-02","@graph":[{"@id":"#a","author":["n"]}]}</script>',
    '<script>var a="<p>"</script><style>a{b:"</p>"}</style>',
    "<div itemscope itemprop=headline content=x>a<span itemprop=datePublished datetime=2024-01-01>b</span></div>",
    "a<!-- b --><!--><!---><!-- --!>c<![CDATA[d]]>e<?f?>g<!h>i</ j>k</>l<!-",
    "<svg><title>a</title><desc><p>b</desc><foreignObject><div>c</svg>d<svg/><![CDATA[e]]></svg><math><mi><b>f</math>",
    "<table><tr><td>a<td>b<table><td>c</table><p>d<tr><th>e<tbody><caption>f</table>g<td>h<select><tr><option>i",
    "<ul><li>a<ol><li>b<li>c</ol><li>d</ul><dl><dt>e<dd>f</dl><h1>g<h2>h</h1><li>i<menu><li value=9>j",
    "<form><div>a</form>b<form><input><button>c<button>d</button></div><select><optgroup><option>e<select>f",
    "<p>a<b>b<i>c</b>d</i><a href=#>e<a name=x>f</a>g<br><br>h<br>i<hr><nobr>j<x-y>k</x-y></p></br></p>",
    "<pre>\n a\r\n<br>\tb &#10;</pre><textarea>\nc</textarea><xmp><b>&amp;</xmp><listing>d</listing><plaintext><p>e",
    "<script><!--<script></script>--></script><style><p></style><noscript>a</noscript><iframe></iframe><template><td>",
    "&amp; &ampx &notit; &#0; &#x80; &#xD800; &#x110000; &nGt;&nLt &hellip;&CounterClockwiseContourIntegral;&#",
    "<div class='main-text sideBar comments' id=menu role=navigation style='display : none' hidden aria-hidden=true>a",
    "中文。かな、ไทย नमस्ते। \u0627\u061f 😀\u200b\u00ad\ufeff\u3000é\x00\x01\x85\u2028a...b! c?\x0cd\re",
    "<a href=http://u:p@www.x.y.:8/?a&amp;b&copy=1#c>d</a><a href='\\\\x\\y'>e<a href=mailto:f>g<a href=//[::1]/>h",
    "<a b='c\"d' e=\"f'g\" h=i/j k l= m =n 'o=p class=q class=r/ >s</a t=u><a/b/c/><a =d><a<b><a\nb\t=\fc>",
)
_TOKENS = (
    "< > / = ' \" & ; ! ? - -- --> --!> <!-- <!--> <![CDATA[ ]]> ]] </ <! <? /> &# &#x &amp &lt; &nGt; &#10; &#x0 "
    "&#1f; { } [ ] : , . // http:// # @ www. \0 \n \r\n \t \xa0 \u200b \xad \u4e2d \xe9 \U0001f600 \u2028 a A 1 b. "
    '"@graph" "@type" "headline" "author" "name" application/ld+json'
)
_ELEMENTS = (
    "p div table tr td th tbody caption ul ol li dl dt dd h1 h2 b i a span form button section main article nav br hr "
    "svg math title desc foreignObject mi select option optgroup textarea pre xmp plaintext script style template html "
    "head body meta link base time object marquee listing input image nobr x y-z noscript iframe"
)
_ATTRIBUTES = (
    "href=x href=//a.b/ class=main class='a b' id=menu hidden style=display:none aria-hidden=true rel=license lang=fr "
    "rel=canonical name=author name=robots property=og:title property=og:x content=y itemprop=headline datetime=2024 "
    "type=application/ld+json http-equiv=content-language role=navigation itemprop=license =x ' \" /"
)
TOKENS, ELEMENTS, ATTRIBUTES = ((*words.split(" "), " ") for words in (_TOKENS, _ELEMENTS, _ATTRIBUTES))
#: bytes of a page; the functions that stand for what a page came to; pages that are kept to be spliced into others
LARGEST, STATES, MEMORY = 4096, 1 << 14, 256
#: what the extractor runs in Python: its coverage is seen
PYTHON = ("metadata", "statements", "linked_data", "values", "dates", "links", "evidence")


class Mutator:
    """Varies pages: their bytes as libFuzzer does, or their markup."""

    def __init__(self, by_bytes: Callable[[bytes, int], bytes]) -> None:
        self._by_bytes = by_bytes
        self._seen = [seed.encode() for seed in SEEDS]

    def __call__(self, data: bytes, max_size: int, seed: int) -> bytes:
        """Give a variant of a page, valid UTF-8."""
        chance = random.Random(seed)  # noqa: S311  # no secret
        self._remember(data, chance)
        if chance.random() < 0.25:  # noqa: PLR2004  # a share
            data = self._by_bytes(data, max_size)
        else:
            for _ in range(chance.choice((1, 1, 2, 4, 8))):
                data = self._vary(data, chance)
        return data[:max_size].decode(errors="ignore").encode()

    def _remember(self, data: bytes, chance: random.Random) -> None:
        if len(self._seen) < MEMORY:
            self._seen.append(data)
        else:
            self._seen[chance.randrange(len(SEEDS), MEMORY)] = data

    def _vary(self, data: bytes, chance: random.Random) -> bytes:
        """Put something into a page, take a part of it out, or write a part of it again, or of another page."""
        first = chance.randrange(len(data) + 1)
        last = min(len(data), first + int(chance.expovariate(1 / 16)))
        kind = chance.randrange(6)
        if kind == 0:
            return data[:first] + data[last:]
        if kind == 1:
            return data[:last] + data[first:last] * chance.choice((1, 1, 2, 20)) + data[last:]
        if kind == 2:  # noqa: PLR2004  # the third of six
            other = chance.choice(self._seen)
            begin = chance.randrange(len(other) + 1)
            return data[:first] + other[begin : begin + int(chance.expovariate(1 / 64))] + data[first:]
        return data[:first] + token(chance).encode() + data[last if kind == 3 else first :]  # noqa: PLR2004


def token(chance: random.Random) -> str:
    """Make up a bit of markup."""
    kind, element = chance.randrange(4), chance.choice(ELEMENTS)
    if kind == 0:
        return chance.choice(TOKENS)
    if kind == 1:
        return f"</{element}>"
    attributes = "".join(" " + chance.choice(ATTRIBUTES) for _ in range(chance.choice((0, 0, 1, 1, 2, 4))))
    return f"<{element}{attributes}{chance.choice(('>', '>', '>', '/>', ''))}"


class Feedback:
    """Calls a function for each thing that a page came to, so that coverage shows what is new."""

    def __init__(self, instrument: Callable[[Any], Any]) -> None:
        self._states = [instrument(eval("lambda: None")) for _ in range(STATES)]  # noqa: S307  # each has code of its own

    def __call__(self, page: Any) -> None:  # noqa: ANN401  # a Page, whose module is loaded later
        """Show what a page came to."""
        for state in set(states(page)):
            self._states[hash(state) % STATES]()


def states(page: Any) -> Iterator[tuple[int, ...]]:  # noqa: ANN401  # likewise
    """Say what a page came to: elements in elements, kinds of blocks and marks, and how many, roughly."""
    for number, table in enumerate((page.blocks, page.containers, page.marks, page.text)):
        yield 0, number, len(table).bit_length()
    parents = page.containers[page.containers[:, 0]]
    for row, parent in zip(page.containers.tolist(), parents.tolist(), strict=True):
        yield 1, parent[1], row[1]
        yield 2, row[1], row[3].bit_length(), row[4] > 0, row[5] > 0, row[6] > 0
    blocks = page.blocks.tolist()
    for block, after in zip(blocks, [*blocks, [0] * 4][1:], strict=True):
        yield 3, block[3]
        yield 4, page.containers[block[2], 1], page.containers[after[2], 1]
        yield 5, *(value.bit_length() for value in block[4:9])
    for mark in page.marks.tolist():
        yield 6, mark[0], mark[1] < mark[2], mark[3] < mark[4]


def fuzz(folder: Path, seconds: int, again: Path | None) -> None:
    """Try pages until time is up or one is at fault; or one page again."""
    atheris: Any = importlib.import_module("atheris")
    # What is compiled must be loaded as it is written.
    kernels = importlib.import_module("pipelines.extraction.kernels")
    for kernel in pkgutil.iter_modules(kernels.__path__, f"{kernels.__name__}."):
        importlib.import_module(kernel.name)
    with atheris.instrument_imports(include=[f"pipelines.extraction.{name}" for name in PYTHON]):
        for name in PYTHON:
            importlib.import_module(f"pipelines.extraction.{name}")
    checker, feedback = _checker(), Feedback(atheris.instrument_func)

    def one(data: bytes) -> None:
        feedback(checker(data.decode(errors="replace").encode()[:LARGEST].decode(errors="ignore").encode()))

    # Kernels are compiled before a page's time is taken.
    one(SEEDS[0].encode())
    _write_seeds(folder)
    options = (f"-max_total_time={seconds}", f"-max_len={LARGEST}", f"-artifact_prefix={folder}/", "-timeout=20")
    places = [str(again)] if again else [str(folder)]
    atheris.Setup(
        [sys.argv[0], *places, *options, "-rss_limit_mb=4096", "-print_final_stats=1"],
        one,
        # Asked for when it is called: which function it is, is known no sooner.
        custom_mutator=Mutator(lambda data, size: atheris.Mutate(data, size)),  # noqa: PLW0108  # as said above
    )
    atheris.Fuzz()


def _checker() -> Any:  # noqa: ANN401  # of a module that must not be loaded before what it uses is instrumented
    return importlib.import_module("tests.page_invariants").Checker(LARGEST)


def _write_seeds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (folder / f"seed-{number:02}").write_bytes(seed.encode())


def main() -> None:
    """Fuzz, or measure hostile pages."""
    parser = argparse.ArgumentParser(description=sys.modules[__name__].__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("fuzzed-pages"))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--again", type=Path, metavar="FILE")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--crawl", type=Path, default=SAMPLE, help="WARC files of ordinary pages")
    options = parser.parse_args()
    if options.hostile:
        report(options.megabytes * 1_000_000, options.crawl)
    else:
        fuzz(options.folder, options.seconds, options.again)


if __name__ == "__main__":
    main()
