"""What is timed is added up as it is said to be."""

import json
from pathlib import Path

import pytest

from benchmarks import dedup_peers, signatures


def test_shingles_are_part_of_a_row_but_those_that_say_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer that makes shingles itself has one row."""
    told = {"rensa": {"shingles": 2.0, "RMinHash": 1.0}, "datatrove": {"stage 1": 5.0}}
    monkeypatch.setattr(signatures, "ask", lambda peer, *_: dict(told[peer]))
    rows = [row for peer in told for row in signatures.theirs(peer, "python", [])]
    assert rows == [("rensa, RMinHash", 3), ("rensa, RMinHash, shingles given", 1), ("datatrove, stage 1", 5)]


def test_texts_come_with_vitrine_or_as_lines(tmp_path: Path) -> None:
    """Evenly taken."""
    assert any(len(text) > 100 for text in signatures.some_texts(signatures.bundled(), 1))
    lines = tmp_path / "texts.jsonl"
    lines.write_text("".join(json.dumps({"text": str(number) * 1000}) + "\n" for number in range(10)))
    assert [text[0] for text in signatures.some_texts([lines], 0.005)] == ["0", "2", "4", "6", "8"]


def test_every_profile_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here only two."""
    monkeypatch.setattr(signatures, "PROFILES", {"vitrine": None, "dolma-3": None})
    timed = dict(signatures.ours(["a text of some words", "and another"]))
    assert list(timed) == ["vitrine, vitrine", "vitrine, dolma-3"]
    assert min(timed.values()) >= 0


@pytest.mark.parametrize(("python", "said"), [("/no/such/python", "did not start"), ("false", "ended with 1")])
def test_a_peer_that_does_not_run_is_told(python: str, said: str) -> None:
    """By its name."""
    with pytest.raises(dedup_peers.PeerError, match=f"rensa {said}"):
        dedup_peers.ask("rensa", python, "time", ["a"])
