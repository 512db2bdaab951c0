"""Renders a datasheet as one page of Markdown. Every table is followed by its query, and so is the lack of one."""

import re
from collections.abc import Sequence
from typing import Any

from datasheets.datasheet import Datasheet, Section
from datasheets.numbers import percent, whole
from datasheets.untrusted import prose, shown
from provenance.question import Answer
from provenance.release import VIEW

#: what stands for no value
ABSENT = "–"  # noqa: RUF001  # a dash, as tables have it

_BLOCKS = re.compile("[█▉▊▋▌▍▎▏]+")


def render(datasheet: Datasheet) -> str:
    """Write the page."""
    purpose = [f"> {prose(datasheet.purpose)}"] if datasheet.purpose.strip() else []
    parts = [
        f"# {datasheet.title}",
        " ".join(datasheet.label),
        *purpose,
        f"Recipe {shown(datasheet.recipe)}, digest {shown(datasheet.recipe_digest, 64)}.",
        *(part for section in datasheet.sections for part in _section(section)),
        "## How to ask again",
        "Under each table stands its query. In the folder of the release, DuckDB runs it after this:",
        fenced(VIEW),
    ]
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> list[str]:
    answer = section.answer
    rows = [table(answer)] if answer and answer.rows else []
    return [f"## {section.heading}", *section.words, *rows, *([query(answer)] if answer else [])]


def table(answer: Answer) -> str:
    """Write an answer as a table; numbers stand to the right."""
    heads = [column.replace("_", " ") for column in answer.columns]
    marks = ["---:" if _is_numeric([row[place] for row in answer.rows]) else "---" for place in range(len(heads))]
    body = [[cell(name, value) for name, value in zip(answer.columns, row, strict=True)] for row in answer.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, marks, *body))


def query(answer: Answer) -> str:
    """Write the query of an answer, folded."""
    return f"<details><summary>SQL</summary>\n\n{fenced(answer.question.sql)}\n\n</details>"


def fenced(sql: str) -> str:
    """Write SQL as a block of code, whatever it holds."""
    longest = max((len(run) for run in re.findall("`+", sql)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}sql\n{sql.strip()}\n{fence}"


def cell(column: str, value: Any) -> str:  # noqa: ANN401  # whatever DuckDB gives
    """Write one value: a float in a column named `share...` as a percentage, any text as untrusted."""
    match value:
        case None:
            return ABSENT
        case bool():
            return "yes" if value else "no"
        case int():
            return whole(value)
        case float():
            return percent(value) if column.startswith("share") else f"{value:,.2f}"
        case _:
            return _text(column, str(value))


def _text(column: str, value: str) -> str:
    if column == "meaning":
        return prose(value)
    # A bar is drawn by DuckDB and padded to its full width.
    return value.strip() if column == "bar" and _BLOCKS.fullmatch(value.strip() or "█") else shown(value)


def _is_numeric(values: Sequence[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known)
