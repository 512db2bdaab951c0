"""`vitrine filter`: what one filter cost, and whom."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.filter_cost import FilterCost, Sample
from vitrine.ask.dropped_text import warn
from vitrine.ask.printing import ask, facts, table, words


def print_filter(  # noqa: PLR0913  # as many options as users need
    release: str, name: str, count: int, seed: int, *, dropped_text: bool, as_json: bool
) -> None:
    """Tell what a filter cost, with samples of what it dropped."""
    warn(dropped_text=dropped_text)
    ask(release, "filter", (name, count, seed), draw, as_json=as_json, named={"dropped_text": dropped_text})


def draw(console: Console, found: FilterCost) -> None:
    """Draw the counts, the parts that lost most, and the samples."""
    facts(
        console,
        (
            ("filter", found.filter),
            ("limits", words(found.limits) if found.enforced else "only measures"),
            ("measured", f"{found.measured:,} of {found.documents:,} documents"),
            ("in", found.came_in),
            ("out", found.went_out),
            ("dropped", f"{found.dropped_first:,} first, {found.dropped_alone:,} alone, {found.would_drop:,} at all"),
        ),
    )
    parts = (("language", found.by_language), ("licence", found.by_licence), ("top-level domain", found.by_tld))
    for name, lost in (*parts, ("domain", found.by_domain)):
        rows = [(one.part or "(none)", one.lost, one.reached) for one in lost if one.lost]
        if rows:
            console.print(table(f"lost most, by {name}", (name, "lost", "of"), rows))
    if found.samples:
        console.print(_samples(found.samples))
        console.print(Text(f"Note: {found.says}.", "dim"), soft_wrap=True)


def _samples(samples: Sequence[Sample]) -> Table:
    """Draw samples, with their texts or what may be seen of them, if there is anything."""
    texts = [one.text if one.snippet is None else one.snippet for one in samples]
    some = any(text is not None for text in texts)
    rows = [(one.signal, one.url or one.id, one.failed, text) for one, text in zip(samples, texts, strict=True)]
    headings = ("measured", "address", "fails", "text")
    return table("samples", headings if some else headings[:3], rows if some else [row[:3] for row in rows])
