"""Records that were lost or invented stop a release; nothing is ever removed that is part of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.jobs import make_job
from pipelines.plan import Made
from pipelines.recipe import Recipe
from pipelines.release import ConservationError, ManifestWork, check_conservation, manifest, remove_strangers
from pipelines.sample import crawl
from pipelines.store import Store


@pytest.fixture
def balanced(tmp_path: Path) -> ManifestWork:
    """Ten records of one shard, each with a fate."""
    job = make_job(Recipe.load("sample"), (str(crawl()),), str(tmp_path), 1, None)
    read = {"kept:": [5, 50, 40], "dropped:word_count": [3, 30, 0], "error:empty": [2, 20, 0]}
    fates = {
        "kept:": [4, 40, 30],
        "duplicate:minhash": [1, 10, 10],
        "dropped:word_count": [3, 30, 0],
        "error:empty": [2, 20, 0],
    }
    shard = Made("a", 10, 99, {"size": 99, "sha256": "b", "tally": {"fates": read, "edits": {}}})
    ledger = _ledger(fates)
    data = Made("c", 4, 30, {"file": "data/00000.parquet"})
    sites = tuple(Made("s", 5, 9, {"size": 9, "sha256": "s"}) for _ in job.site_files)
    return ManifestWork(job, (shard,), (ledger,), (data,), (), sites)


def _ledger(fates: dict[str, list[int]], rows: int = 10) -> Made:
    facts: dict[str, Any] = {"file": "ledger/00000.parquet", "tally": {"fates": fates, "edits": {}}, "content": "d"}
    return Made("e", rows, 9, facts)


def test_a_balanced_release_passes(balanced: ManifestWork) -> None:
    check_conservation(balanced)
    assert manifest(balanced)["records"] == 10


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"shards": {"records": 11}}, "11 read, 10 rows, 10 with a fate"),
        ({"data": {"records": 3}}, "4 documents are kept, 3 are in the data files"),
        ({"ledgers": {"records": 9}}, "10 read, 9 rows"),
    ],
)
def test_a_lost_record_is_named(balanced: ManifestWork, changes: dict[str, dict[str, int]], complaint: str) -> None:
    ((stage, change),) = changes.items()
    broken = replace(balanced, **{stage: (replace(getattr(balanced, stage)[0], **change),)})
    with pytest.raises(ConservationError, match=complaint):
        check_conservation(broken)


def test_a_record_may_not_change_its_fate_after_it_was_judged(balanced: ManifestWork) -> None:
    fates = {
        "kept:": [5, 50, 40],
        "duplicate:minhash": [1, 10, 10],
        "dropped:word_count": [2, 20, 0],
        "error:empty": [2, 20, 0],
    }
    with pytest.raises(ConservationError) as caught:
        check_conservation(replace(balanced, ledgers=(_ledger(fates),), data=(replace(balanced.data[0], records=5),)))
    assert "3 were dropped:word_count when judged, 2 are in the ledger" in str(caught.value)
    assert "5 passed every filter, 5 are kept and 1 are duplicates" in str(caught.value)


def test_strangers_are_removed_and_nothing_else(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    for name in ("data/00000.parquet", "data/00001.parquet", "ledger/00000.parquet", "notes.txt"):
        store.write(name, b"x")
    assert remove_strangers(store, ["data/00000.parquet", "ledger/00000.parquet"]) == ["data/00001.parquet"]
    assert store.list() == ["data/00000.parquet", "ledger/00000.parquet", "notes.txt"]
