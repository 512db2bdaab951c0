"""`vitrine compare`: two records side by side."""

from rich.console import Console

from provenance.compare import Comparison
from vitrine.ask.printing import ask, plain, table


def print_comparison(release: str, a: str, b: str, *, as_json: bool) -> None:
    """Set two records side by side."""
    ask(release, "compare", (a, b), draw, as_json=as_json)


def draw(console: Console, found: Comparison) -> None:
    """Draw every step with what it said of both; an arrow shows where they differ."""
    console.print(plain(found.says), soft_wrap=True)
    if found.steps:
        rows = [
            ("" if one.same else ">", one.step, one.a_signal, one.a_verdict, one.b_signal, one.b_verdict)
            for one in found.steps
        ]
        title = f"A {found.a.wanted}, B {found.b.wanted}"
        console.print(table(title, ("", "step", "A measured", "A", "B measured", "B"), rows))
