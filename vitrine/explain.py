"""`vitrine check`, `recipes` and `filters`: what there is, and what it means."""

import json
from typing import Any

from filters.catalog import catalog, nearest
from filters.filter import Filter
from pipelines.recipe import Recipe, UsageError, bundled


def describe_recipe(name: str) -> str:
    """Say that a recipe is right, with its digest; RecipeError says all that is wrong."""
    recipe = Recipe.load(name)
    steps = ", ".join([rule.name for rule in recipe.filters]) or "none"
    return f"recipe {recipe.name} is right\nfilters: {steps}\ndigest:  {recipe.digest}"


def list_recipes(*, as_json: bool) -> str:
    """List the bundled recipes with their purposes."""
    found = [Recipe.load(name) for name in bundled()]
    if as_json:
        plain = [{"name": recipe.name, "purpose": recipe.purpose.strip(), "digest": recipe.digest} for recipe in found]
        return json.dumps(plain) + "\n"
    return "\n".join(
        f"{recipe.name}\n    {recipe.purpose.strip().replace(chr(10), chr(10) + '    ')}\n" for recipe in found
    )


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


def summary(rule: type[Filter]) -> str:
    """Take the first sentence of a filter's documentation."""
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
