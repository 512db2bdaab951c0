"""The same bytes whatever the way; done work is not done twice; nothing stale is ever reused."""

import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.curation import PlaceError, curate
from flows.jobs import make_job
from pipelines.lock import BusyError, locked
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from tests.releases import Interrupted, PowerCut, contents, curate_sample, manifest, sample_inputs
from tests.servers import BUCKET, WebServer, s3_server
from vitrine.status import describe_status, status

#: files of the sample that are looked through for sites' own files, before anything else is done
SITES = 3


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Curate the sample by one worker in one go."""
    out = tmp_path_factory.mktemp("release") / "one"
    curate_sample(out)
    return out


def test_two_workers_give_the_same_bytes(release: Path, tmp_path: Path) -> None:
    with LocalRunner(2) as runner:
        curate_sample(tmp_path / "two", runner)
    assert contents(tmp_path / "two") == contents(release)


def test_shards_in_another_order_give_the_same_bytes(release: Path, tmp_path: Path) -> None:
    curate_sample(tmp_path / "other", inputs=sample_inputs()[::-1])
    assert contents(tmp_path / "other") == contents(release)


def test_shards_elsewhere_give_the_same_bytes(release: Path, tmp_path: Path) -> None:
    # The crawl's name is read from the path, so it must be somewhere in it.
    folder = tmp_path / "copy" / "CC-MAIN-2026-30"
    folder.mkdir(parents=True)
    inputs = tuple(shutil.copy(path, folder) for path in sample_inputs())
    curate_sample(tmp_path / "release", inputs=inputs)
    assert contents(tmp_path / "release") == contents(release)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_run_goes_on_and_gives_the_same_bytes(release: Path, tmp_path: Path, seed: int) -> None:
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "vitrine.command", "run", "sample", "--out", str(out), "--workers", "2", "--json"]
    for path in sample_inputs():
        command += ["--input", path]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    # The kill comes when a random number of files is there: anywhere from the first shard to the last stage.
    files = random.Random(seed).randint(3, 24)  # noqa: S311  # no secret
    while killed.poll() is None and _count(out) < files:
        time.sleep(0.002)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() in {-signal.SIGKILL, 0}
    _wait_until_all_ended(killed.pid)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert contents(out) == contents(release)


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*")) if folder.exists() else 0


def _wait_until_all_ended(group: int) -> None:
    """Workers of a killed run end by themselves, soon."""
    for _ in range(500):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("workers outlive a run that was killed")


def test_the_same_run_again_does_nothing(tmp_path: Path) -> None:
    first = curate_sample(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    again = curate_sample(tmp_path)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert not first.replaced
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_release_with_a_lost_file_is_made_again(release: Path, tmp_path: Path) -> None:
    curate_sample(tmp_path)
    (tmp_path / "data" / "00000.parquet").unlink()
    assert not curate_sample(tmp_path).unchanged
    assert contents(tmp_path) == contents(release)


def test_what_was_done_is_reused_after_an_interruption(release: Path, tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + 3))
    assert not (tmp_path / "release.json").exists()
    assert curate_sample(tmp_path).reused == SITES + 3
    assert contents(tmp_path) == contents(release)


def test_a_changed_recipe_reuses_nothing_that_it_changes(tmp_path: Path) -> None:
    recipe = Recipe.load("sample")
    steps = tuple(step.model_copy(update={"low": 200}) if step.name == "word_count" else step for step in recipe.steps)
    changed = recipe.model_copy(update={"steps": steps})
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + 3))
    curated = curate_sample(tmp_path, recipe=changed)
    assert curated.reused == SITES
    assert curated.manifest["counts"]["fates"]["dropped:word_count"][0] > 10


def test_a_change_in_deduplication_does_not_read_the_shards_again(tmp_path: Path) -> None:
    recipe = Recipe.load("sample")
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + 4))
    changed = recipe.model_copy(update={"dedup": recipe.dedup and recipe.dedup.model_copy(update={"exact": ()})})
    assert curate_sample(tmp_path, recipe=changed).reused == SITES + 4


def test_a_changed_input_is_read_again_and_the_others_are_not(tmp_path: Path) -> None:
    inputs = tuple(shutil.copy(path, tmp_path) for path in sample_inputs())
    with pytest.raises(PowerCut):
        curate_sample(tmp_path / "out", Interrupted(SITES + 4), inputs)
    Path(inputs[0]).write_bytes(Path(inputs[0]).read_bytes()[:-1000])
    curated = curate_sample(tmp_path / "out", inputs=inputs)
    assert curated.reused == SITES + 3
    assert curated.manifest["counts"]["fates"]["error:truncated"][0] == 2


def test_changed_code_reuses_nothing(tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + 4))
    job = make_job(Recipe.load("sample"), sample_inputs(), str(tmp_path), None, None)
    other = type(job)(job.store, job.recipe, job.shards, "other code", None, job.resources, job.site_files)
    with LocalRunner(1) as runner:
        assert curate(other, runner).reused == 0


def test_a_smaller_release_leaves_nothing_of_a_larger_one(release: Path, tmp_path: Path) -> None:
    recipe = Recipe.load("sample")
    small = recipe.model_copy(update={"output": recipe.output.model_copy(update={"file_bytes": 10_000})})
    curate_sample(tmp_path, recipe=small)
    assert len([*(tmp_path / "data").iterdir()]) > 5
    assert curate_sample(tmp_path).replaced
    assert contents(tmp_path) == contents(release)


def test_the_size_of_data_files_moves_texts_and_changes_none(release: Path, tmp_path: Path) -> None:
    recipe = Recipe.load("sample")
    small = recipe.model_copy(update={"output": recipe.output.model_copy(update={"file_bytes": 10_000})})
    curate_sample(tmp_path, recipe=small)
    assert pq.read_table(tmp_path / "data").equals(pq.read_table(release / "data"))
    ledger = pq.read_table(tmp_path / "ledger", columns=["id", "data_file", "data_row", "outcome"]).to_pylist()
    for row in ledger:
        if row["outcome"] == "kept":
            ids = pq.read_table(tmp_path / row["data_file"], columns=["id"])["id"]
            assert ids[row["data_row"]].as_py() == row["id"]


def test_a_release_without_its_note_is_not_taken_for_another(release: Path, tmp_path: Path) -> None:
    curate_sample(tmp_path)
    recipe = Recipe.load("sample")
    with pytest.raises(PowerCut):
        # All but the last stage: the manifest is not written, and the old one and its note are gone.
        curate_sample(tmp_path, Interrupted(SITES + 10), recipe=recipe.model_copy(update={"steps": recipe.filters}))
    assert not (tmp_path / "run.json").exists()
    assert not (tmp_path / "release.json").exists()
    assert not curate_sample(tmp_path).unchanged
    assert contents(tmp_path) == contents(release)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with locked(Store.at(tmp_path)), pytest.raises(BusyError, match="another run"):
        curate_sample(tmp_path)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "data" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("years of work")
    with pytest.raises(PlaceError, match=r"data/thesis\.txt"):
        curate_sample(tmp_path)
    assert [*tmp_path.rglob("*")] == [mine.parent, mine]


def test_a_release_on_s3_has_the_same_bytes(release: Path) -> None:
    with s3_server() as files:
        curate_sample(f"s3://{BUCKET}/mine")
        store = Store.at(f"s3://{BUCKET}/mine")
        for file in manifest(release)["files"]:
            assert store.read(file["name"]) == (release / file["name"]).read_bytes()
        assert not files.exists(f"{BUCKET}/mine/.work")


def test_remote_shards_give_the_same_texts(release: Path, tmp_path: Path) -> None:
    web = WebServer({f"crawl/{Path(path).name}": Path(path).read_bytes() for path in sample_inputs()})
    listed = tmp_path / "warc.paths.gz"
    with web.running(), s3_server() as files:
        first, second, *others = sample_inputs()
        files.put(first, f"{BUCKET}/crawl/{Path(first).name}")
        listed.write_bytes(gzip.compress("".join(f"crawl/{Path(path).name}\n" for path in others).encode()))
        recipe = Recipe.load("sample")
        source = recipe.source.model_copy(update={"base": web.url, "dump": "CC-MAIN-2026-30"})
        inputs = (f"s3://{BUCKET}/crawl/", f"{web.url}/crawl/{Path(second).name}", str(listed))
        curate_sample(tmp_path / "out", inputs=inputs, recipe=recipe.model_copy(update={"source": source}))
    assert _texts(tmp_path / "out") == _texts(release)
    assert {shard["sha256"] for shard in manifest(tmp_path / "out")["inputs"]} == {
        shard["sha256"] for shard in manifest(release)["inputs"]
    }


def _texts(folder: Path) -> list[str]:
    # Not their ids: a record without one is known by its file, and these files have other names.
    return sorted(pq.read_table(folder / "data", columns=["text_digest"])["text_digest"].to_pylist())


def test_status_of_an_unfinished_run_says_what_is_left(tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + 3))
    found = status(Store.at(tmp_path))
    assert (found["state"], found["stages"]) == ("unfinished", {"curate": {"done": 3, "tasks": 4}})
    assert len(found["left"]) == 1
    assert "3 of 4 done" in describe_status(str(tmp_path), as_json=False)
