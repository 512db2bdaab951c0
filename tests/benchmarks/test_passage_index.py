"""The benchmark draws what it says, and finds it in a small release."""

import random
from pathlib import Path

import pytest

from benchmarks.passage_index import absent, build, check, contaminated, copied, cut, passages
from pipelines.store import Store
from provenance.passages.index import PassageIndex
from tests.provenance.passages.small import release

WORDS = [f"{one}{other}" for one in ("al", "be", "ce", "di", "o") for other in ("pha", "ta", "re-d", "n's", "ga.")]
HAN = "".join(chr(0x4E00 + 37 * number) for number in range(400))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    drawn = random.Random(7)  # noqa: S311  # seeded
    return [HAN, *(" ".join(drawn.choices(WORDS, k=120)) for _ in range(6)), "too short"]


def test_all_that_is_drawn_is_found_and_nothing_else(texts: list[str], tmp_path: Path) -> None:
    release(tmp_path / "release", [texts])
    (tmp_path / "copy").mkdir()
    store = Store.at(copied(tmp_path / "release", tmp_path / "copy"))
    measured = build(store, ["data/00000.parquet"])
    assert measured["documents"] == len(texts)
    assert measured["ratio"] > 0
    drawn = passages(texts, 40, random.Random(2))  # noqa: S311  # seeded
    assert [len(ones) for ones in drawn.values()] == [20, 20, 40, 40]
    drawn["not there"] = absent(store, ["data/00000.parquet"], drawn, random.Random(3))  # noqa: S311  # seeded
    assert len(drawn["not there"]) > 30
    with PassageIndex(store) as index:
        for kind in ("as they stand", "changed", "not there"):
            assert check(index, drawn[kind], texts)["right"] == len(drawn[kind])
    shares = contaminated(store, ["data/00000.parquet"], drawn)["mean share"]
    assert (shares["as they stand"], shares["changed"]) == (1.0, 1.0)
    assert shares["not there"] < 0.1


def test_a_cut_is_where_it_says(texts: list[str]) -> None:
    for seed in range(20):
        one = cut(texts, 15, random.Random(seed))  # noqa: S311  # seeded
        text = texts[one.document or 0]
        assert text[one.start : one.start + len(one.text)] == one.text
        assert len(one.text.split()) == 15 or len(one.text) == 45
