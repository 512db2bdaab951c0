"""Means of results, over all pages and over groups of them, and how they are laid out."""

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean
from typing import Any

from rich.table import Table

from benchmarks.extraction.measure import Result
from benchmarks.extraction.score import WordScore
from benchmarks.extraction.truth import SEEN, Page

#: groups with fewer pages are in the JSON only
FEW = 10
Figures = dict[str, Any]


def summary(results: Sequence[Result]) -> Figures:
    """Take means over pages of one extractor's results."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        for group in groups_of(result.page):
            groups.setdefault(group, []).append(result)
    return {
        "words": {group: means(found) for group, found in sorted(groups.items())},
        "snippets": {group: snippets(found) for group, found in by(results, lambda page: page.source).items()},
        "pages": len(results),
        "empty": sum(result.is_empty for result in results),
        "failed": sum(bool(result.error) for result in results),
        "pages_per_second": len(results) / max(sum(result.seconds for result in results), 1e-9),
    }


def groups_of(page: Page) -> Iterator[str]:
    """Name the groups in which a page's words count: an algorithm's own output only in that of its source."""
    if page.truth is None:
        return
    yield f"source {page.source}"
    if not page.headline:
        return
    yield "all"
    yield "seen" if page.source in SEEN else "unseen"
    if page.language:
        yield f"language {page.language}"
    if page.page_type:
        yield f"type {page.page_type}"


def by(results: Sequence[Result], name: Callable[[Page], str]) -> dict[str, list[Result]]:
    """Group the results of pages that have snippets; the first group is all of them."""
    groups: dict[str, list[Result]] = {"all": []}
    for result in results:
        if result.page.wanted or result.page.unwanted:
            groups["all"].append(result)
            groups.setdefault(name(result.page), []).append(result)
    return groups


def means(results: Sequence[Result]) -> Figures:
    """Take the mean of each score over pages."""
    scores = [result.words for result in results if result.words]
    columns = {name: fmean(column) for name, column in zip(WordScore._fields, zip(*scores, strict=True), strict=True)}
    return {"pages": len(scores), **columns}


def snippets(results: Sequence[Result]) -> Figures:
    """Take the mean of each share over the pages that have one."""
    found = [result.snippets.found for result in results if result.snippets.found is not None]
    left = [result.snippets.left_out for result in results if result.snippets.left_out is not None]
    return {
        "pages": len(results),
        "found": fmean(found) if found else None,
        "left_out": fmean(left) if left else None,
    }


def tables(summaries: dict[str, Figures]) -> Iterator[Table]:
    """Lay out the summaries, by extractor."""
    yield overview(summaries)
    for kind in ("source", "language", "type"):
        yield grouped(summaries, f"{kind} ")
    yield snippet_table(summaries)


def overview(summaries: dict[str, Figures]) -> Table:
    """Lay out what counts first."""
    first = next(iter(summaries.values()))["words"]
    title = f"Words, means over {first.get('all', {}).get('pages', 0):,} pages"
    seen, unseen = (f"F1 {name} ({first.get(name, {}).get('pages', 0):,})" for name in ("seen", "unseen"))
    columns = ("engine", "F1", "precision", "recall", seen, unseen, "empty", "failed", "pages/s")
    table = Table(*columns, title=title, title_justify="left")
    for name, found in summaries.items():
        words = found["words"]
        row = [number(words.get("all", {}).get(score)) for score in WordScore._fields]
        row += [number(words.get(group, {}).get("f1")) for group in ("seen", "unseen")]
        rest = (f"{found['empty']:,}", f"{found['failed']:,}", f"{found['pages_per_second']:,.0f}")
        table.add_row(name, *row, *rest)
    return table


def grouped(summaries: dict[str, Figures], prefix: str) -> Table:
    """Lay out F1 by groups of one kind: a row for each, the largest first."""
    first = next(iter(summaries.values()))["words"]
    groups = sorted((name for name in first if name.startswith(prefix)), key=lambda name: -first[name]["pages"])
    table = Table(prefix.strip(), "pages", *summaries, title=f"Word F1 by {prefix.strip()}", title_justify="left")
    for group in groups:
        if first[group]["pages"] >= FEW:
            row = [number(found["words"].get(group, {}).get("f1")) for found in summaries.values()]
            table.add_row(group.removeprefix(prefix), f"{first[group]['pages']:,}", *row)
    return table


def snippet_table(summaries: dict[str, Figures]) -> Table:
    """Lay out the shares of wanted snippets found and of unwanted ones left out."""
    groups = next(iter(summaries.values()))["snippets"]
    heads = [f"{name} ({figures['pages']:,}) {what}" for name, figures in groups.items() for what in ("found", "out")]
    table = Table("engine", *heads, title="Snippets: wanted found, unwanted left out", title_justify="left")
    for name, found in summaries.items():
        shares = [found["snippets"][group][what] for group in groups for what in ("found", "left_out")]
        table.add_row(name, *map(number, shares))
    return table


def speeds(figures: dict[str, dict[str, float]], count: int) -> Table:
    """Lay out what was measured on the crawl."""
    table = Table(
        "engine", "pages", "pages/s", "MB/s", title=f"Speed, {count:,} pages of a crawl", title_justify="left"
    )
    for name, found in figures.items():
        rate, size = found["pages_per_second"], found["megabytes_per_second"]
        table.add_row(name, f"{found['pages']:,.0f}", f"{rate:,.0f}", f"{size:,.1f}")
    return table


def number(value: float | None) -> str:
    """Write a share, or nothing where there is none."""
    return "" if value is None else f"{value:.3f}"
