"""A recipe says everything that is wrong with it at once; its digest changes with what it decides and nothing else."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w

from pipelines.inherit import bundled, choices
from pipelines.mistakes import RecipeError, UsageError
from pipelines.recipe import Recipe

GOOD = """
name = "good"
purpose = "To be right."

[[steps]]
use = "word_count"
low = 3
"""


def test_all_mistakes_are_reported_at_once_with_the_nearest_word() -> None:
    wrong = """
    name = "Not right"
    purpos = "x"
    steps = [
        {use = "word_cout"}, {use = "word_count", lo = 1}, {use = "alphabetic_words", low = 2}, {low = 3}, 7,
        {use = "mask_email"}, {use = "hash_ratio", column = "Hash"}, {use = "ellipsis_ratio", column = "url"},
    ]
    [extract]
    engin = "resiliparse"
    seconds = 0
    [dedup.minhash]
    band = 3
    """
    with pytest.raises(RecipeError) as caught:
        Recipe.parse(wrong)
    assert dict(caught.value.mistakes).keys() == {
        "name",
        "purpose",
        "purpos",
        "extract.engin",
        "extract.seconds",
        "dedup.minhash.band",
        "steps.0.use",
        "steps.1.lo",
        "steps.2",
        "steps.3",
        "steps.4",
        "steps.5.use",
        "steps.6.column",
        "steps",
    }
    for hint in ("'purpose'", "'engine'", "'bands'", "'word_count'", "'low'", "'mask_emails'"):
        assert f"did you mean {hint}?" in str(caught.value)


def test_a_column_stands_only_once() -> None:
    again = '[[steps]]\nuse = "word_count"\n'
    with pytest.raises(RecipeError, match="more than once"):
        Recipe.parse(GOOD + again)
    assert [rule.column for rule in Recipe.parse(GOOD + again + 'column = "again"\n').filters] == [
        "word_count",
        "again",
    ]


def test_an_edit_stands_twice_by_columns_of_its_own() -> None:
    again = '[[steps]]\nuse = "cap_newlines"\n'
    with pytest.raises(RecipeError, match="'cap_newlines' is used more than once: give each a `column`"):
        Recipe.parse(GOOD + again + again)
    with pytest.raises(RecipeError, match="'word_count' is used more than once"):
        Recipe.parse(GOOD + again + 'column = "word_count"')
    recipe = Recipe.parse(GOOD + again + again + 'column = "again"\nmost = 1\n')
    assert [step.column for step in recipe.edits] == ["cap_newlines", "again"]
    assert recipe.canonical()["steps"][2] == {"use": "cap_newlines", "column": "again", "most": 1}


def test_what_is_no_toml_says_where() -> None:
    with pytest.raises(RecipeError, match="at line 2"):
        Recipe.parse("name = 'x'\npurpose 3\n")


def test_steps_must_be_tables() -> None:
    with pytest.raises(RecipeError, match=r"\[\[steps\]\]"):
        Recipe.parse('name = "x"\npurpose = "y"\nsteps = "word_count"')


def test_an_unknown_recipe_is_answered_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="did you mean 'fineweb'"):
        Recipe.load("finweb")


def test_a_recipe_is_loaded_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    assert Recipe.load(str(path)).name == "good"


@pytest.mark.parametrize("name", bundled())
def test_bundled_recipes_are_right(name: str) -> None:
    assert Recipe.load(choices(name)[0]).name.startswith(name)


def test_the_digest_is_of_what_is_decided() -> None:
    digest = Recipe.parse(GOOD).digest
    assert Recipe.parse(GOOD.replace("low = 3", "low = 3.0  # the same number")).digest == digest
    assert Recipe.parse(GOOD.replace("To be right", "To be the same")).digest == digest
    assert Recipe.parse(GOOD.replace("low = 3", "low = 4")).digest != digest
    assert Recipe.parse(GOOD + "high = 99\n").digest != digest


def test_the_order_of_filters_is_part_of_the_recipe() -> None:
    more = '[[steps]]\nuse = "stop_words"\n'
    head, body = GOOD.split("[[steps]]")
    assert Recipe.parse(GOOD + more).digest != Recipe.parse(head + more + "[[steps]]" + body).digest


def test_a_step_has_units_of_its_own() -> None:
    recipe = Recipe.parse(GOOD + 'units.words = "unicode"\n')
    (rule,) = recipe.filters
    assert (recipe.units.words, rule.units.over(recipe.units).words) == ("whitespace", "unicode")
    assert recipe.digest != Recipe.parse(GOOD).digest
    assert recipe.canonical()["steps"][0]["units"] == {"words": "unicode"}
    assert Recipe.parse(tomli_w.dumps(recipe.model_dump(include={"name", "purpose"}) | _steps(recipe))) == recipe


def test_a_step_without_units_of_its_own_says_nothing_of_them() -> None:
    assert "units" not in Recipe.parse(GOOD).canonical()["steps"][0]


@pytest.mark.parametrize(
    ("said", "path", "hint"),
    [
        ('units.words = "uniccode"', "steps.0.units.words", "'unicode'"),
        ('units.wrds = "unicode"', "steps.0.units.wrds", "did you mean 'words'?"),
        ('units = "unicode"', "steps.0.units", "dictionary"),
    ],
)
def test_wrong_units_of_a_step_are_named(said: str, path: str, hint: str) -> None:
    with pytest.raises(RecipeError) as caught:
        Recipe.parse(GOOD + said)
    ((place, message),) = caught.value.mistakes
    assert (place, hint in message) == (path, True), message


def test_what_the_units_of_a_step_need_is_needed() -> None:
    assert Recipe.parse(GOOD).packages == set()
    assert Recipe.parse(GOOD + 'units.sentences = "spacy"').packages == {"spacy"}


def _steps(recipe: Recipe) -> dict[str, Any]:
    return {"steps": recipe.canonical()["steps"]}
