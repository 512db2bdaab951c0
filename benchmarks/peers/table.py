# /// script
# requires-python = ">=3.11"
# dependencies = ["rich>=13.9"]
# ///
"""Makes rates and ratios of the figures that end_to_end.py wrote, and shows them or publishes them in the docs.

Every number is a median over the rounds. A figure that was not measured has no row; none is filled in.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

Figures = dict[str, Any]
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
#: where a contender's start is found: its pages, and the part of them that it was also given alone
WHOLE_AND_PART = (("all", "part"), ("some", "some, part"))
GIGABYTE = 1e9


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, wherever it is shown."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure with a target; `holds` is None where there is none."""

    name: str
    value: float
    unit: str
    target: str = ""
    holds: bool | None = None


class Results:
    """What the figures say; times in seconds, rates in pages per second of one processor."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.runs: dict[str, dict[str, list[Figures]]] = figures["runs"]

    def has(self, contender: str, pages: str) -> bool:
        """Say whether it was measured."""
        return pages in self.runs.get(contender, {})

    def middle(self, contender: str, pages: str, value: Callable[[Figures], float]) -> float:
        """Take the median of a value over the rounds."""
        return median(map(value, self.runs[contender][pages]))

    def pages(self, name: str) -> int:
        """Count the pages of a set."""
        return self.figures["sets"][name]["pages"]

    def wall(self, contender: str, pages: str) -> float:
        """Take the time by the clock."""
        return self.middle(contender, pages, lambda run: run["wall"])

    def processor(self, contender: str, pages: str) -> float:
        """Take the processors' time, of all processes."""
        return self.middle(contender, pages, lambda run: run["processor"])

    def curate(self, contender: str, pages: str) -> float:
        """Take the time by the clock of Vitrine's stage that reads, extracts, judges, edits and fingerprints."""
        return self.middle(contender, pages, lambda run: run["said"]["stages"]["curate"])

    def start(self, contender: str) -> float | None:
        """Find what it costs before the first page: what is left of the whole at the rate between part and whole."""
        for whole, part in WHOLE_AND_PART:
            if self.has(contender, whole) and self.has(contender, part):
                seconds = self.processor(contender, whole)
                each = (seconds - self.processor(contender, part)) / (self.pages(whole) - self.pages(part))
                return max(0.0, seconds - each * self.pages(whole))
        return None

    def rate(self, contender: str, pages: str) -> float:
        """Give the rate of the whole command."""
        return self.pages(pages) / self.processor(contender, pages)

    def steady(self, contender: str, pages: str) -> float:
        """Give the rate without the start."""
        return self.pages(pages) / (self.processor(contender, pages) - (self.start(contender) or 0.0))


def rates(results: Results) -> Grid:
    """Lay out what each contender took on each set of pages."""
    rows = []
    for contender, sets in results.runs.items():
        start = results.start(contender)
        for pages in sets:
            row = [contender, pages, f"{results.pages(pages):,}", f"{results.wall(contender, pages):.2f}"]
            row += [f"{results.processor(contender, pages):.2f}", f"{results.rate(contender, pages):,.0f}"]
            row += ["", ""] if start is None else [f"{start:.2f}", f"{results.steady(contender, pages):,.0f}"]
            row.append(f"{results.curate(contender, pages):.2f}" if contender.startswith("vitrine") else "")
            rows.append(tuple(row))
    headings = (
        "contender",
        "pages",
        "number",
        "clock s",
        "core s",
        "pages/s/core",
        "start s",
        "without it",
        "curate s",
    )
    return Grid("What each took", headings, rows)


def ratios(results: Results) -> Iterator[Ratio]:
    """Compare: first the cost over the floor, then the peers, then what a user feels."""
    yield from _over_floor(results)
    yield from _over_datatrove(results)
    yield from _speed_up(results)
    yield from _felt(results.figures)


def _over_floor(results: Results) -> Iterator[Ratio]:
    for pages in ("all", "web"):
        if not results.has("vitrine", pages):
            continue
        for floor in ("floor", "floor, UTF-8 first"):
            whole = results.rate(floor, pages) / results.rate("vitrine", pages)
            steady = results.steady(floor, pages) / results.steady("vitrine", pages)
            curate = results.curate("vitrine", pages) / results.processor(floor, pages)
            yield _at_most(f"cost over the {floor}, {pages}, whole commands", whole, "x", 1.5)
            yield _at_most(f"cost over the {floor}, {pages}, without either's start", steady, "x", 1.5)
            yield _at_most(f"stage curate over the {floor}, {pages}", curate, "x", 1.5)


def _over_datatrove(results: Results) -> Iterator[Ratio]:
    for peer in ("datatrove", "datatrove, from texts"):
        if not results.has(peer, "some"):
            continue
        theirs = results.steady(peer, "some")
        for name, ours in (("whole command", results.rate("vitrine", "all")), ("", results.steady("vitrine", "all"))):
            words = f"rate over {peer} without its start" + (", our whole command" if name else ", nor ours")
            yield _at_least(words, ours / theirs, "x", 15) if peer == "datatrove" else Ratio(words, ours / theirs, "x")


def _speed_up(results: Results) -> Iterator[Ratio]:
    one, two = "vitrine", "vitrine, 2 workers"
    for pages, words in (("even", "pages in even shards"), ("all", "files as they came")):
        whole = results.wall(one, pages) / results.wall(two, pages)
        curate = results.curate(one, pages) / results.curate(two, pages)
        yield _at_least(f"2 workers over 1, {words}, whole command", whole, "x", 1.8)
        yield _at_least(f"2 workers over 1, {words}, stage curate", curate, "x", 1.8)
    sizes = results.figures["input bytes"]
    yield Ratio("no more is possible with files as they came", min(2.0, sum(sizes) / max(sizes)), "x")


