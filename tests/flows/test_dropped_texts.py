"""The texts of what is not kept: in no release, unless its recipe asks for them; then all, whoever made it."""

import json
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.recipe import Recipe
from pipelines.release import ConservationError
from pipelines.runner import LocalRunner
from pipelines.unfinished import DamagedError
from tests.releases import Interrupted, PowerCut, contents, curate_sample, ledger_rows, manifest

SAMPLE = Recipe.load("sample")
INDEX = (*SAMPLE.output.index, "dropped")
WITHOUT = SAMPLE.model_copy(update={"output": SAMPLE.output.model_copy(update={"index": INDEX})})
HOLDING = SAMPLE.model_copy(update={"output": SAMPLE.output.model_copy(update={"index": INDEX, "dropped_texts": True})})
#: files of the sample that are looked through for sites' own files, and those that are curated after that
SITES, SHARDS = 3, 4


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("holding") / "release"
    curate_sample(folder, recipe=HOLDING)
    return folder


@pytest.fixture(scope="module")
def held(release: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((release / "dropped").iterdir()) for row in pq.read_table(path).to_pylist()]


def test_every_document_that_is_not_kept_is_there_in_order(release: Path, held: list[dict[str, Any]]) -> None:
    ledgers = [pq.read_table(path).to_pylist() for path in sorted((release / "ledger").iterdir())]
    lost = [
        {"ledger_file": file, "ledger_row": place, **row}
        for file, rows in enumerate(ledgers)
        for place, row in enumerate(rows)
        if row["outcome"] in {"dropped", "duplicate"}
    ]
    same = ("ledger_file", "ledger_row", "id", "url", "date", "file_path", "offset", "outcome", "dropped_by")
    assert [[row[name] for name in same] for row in held] == [[row[name] for name in same] for row in lost]
    assert {row["outcome"] for row in held} == {"dropped", "duplicate"}
    for row, told in zip(held, lost, strict=True):
        digest = told["extracted_digest"] if row["outcome"] == "dropped" else told["text_digest"]
        assert row["text_digest"] == digest == blake2b(row["text"].encode(), digest_size=16).hexdigest()


def test_each_ledger_has_a_file_beside_it_in_the_manifest(release: Path) -> None:
    named = {file["name"]: file for file in manifest(release)["files"]}
    for item in manifest(release)["inputs"]:
        name = item["ledger"].replace("ledger/", "dropped/")
        assert named[name]["rows"] == pq.read_metadata(release / name).num_rows
        assert named[name]["bytes"] == (release / name).stat().st_size


def test_a_release_holds_no_text_that_is_not_kept_unless_it_is_asked_to(
    release: Path, held: list[dict[str, Any]], tmp_path: Path
) -> None:
    # Not even where one that holds them stood before.
    shutil.copytree(release, tmp_path, dirs_exist_ok=True)
    assert curate_sample(tmp_path, recipe=WITHOUT).replaced
    assert not [*tmp_path.glob("dropped/*")]
    assert not any(file["name"].startswith("dropped/") for file in manifest(tmp_path)["files"])
    texts = [row["text"] for row in held if row["outcome"] == "dropped"]
    phrases = [text[start : start + 20] for text in texts for start in range(20, len(text) - 20, 20 + len(text) // 3)]
    assert len(phrases) > len(texts) > 5
    without, found = _everything(tmp_path), _everything(release)
    assert [phrase for phrase in phrases if phrase in without] == []
    assert [phrase for phrase in phrases if phrase not in found] == []


def _everything(folder: Path) -> str:
    """Read all that a release's files say, tables decompressed."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    tables = [pq.read_table(path) for path in files if path.suffix == ".parquet"]
    said = [json.dumps(table.to_pylist(), ensure_ascii=False, default=str) for table in tables]
    metadata = [str(table.schema.metadata) for table in tables]
    others = [path.read_text(errors="replace") for path in files if path.suffix != ".parquet"]
    return "\n".join([*said, *metadata, *others]).replace("\\n", "\n")


def test_not_even_unfinished_work_keeps_what_is_asked_for_no_more(tmp_path: Path) -> None:
    for recipe, count in ((HOLDING, SHARDS), (WITHOUT, 0)):
        with pytest.raises(PowerCut):
            curate_sample(tmp_path, Interrupted(SITES + SHARDS), recipe=recipe)
        assert len([*tmp_path.glob(".work/dropped/*")]) == count


def test_workers_change_nothing(release: Path, tmp_path: Path) -> None:
    with LocalRunner(2) as runner:
        curate_sample(tmp_path, runner, recipe=HOLDING)
    assert contents(tmp_path) == contents(release)


def test_shards_that_were_read_without_are_read_again(release: Path, tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + SHARDS), recipe=WITHOUT)
    assert curate_sample(tmp_path, recipe=HOLDING).reused == SITES
    assert contents(tmp_path) == contents(release)


def test_a_run_that_was_stopped_goes_on_and_a_damaged_part_is_made_again(release: Path, tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + SHARDS), recipe=HOLDING)
    damaged = tmp_path / ".work/dropped/00001.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with pytest.raises(DamagedError, match=r"\.work/dropped/00001\.parquet"):
        curate_sample(tmp_path, recipe=HOLDING)
    assert not (tmp_path / "dropped/00001.parquet").exists()
    curate_sample(tmp_path, recipe=HOLDING)
    assert contents(tmp_path) == contents(release)


def test_a_text_that_is_missing_stops_the_release(tmp_path: Path) -> None:
    with pytest.raises(PowerCut):
        curate_sample(tmp_path, Interrupted(SITES + SHARDS), recipe=HOLDING)
    part = tmp_path / ".work/dropped/00000.parquet"
    table = pq.read_table(part)
    pq.write_table(table.slice(1), part)
    with pytest.raises(ConservationError, match="ledger 00000"):
        curate_sample(tmp_path, recipe=HOLDING)


def test_a_duplicate_has_the_text_before_repeated_parts_were_cut(tmp_path: Path) -> None:
    line = "The same line stands in each of these pages and nothing besides."
    texts = {"one": line, "two": f"{line}\nA line of its own, which no other page has.", "three": line}
    source = tmp_path / "texts.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    recipe = Recipe.parse(
        'name = "r"\npurpose = ""\n[dedup]\nexact = []\n[[dedup.passages]]\nkind = "lines"\nmin_words = 3\n'
        "[output]\ndropped_texts = true"
    )
    curate_sample(tmp_path / "release", inputs=(str(source),), recipe=recipe)
    rows = {row["id"]: row for row in ledger_rows(tmp_path / "release")}
    (held,) = [pq.read_table(path).to_pylist() for path in (tmp_path / "release/dropped").iterdir()]
    assert [(row["id"], row["dropped_by"], row["text"]) for row in held] == [
        (name, "shared_lines", texts[name]) for name, row in rows.items() if row["outcome"] == "duplicate"
    ]
    assert held
