"""Runs an extractor over pages and compares what it gives with the truth."""

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.extraction import engines, outside
from benchmarks.extraction.engines import Answer
from benchmarks.extraction.kept import kept
from benchmarks.extraction.score import SnippetScore, WordScore, score_snippets, score_words
from benchmarks.extraction.truth import Bodies, Page
from benchmarks.extraction.words import words
from pipelines import charset

#: an engine's texts by page: SHA-256 of the page's bytes, and the answer
Answers = Iterator[tuple[str, Answer]]


class Result(NamedTuple):
    """What an extractor made of one page."""

    page: Page
    #: None where the main text is not known
    words: WordScore | None
    snippets: SnippetScore
    seconds: float
    is_empty: bool
    error: str


def measure(pages: Sequence[Page], answers: Answers, tick: Callable[[], object] = lambda: None) -> list[Result]:
    """Compare the answers with the truth of each page; calls `tick` after each answer."""
    told: dict[str, list[Page]] = {}
    for page in pages:
        told.setdefault(page.html, []).append(page)
    results = []
    for html, answer in answers:
        results += compare(told[html], answer)
        tick()
    return results


def compare(pages: Sequence[Page], answer: Answer) -> Iterator[Result]:
    """Compare one answer with each truth that there is of the page's bytes."""
    found = words(answer.text)
    for page in pages:
        score = None if page.truth is None else score_words(found, words(page.truth))
        snippets = score_snippets(found, page.wanted, page.unwanted)
        yield Result(page, score, snippets, answer.seconds, not found, answer.error)


def answers(name: str, pages: Sequence[Page], bodies: Bodies, fold: Mapping[str, int], cache: Path) -> Answers:
    """Extract pages by the extractor of this name, or take from the cache what may be kept; `fold` is by page's id."""
    urls = {page.html: page.url for page in pages}
    by_html = {page.html: fold[page.id] for page in pages}
    htmls = list(urls)
    if name in outside.PEERS:
        file, extract = outside.kept_as(name), partial(outside.extract, name, urls=urls, bodies=bodies)
    else:
        file, extract = engines.kept_as(name), partial(engines.extract, name, bodies=bodies, fold=by_html)
    if file is None:
        return extract(htmls)
    return kept(cache / f"{file}-{_decoding()}.jsonl", htmls, extract)


def _decoding() -> str:
    """Name the way in which pages are decoded: other texts are due once it changes."""
    return hashlib.sha256(inspect.getsource(charset).encode()).hexdigest()[:8]
