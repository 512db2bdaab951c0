"""A datasheet holds every room, and says where the ledger contradicts the recipe."""

from pathlib import Path

from datasheets.datasheet import Datasheet
from datasheets.explain import ROOMS, explain
from pipelines.recipe import Recipe
from tests.datasheets.asking import Rows, section
from tests.provenance.ledgers import RECIPE, ROWS


def explained(folder: Path, recipe: Recipe = RECIPE, rows: Rows = ROWS) -> Datasheet:
    return section(folder, explain, recipe, rows)  # type: ignore[arg-type,return-value]


def test_every_room_has_a_section(tmp_path: Path) -> None:
    found = explained(tmp_path)
    headings = [part.heading for part in found.sections]
    assert len(headings) == len(set(headings)) == len(ROOMS)
    assert (found.title, found.recipe, found.recipe_digest) == ("Datasheet of small", "small", RECIPE.digest)
    assert found.label[-1] == "Every record is accounted for."


def test_every_number_has_a_query_and_every_query_its_own_name(tmp_path: Path) -> None:
    answers = [part.answer for part in explained(tmp_path).sections]
    names = [answer.question.name for answer in answers if answer]
    assert len(names) == len(set(names)) == len(ROOMS)
    assert all(answer.question.purpose.endswith("?") for answer in answers if answer)


def test_a_record_without_a_fate_is_said(tmp_path: Path) -> None:
    found = explained(tmp_path, rows=(*ROWS, ({"id": "x", "outcome": "lost"},)))
    assert "do not add up" in found.label[-1]


def test_the_barest_recipe_is_explained(tmp_path: Path) -> None:
    found = explained(tmp_path, Recipe.parse('name = "bare"\npurpose = ""'), ((),))
    assert found.label == ("No record was read, so this release holds no document.",)
