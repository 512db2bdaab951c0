"""The reference of recipes: every word, the edits, how duplicates are found, and the recipes that come with Vitrine."""

import inspect

from pydantic import BaseModel

from datasheets.rules import limits
from filters.document import documents
from filters.filter import Filter
from filters.texts import Texts
from filters.units import Units
from generator.comments import constants, meanings, sentence
from generator.markdown import block, code, page, quoted, table
from generator.words import snippet, words
from pipelines.dedup import survivors
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.profiles import PROFILES
from pipelines.dedup.repeated import KINDS, METHODS, Bloom
from pipelines.dedup.settings import Dedup
from pipelines.edits.apply import edit
from pipelines.edits.catalog import edits
from pipelines.edits.edit import Edit
from pipelines.inherit import bundled, choices
from pipelines.recipe import Extract, Output, Recipe, Rights, Source

PATH = "docs/recipes.md"
FILES = (
    "recipe.py",
    "inherit.py",
    "edits/*.py",
    "dedup/settings.py",
    "dedup/minhash.py",
    "dedup/profiles.py",
    "dedup/repeated.py",
    "dedup/passages.py",
    "dedup/substrings.py",
    "dedup/known_ngrams.py",
    "dedup/survivors.py",
    "recipes/*.toml",
)
SIMILARITIES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
TABLES = {
    "source": Source,
    "extract": Extract,
    "rights": Rights,
    "units": Units,
    "dedup": Dedup,
    "dedup.minhash": MinHash,
    "output": Output,
}


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
    steps = (
        "A table for each filter and edit, in the order in which they meet a text: `use` names it, the other words are "
        "its limits. [Each filter has a page](filters/README.md), edits are listed below. A filter sees the text as "
        "the edits before it left it; a filter or an edit that is used twice needs a `column` of its own each time. "
        "Edits after the last filter are made in what is kept only."
    )
    for name, model in TABLES.items():
        parts += [f"## `[{name}]`", inspect.getdoc(model) or "", words(model, name)]
        if name == "units":
            parts += [
                "## `[[steps]]`",
                steps,
                "Every filter has these words too:",
                table(("word", "meaning"), _shared()),
                "## Recipes that extend others",
                *_inheritance(),
            ]
    return parts


def _shared() -> list[tuple[str, str]]:
    said = meanings(Filter)
    return [(code(name), sentence(said[name])) for name in Filter.model_fields]


def _inheritance() -> list[str]:
    said = (
        '`extends = "NAME"` takes everything of another recipe, bundled or beside this file. Words of tables replace '
        "its words. A step with a column that is there already changes the limits that it names, where it stands; "
        'another is put at the end, or before the step that `before = "COLUMN"` names. `remove = ["COLUMN"]` leaves '
        "steps out. The release states the recipe that this gives, whole."
    )
    varied = (
        '`variants = "TABLE.tsv"` makes one recipe many: each row of the table is a variant, loaded as `NAME:VARIANT`, '
        "each cell under `column.limit` a value in TOML, or `off`, which removes the step."
    )
    return [said, varied]


def _edits() -> list[str]:
    head = (
        "Only edits change a text. What each one did to a document stands in the ledger's column `edits`, under the "
        "edit's name, or under the `column` that its step gives it, as it must where an edit is used twice."
    )
    return ["## Edits", head, *(part for kind in edits().values() for part in _edit(kind))]


def _edit(kind: type[Edit]) -> list[str]:
    step = kind()
    after, _ = edit(Texts(documents([*kind.examples])), (step,))
    rows = [(quoted(one), quoted(two)) for one, two in zip(kind.examples, after.column.to_pylist(), strict=True)]
    return [
        f"### `{kind.name}`",
        f"{inspect.getdoc(kind)} Source: {kind.source}.",
        words(kind),
        table(("before", "after"), rows),
        block(snippet("steps", kind.name, step), "toml"),
    ]