def _felt(figures: Figures) -> Iterator[Ratio]:
    for workers, run in figures["memory"].items():
        yield _below(f"memory of the largest process, --workers {workers}", run["peak_process"] / GIGABYTE, "GB", 1.5)
        yield Ratio(f"memory of all processes, --workers {workers}", run["peak_sum"] / GIGABYTE, "GB")
    start = figures["start"]
    yield _below("vitrine --help", median(start["help"]), "s", 0.3)
    yield _below("sample, nothing compiled yet", start["cold sample"]["wall"], "s", 10)
    yield Ratio("sample, compiled", start["warm sample"]["wall"], "s")


def _at_most(name: str, value: float, unit: str, limit: float) -> Ratio:
    return Ratio(name, value, unit, f"at most {limit:g}", value <= limit)


def _at_least(name: str, value: float, unit: str, limit: float) -> Ratio:
    return Ratio(name, value, unit, f"at least {limit:g}", value >= limit)


def _below(name: str, value: float, unit: str, limit: float) -> Ratio:
    return Ratio(name, value, unit, f"below {limit:g}", value < limit)


def verdicts(results: Results) -> Grid:
    """Lay out the ratios and whether each target was met."""
    said = {True: "yes", False: "no", None: ""}
    rows = [(item.name, f"{item.value:.2f} {item.unit}", item.target, said[item.holds]) for item in ratios(results)]
    return Grid("Against the targets", ("figure", "value", "target", "met"), rows)


def fates(results: Results) -> Grid:
    """Lay out what became of the pages, so that nobody is fast by doing less unseen."""
    said = results.runs["vitrine"]["all"][0]["said"]
    rows = [("vitrine, all", "records read", f"{said['records']:,}")]
    rows += [("", f"no document: {reason}", f"{count:,}") for reason, count in said["errors_by"].items()]
    rows += [("", f"dropped by {name}", f"{count:,}") for name, count in said["dropped"].items()]
    rows += [("", "duplicates", f"{said['duplicates']:,}"), ("", "kept", f"{said['kept']:,}")]
    for peer in ("datatrove", "datatrove, from texts"):
        if results.has(peer, "some"):
            funnel = [step for step in results.runs[peer]["some"][0]["said"]["funnel"] if "forwarded" in step]
            rows.append((f"{peer}, some", "pages given", f"{results.pages('some'):,}"))
            rows += [("", step["step"], _step(step)) for step in funnel]
    return Grid("What became of the pages", ("contender", "step", "number"), rows)


def _step(step: Figures) -> str:
    late = f", {step['timeout']:,} took too long" if "timeout" in step else ""
    return f"{step['total']:,} in, {step['forwarded']:,} out{late}"


def grids(figures: Figures) -> list[Grid]:
    """Lay out everything."""
    results = Results(figures)
    return [rates(results), verdicts(results), fates(results)]


def preface(figures: Figures) -> list[str]:
    """Say where and on what it was measured, and what to be wary of."""
    machine, pages = figures["machine"], figures["sets"]["all"]
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    system = f"{machine['cores']} cores, {machine['memory'] / GIGABYTE:.0f} GB, {machine['system']}"
    load = f"{machine['load before']:.1f} before and {figures['load after']:.1f} after"
    lines = [
        f"{machine['date']}, commit {machine['commit']}, recipe {figures['recipe']}.",
        f"{machine['processor']}, {system}, Python {machine['python']}, {packages}. Load average {load}.",
        f"{pages['pages']:,} pages with {pages['html_bytes'] / 1e6:.0f} MB of HTML in {', '.join(figures['inputs'])}.",
        f"Medians of {figures['repeat']} rounds; datatrove ran once.",
    ]
    peer = figures.get("datatrove", {})
    if "failed" in peer:
        lines.append(f"datatrove was not measured: {peer['failed']}")
    if "changes" in peer:
        lines.append("Changed in datatrove's example: " + "; ".join(peer["changes"]) + ".")
    return lines


def show(figures: Figures) -> None:
    """Print it."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    for line in preface(figures):
        console.print(line, markup=False)
    for grid in grids(figures):
        table = Table(*grid.headings, title=grid.title, title_justify="left")
        for row in grid.rows:
            table.add_row(*row)
        console.print(table)


def publish(figures: Figures, page: Path) -> None:
    """Put it between the marks in a Markdown page."""
    text = page.read_text(encoding="utf-8")
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError(f"expected the marks {BEGIN} and {END} in {page}")
    parts = [*preface(figures), *map(_markdown, grids(figures))]
    page.write_text("\n\n".join([before + BEGIN, *parts, END + after]), encoding="utf-8")


def _markdown(grid: Grid) -> str:
    lines = [grid.headings, ("---",) * len(grid.headings), *grid.rows]
    return f"### {grid.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Show the figures of a file, or publish them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path, help="what end_to_end.py --json wrote")
    parser.add_argument("--docs", type=Path, help="a Markdown page with the marks; print nothing")
    given = parser.parse_args()
    figures = json.loads(given.figures.read_text(encoding="utf-8"))
    if given.docs:
        publish(figures, given.docs)
    else:
        show(figures)


if __name__ == "__main__":
    main()
