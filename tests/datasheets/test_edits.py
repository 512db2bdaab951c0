"""Edits are counted over the kept documents; an edit that changed nothing is named."""

from pathlib import Path

from datasheets.edits import edits
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section
from tests.provenance.ledgers import edited


def test_edits_of_kept_documents(tmp_path: Path) -> None:
    found = section(tmp_path, edits)
    assert answered(found) == (("mask_emails", 2, 3, 48, 51), ("cap_newlines", 0, 0, 0, 0))
    assert found.words[-1] == "**Changed nothing on this run:** `cap_newlines`."


def test_a_recipe_without_edits_is_said(tmp_path: Path) -> None:
    found = section(tmp_path, edits, Recipe.parse('name = "r"\npurpose = ""'), ([kept()],))
    assert found.answer is None
    assert "edits nothing" in found.words[0]


def test_an_edit_that_stands_twice_is_counted_twice(tmp_path: Path) -> None:
    again = '[[steps]]\nuse = "cap_newlines"\n'
    recipe = Recipe.parse(f'name = "r"\npurpose = ""\n{again}{again}column = "again"')
    found = section(tmp_path, edits, recipe, ([kept(edits=[edited("again", 2, 5, 0)])],))
    assert answered(found) == (("cap_newlines", 0, 0, 0, 0), ("again", 1, 2, 5, 0))
