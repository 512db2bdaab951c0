"""`vitrine sample`: documents to read."""

from typing import Any

from rich.console import Console
from rich.text import Text

from pipelines.mistakes import UsageError
from provenance.sample import Sampled
from vitrine.ask.dropped_text import warn
from vitrine.ask.printing import ask, cell, plain, readable


def print_sample(release: str, name: str | None, named: dict[str, Any], *, as_json: bool) -> None:
    """Draw documents that are kept, that a filter dropped, or any; `named` has the options of `sample`."""
    if name and named.get("kept"):
        raise UsageError("expected --filter or --kept, got both: what a filter dropped is not kept")
    warn(dropped_text=named.get("dropped_text", False))
    ask(release, "sample", (name,), draw, as_json=as_json, named=named)


def draw(console: Console, found: Sampled) -> None:
    """Draw each document with its reason, and its text where the release has it."""
    for one in found.documents:
        console.print(Text(plain(one.url or one.id), "bold"), soft_wrap=True)
        reason = f" by {one.dropped_by}" if one.dropped_by else ""
        measured = f", measured {cell(one.signal)}" if one.signal is not None else ""
        failed = f"; fails {', '.join(one.failed)}" if one.failed else ""
        console.print(
            Text(plain(f"{one.outcome}{reason}{measured}{failed}; {one.language or 'no language'}")), soft_wrap=True
        )
        if (shown := one.text if one.snippet is None else one.snippet) is not None:
            console.print(Text(readable(shown)), soft_wrap=True)
        console.print()
    if any(one.outcome in {"dropped", "duplicate"} for one in found.documents):
        console.print(Text(f"Note: {found.says}.", "dim"), soft_wrap=True)
    if not found.documents:
        console.print("no document is there to be drawn")
