"""A recipe says everything that is wrong with it at once; its digest changes with what it decides and nothing else."""

from pathlib import Path

import pytest

from pipelines.recipe import Recipe, RecipeError, UsageError, bundled

GOOD = """
name = "good"
purpose = "To be right."

[[filters]]
use = "word_count"
low = 3
"""


def test_all_mistakes_are_reported_at_once_with_the_nearest_word() -> None:
    wrong = """
    name = "Not right"
    purpos = "x"
    filters = [{use = "word_cout"}, {use = "word_count", lo = 1}, {use = "alphabetic_words", low = 2}, {low = 3}, 7]
    edits = [{use = "mask_email"}]
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
        "filters.0.use",
        "filters.1.lo",
        "filters.2",
        "filters.3",
        "filters.4",
        "edits.0.use",
    }
    for hint in ("'purpose'", "'engine'", "'bands'", "'word_count'", "'low'", "'mask_emails'"):
        assert f"did you mean {hint}?" in str(caught.value)


def test_a_filter_stands_only_once() -> None:
    with pytest.raises(RecipeError, match="more than once"):
        Recipe.parse(GOOD + '[[filters]]\nuse = "word_count"\n')


def test_what_is_no_toml_says_where() -> None:
    with pytest.raises(RecipeError, match="at line 2"):
        Recipe.parse("name = 'x'\npurpose 3\n")


def test_filters_must_be_tables() -> None:
    with pytest.raises(RecipeError, match=r"\[\[filters\]\]"):
        Recipe.parse('name = "x"\npurpose = "y"\nfilters = "word_count"')


def test_an_unknown_recipe_is_answered_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="did you mean 'fineweb'"):
        Recipe.load("finweb")


def test_a_recipe_is_loaded_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    assert Recipe.load(str(path)).name == "good"


@pytest.mark.parametrize("name", bundled())
def test_bundled_recipes_are_right(name: str) -> None:
    assert Recipe.load(name).name == name


def test_the_digest_is_of_what_is_decided() -> None:
    digest = Recipe.parse(GOOD).digest
    assert Recipe.parse(GOOD.replace("low = 3", "low = 3.0  # the same number")).digest == digest
    assert Recipe.parse(GOOD.replace("To be right", "To be the same")).digest == digest
    assert Recipe.parse(GOOD.replace("low = 3", "low = 4")).digest != digest
    assert Recipe.parse(GOOD + "high = 99\n").digest != digest


def test_the_order_of_filters_is_part_of_the_recipe() -> None:
    more = '[[filters]]\nuse = "stop_words"\n'
    head, body = GOOD.split("[[filters]]")
    assert Recipe.parse(GOOD + more).digest != Recipe.parse(head + more + "[[filters]]" + body).digest
