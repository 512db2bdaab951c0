"""How the figures are laid out: a row for each detector, or a column."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from benchmarks.rights.cost import PARTS, Cost

Figures = dict[str, Any]


def tables(summaries: dict[str, Figures], limited: dict[str, Figures]) -> Iterator[Table]:
    """Lay out all scores, by detector; of those that are ours with a limit, the first."""
    yield presence(summaries | limited)
    yield families(summaries)
    yield scopes(summaries)
    yield wishes(summaries)


def presence(summaries: dict[str, Figures]) -> Table:
    """Lay out yes and no, and exact answers."""
    first = next(iter(summaries.values()))
    wanted, exact = first["presence"]["wanted"], first["exact"]
    table = Table(
        *("detector", "precision", "recall", "F1", "right", "said"),
        *(f"family ({exact['licensed']:,})", f"version too ({exact['versioned']:,})", "jurisdiction too"),
        title=f"Has the page a licence? {wanted:,} pages have",
        title_justify="left",
    )
    for name, found in summaries.items():
        rates, exact = found["presence"], found["exact"]
        shares = [f"{rates[score]:.3f}" for score in ("precision", "recall", "f1")]
        shares += [f"{rates[count]:,}" for count in ("right", "said")]
        shares += [f"{exact['family'] / max(exact['licensed'], 1):.3f}"]
        shares += [f"{exact[what] / max(exact['versioned'], 1):.3f}" for what in ("version", "jurisdiction")]
        table.add_row(name, *shares)
    return table


def families(summaries: dict[str, Figures]) -> Table:
    """Lay out F1, precision and recall by family: a row for each, the most frequent first."""
    title = "Is it of this family? F1 (precision, recall)"
    table = Table("family", "pages", *summaries, title=title, title_justify="left")
    for family, first in next(iter(summaries.values()))["families"].items():
        rates = [found["families"][family] for found in summaries.values()]
        cells = [f"{rate['f1']:.2f} ({rate['precision']:.2f}, {rate['recall']:.2f})" for rate in rates]
        table.add_row(family, f"{first['wanted']:,}", *cells)
    return table


def scopes(summaries: dict[str, Figures]) -> Table:
    """Lay out how many pages without a licence of their own are said to have one, by what they show."""
    title = "Wrongly taken for a licence of the page, by what is shown instead"
    table = Table("shown", "pages", *summaries, title=title, title_justify="left")
    for scope, (_, count) in next(iter(summaries.values()))["wrongly_taken"].items():
        taken = [found["wrongly_taken"][scope][0] for found in summaries.values()]
        table.add_row(scope, f"{count:,}", *(f"{number:,}" for number in taken))
    return table


def wishes(summaries: dict[str, Figures]) -> Table:
    """Lay out how often a wish not to be trained on is found; detectors that say nothing of it have no row."""
    title = "Does the page object to training?"
    table = Table("detector", "object", "found", "said", title=title, title_justify="left")
    for name, found in summaries.items():
        if rates := found["consent"]:
            table.add_row(name, *(f"{rates[count]:,}" for count in ("wanted", "right", "said")))
    return table


def spellings(found: dict[str, dict[str, str]]) -> Table:
    """Lay out which ways to state a licence are read: a row for each."""
    title = "Small pages, each with a licence stated in one way"
    table = Table("stated", *found, title=title, title_justify="left")
    for stated in next(iter(found.values())):
        table.add_row(stated, *(said[stated] for said in found.values()))
    return table


def costs(found: Cost, peers: dict[str, float]) -> Table:
    """Lay out processor time for each page, and what share of resiliparse's it is."""
    title = f"Processor time, {found.pages:,} pages of a crawl, best of {found.rounds} rounds"
    table = Table(
        "part", "µs a page", "of resiliparse", "median page, µs", "worst, µs", title=title, title_justify="left"
    )
    whole = found.seconds[0]
    for part, seconds, *pages in zip(PARTS, found.seconds, found.median, found.worst, strict=True):
        table.add_row(part, *_time(seconds, found.pages, whole), *(f"{one * 1e6:,.0f}" for one in pages))
    for name, seconds in peers.items():
        table.add_row(f"Dolma's {name}", *_time(seconds, found.pages, whole), "", "")
    return table


def _time(seconds: float, pages: int, whole: float) -> tuple[str, str]:
    return f"{seconds / pages * 1e6:,.1f}", f"{seconds / whole:.2%}"
