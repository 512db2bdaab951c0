"""What earlier releases hold is counted by release, those without any included."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from datasheets.datasheet import Section
from datasheets.earlier import earlier
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section

RECIPE = Recipe.parse('name = "r"\npurpose = ""\n[dedup]\n')
CUTTING = Recipe.parse('name = "r"\npurpose = ""\n[dedup]\n[[dedup.passages]]\nkind = "lines"\n')
HELD = {"outcome": "duplicate", "dropped_by": "exact_text", "failed": [], "content_bytes": 9, "extracted_bytes": 5}
ROWS: list[list[dict[str, Any]]] = [
    [kept(), HELD | {"survivor_release": "x@1"}, HELD | {"survivor_release": "x@1"}],
    [HELD | {"survivor_release": None}, HELD | {"survivor_release": "w'|<b>@9"}],
]


def asked(folder: Path, recipe: Recipe, releases: tuple[str, ...]) -> tuple[Section, ...]:
    return section(folder, partial(earlier, releases=releases), recipe, ROWS)


def test_documents_are_counted_by_the_release_that_holds_them(tmp_path: Path) -> None:
    (found,) = asked(tmp_path, RECIPE, ("y@2", "x@1"))
    assert answered(found) == (("y@2", 0, 0), ("x@1", 2, 10), ("w'|<b>@9", 1, 5))


@pytest.mark.parametrize(("recipe", "words"), [(RECIPE, 1), (CUTTING, 2)])
def test_parts_are_spoken_of_where_they_are_cut(tmp_path: Path, recipe: Recipe, words: int) -> None:
    (found,) = asked(tmp_path, recipe, ("y'@2",))
    assert len(found.words) == words


def test_a_run_that_knows_no_earlier_release_has_no_such_section(tmp_path: Path) -> None:
    assert asked(tmp_path, RECIPE, ()) == ()
