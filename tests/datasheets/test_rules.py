"""What a filter did is counted three ways, and what did nothing is named."""

from pathlib import Path

import pytest

from datasheets.rules import limits, rules
from filters.catalog import catalog
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section


def test_each_filter_is_counted(tmp_path: Path) -> None:
    assert answered(section(tmp_path, rules)) == (
        ("language", "allowed = en, model = lid.176.ftz", 7, 2, 1, 2, 2 / 7),
        ("word_count", "low = 3, high = 100000", 7, 1, 1, 2, 2 / 7),
        ("hash_ratio", "high = 0.1", 7, 0, 0, 0, 0.0),
        ("mean_word_length", "low = 3, high = 10", 0, 0, 0, 0, 0.0),
    )


def test_a_dead_rule_is_named(tmp_path: Path) -> None:
    words = " ".join(section(tmp_path, rules).words)
    assert "**Measured nothing on this run:** `mean_word_length`." in words
    assert "**Dropped nothing on this run:** `hash_ratio`." in words


def test_living_rules_are_said(tmp_path: Path) -> None:
    recipe = Recipe.parse('name = "r"\npurpose = ""\n[[steps]]\nuse = "word_count"')
    dropped = {"outcome": "dropped", "dropped_by": "word_count", "failed": ["word_count"], "word_count": 1}
    found = section(tmp_path, rules, recipe, ([dropped, kept(word_count=60)],))
    assert found.words[-1] == "Every filter measured something and dropped something."
    assert answered(found) == (("word_count", "low = 50, high = 100000", 2, 1, 1, 1, 0.5),)


def test_a_recipe_without_filters_is_said(tmp_path: Path) -> None:
    found = section(tmp_path, rules, Recipe.parse('name = "r"\npurpose = ""'), ([kept()],))
    assert (found.words, found.answer) == (("The recipe has no filters.",), None)


def test_a_costly_rule_that_was_never_asked_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog()["mean_word_length"], "costly", True)
    words = " ".join(section(tmp_path, rules).words)
    assert "Asked only about documents that every other filter keeps, because they are costly" in words
    assert "Perhaps no document was left to ask `mean_word_length` about." in words


def test_limits_name_no_folder() -> None:
    model = catalog()["language"].model_validate({"model": "/home/someone/models/lid.bin", "allowed": ["en", "fr"]})
    assert limits(model) == "allowed = en fr, model = lid.bin"


def test_units_of_its_own_are_said_with_the_limits() -> None:
    own = catalog()["alphabetic_words"].model_validate({"units": {"words": "unicode"}})
    assert limits(own) == "low = 0.8, units.words = unicode"


@pytest.mark.parametrize(
    ("low", "said"), [(0.65, "0.65"), (0, "0"), (1234567, "1234567"), (1234567.5, "1234567.5"), (1e-9, "1e-09")]
)
def test_limits_are_written_whole(low: float, said: str) -> None:
    assert limits(catalog()["word_count"].model_validate({"low": low})) == f"low = {said}, high = 100000"
