"""What was cut out as a repeat is counted by kind, and a Bloom filter says how often it was wrong."""

from functools import partial
from pathlib import Path
from typing import Any

from datasheets.datasheet import Section
from datasheets.passages import passages
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section
from tests.provenance.ledgers import edited

RECIPE = Recipe.parse(
    'name = "r"\npurpose = ""\n[[dedup.passages]]\nkind = "lines"\nbloom = { items = 100, rate = 0.25 }\n'
    '[[dedup.passages]]\nkind = "substrings"\n'
)
LOST = {"outcome": "duplicate", "failed": [], "content_bytes": 1, "text_bytes": 0, "dropped_by": "shared_lines"}
ROWS: list[list[dict[str, Any]]] = [
    [kept(edits=[edited("shared_lines", 2, 9, 0), edited("mask_emails", 1, 5, 5)])],
    [kept(edits=[]), LOST | {"edits": [edited("shared_lines", 1, 4, 0)]}],
]


def asked(folder: Path, recipe: Recipe, found: Any = ()) -> tuple[Section, ...]:
    return section(folder, partial(passages, found=found), recipe, ROWS)


def test_parts_documents_and_removals_are_counted(tmp_path: Path) -> None:
    (found,) = asked(tmp_path, RECIPE)
    assert answered(found) == (("shared_lines", 3, 13, 2, 1), ("shared_substrings", 0, 0, 0, 0))
    assert found.words[1].endswith("at most 0.25 of them, once it holds 100.")


def test_a_filter_that_was_asked_states_its_rate(tmp_path: Path) -> None:
    bloom = {"items": 120, "bits": 320, "probes": 2, "rate": 0.2788}
    (found,) = asked(tmp_path, RECIPE, [{"method": "shared_lines", "bloom": bloom}])
    assert "held 120 parts in 320 bits with 2 probes, and did so at a rate of 0.28" in found.words[1]
    assert found.words[1].endswith("it expects too few.")


def test_a_recipe_that_cuts_nothing_has_no_such_section(tmp_path: Path) -> None:
    assert asked(tmp_path, Recipe.parse('name = "r"\npurpose = ""\n[dedup]')) == ()
