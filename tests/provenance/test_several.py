"""A folder of releases stands for all of them."""

from pathlib import Path

import pytest

from pipelines.mistakes import UsageError
from provenance.several import find_releases


def make(folder: Path) -> str:
    folder.mkdir(parents=True)
    (folder / "release.json").write_text("{}")
    return str(folder)


def test_a_release_is_one(tmp_path: Path) -> None:
    assert find_releases(make(tmp_path / "one")) == [str(tmp_path / "one")]


def test_a_folder_stands_for_its_releases_by_name(tmp_path: Path) -> None:
    found = [make(tmp_path / name) for name in ("b", "a")]
    (tmp_path / "unfinished").mkdir()
    (tmp_path / "note.txt").write_text("")
    assert find_releases(str(tmp_path)) == sorted(found)


@pytest.mark.parametrize("name", ["", "nowhere", "note.txt", "a'; DROP", "\x00"])
def test_a_folder_without_any_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "note.txt").write_text("")
    with pytest.raises((UsageError, ValueError), match=r"no release\.json|null"):
        find_releases(f"{tmp_path}/{name}")
