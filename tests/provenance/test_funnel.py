"""The funnel counts every record once, in the recipe's order, and says so where it cannot."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.funnel import funnel, steps
from provenance.question import Answer, ask
from provenance.release import open_ledger
from tests.provenance.ledgers import RECIPE, ROWS, write_ledger


def answer(folder: Path, recipe: Recipe, rows: Any = ROWS) -> Answer:
    store = Store.at(folder)
    write_ledger(store, recipe, rows)
    with open_ledger(store, [f"ledger/{number:05d}.parquet" for number in range(len(rows))]) as connection:
        return ask(connection, funnel(recipe))


def test_each_record_is_counted_once(tmp_path: Path) -> None:
    found = answer(tmp_path, RECIPE)
    assert found.columns == ("step", "outcome", "records", "share", "bytes", "conserved")
    assert found.rows == (
        ("read", None, 10, 1.0, 1702, True),
        ("not_response", "error", 1, 0.1, 5, True),
        ("http_status", "error", 1, 0.1, 7, True),
        ("not_html", "error", 1, 0.1, 1000, True),
        ("language", "dropped", 2, 0.2, 130, True),
        ("word_count", "dropped", 1, 0.1, 50, True),
        ("hash_ratio", "dropped", 0, 0.0, 0, True),
        ("mean_word_length", "dropped", 0, 0.0, 0, True),
        ("exact_text", "duplicate", 1, 0.1, 100, True),
        ("minhash", "duplicate", 1, 0.1, 110, True),
        ("kept", "kept", 2, 0.2, 300, True),
    )


def test_an_empty_ledger_has_no_shares(tmp_path: Path) -> None:
    found = answer(tmp_path, RECIPE, ((),))
    assert found.rows[0] == ("read", None, 0, None, 0, True)
    assert {row[2:] for row in found.rows} == {(0, None, 0, True)}


@pytest.mark.parametrize(
    "stranger",
    [
        {"outcome": "dropped", "dropped_by": "a_filter_of_another_recipe"},
        {"outcome": "dropped"},
        {"outcome": "error", "dropped_by": "word_count"},
        {"outcome": "kept", "dropped_by": "word_count"},
        {"dropped_by": "word_count"},
        {},
    ],
)
def test_a_fate_that_the_recipe_cannot_give_breaks_conservation(tmp_path: Path, stranger: dict[str, Any]) -> None:
    found = answer(tmp_path, RECIPE, (*ROWS, ({"id": "x", **stranger},)))
    assert {row["conserved"] for row in found.records} == {False}
    assert found.rows[0][2] == 11


@pytest.mark.parametrize(
    ("dedup", "methods"),
    [
        ("", []),
        ("[dedup.minhash]", ["exact_text", "minhash"]),
        ("[dedup]", ["exact_text"]),
        ("[dedup]\nexact = []\n[dedup.minhash]", ["minhash"]),
    ],
)
def test_only_what_the_recipe_looks_for_is_a_step(dedup: str, methods: list[str]) -> None:
    recipe = Recipe.parse(f'name = "r"\npurpose = ""\n{dedup}')
    assert [step for outcome, step in steps(recipe) if outcome == "duplicate"] == methods
    assert steps(recipe)[-1] == ("kept", "kept")
