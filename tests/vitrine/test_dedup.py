"""`vitrine dedup explain` shows what a recipe finds, for people and for machines."""

import json

import pytest
from typer.testing import CliRunner

from vitrine.command import app
from vitrine.summary import giants


def said(*words: str) -> str:
    done = CliRunner().invoke(app, ["dedup", "explain", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_rounds_numbers_and_the_curve_are_shown() -> None:
    text = said("dolma-3")
    for part in ("exact_text", "minhash", "26 bands of 11 rows", "0.72", "must share 0.8", "90.32 %"):
        assert part in text


def test_machines_are_told_the_same() -> None:
    told = json.loads(said("dolma-3", "--json"))
    assert [one["method"] for one in told["rounds"]] == ["exact_text", "minhash"]
    assert (told["minhash"]["bands"], told["minhash"]["rows"], told["minhash"]["verify"]) == (26, 11, 0.8)
    chances = {point["similarity"]: point["chance"] for point in told["curve"]}
    assert chances[0.8] == pytest.approx(1 - (1 - 0.8**11) ** 26)
    assert len(chances) == 21


def test_kinds_of_repeated_parts_are_shown() -> None:
    text = " ".join(said("dclm-baseline").replace("\u2502", " ").split())
    assert "known_ngrams" in text
    assert "paragraphs most of whose" in text
    (kind,) = json.loads(said("c4", "--json"))["passages"]
    assert (kind["method"], kind["sentences"], kind["keep"]) == ("shared_spans", 3, "first")


def test_a_recipe_that_looks_for_none_says_so() -> None:
    assert "does not look for duplicates" in said("redpajama-v2")
    assert json.loads(said("redpajama-v2", "--json"))["curve"] is None


def test_giant_clusters_are_named_after_a_run() -> None:
    found = {"method": "minhash", "giant_clusters": 2, "largest_giants": [{"survivor": "x", "documents": 4321}]}
    large = [{"documents": 99, "leaders": 16, "unlike": 7}]
    lines = giants({"deduplication": [found | {"largest_runs": large}]})
    assert "2; the largest has 4,321 documents, of which x is kept" in lines[0]
    assert lines[1].endswith("7 documents")
    assert giants({"deduplication": [{"method": "exact_text", "giant_clusters": 0, "largest_giants": []}]}) == []
