"""A release without repeated parts: its ledger says what was cut, its texts are what is left, whoever made it."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from tests.releases import contents, curate_sample, ledger_rows, manifest

RECIPE = Recipe.parse(
    """
name = "cut"
purpose = "all kinds of repeated parts"

[dedup]
exact = []

[[dedup.passages]]
kind = "lines"
min_words = 3

[[dedup.passages]]
kind = "sentence_spans"

[[dedup.passages]]
kind = "paragraphs"

[[dedup.passages]]
kind = "ngrams"
bloom = { items = 100_000, rate = 0.001 }

[[dedup.passages]]
kind = "substrings"
min_bytes = 60
"""
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cut")
    curate_sample(folder, recipe=RECIPE)
    return folder


@pytest.fixture(scope="module")
def rows(release: Path) -> list[dict[str, Any]]:
    return ledger_rows(release)


def test_texts_are_what_the_ledger_says(release: Path, rows: list[dict[str, Any]]) -> None:
    texts = {row["id"]: row for path in (release / "data").iterdir() for row in pq.read_table(path).to_pylist()}
    kept = [row for row in rows if row["outcome"] == "kept"]
    assert len(kept) == len(texts) > 50
    for row in kept:
        text = texts[row["id"]]["text"].encode()
        assert row["text_bytes"] == len(text) > 0
        assert row["text_digest"] == blake2b(text, digest_size=16).hexdigest() == texts[row["id"]]["text_digest"]


def test_what_was_cut_is_an_edit(rows: list[dict[str, Any]]) -> None:
    cut = [(row, edit) for row in rows for edit in row["edits"] or () if edit["edit"] == "shared_lines"]
    assert len(cut) > 10
    assert all(edit["characters_removed"] > 0 == edit["characters_put"] for _, edit in cut)
    assert all(edit["count"] == len(edit["spans"]) for _, edit in cut)
    assert all(row["text_bytes"] < row["extracted_bytes"] for row, _ in cut)


def test_who_loses_all_is_a_duplicate_of_nobody_alone(release: Path, rows: list[dict[str, Any]]) -> None:
    fallen = [row for row in rows if row["dropped_by"] in {"shared_lines", "shared_spans", "known_ngrams"}]
    assert fallen
    assert all(row["outcome"] == "duplicate" and row["survivor"] is None is row["data_file"] for row in fallen)
    found = {one["method"]: one for one in manifest(release)["deduplication"]}
    assert sum(one["removed"] for one in found.values()) == sum(row["outcome"] == "duplicate" for row in rows)
    assert 0 < found["known_ngrams"]["bloom"]["rate"] < 0.001
    page = (release / "datasheet" / "datasheet.md").read_text()
    assert "asked a Bloom filter, which takes some new parts for known ones. At the end it held" in page


def test_workers_change_nothing(release: Path, tmp_path: Path) -> None:
    with LocalRunner(2) as runner:
        curate_sample(tmp_path, runner, recipe=RECIPE)
    assert contents(tmp_path) == contents(release)
