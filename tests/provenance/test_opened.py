"""A release opens where it lies: on S3 and in memory, in folders with odd names, without a kept document."""

import shutil
from pathlib import Path

import pytest

from pipelines.ledger_index.projections import build_index
from pipelines.mistakes import UsageError
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from provenance.opened import UnreadableError, open_release
from provenance.questions import put
from provenance.why import why
from tests.releases import curate_sample, sample_inputs
from tests.servers import BUCKET, s3_server

ARCH = "https://archesandspans.example/stone/how-an-arch-stands"


def copied(indexed: Path, root: str) -> Store:
    """Copy a release to another store, file by file."""
    store = Store.at(root)
    for path in sorted(indexed.rglob("*")):
        if path.is_file():
            store.write(path.relative_to(indexed).as_posix(), path.read_bytes())
    return store


def asked(root: str) -> list[object]:
    """Ask something that reads each kind of file."""
    with open_release(root) as opened:
        found = why(opened, ARCH)
        assert found.history is not None
        return [
            found,
            put(opened, "domain", "archesandspans.example").answer,
            put(opened, "url", ARCH).answer,
            put(opened, "show", ARCH).answer,
            put(opened, "funnel", "language").answer,
            put(opened, "sql", "SELECT count(*) FROM data JOIN by_id USING (id)").answer,
            put(opened, "trace", "An arch is a heap of stones in which every stone is trying to fall, and each").answer,
        ]


def test_answers_are_the_same_from_s3(indexed: Path) -> None:
    here = asked(str(indexed))
    with s3_server():
        root = f"s3://{BUCKET}/releases/with space"
        copied(indexed, root)
        assert asked(root) == here


def test_answers_are_the_same_from_memory(indexed: Path) -> None:
    store = copied(indexed, "memory://provenance/opened")
    assert asked(store.root) == asked(str(indexed))
    store.remove("")


@pytest.mark.parametrize("folder", ["it's", "a[1]*b?", "ü {x}"])
def test_answers_are_the_same_from_an_odd_folder(indexed: Path, tmp_path: Path, folder: str) -> None:
    shutil.copytree(indexed, tmp_path / folder)
    assert asked(str(tmp_path / folder)) == asked(str(indexed))


@pytest.mark.parametrize("name", ["ledger/00000.parquet", "index/by_address/00000.parquet", "data/00000.parquet"])
@pytest.mark.parametrize("damage", [b"", b"PAR1 not a table PAR1", None])
def test_a_missing_or_damaged_file_is_said(indexed: Path, tmp_path: Path, name: str, damage: bytes | None) -> None:
    shutil.copytree(indexed, tmp_path / "r")
    (tmp_path / "r" / name).unlink()
    if damage is not None:
        (tmp_path / "r" / name).write_bytes(damage)
    with pytest.raises(UnreadableError, match="expected the files that its manifest names"):
        asked(str(tmp_path / "r"))


def test_a_manifest_leads_nowhere_else(indexed: Path, tmp_path: Path) -> None:
    shutil.copytree(indexed, tmp_path / "r")
    said = (tmp_path / "r" / "release.json").read_text()
    (tmp_path / "r" / "release.json").write_text(said.replace('"ledger/00000.parquet"', '"ledger/../../x.parquet"'))
    with pytest.raises(UsageError, match="files of its release"):
        asked(str(tmp_path / "r"))


def test_a_release_that_keeps_nothing_can_be_asked(tmp_path: Path) -> None:
    recipe = Recipe.parse('name = "none"\npurpose = ""\n[[steps]]\nuse = "word_count"\nlow = 100000\nhigh = 100001')
    texts = tuple(name for name in sample_inputs() if name.endswith(".wet.gz"))
    curate_sample(tmp_path / "release", inputs=texts, recipe=recipe)
    with LocalRunner(1) as runner:
        build_index(Store.at(tmp_path / "release"), runner)
    with open_release(str(tmp_path / "release")) as opened:
        assert put(opened, "sql", "SELECT count(*), count(text) FROM data").answer.rows == ((0, 0),)
        assert put(opened, "sample", kept=True).answer.documents == ()
        assert put(opened, "domain", "archesandspans.example").answer.share_of_bytes == 0
        assert put(opened, "domain", "archesandspans.example").answer.rank is None
        assert put(opened, "duplicates", ARCH).answer.says.startswith("it was not compared with others: dropped")
