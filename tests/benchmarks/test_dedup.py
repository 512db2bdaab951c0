"""One command measures deduplication from texts to survivors."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import dedup, dedup_scale, signatures
from benchmarks.dedup_watch import Measured

NO_PEERS = ["--datatrove", "none", "--datasketch", "none", "--no-peer"]


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    """Run it on a few documents, in this process."""

    def here(function: Callable[..., Measured], *arguments: object) -> Measured:
        return function(*arguments[:-1], str(folder))

    monkeypatch.setattr(dedup_scale, "apart", here)
    monkeypatch.setattr(signatures, "PROFILES", {"vitrine": None})
    texts = folder / "texts.jsonl"
    texts.write_text(json.dumps({"text": "a text of some words"}) + "\n")
    monkeypatch.setattr("sys.argv", ["dedup", str(texts), "--documents", "2000", *NO_PEERS, *options])
    dedup.main()


def test_texts_are_signed_and_planted_clusters_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From texts to JSON; other clusters than the planted ones would end it."""
    run(tmp_path, monkeypatch, "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["signatures"]["texts"], list(found["signatures"]["seconds"])) == (1, ["vitrine, vitrine"])
    (size,) = found["scale"]
    assert size["datatrove"] is None
    assert size["vitrine"]["documents"] == 2000
    assert list(size["vitrine"]["seconds"]) == ["keys", "links", "clusters", "members", "survivors"]
    assert 0 < size["vitrine"]["facts"]["clusters of two or more"] < 2000


def test_a_table_ends_with_the_figures_on_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both parts, in order."""
    run(tmp_path, monkeypatch)
    said = capsys.readouterr().out
    places = [said.index(part) for part in ("1 texts", "2,000 documents, 28,000 keys", "3,000,000,000 documents")]
    assert places == sorted(places)


def test_other_clusters_than_the_planted_ones_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured is right, or nothing is told."""
    planted = dedup_scale.planted
    monkeypatch.setattr(dedup_scale, "planted", lambda documents: planted(documents)[::-1])
    with pytest.raises(SystemExit, match=r"should have|not those that were planted"):
        run(tmp_path, monkeypatch)
