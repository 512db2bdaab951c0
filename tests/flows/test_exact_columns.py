"""What makes documents the same stands in the ledger, a column for each kind that the recipe asks for."""

from collections.abc import Mapping
from hashlib import blake2b
from json import dumps
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.curation import curate
from flows.jobs import make_job
from pipelines.dedup.addresses import url_key
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from tests.naive_minhash import words
from tests.releases import ledger_rows, sample_inputs

COLUMNS = {"exact_url": "address_digest", "exact_text": "text_digest", "exact_words": "words_digest"}


SHOUTED = ["Mind the gap, please.", "MIND the gap -- please!", "北京 is cold", "北 京 is cold", "?!"]


def release(out: Path, exact: str, inputs: tuple[str, ...]) -> list[dict[str, Any]]:
    recipe = Recipe.parse(f'name = "exact"\npurpose = "columns"\n[dedup]\nexact = [{exact}]\n[output]\nindex = []')
    with LocalRunner(1) as runner:
        curate(make_job(recipe, inputs, str(out), None, None), runner)
    return ledger_rows(out)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, own = tmp_path_factory.mktemp("exact"), tmp_path_factory.mktemp("own") / "shouted.jsonl"
    own.write_text("".join(dumps({"id": f"s{i}", "text": text}) + "\n" for i, text in enumerate(SHOUTED)))
    release(folder, '"url", "text", "words"', (*sample_inputs(), str(own)))
    return folder


def digest(content: str) -> str:
    return blake2b(content.encode(), digest_size=16).hexdigest()


def passed(rows: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["outcome"] in {"kept", "duplicate"}]


def test_duplicates_have_the_column_in_common_that_they_were_found_by(out: Path) -> None:
    rows = {row["id"]: row for row in ledger_rows(out)}
    duplicates = [row for row in rows.values() if row["outcome"] == "duplicate"]
    assert {row["dropped_by"] for row in duplicates} == {*COLUMNS}
    for row in duplicates:
        column = COLUMNS[row["dropped_by"]]
        assert row[column] == rows[row["survivor"]][column] is not None
    kept = [row for row in rows.values() if row["outcome"] == "kept"]
    for column in COLUMNS.values():
        held = [row[column] for row in kept if row[column]]
        assert len(set(held)) == len(held) > 50


def test_columns_are_digests_of_what_they_say(out: Path) -> None:
    rows = passed(ledger_rows(out))
    texts = {row["id"]: row["text"] for path in out.glob("data/*.parquet") for row in pq.read_table(path).to_pylist()}
    kept = [row for row in rows if row["id"] in texts]
    for row in kept:
        spelt = "".join(f"{word} " for word in words(texts[row["id"]]))
        assert row["words_digest"] == (digest(spelt) if spelt else None)
    assert [row["id"] for row in kept if row["words_digest"] is None] == ["s4"]
    assert [row["address_digest"] for row in rows] == [row["url"] and digest(url_key(row["url"])) for row in rows]


def test_what_no_filter_kept_and_nobody_asked_for_has_none(out: Path, tmp_path: Path) -> None:
    gone = [row for row in ledger_rows(out) if row["outcome"] in {"dropped", "error"}]
    assert gone
    unasked = release(tmp_path, '"text"', sample_inputs())
    rows = [*gone, *unasked]
    assert {row[name] for row in rows for name in ("address_digest", "words_digest")} == {None}
