"""`vitrine funnel`: where all records went."""

from rich.console import Console

from provenance.funnel_by import Funnel, Part
from vitrine.ask.printing import ask, table


def print_funnel(release: str, by: str | None, *, as_json: bool) -> None:
    """Follow all records through the recipe, and count them by language, domain, licence or crawl."""
    ask(release, "funnel", (by,), draw, as_json=as_json)


def draw(console: Console, found: Funnel) -> None:
    """Draw the steps, then the parts."""
    rows = [(one.step, one.outcome, one.records, f"{one.share or 0:.2%}", one.bytes) for one in found.steps]
    console.print(table("records", ("step", "outcome", "records", "share", "bytes"), rows))
    if found.by:
        parts = [
            (_name(one), one.records, one.errors, one.dropped, one.duplicates, one.kept, one.kept_bytes)
            for one in found.parts
        ]
        headings = (found.by, "records", "errors", "dropped", "duplicates", "kept", "bytes kept")
        console.print(table(f"by {found.by}", headings, parts))
    console.print(
        "conserved: every record is accounted for" if found.conserved else "NOT CONSERVED: records are missing"
    )


def _name(part: Part) -> str:
    return f"{part.parts:,} others" if part.others else part.part or "(none)"
