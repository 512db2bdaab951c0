"""The reference of recipes: every word, the edits, how duplicates are found, and the recipes that come with Vitrine."""

import inspect

from datasheets.rules import limits
from generator.comments import constants, sentence
from generator.markdown import block, code, page, quoted, table
from generator.words import snippet, words
from pipelines import survivors
from pipelines.deduplicate import Dedup
from pipelines.edit import EDITS, Edit
from pipelines.minhash import MinHash
from pipelines.recipe import Extract, Output, Recipe, Source, bundled

PATH = "docs/recipes.md"
FILES = ("recipe.py", "edit.py", "deduplicate.py", "minhash.py", "survivors.py", "recipes/*.toml")
SIMILARITIES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
TABLES = {"source": Source, "extract": Extract, "dedup": Dedup, "dedup.minhash": MinHash, "output": Output}


def pages() -> dict[str, str]:
    """Write the page."""
    files = [f"pipelines/{name}" for name in FILES if "*" not in name]
    return {PATH: page("Recipes", files, 1, *_reference(), *_edits(), *_duplicates(), *_bundled())}


def _reference() -> list[str]:
    head = (
        "A recipe is one TOML file. `vitrine check RECIPE` says everything that is wrong with it at once, with the "
        "nearest right word for a misspelt one; a word that is not listed here is refused."
    )
    parts = [head, inspect.getdoc(Recipe) or "", "## Words at the top", words(Recipe)]
    filters = (
        "A table for each filter, in the order in which they decide: `use` names it, the other words are its limits. "
        "[Each filter has a page](filters/README.md). A filter may stand in a recipe once."
    )
    edits = "A table for each edit, in the order in which they are applied: `use` names it. They are listed below."
    for name, model in TABLES.items():
        parts += [f"## `[{name}]`", inspect.getdoc(model) or "", words(model, name)]
        if name == "extract":
            parts += ["## `[[filters]]`", filters, "## `[[edits]]`", edits]
    return parts


def _edits() -> list[str]:
    head = "Only edits change a text. What each one did to a document stands in the ledger's column `edits`."
    return ["## Edits", head, *(part for kind in EDITS.values() for part in _edit(kind))]


def _edit(kind: type[Edit]) -> list[str]:
    edit = kind()
    rows = [(quoted(before), quoted(edit.apply(before)[0])) for before in kind.examples]
    return [
        f"### `{kind.name}`",
        f"{inspect.getdoc(kind)} Source: {kind.source}.",
        words(kind),
        table(("before", "after"), rows),
        block(snippet("edits", kind.name, edit), "toml"),
    ]


def _duplicates() -> list[str]:
    minhash = MinHash()
    rows = [(f"{similarity:.2f}", f"{100 * minhash.chance(similarity):.2f} %") for similarity in SIMILARITIES]
    kept, order = (inspect.getdoc(survivors) or "").split("\n\n", 1)
    preferences = " or ".join(code(f'"{word}"') for word in survivors.Preference.__args__)
    return [
        "## How duplicates are found",
        inspect.getdoc(inspect.getmodule(Dedup)) or "",
        "With the default numbers, two texts are compared at all with this probability:",
        table(("Jaccard similarity of their shingles", "chance"), rows, numbers=(0, 1)),
        "## Which duplicate is kept",
        kept,
        order,
        f"The words of `prefer` are {preferences}: {constants(survivors)['Preference']}.",
    ]


def _bundled() -> list[str]:
    head = "`vitrine recipes` lists them, and `vitrine run NAME` takes each by its name."
    return ["## Bundled recipes", head, *(part for name in bundled() for part in _recipe(Recipe.load(name)))]


def _recipe(recipe: Recipe) -> list[str]:
    rows = [
        (str(place), f"[{code(rule.name)}](filters/{rule.name}.md)", _short(limits(rule)))
        for place, rule in enumerate(recipe.filters, 1)
    ]
    edits = ", ".join(code(edit.name) for edit in recipe.edits) or "none"
    return [
        f"### `{recipe.name}`",
        sentence(" ".join(recipe.purpose.split())),
        table(("", "filter", "limits"), rows, numbers=(0,)),
        f"Text by {recipe.extract.engine}. Edits: {edits}. Duplicates: {_dedup(recipe.dedup)}.",
    ]


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _dedup(dedup: Dedup | None) -> str:
    if dedup is None:
        return "kept"
    ways = ["equal texts"] if dedup.exact else []
    if dedup.minhash:
        minhash = dedup.minhash
        ways += [f"MinHash over {minhash.ngram} tokens, {minhash.bands} bands of {minhash.rows} rows"]
    return "; ".join([*ways, *([f"prefers {', '.join(dedup.prefer)}"] if dedup.prefer else [])])
