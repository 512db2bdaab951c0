"""The plan makes what one process makes, whatever the order of its tasks."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.dedup.minhash import MinHash
from pipelines.dedup.settings import Dedup
from pipelines.job import Job
from pipelines.passage_index.merge import Layout, Part, merge
from pipelines.passage_index.posting_files import Postings
from pipelines.plan import Made, Results, Stage, Task, run
from pipelines.recipe import Recipe
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR, index_similar, write_bands
from pipelines.similar_index.stages import PARTS, scheme_of, similar_files, similar_stages
from pipelines.store import Store
from tests.pipelines.similar_index.small import data_files, data_name, numbered
from tests.pipelines.test_deduplication import Here, Nobody

WORDS = np.random.default_rng(3).integers(0, 40, (12, 30)).tolist()
TEXTS = numbered([" ".join(map(str, row)) for row in WORDS])
FILES = [TEXTS[:5], [], TEXTS[5:], [("empty", "")]]
SMALL = MinHash(bands=4, rows=2)


def job_of(store: Store, minhash: MinHash | None = SMALL) -> Job:
    """Make a job that finds near-duplicates, or none."""
    return Job(store, Recipe(name="x", purpose="", dedup=minhash and Dedup(minhash=minhash)), (), "code")


def written(given: tuple[str, int]) -> Made:
    """Say what a data file is, as the stage that writes it does."""
    return Made(f"digest of {given[0]}", given[1], 1, {"file": given[0]})


def ran(job: Job, order: Callable[[Sequence[Any]], list[Any]] = list) -> Results:
    """Run the stages over the data files."""
    data = [(data_name(number), len(texts)) for number, texts in enumerate(FILES)]
    tasks = [Task("write", f"{place}", "", job.store, written, one) for place, one in enumerate(data)]
    return run([Stage("write", "", lambda _: tasks), *similar_stages(job)], Here(order), Nobody())


def contents(store: Store) -> dict[str, bytes]:
    """Read the files of the index."""
    return {name: store.read(name) for name in store.list(SIMILAR)}


@pytest.mark.parametrize("order", [list, lambda tasks: list(reversed(tasks))])
def test_the_plan_makes_what_one_process_makes(tmp_path: Path, order: Callable[[Sequence[Any]], list[Any]]) -> None:
    alone = data_files(tmp_path / "alone", FILES)
    names = index_similar(alone, [data_name(number) for number in range(len(FILES))], BandScheme.by(SMALL))
    job = job_of(data_files(tmp_path / "planned", FILES))
    made = ran(job, order)
    assert contents(job.store) == contents(alone)
    assert [one.facts["file"] for one in similar_files(made)] == names
    assert [one.bytes for one in similar_files(made)] == [alone.size(name) for name in names]
    assert [one.records for one in made[PARTS]] == [5, 0, 7, 1]
    assert all(one.reused for stage in ran(job).values() for one in stage)


def test_other_bands_are_made_anew(tmp_path: Path) -> None:
    store = data_files(tmp_path, FILES)
    ran(job_of(store))
    before = contents(store)
    made = ran(job_of(store, SMALL.model_copy(update={"seed": 9})))
    assert not any(one.reused for one in (*made[PARTS], *similar_files(made)))
    assert contents(store).keys() == before.keys()
    assert all(contents(store)[name] != content for name, content in before.items())


def test_texts_are_signed_as_the_recipe_says_or_by_default(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    assert scheme_of(job_of(store)) == BandScheme.by(SMALL)
    assert scheme_of(job_of(store, None)) == BandScheme.by(MinHash())


def test_no_data_files_make_an_empty_index(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    assert index_similar(store, [], BandScheme.by(SMALL)) == [
        f"{SIMILAR}/00000.parquet",
        f"{SIMILAR}/documents.parquet",
    ]
    assert Postings(store, f"{SIMILAR}/00000.parquet").rows == 0


def test_parts_by_other_numbers_are_not_merged(tmp_path: Path) -> None:
    store = data_files(tmp_path, [TEXTS])
    write_bands(store, "part.parquet", [], BandScheme.by(MinHash()))
    with pytest.raises(ValueError, match=r"expected part\.parquet by"):
        merge(
            store,
            [Part("part.parquet", 0)],
            0,
            SIMILAR,
            layout=Layout(0, 1),
            memory_bytes=1 << 30,
            scheme=BandScheme.by(SMALL),
        )
