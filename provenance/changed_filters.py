"""A recipe's filters with other limits, as a person sets them: `word_count.low=20`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from filters.catalog import nearest
from filters.filter import Filter
from pipelines.mistakes import UsageError, explain
from pipelines.recipe import Recipe
from provenance.answer import plain
from provenance.rejudge import judging_fields


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one filter."""

    filter: str
    field: str
    before: Any
    after: Any


def changed_filters(recipe: Recipe, settings: Sequence[str]) -> tuple[list[Filter], list[Filter], tuple[Change, ...]]:
    """Give the recipe's filters as they are and as the settings would have them."""
    before = [*recipe.filters]
    after, changes = [*before], list[Change]()
    places = {rule.column: place for place, rule in enumerate(before)}
    for setting in settings:
        name, word, value = _read(setting)
        if name not in places:
            raise UsageError(f"the recipe has no filter {name[:80]!r}{nearest(name[:80], places)}")
        place = places[name]
        after[place], change = _with(after[place], word, value)
        changes.append(change)
    if not changes:
        raise UsageError("expected at least one setting, such as --set word_count.low=20")
    return before, after, tuple(changes)


def _read(setting: str) -> tuple[str, str, Any]:
    """Read `FILTER.FIELD=VALUE`."""
    path, equals, text = setting.partition("=")
    name, dot, word = path.strip().partition(".")
    if not (equals and dot and name and word):
        raise UsageError(f"expected FILTER.LIMIT=VALUE, such as word_count.low=20, got {setting[:80]!r}")
    try:
        return name, word, tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return name, word, [part.strip() for part in text.split(",")] if "," in text else text.strip()


def _with(rule: Filter, word: str, value: Any) -> tuple[Filter, Change]:  # noqa: ANN401  # any plain value
    if word not in judging_fields(rule):
        known = ", ".join(sorted(judging_fields(rule)))
        why = (
            "decides what is measured: only a run can tell"
            if word in type(rule).model_fields
            else "is none of its words"
        )
        raise UsageError(f"{rule.column}.{word[:80]} {why}; what can be changed here: {known}")
    old = getattr(rule, word)
    value = [value] if isinstance(old, tuple) and isinstance(value, str) else value
    try:
        new = type(rule).model_validate({**rule.model_dump(), word: value})
    except ValidationError as error:
        raise UsageError(
            "; ".join(f"{rule.column}.{place}: {said}" for place, said in explain(error, type(rule)))
        ) from error
    return new, Change(rule.column, word, plain(old), plain(getattr(new, word)))
