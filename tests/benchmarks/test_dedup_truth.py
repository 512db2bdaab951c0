"""Pairs are scored as by hand, and peers' scripts pair what shares a band."""

import json
from pathlib import Path

import numpy as np
import pytest
import zstandard

from benchmarks import dedup_truth
from benchmarks.dedup_truth import Truth, pairs_of_bands, read_truth, score
from benchmarks.peers import near_duplicates as peer

#: four texts of which three pairs are similar
TRUTH = Truth(["a", "b", "c", "d"], np.array([[0, 1], [1, 2], [2, 3]]), np.array([0.95, 0.85, 0.4]))


def test_pairs_are_scored_as_by_hand() -> None:
    """Of four found pairs one is at least 0.8 similar, of the two there are; one is not similar at all."""
    one = score("x", TRUTH, np.array([[0, 1], [2, 3], [0, 3], [0, 2]]), (1, 1), 0.8)
    assert (one.candidates, one.precision, one.recall) == (4, 0.25, 0.5)
    assert one.f1 == pytest.approx(1 / 3)
    assert [(t.low, t.pairs, t.found) for t in one.tenths] == [(0.4, 1, 1), (0.8, 1, 0), (0.9, 1, 1)]
    assert [t.expected for t in one.tenths] == pytest.approx([0.4, 0.85, 0.95])
    assert one.sure[0.8] == pytest.approx((0.5, 0.9))
    assert one.sure[0.9] == pytest.approx((1, 0.95))


def test_nothing_found_is_nothing_right() -> None:
    """Not a division by zero."""
    one = score("x", TRUTH, np.empty((0, 2), np.int64), (14, 8), 0.8)
    assert (one.precision, one.recall, one.f1) == (0, 0, 0)


def test_a_similarity_of_a_whole_tenth_belongs_to_it() -> None:
    """0.3 times 10 is a little less than 3, and 1 is of the last tenth."""
    truth = Truth(["a", "b", "c"], np.array([[0, 1], [1, 2]]), np.array([0.3, 1.0]))
    assert [t.low for t in score("x", truth, truth.pairs, (1, 1), 0.8).tenths] == [0.3, 0.9]


def test_rows_that_share_a_band_are_pairs() -> None:
    """Once, though they share two, and only within a band; both of these functions."""
    bands = np.array([[1, 9], [1, 9], [2, 9], [9, 3]], np.uint64)
    assert pairs_of_bands(bands).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert peer.pairs_of_bands(bands.tolist()) == {(0, 1), (0, 2), (1, 2)}
    assert pairs_of_bands(np.empty((0, 14), np.uint64)).shape == (0, 2)


def test_shingles_of_peers_are_those_of_the_truth() -> None:
    """Runs of five words; one for a text of fewer; Han characters alone."""
    found = peer.shingled(["One, two_2 three four five six", "a b", "中文 Go", "!"])
    assert found[0] == ["one two_2 three four five", "two_2 three four five six"]
    assert found[1:] == [["a b"], ["中 文 go"], []]


def test_a_folder_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From files to JSON: with Vitrine's own words an equal pair is found and verified, and another is not."""
    texts = ["one two three four five six seven", "One two three four five six, seven!", "nothing of that at all here"]
    documents = [{"id": f"d{number}", "text": text} for number, text in enumerate(texts)]
    for name, lines in (("docs", documents), ("pairs", [{"a": "d1", "b": "d0", "jaccard": 1.0}])):
        content = "".join(json.dumps(line) + "\n" for line in lines).encode()
        (tmp_path / f"{name}.jsonl.zst").write_bytes(zstandard.compress(content))
    assert read_truth(tmp_path).pairs.tolist() == [[0, 1]]
    monkeypatch.setattr("benchmarks.dedup_truth.PROFILES", {"vitrine": None, "datasketch": None})
    peers = ["--datatrove", "none", "--datasketch", "none"]
    monkeypatch.setattr("sys.argv", ["dedup_truth", str(tmp_path), "--json", *peers])
    dedup_truth.main()
    scores = json.loads(capsys.readouterr().out)[tmp_path.name]
    assert [one["name"] for one in scores][1::2] == ["vitrine, vitrine, verified", "vitrine, datasketch, verified"]
    assert {(one["candidates"], one["precision"], one["recall"]) for one in scores} == {(1, 1, 1)}


def test_datasketch_finds_what_is_equal() -> None:
    """As its own index does."""
    assert peer.pair_datasketch(["a b c d e f", "x y", "A b c d e f", ""]) == {(0, 2)}
    assert set(peer.time_datasketch(["a b c d e f"])) == {"shingles", "MinHash.update_batch"}