def _duplicates() -> list[str]:
    minhash = MinHash().resolved
    rows = [(f"{similarity:.2f}", f"{100 * minhash.chance(similarity):.2f} %") for similarity in SIMILARITIES]
    kept, order = (inspect.getdoc(survivors) or "").split("\n\n", 1)
    preferences = " or ".join(code(f'"{word}"') for word in survivors.Preference.__args__)
    return [
        "## How duplicates are found",
        inspect.getdoc(inspect.getmodule(Dedup)) or "",
        "With the default numbers, two texts are compared at all with this probability:",
        table(("Jaccard similarity of their shingles", "chance"), rows, numbers=(0, 1)),
        "A profile decides how a text is signed; numbers that a recipe names take the place of the profile's:",
        table(("profile", "tokens", "hash of a shingle", "bits", "n-gram", "bands x rows", "verified at"), _profiles()),
        "## Which duplicate is kept",
        kept,
        order,
        f"The words of `prefer` are {preferences}: {constants(survivors)['Preference']}.",
        *_passages(),
    ]


def _passages() -> list[str]:
    """Describe each kind of repeated parts: `[[dedup.passages]]`."""
    bloom = (
        "Where a kind has `bloom`, parts are remembered by a Bloom filter, in one stream of documents in the order of "
        "the inputs; the datasheet states how often it was wrong."
    )
    kinds = [
        part
        for kind in KINDS
        for part in (
            f'### `kind = "{kind.model_fields["kind"].default}"`',
            f"{_described(kind)}\n\nThe ledger says `{METHODS[kind.model_fields['kind'].default]}`.",
            words(kind, "dedup.passages"),
        )
    ]
    head = inspect.getdoc(inspect.getmodule(KINDS[0])) or ""
    return ["## `[[dedup.passages]]`", head, bloom, words(Bloom, "dedup.passages.bloom"), *kinds]


def _described(kind: type[BaseModel]) -> str:
    """Take the words of a kind and, where they are more, of what it is made of."""
    own, parts = inspect.getdoc(kind) or "", inspect.getdoc(kind.__mro__[1]) or ""
    return f"{own}\n\n{parts}"


def _profiles() -> list[tuple[str, ...]]:
    return [
        (
            code(name),
            one.tokens,
            one.hash,
            str(one.bits),
            str(one.ngram),
            f"{one.bands} x {one.rows}",
            str(one.verify or "no"),
        )
        for name, one in PROFILES.items()
    ]


def _bundled() -> list[str]:
    head = "`vitrine recipes` lists them, and `vitrine run NAME` takes each by its name."
    return [
        "## Bundled recipes",
        head,
        *(part for name in bundled() for part in _recipe(name, Recipe.load(choices(name)[0]))),
    ]


def _recipe(name: str, recipe: Recipe) -> list[str]:
    rows = [(str(place), _linked(step), _short(limits(step))) for place, step in enumerate(recipe.steps, 1)]
    units = ", ".join(f"{word} = {value}" for word, value in recipe.units)
    return [
        f"### `{name}`",
        sentence(" ".join(recipe.purpose.split())),
        *_variants(name),
        table(("", "step", "limits"), rows, numbers=(0,)),
        f"Text by {recipe.extract.engine}. Units: {units}. Duplicates: {_dedup(recipe.dedup)}.",
    ]


def _variants(name: str) -> list[str]:
    found = choices(name)
    return [f"It has {len(found):,} variants. The first, `{found[0]}`:"] if len(found) > 1 else []


def _linked(step: Filter | Edit) -> str:
    page = f"#{step.name}" if isinstance(step, Edit) else f"filters/{step.name}.md"
    link = f"[{code(step.name)}]({page})"
    return link if step.column == step.name else f"{link} as {code(step.column)}"


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _dedup(dedup: Dedup | None) -> str:
    if dedup is None:
        return "kept"
    ways = [f"equal {', '.join(dedup.exact)}"] if dedup.exact else []
    if dedup.minhash:
        chosen = dedup.minhash.resolved
        verified = f", verified at {chosen.verify}" if chosen.verify else ""
        ways += [f"MinHash over {chosen.ngram} tokens, {chosen.bands} bands of {chosen.rows} rows{verified}"]
    ways += [f"repeated {kind.kind.replace('_', ' ')} are cut out" for kind in dedup.passages]
    ways += ["each crawl by itself"] if dedup.scope == "dump" else []
    return "; ".join([*ways, *([f"prefers {', '.join(dedup.prefer)}"] if dedup.prefer else [])])
