"""What a user types and what comes back: one JSON object, one clear error, the right exit code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.releases import contents

VITRINE = (sys.executable, "-m", "vitrine.command")


def _run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VITRINE, *words], capture_output=True, text=True, cwd=cwd, check=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Run the sample as a user does, from another folder."""
    folder = tmp_path_factory.mktemp("home")
    done = _run("run", "sample", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    return folder, json.loads(done.stdout)


def test_json_says_all_and_adds_up(run: tuple[Path, dict[str, Any]]) -> None:
    folder, said = run
    assert {
        "release",
        "digest",
        "records",
        "kept",
        "dropped",
        "duplicates",
        "errors",
        "stages",
        "seconds",
    } <= said.keys()
    assert said["release"] == str(folder / "releases" / "sample")
    assert said["records"] == said["kept"] + sum(said["dropped"].values()) + said["duplicates"] + said["errors"]
    assert [*said["stages"]] == ["sites", "curate", "deduplicate", "write", "ledger", "index", "datasheet", "release"]
    assert min(said["kept"], said["duplicates"], said["errors"]) > 0
    assert (folder / "releases" / "sample" / "datasheet" / "datasheet.md").exists()


def test_running_again_does_nothing_and_says_so(run: tuple[Path, dict[str, Any]]) -> None:
    folder, said = run
    before = contents(folder / "releases" / "sample")
    again = _run("run", "sample", cwd=folder)
    assert again.returncode == 0
    assert "Nothing to do" in again.stdout
    assert f"{said['records']:,} records" in again.stdout
    assert contents(folder / "releases" / "sample") == before


def test_the_summary_shows_the_funnel_in_recipe_order(run: tuple[Path, dict[str, Any]]) -> None:
    folder, said = run
    shown = _run("run", "sample", cwd=folder).stdout
    places = [shown.index(f"dropped by {name}") for name in said["dropped"]]
    assert places == sorted(places)
    assert shown.index("kept") > max(places)
    assert "release.json" in shown


def test_status_of_a_release_and_of_nothing(run: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, said = run
    assert f"finished: {said['records']:,} records" in _run("status", str(folder / "releases" / "sample")).stdout
    nothing = _run("status", str(tmp_path))
    assert nothing.returncode == 1
    assert "expected a release" in nothing.stderr


def test_limits_read_less(tmp_path: Path) -> None:
    said = json.loads(
        _run("run", "sample", "--out", str(tmp_path), "--limit-shards", "2", "--limit-records", "9", "--json").stdout
    )
    assert (said["shards"], said["records"]) == (2, 18)


def test_check_prints_all_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\npurpose = "y"\nsteps = [{use = "word_cout"}]\n[extract]\nengin = "x"\n')
    checked = _run("check", str(path))
    assert checked.returncode == 1
    assert "2 mistakes" in checked.stderr
    assert "steps.0.use" in checked.stderr
    assert "did you mean 'engine'?" in checked.stderr
    assert not checked.stdout


def test_check_of_a_right_recipe_gives_its_digest_and_tries_its_rules() -> None:
    checked = _run("check", "sample")
    assert checked.returncode == 0
    assert "is right" in checked.stdout
    assert "each drops one of the canaries" in checked.stdout
    plain = json.loads(_run("check", "sample", "--json").stdout)
    assert (plain["dropped_no_canary"], plain["not_tried"]) == ([], None)


def test_check_names_a_dead_rule(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\npurpose = "y"\n[[steps]]\nuse = "stop_words"\nlow = -inf\nhigh = 9\n')
    assert "of no canary dropped anything: stop_words" in _run("check", str(path)).stdout


def test_check_says_why_rules_cannot_be_tried(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\npurpose = "y"\nsteps = [{use = "language", model = "no/such.bin"}]\n')
    checked = _run("check", str(path))
    assert checked.returncode == 0
    assert "not tried, because no/such.bin" in checked.stdout


def test_a_recipe_is_explained_rule_by_rule() -> None:
    explained = _run("explain", "fineweb-datatrove-0.10")
    assert explained.returncode == 0
    for word in ("top_3gram", "high = 0.18", "drop_c4_lines", "words = spacy", "Gopher"):
        assert word in explained.stdout.replace("\n", " ")
    plain = json.loads(_run("explain", "fineweb-2:fra_Latn", "--json").stdout)
    steps = {step.get("column", step["use"]): step for step in plain["steps"]}
    assert (steps["top_2gram"]["high"], steps["language"]["allowed"]) == (0.161, ["fra_Latn"])
    assert all(step["source"] and step["summary"] for step in plain["steps"])


def test_recipes_and_filters_are_listed() -> None:
    recipes = {recipe["name"]: recipe for recipe in json.loads(_run("recipes", "--json").stdout)}
    assert recipes.keys() >= {"sample", "fineweb", "fineweb-2", "c4", "gopher", "dolma-1.6", "redpajama-v2"}
    assert len(recipes["fineweb-2"]["variants"]) == 1929
    assert "fineweb-2:VARIANT, of 1,929" in _run("recipes").stdout
    assert "word_count" in _run("filters").stdout
    explained = _run("filters", "word_count").stdout
    assert "low = 50" in explained
    assert "Gopher" in explained


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("run",), 2, "Missing argument"),
        (("run", "sample", "--no-such-option"), 2, "No such option"),
        (("run", "sample", "--workers", "many"), 2, "valid integer"),
        (("run", "finweb"), 2, "did you mean 'fineweb'?"),
        (("run", "fineweb"), 2, "give --input"),
        (("run", "fineweb", "--input", "nowhere/*.warc.gz"), 1, "nowhere"),
        (("explain", "fineweb-2"), 2, "1,929 variants"),
        (("explain", "fineweb-2:fra_Lat"), 2, "did you mean 'fra_Latn'?"),
        (("train-quality", "nowhere.jsonl"), 1, "nowhere.jsonl"),
        (("filters", "word_cout"), 2, "did you mean 'word_count'?"),
    ],
)
def test_errors_are_one_message_and_the_right_code(
    words: tuple[str, ...], code: int, message: str, tmp_path: Path
) -> None:
    done = _run(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\npurpose = "y"\nsteps = [{use = "language", model = "no/such/model.bin"}]\n')
    done = _run("run", str(path), "--input", str(path), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "no/such/model.bin" in done.stderr
    assert "Traceback" not in done.stderr
