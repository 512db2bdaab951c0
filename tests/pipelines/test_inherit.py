"""Recipes extend one another, and one recipe may hold a variant for each language."""

from pathlib import Path

import pytest

from pipelines.inherit import bundled, choices, load_table
from pipelines.mistakes import RecipeError, UsageError
from pipelines.recipe import Recipe

BASE = """
name = "base"
purpose = "To stand on."
[source]
inputs = ["here"]
dump = "A"
[[steps]]
use = "word_count"
low = 3
high = 9
units = {words = "unicode", lines = "unicode"}
[[steps]]
use = "stop_words"
"""
ABOVE = """
extends = "base.toml"
name = "above"
purpose = "To stand above."
remove = ["stop_words"]
[source]
dump = "B"
[[steps]]
use = "word_count"
low = 5
units.words = "segmented"
[[steps]]
use = "alphabetic_words"
[[steps]]
use = "hash_ratio"
before = "word_count"
"""


@pytest.fixture
def above(tmp_path: Path) -> Path:
    """Write a recipe and one that extends it."""
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "above.toml").write_text(ABOVE)
    return tmp_path / "above.toml"


def test_what_is_said_above_lies_on_what_is_said_below(above: Path) -> None:
    recipe = Recipe.load(str(above))
    assert (recipe.name, recipe.source.inputs, recipe.source.dump) == ("above", ("here",), "B")
    assert [step.name for step in recipe.steps] == ["hash_ratio", "word_count", "alphabetic_words"]
    limits = recipe.steps[1].model_dump()
    assert (limits["low"], limits["high"]) == (5, 9)
    assert limits["units"] == {"words": "segmented", "lines": "unicode"}


def test_the_digest_is_that_of_the_whole(above: Path) -> None:
    before = Recipe.load(str(above)).digest
    base = above.with_name("base.toml")
    base.write_text(base.read_text().replace("high = 9", "high = 10"))
    assert Recipe.load(str(above)).digest != before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('remove = ["stop_words"]', 'remove = ["stop_word"]', "did you mean 'stop_words'"),
        ('before = "word_count"', 'before = "word_cout"', "did you mean 'word_count'"),
        ('extends = "base.toml"', "extends = 3", "expected the name of a recipe"),
        ('extends = "base.toml"', 'extends = "above.toml"', "in a circle"),
    ],
)
def test_a_wrong_word_is_named(above: Path, old: str, new: str, said: str) -> None:
    above.write_text(ABOVE.replace(old, new))
    with pytest.raises(RecipeError, match=said):
        Recipe.load(str(above))


def test_a_base_that_is_not_there_is_named(above: Path) -> None:
    above.write_text(ABOVE.replace("base.toml", "fine-web"))
    with pytest.raises(UsageError, match="did you mean 'fineweb'"):
        Recipe.load(str(above))


@pytest.fixture
def varied(tmp_path: Path) -> str:
    """Write a recipe with two variants."""
    table = tmp_path / "table.tsv"
    table.write_text(
        "variant\tunits.words\tword_count.low\tstop_words.words\n"
        'one_Latn\t"unicode"\t7\t["de", "le"]\n'
        'two_Cyrl\t"whitespace"\t8\toff\n'
    )
    (tmp_path / "varied.toml").write_text(f'variants = "{table}"\n{BASE}')
    return str(tmp_path / "varied.toml")


def test_a_variant_sets_limits_and_takes_steps_away(varied: str) -> None:
    one, two = (Recipe.load(f"{varied}:{variant}") for variant in ("one_Latn", "two_Cyrl"))
    assert (one.name, one.units.words, two.name) == ("base.one-latn", "unicode", "base.two-cyrl")
    assert [step.name for step in two.steps] == ["word_count"]
    assert one.steps[1].model_dump()["words"] == ("de", "le")
    assert [recipe.steps[0].model_dump()["low"] for recipe in (one, two)] == [7, 8]


def test_a_variant_must_be_named(varied: str) -> None:
    with pytest.raises(UsageError, match=r"2 variants: name one of them, such as base:one_Latn"):
        Recipe.load(varied)
    with pytest.raises(UsageError, match="did you mean 'one_Latn'"):
        Recipe.load(f"{varied}:one_Lat")


def test_what_has_no_variants_takes_none() -> None:
    with pytest.raises(UsageError, match="has no variants"):
        load_table("sample:fr")


def test_every_variant_of_a_bundled_recipe_is_right() -> None:
    found = [choices(name) for name in bundled()]
    assert max(map(len, found)) > 1900
    for names in found:
        for name in names[:: max(1, len(names) // 40)]:
            assert Recipe.load(name).steps
