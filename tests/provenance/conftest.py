"""One release of the sample with its index, for all questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
