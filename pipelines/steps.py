"""The steps of a recipe: filters and edits in the order in which they meet a text."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from filters.catalog import catalog, nearest
from filters.filter import Filter
from pipelines import ledger
from pipelines.edits.catalog import edits
from pipelines.edits.edit import Edit
from pipelines.mistakes import Mistake, explain

Step = Filter | Edit


def kinds() -> Mapping[str, type[Step]]:
    """Map each name that a step may `use` to its class: filters and edits share one set of names."""
    return {**catalog(), **edits()}


def read_steps(table: Mapping[str, Any]) -> tuple[tuple[Step, ...], list[Mistake]]:
    """Turn the tables `[[steps]]` into the filters and edits that they name, and say all that is wrong."""
    given = table.get("steps", [])
    if not isinstance(given, list):
        return (), [("steps", "expected tables under [[steps]]")]
    read = [_read_step(choice, f"steps.{number}") for number, choice in enumerate(given)]
    chosen = tuple(step for step, _ in read if step)
    return chosen, [*(mistake for _, found in read for mistake in found), *_clashes(chosen)]


def plain(step: Step) -> dict[str, Any]:
    """Give a step as the plain values that a recipe spells it with, every default included."""
    spelt = step.model_dump(mode="json")
    # Units of its own are a word of few steps: without them, none is said.
    own = {"units"} if not spelt.get("units") else set[str]()
    return {"use": step.name, **{word: value for word, value in spelt.items() if word not in own}}


def _read_step(choice: object, path: str) -> tuple[Step | None, list[Mistake]]:
    if not isinstance(choice, dict) or not isinstance(choice.get("use"), str):
        return None, [(path, 'expected a table with a word `use`, such as use = "word_count"')]
    use = choice["use"]
    if use not in kinds():
        return None, [(f"{path}.use", f"no filter or edit is named {use!r}{nearest(use, kinds())}")]
    limits = {name: value for name, value in choice.items() if name != "use"}
    try:
        chosen = kinds()[use].model_validate(limits)
    except ValidationError as error:
        return None, [(f"{path}.{place}", message) for place, message in explain(error, kinds()[use])]
    # What only measures may have limits that would drop nothing.
    judges = isinstance(chosen, Edit) or chosen.enforced
    return chosen, [(path, message) for message in chosen.mistakes()] if judges else []


def _clashes(steps: Sequence[Step]) -> list[Mistake]:
    """Find filters and edits that would have the same column."""
    ours = {name for name, _, _ in ledger.columns((), "all")}
    names = [step.column for step in steps]
    twice = sorted({name for name in names if names.count(name) > 1})
    taken = sorted({step.column for step in steps if isinstance(step, Filter)} & ours)
    return [
        *[("steps", f"{name!r} is used more than once: give each a `column` of its own") for name in twice],
        *[("steps", f"the column {name!r} is the ledger's own: choose another `column`") for name in taken],
    ]
