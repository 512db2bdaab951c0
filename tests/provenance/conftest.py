"""One release of the sample with its index, for all questions."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.recipe import Recipe
from provenance.opened import Opened, open_release
from tests.releases import curate_sample


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("indexed") / "release"
    curate_sample(folder)
    return folder


@pytest.fixture(scope="session")
def opened(indexed: Path) -> Iterator[Opened]:
    with open_release(str(indexed)) as release:
        yield release


@pytest.fixture(scope="session")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the same release with the texts of what is not kept, and their index."""
    folder: Path = tmp_path_factory.mktemp("holding") / "release"
    recipe = Recipe.load("sample")
    added = {"dropped_texts": True, "index": (*recipe.output.index, "dropped")}
    output = recipe.output.model_copy(update=added)
    curate_sample(folder, recipe=recipe.model_copy(update={"output": output}))
    return folder


@pytest.fixture(scope="session")
def opened_holding(holding: Path) -> Iterator[Opened]:
    with open_release(str(holding)) as release:
        yield release


@pytest.fixture(scope="session")
def dropped_texts(holding: Path) -> dict[str, str]:
    """Give the texts of what is not kept, by id; no id is there twice."""
    rows = pq.read_table(holding / "dropped").to_pylist()
    texts = {row["id"]: row["text"] for row in rows}
    assert len(texts) == len(rows) > 30
    return texts
