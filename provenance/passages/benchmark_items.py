"""Items of a benchmark: the text of each, and which of its fields were read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: fields that are read, in this order, of an item without `text`; all that there are
FIELDS = (
    *("context", "passage", "instruction", "question", "query", "prompt", "input", "premise", "hypothesis"),
    *("sentence", "choices", "options", "answer", "answers", "target", "completion", "solution", "output"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item."""

    #: from 1 on
    line: int
    text: str
    #: where the text comes from
    fields: tuple[str, ...]


def read_items(lines: Iterable[str | bytes]) -> list[Item]:
    """Read items from lines of JSON: objects with `text`, or with any of `FIELDS`. Blank lines are none.

    Raises ValueError that names the line which is not such an object.
    """
    return [_item(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _item(number: int, line: str | bytes) -> Item:
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        raise ValueError(f"line {number}: expected a JSON object, got none: {error}") from error
    if not isinstance(value, dict):
        raise ValueError(f"line {number}: expected a JSON object, got {type(value).__name__}")  # noqa: TRY004  # of a file
    read = {name: _spelt(value.get(name)) for name in (("text",) if _spelt(value.get("text")) else FIELDS)}
    fields = tuple(name for name, text in read.items() if text)
    if not fields:
        raise ValueError(
            f"line {number}: expected `text`, `question` or another of {', '.join(FIELDS)}, got {list(value)}"
        )
    return Item(number, "\n".join(read[name] for name in fields), fields)


def _spelt(value: Any) -> str:  # noqa: ANN401  # any JSON value
    """Give a text, the texts of a list, or those of an object, each on a line of its own; nothing for other values."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(filter(None, map(_spelt, value))) if isinstance(value, list) else ""
