"""A release's index is part of it: named in the manifest, the same whoever made it; what is not kept is in it, too."""

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from provenance.opened import open_release
from provenance.questions import put
from tests.releases import contents, curate_sample, ledger_rows, manifest

SAMPLE = Recipe.load("sample")
ALL = SAMPLE.model_copy(
    update={
        "output": SAMPLE.output.model_copy(
            update={"index": ("ledger", "passages", "similar", "dropped"), "fingerprints": True}
        )
    }
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexed")
    curate_sample(folder, recipe=ALL)
    return folder


def test_every_file_of_the_index_is_in_the_manifest(release: Path) -> None:
    named = {file["name"]: file for file in manifest(release)["files"] if file["name"].startswith("index/")}
    there = {str(path.relative_to(release)) for path in (release / "index").rglob("*") if path.is_file()}
    assert there == {*named}
    assert {name.split("/")[1] for name in named} == {
        *(
            "passages",
            "dropped_passages",
            "similar",
            "by_id",
            "by_address",
            "fingerprints",
            "domains",
            "ledger.json",
        ),
    }
    for name, file in named.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == file["sha256"], name
        assert (release / name).stat().st_size == file["bytes"], name


def test_a_kept_text_is_traced_to_its_document(release: Path) -> None:
    row = max((row for path in (release / "data").iterdir() for row in pq.read_table(path).to_pylist()), key=_length)
    words = row["text"].split()[20:50]
    with open_release(str(release)) as opened:
        found = put(opened, "trace", "Before, " + " ".join(words).upper() + "; after!")
    source = found.answer.spans[0].sources[0]
    assert (source.id, source.data_row) == (row["id"], _place(release, row["id"]))
    assert found.guarantee is not None
    assert "at least 15 words" in found.guarantee


def test_a_dropped_text_is_known_by_its_fingerprints_alone(tmp_path: Path) -> None:
    words = [f"word{number % 89}x{number}" for number in range(200)]
    texts = {"kept": " ".join(words[:120]), "dropped": " ".join(words[120:])}
    source = tmp_path / "texts.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    steps = '[[steps]]\nuse = "word_count"\nlow = 100\n[output]\nindex = ["ledger", "passages", "dropped"]'
    recipe = Recipe.parse(f'name = "r"\npurpose = ""\n{steps}')
    curate_sample(tmp_path / "release", inputs=(str(source),), recipe=recipe)
    with open_release(str(tmp_path / "release")) as opened:
        found = put(opened, "trace", texts["dropped"]).answer
        known = put(opened, "trace", texts["kept"]).answer
    (told,) = found.unverified
    assert (told.id, told.outcome, told.dropped_by, told.certainty) == ("dropped", "dropped", "word_count", "likely")
    assert found.spans == known.unverified == ()
    assert [source.id for span in known.spans for source in span.sources] == ["kept"]


def test_workers_change_nothing(release: Path, tmp_path: Path) -> None:
    with LocalRunner(2) as runner:
        curate_sample(tmp_path, runner, recipe=ALL)
    assert contents(tmp_path) == contents(release)


def test_a_recipe_may_ask_for_no_index(tmp_path: Path) -> None:
    output = SAMPLE.output.model_copy(update={"index": ()})
    curate_sample(tmp_path, recipe=SAMPLE.model_copy(update={"output": output}))
    assert not (tmp_path / "index").exists()


def _length(row: dict[str, str]) -> int:
    return len(row["text"])


def _place(release: Path, wanted: str) -> int:
    (row,) = (row for row in ledger_rows(release) if row["id"] == wanted)
    return row["data_row"]
