"""`vitrine check`, `explain`, `recipes` and `filters`: what there is, and what it means."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table

from datasheets.rules import limits
from filters.catalog import catalog, nearest
from filters.filter import Filter
from pipelines.canary import alive
from pipelines.inherit import bundled, choices
from pipelines.mistakes import UsageError
from pipelines.recipe import Recipe
from pipelines.resource import ResourceError, load_once, versions
from pipelines.steps import Step, plain


def describe_recipe(name: str, *, as_json: bool) -> str:
    """Say that a recipe is right, with its digest, and which of its filters no canary could wake.

    RecipeError says all that is wrong with it.
    """
    recipe = Recipe.load(name)
    steps = ", ".join([step.name for step in recipe.steps]) or "none"
    dead, why = silent(recipe)
    if as_json:
        facts = {"name": recipe.name, "digest": recipe.digest, "dropped_no_canary": dead, "not_tried": why or None}
        return json.dumps(facts)
    found = f"of no canary dropped anything: {', '.join(dead)}" if dead else "each drops one of the canaries"
    tried = f"not tried, because {why}" if why else found
    return f"recipe {recipe.name} is right\nsteps:   {steps}\nfilters: {tried}\ndigest:  {recipe.digest}"


def silent(recipe: Recipe) -> tuple[list[str], str]:
    """Name the filters that drop none of the canaries; or say why it cannot be tried here."""
    try:
        versions(recipe.packages)
        return [column for column, woken in alive(recipe, load_once(recipe.filters)).items() if not woken], ""
    except ResourceError as error:
        return [], str(error)


def explain_recipe(name: str, *, as_json: bool) -> None:
    """Print every step of a recipe with its limits and where it comes from."""
    recipe = Recipe.load(name)
    if as_json:
        steps = [plain(step) | {"source": step.source, "summary": summary(type(step))} for step in recipe.steps]
        facts = recipe.canonical() | {"digest": recipe.digest, "steps": steps}
        print(json.dumps(facts))  # noqa: T201  # what a command prints
        return
    console = Console(highlight=False)
    console.print(f"[bold]{recipe.name}[/bold]\n{' '.join(recipe.purpose.split())}\n", soft_wrap=True)
    units = ", ".join(f"{word} = {value}" for word, value in recipe.units)
    console.print(f"extract {recipe.extract.engine}; units: {units}\n")
    console.print(_steps_table(recipe))
    console.print(f"\ndigest {recipe.digest}")


def _steps_table(recipe: Recipe) -> Table:
    table = Table("", "step", "limits", "what it measures or changes", "source", title_justify="left", show_lines=True)
    for number, step in enumerate(recipe.steps, 1):
        named = step.name if step.column == step.name else f"{step.column} ({step.name})"
        table.add_row(str(number), named, _limits(step), summary(type(step)), step.source)
    return table


def _limits(step: Step, most: int = 120) -> str:
    text = limits(step)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " ..."


def list_recipes(*, as_json: bool) -> str:
    """List the bundled recipes with their purposes; of one with variants, the first stands for all."""
    found = {name: Recipe.load(choices(name)[0]) for name in bundled()}
    if as_json:
        facts = [
            {"name": name, "purpose": recipe.purpose.strip(), "digest": recipe.digest, "variants": choices(name)}
            for name, recipe in found.items()
        ]
        return json.dumps(facts) + "\n"
    return "\n".join(
        f"{_heading(name)}\n    {recipe.purpose.strip().replace(chr(10), chr(10) + '    ')}\n"
        for name, recipe in found.items()
    )


def _heading(name: str) -> str:
    count = len(choices(name))
    return name if count == 1 else f"{name}:VARIANT, of {count:,}, such as {choices(name)[0]}"


def describe_filters(name: str | None, *, as_json: bool) -> str:
    """List all filters, or explain one."""
    if name and name not in catalog():
        raise UsageError(f"no filter is named {name!r}{nearest(name, catalog())}")
    found = [catalog()[name]] if name else [*catalog().values()]
    if as_json:
        return json.dumps([facts(rule) for rule in found]) + "\n"
    if name:
        return explanation(found[0])
    width = max(map(len, catalog()))
    return "".join(f"{rule.name:<{width}}  {summary(rule)}\n" for rule in found)


def facts(rule: type[Filter]) -> dict[str, Any]:
    """Say what a filter is, as plain values."""
    return {
        "name": rule.name,
        "summary": summary(rule),
        "source": rule.source,
        "signal": str(rule.kind),
        "limits": rule().model_dump(mode="json"),
        "examples": dict(rule.examples),
        "costly": rule.costly,
    }


def summary(rule: type[Step]) -> str:
    """Take the first line of a step's documentation."""
    return (rule.__doc__ or "").strip().splitlines()[0]


def explanation(rule: type[Filter]) -> str:
    """Explain one filter whole."""
    found = facts(rule)
    limits = "".join(f"    {limit} = {value}\n" for limit, value in found["limits"].items() if value not in (None, ""))
    examples = "".join(
        f"    {'kept' if kept else 'dropped'}: {_short(text)}\n" for text, kept in found["examples"].items()
    )
    head = f"{rule.name}: {found['summary']}\nsignal: {found['signal']}\nsource: {rule.source}\n"
    return f"{head}limits:\n{limits}examples:\n{examples}"


def _short(text: str, most: int = 60) -> str:
    shown = json.dumps(text, ensure_ascii=False)
    return shown if len(shown) <= most else f"{shown[:most]}..."
