"""Releases one after the other: what an earlier one holds is not kept again, and texts are compared with its texts."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.curation import curate
from flows.jobs import make_job
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from tests.releases import contents, ledger_rows, manifest, sample_inputs

RECIPE = Recipe.parse(
    """
name = "series"
purpose = "releases that know each other"

[dedup]
prefer = ["longest"]

[dedup.minhash]
verify = 0.8

[output]
fingerprints = true
"""
)


PARTS = Recipe.parse(
    """
name = "parts"
purpose = "releases that share no line"

[dedup]
exact = []

[[dedup.passages]]
kind = "lines"

[[dedup.passages]]
kind = "ngrams"
bloom = { items = 1_000_000, rate = 1e-6 }

[output]
fingerprints = true
"""
)


def release(out: Path, inputs: tuple[str, ...], earlier: tuple[str, ...] = (), recipe: Recipe = RECIPE) -> Path:
    with LocalRunner(1) as runner:
        curate(make_job(recipe, inputs, str(out), None, None, earlier=earlier), runner)
    return out


def lines_of(folder: Path) -> set[str]:
    texts = [row["text"] for path in folder.glob("data/*.parquet") for row in pq.read_table(path).to_pylist()]
    return {line for text in texts for line in text.split("\n") if line.strip()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(tmp_path_factory.mktemp("whole"), sample_inputs())


def test_a_release_after_itself_keeps_nothing(whole: Path, tmp_path: Path) -> None:
    again = release(tmp_path, sample_inputs(), (str(whole),))
    before = {row["id"]: row for row in ledger_rows(whole)}
    told = manifest(whole)
    label = f"series@{told['digest'][:16]}"
    assert manifest(again)["earlier"] == {"releases": [label], "held_twice": 0}
    page = (again / "datasheet" / "datasheet.md").read_text()
    assert "Earlier releases" in page
    assert f"{label} |" in page.replace("`", "").replace("\\", "")
    passed = [row for row in ledger_rows(again) if row["outcome"] in {"kept", "duplicate"}]
    assert len(passed) > 100
    for row in passed:
        old = before[row["id"]]
        assert row["survivor"] == (old["survivor"] or row["id"])
        assert (row["outcome"], row["survivor_release"]) == ("duplicate", label)
    # Pairs of texts were compared, those of what the first release had removed as well.
    assert {row["dropped_by"] for row in passed} >= {"exact_text"}
    assert {row["dropped_by"] for row in before.values()} >= {"minhash"}


def test_two_releases_hold_what_one_would(whole: Path, tmp_path: Path) -> None:
    files = sample_inputs()
    first = release(tmp_path / "first", files[:2])
    second = release(tmp_path / "second", files[2:], (str(first),))
    kept = [row for folder in (first, second) for row in ledger_rows(folder) if row["outcome"] == "kept"]
    assert len(kept) == sum(row["outcome"] == "kept" for row in ledger_rows(whole))
    clusters = {row["id"]: row["cluster"] or row["id"] for row in ledger_rows(whole)}
    assert {clusters[row["id"]] for row in kept} == {
        clusters[row["id"]] for row in ledger_rows(whole) if row["outcome"] == "kept"
    }
    later = [row for row in ledger_rows(second) if row["survivor_release"]]
    assert later
    assert {row["survivor"] for row in later} <= {row["id"] for row in kept}
    assert contents(release(tmp_path / "again", files[2:], (str(first),))) == contents(second)


def test_releases_in_a_row_share_no_line(tmp_path: Path) -> None:
    files = sample_inputs()
    first = release(tmp_path / "first", files[:2], recipe=PARTS)
    second = release(tmp_path / "second", files[2:], (str(first),), PARTS)
    third = release(tmp_path / "third", files, (str(first), str(second)), PARTS)
    held, new = lines_of(first), lines_of(second)
    assert len(held) > 100
    assert len(new) > 100
    assert not held & new
    assert not lines_of(third)
    # Without the first the second would hold some of its lines again.
    assert lines_of(release(tmp_path / "alone", files[2:], recipe=PARTS)) & held
    assert {row["dropped_by"] for row in ledger_rows(third) if row["outcome"] == "duplicate"} == {"shared_lines"}
    published = [file["name"] for file in manifest(third)["files"] if file["name"].startswith("index/parts/")]
    assert [name.rpartition(".")[2] for name in published].count("bloom") == 1
    assert len(published) == len(files) + 1
