"""The funnel by parts, counted once more from the ledger."""

from collections import Counter
from pathlib import Path

import pytest

from pipelines.mistakes import UsageError
from provenance.funnel_by import funnel_by
from provenance.opened import Opened
from tests.releases import ledger_rows, manifest


@pytest.mark.parametrize("by", [None, "language", "domain", "licence", "crawl"])
def test_the_funnel_is_conserved(opened: Opened, indexed: Path, by: str | None) -> None:
    found = funnel_by(opened, by)
    assert found.conserved
    assert found.steps[0].records == 345
    assert sum(step.records for step in found.steps[1:]) == 345
    kept = manifest(indexed)["counts"]["fates"]["kept:"]
    if by:
        assert sum(part.records for part in found.parts) == 345
        assert (sum(part.kept for part in found.parts), sum(part.kept_bytes for part in found.parts)) == (
            kept[0],
            kept[2],
        )
    if by == "language":
        languages = Counter(row["language"] for row in ledger_rows(indexed))
        assert {part.part: part.records for part in found.parts} == languages
    if by == "crawl":
        assert [(part.part, part.parts, part.others) for part in found.parts] == [("CC-MAIN-2026-30", 1, False)]


def test_small_parts_are_summed_up(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.funnel_by.MOST", 2)
    found = funnel_by(opened, "domain")
    assert found.conserved
    assert [part.others for part in found.parts] == [False, False, True]
    assert found.parts[2].parts > 20


def test_an_unknown_part_is_refused(opened: Opened) -> None:
    with pytest.raises(UsageError, match="expected one of language, domain"):
        funnel_by(opened, "outcome; DROP TABLE ledger")
