"""`vitrine filter`: what one filter cost, and whom."""

from rich.console import Console

from provenance.filter_cost import FilterCost
from vitrine.ask.printing import ask, facts, table, words


def print_filter(release: str, name: str, count: int, seed: int, *, as_json: bool) -> None:
    """Tell what a filter cost, with samples of what it dropped."""
    ask(release, "filter", (name, count, seed), draw, as_json=as_json)


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
        rows = [(one.signal, one.url or one.id, one.failed) for one in found.samples]
        console.print(table("samples; their texts are not in the release", ("measured", "address", "fails"), rows))
