"""`vitrine what-if`: what other limits would change."""

from rich.console import Console
from rich.text import Text

from provenance.what_if import WhatIf
from vitrine.ask.printing import ask, facts, plain, table

#: documents that are shown to people
SHOWN = 20


def print_what_if(release: str, settings: list[str], listed: int, *, as_json: bool) -> None:
    """Judge all documents again with other limits."""
    ask(release, "what-if", (settings, listed), draw, as_json=as_json)


def draw(console: Console, found: WhatIf) -> None:
    """Draw what comes in and goes out."""
    for one in found.changes:
        console.print(Text(plain(f"{one.filter}.{one.field}: {one.before} -> {one.after}")), soft_wrap=True)
    facts(
        console,
        (
            ("pass", f"{found.passed_before:,} -> {found.passed_after:,} of {found.documents:,} documents"),
            ("come in", f"{found.entering:,} documents, {found.bytes_entering:,} bytes as extracted"),
            ("go out", f"{found.leaving:,} documents, {found.bytes_leaving:,} bytes as kept"),
            ("undecided", found.undecided or None),
            ("survivors", f"{found.survivors_leaving:,} of those that go out" if found.survivors_leaving else None),
        ),
    )
    for title, shifts in (("language", found.by_language), ("decided by", found.by_filter)):
        rows = [(one.name or "(none)", one.before, one.after, one.after - one.before) for one in shifts]
        console.print(table(title, (title, "before", "after", "change"), [row for row in rows if row[3]]))
    rows = [
        (one.before or "passes", "?" if one.undecided else one.after or "passes", one.url or one.id)
        for one in found.changed
    ]
    title = f"{found.changed_count:,} documents change; {min(SHOWN, len(rows))} are shown"
    console.print(table(title, ("before", "after", "address"), rows[:SHOWN]))
    for said in found.not_replayed:
        console.print(Text(plain(f"not replayed: {said}")), soft_wrap=True)
