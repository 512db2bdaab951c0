"""How recipes extend one another, and how one recipe holds a variant for each language: plain tables in, one out."""

import csv
import io
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from filters.catalog import nearest
from pipelines.mistakes import RecipeError, UsageError
from pipelines.resource import content

Table = dict[str, Any]

BUNDLED = files("pipelines.recipes")
#: words that say how a recipe is made from another; what is made has none of them
EXTENDS, REMOVE, BEFORE, VARIANTS = "extends", "remove", "before", "variants"
#: recipes that may stand on one another before it must be a circle
DEEPEST = 16


def bundled() -> list[str]:
    """Name the recipes that come with Vitrine."""
    return sorted(entry.name.removesuffix(".toml") for entry in BUNDLED.iterdir() if entry.name.endswith(".toml"))


def choices(name: str) -> list[str]:
    """Name all that a bundled recipe can be loaded as: its variants, or itself."""
    table = complete(_parse(*_read(name)), name)
    return [f"{name}:{variant}" for variant in variants(table)] if VARIANTS in table else [name]


def load_table(name: str) -> tuple[Table, str]:
    """Load a recipe as one plain table, and what to call it: `NAME`, `NAME:VARIANT` or a path of a TOML file."""
    base, _, variant = (name, "", "") if Path(name).is_file() or "://" in name else name.partition(":")
    text, where = _read(base)
    table = complete(_parse(text, where), where)
    return (vary(table, variant, where), where) if VARIANTS in table else (_plain(table, variant, where), where)


def complete(table: Table, where: str, depth: int = 0) -> Table:
    """Put what a recipe says on top of what the recipe that it extends says."""
    if EXTENDS not in table:
        return table
    if not isinstance(table[EXTENDS], str):
        raise RecipeError(where, [(EXTENDS, f"expected the name of a recipe, got {table[EXTENDS]!r}")])
    if depth == DEEPEST:
        raise RecipeError(where, [(EXTENDS, "recipes extend one another in a circle")])
    text, base = _read(_beside(table[EXTENDS], where))
    below = complete(_parse(text, base), base, depth + 1)
    return _merge(below, {word: value for word, value in table.items() if word != EXTENDS}, where)


@cache
def _rows(name: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(content(name).decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row.pop("variant"): row for row in rows}


def variants(table: Table) -> dict[str, dict[str, str]]:
    """Read a recipe's table of variants: for each its row, `column.limit` to what stands in the cell."""
    return _rows(table[VARIANTS])


def vary(table: Table, variant: str, where: str) -> Table:
    """Take one variant of a recipe: each cell sets a limit; one that says `off` removes the step."""
    found = variants(table)
    if variant not in found:
        hint = nearest(variant, found) if variant else f", such as {table['name']}:{next(iter(found))}"
        raise UsageError(f"{where} has {len(found):,} variants: name one of them{hint}")
    varied = {word: value for word, value in table.items() if word != VARIANTS}
    varied |= {"name": f"{table['name']}.{variant.lower().replace('_', '-')}", "units": dict(table.get("units", {}))}
    varied["steps"] = [dict(step) for step in table["steps"]]
    for cell, text in found[variant].items():
        _set(varied, cell, text)
    return varied


def _set(table: Table, cell: str, text: str) -> None:
    """Set what one cell says: a word of `[units]`, or a limit of the step with that column."""
    place, _, word = cell.partition(".")
    holder = table["units"] if place == "units" else next(step for step in table["steps"] if _key(step) == place)
    if text == "off":
        table["steps"].remove(holder)
    else:
        holder[word] = tomllib.loads(f"cell = {text}")["cell"]


def _plain(table: Table, variant: str, where: str) -> Table:
    if variant:
        raise UsageError(f"{where} has no variants: leave out :{variant}")
    return table


def _read(name: str) -> tuple[str, str]:
    """Read a bundled recipe by its name or a file by its path; say what to call it."""
    path = Path(name)
    if path.suffix != ".toml" and name in bundled():
        return BUNDLED.joinpath(f"{name}.toml").read_text("utf-8"), f"recipe {name}"
    if not path.is_file():
        hint = nearest(name, bundled()) or f"; bundled are: {', '.join(bundled())}"
        raise UsageError(f"{name}: no bundled recipe has this name and no file is there{hint}")
    return path.read_text("utf-8"), name


def _beside(name: str, where: str) -> str:
    """Find a recipe's base: a path is relative to the file that names it."""
    return str(Path(where).parent / name) if name.endswith(".toml") else name


def _parse(text: str, where: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(where, [("TOML", str(error))]) from error


def _merge(below: Table, above: Table, where: str) -> Table:
    """Merge tables word by word; steps by their columns."""
    merged = {word: _over(below.get(word), value) for word, value in above.items() if word not in {"steps", REMOVE}}
    steps = _remaining(below.get("steps", []), above.get(REMOVE, []), where)
    for step in above.get("steps", []):
        steps = _with(steps, step, where)
    return below | merged | {"steps": steps}


def _over(below: object, above: object) -> object:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {word: _over(below.get(word), value) for word, value in above.items()}
    return above


def _remaining(steps: list[Table], removed: list[str], where: str) -> list[Table]:
    unknown = [name for name in removed if name not in map(_key, steps)]
    if unknown:
        hints = [(REMOVE, f"no step below is {name!r}{nearest(name, map(_key, steps))}") for name in unknown]
        raise RecipeError(where, hints)
    return [step for step in steps if _key(step) not in removed]


def _with(steps: list[Table], step: Table, where: str) -> list[Table]:
    """Change the step of the same column where it stands, or put a new one: at the end, or before another."""
    before = step.get(BEFORE)
    step = {word: value for word, value in step.items() if word != BEFORE}
    keys = [_key(one) for one in steps]
    if _key(step) in keys and before is None:
        place = keys.index(_key(step))
        return [*steps[:place], {**steps[place], **step, **_units(steps[place], step)}, *steps[place + 1 :]]
    if before is not None and before not in keys:
        raise RecipeError(where, [(f"steps.{_key(step)}", f"no step below is {before!r}{nearest(before, keys)}")])
    place = len(steps) if before is None else keys.index(before)
    return [*steps[:place], step, *steps[place:]]


def _units(below: Table, above: Table) -> Table:
    """Merge a step's own units, the only table that it has."""
    return {"units": _over(below.get("units"), above["units"])} if "units" in above else {}


def _key(step: Mapping[str, Any]) -> str:
    return str(step.get("column") or step.get("use") or "")
