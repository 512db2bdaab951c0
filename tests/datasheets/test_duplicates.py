"""Duplicates are counted by cluster and by how similar they are to what stands for them."""

from pathlib import Path

import pytest

from datasheets.duplicates import clusters, largest, similarity
from datasheets.explain import Room
from pipelines.recipe import Recipe
from tests.datasheets.asking import answered, kept, section

ROOMS = [clusters, largest, similarity]


def removed(**columns: object) -> dict[str, object]:
    return kept(**({"outcome": "duplicate", "dropped_by": "minhash", "survivor": "k"} | columns))


def test_clusters_by_size(tmp_path: Path) -> None:
    assert answered(section(tmp_path, clusters)) == ((2, 4, 1, 3, 2),)


def test_the_largest_cluster_names_what_is_kept(tmp_path: Path) -> None:
    assert answered(section(tmp_path, largest)) == (("k1", "http://www.a.example/1", 3, 1, 1),)


def test_similarity_by_method(tmp_path: Path) -> None:
    rows = answered(section(tmp_path, similarity))
    assert [row[:4] for row in rows] == [("exact_text", 1.0, 1, 1.0), ("minhash", 0.95, 1, 1.0)]


@pytest.mark.parametrize(("value", "step"), [(0.0, 0.0), (0.0499, 0.0), (0.05, 0.05), (0.7, 0.7), (0.999, 0.95)])
def test_a_step_begins_where_it_says(tmp_path: Path, value: float, step: float) -> None:
    rows = answered(section(tmp_path, similarity, rows=([removed(similarity=value)],)))
    assert rows[0][1] == pytest.approx(step)


def test_duplicates_of_parts_have_no_similarity_to_anyone(tmp_path: Path) -> None:
    rows = [kept(), removed(dropped_by="shared_lines", survivor=None)]
    assert answered(section(tmp_path, similarity, rows=(rows,))) == ()


def test_more_than_ten_clusters_are_all_counted(tmp_path: Path) -> None:
    rows = [
        row
        for number in range(12)
        for row in (kept(cluster=f"c{number:02d}"), removed(cluster=f"c{number:02d}", survivor=f"c{number:02d}"))
    ]
    assert answered(section(tmp_path, clusters, rows=(rows,))) == ((2, 4, 12, 24, 12),)
    assert [row[0] for row in answered(section(tmp_path, largest, rows=(rows,)))] == [f"c{n:02d}" for n in range(10)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_duplicates_are_said(tmp_path: Path, room: Room) -> None:
    assert section(tmp_path, room, rows=([kept()],)).words == ("No duplicates were found.",)
    off = Recipe.parse('name = "r"\npurpose = ""')
    assert section(tmp_path, room, off, ([kept()],)).words == ("The recipe does not look for duplicates.",)
