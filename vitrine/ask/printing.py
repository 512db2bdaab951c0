"""How answers are printed: as JSON, or in tables in which text from the web is text and nothing else."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.answer import Answer
from provenance.opened import open_release
from provenance.questions import put
from provenance.several import find_releases
from vitrine.rights import plain

Draw = Callable[[Console, Any], None]


def ask(  # noqa: PLR0913  # who is asked, what, and how it is shown
    release: str, question: str, given: Sequence[Any], draw: Draw, *, as_json: bool, named: dict[str, Any] | None = None
) -> None:
    """Put a question to a release, or to all that lie in a folder, and print each answer as it comes."""
    found = find_releases(release)
    for root in found:
        with open_release(root) as opened:
            answer = put(opened, question, *given, **(named or {}))
        if len(found) > 1 and not as_json:
            screen().rule(Text(plain(answer.release), "bold"), align="left")
        show_answer(answer, draw, as_json=as_json)


def show_answer(answer: Answer[Any], draw: Draw, *, as_json: bool) -> None:
    """Print an answer: the envelope for programs, else as `draw` has it, and what can be relied on."""
    if as_json:
        print(json.dumps(answer.plain(), ensure_ascii=False, allow_nan=False))  # noqa: T201  # what a command prints
        return
    console = screen()
    draw(console, answer.answer)
    if answer.guarantee:
        console.print(Text(f"\n{answer.guarantee}", "dim"))


def screen() -> Console:
    """Open the terminal for text that means nothing to it: no markup, no emoji names, no colours for numbers."""
    return Console(highlight=False, markup=False, emoji=False)


def table(title: str, headings: Iterable[str], rows: Iterable[Sequence[object]]) -> Table:
    """Make a table; a number is put to the right, and None is nothing."""
    rows = [*rows]
    made = Table(title=Text(plain(title), "bold"), title_justify="left")
    for place, heading in enumerate(headings):
        numbers = all(isinstance(row[place], int | float | None) and not isinstance(row[place], bool) for row in rows)
        made.add_column(Text(plain(heading)), overflow="fold", justify="right" if numbers and rows else "left")
    for row in rows:
        made.add_row(*(Text(cell(value)) for value in row))
    return made


def cell(value: object) -> str:
    """Write a value for one cell, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return plain(", ".join(cell(part) for part in value))
    return plain(str(value))


def words(limits: dict[str, Any]) -> str:
    """Write a step's limits."""
    said = (
        f"{name} = {' '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in limits.items()
    )
    return plain(", ".join(said))[:120]


def facts(console: Console, lines: Iterable[tuple[str, object]]) -> None:
    """Print names with their values, one a line; what is None is left out."""
    for name, value in lines:
        if value is not None:
            console.print(Text(f"{name:<12}{cell(value)}"), soft_wrap=True)


def readable(text: str) -> str:
    """Keep the lines of a text; whatever else could steer a terminal becomes a replacement character."""
    return "".join(one if one.isprintable() or one == "\n" else "\t" if one == "\t" else "\ufffd" for one in text)
