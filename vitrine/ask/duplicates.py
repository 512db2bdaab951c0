"""`vitrine duplicates`: who stands for whom, and why."""

from rich.console import Console

from provenance.duplicates import Duplicates
from vitrine.ask.printing import ask, plain, table


def print_duplicates(release: str, wanted: str, *, as_json: bool) -> None:
    """List the cluster of a document."""
    ask(release, "duplicates", (wanted,), draw, as_json=as_json)


def draw(console: Console, found: Duplicates) -> None:
    """Draw the members, the survivor first."""
    console.print(plain(found.says), soft_wrap=True)
    if found.members:
        rows = [
            (one.outcome, one.method, one.similarity, one.lost_by, one.survivor_has, one.this_has, one.url or one.id)
            for one in found.members
        ]
        headings = ("outcome", "method", "similar", "lost by", "survivor has", "this has", "address")
        console.print(table(f"prefer {', '.join(found.prefer) or 'nothing'}", headings, rows))
