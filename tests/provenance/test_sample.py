"""Documents to read: the same for the same seed, with their reasons."""

from pathlib import Path

import pytest

from pipelines.mistakes import UsageError
from provenance.masked import masked
from provenance.opened import Opened
from provenance.sample import SHOWN, sample
from tests.releases import ledger_rows


def test_kept_documents_are_read_with_their_text(opened: Opened, indexed: Path) -> None:
    found = sample(opened, kept=True, count=5, seed=7)
    assert found == sample(opened, kept=True, count=5, seed=7)
    assert {one.id for one in found.documents} != {
        one.id for one in sample(opened, kept=True, count=5, seed=8).documents
    }
    rows = {row["id"]: row for row in ledger_rows(indexed) if row["outcome"] == "kept"}
    assert len(found.documents) == 5
    for one in found.documents:
        assert one.text
        assert len(one.text) == SHOWN or len(one.text.encode()) == rows[one.id]["text_bytes"]


def test_dropped_documents_are_read_with_their_reason(opened: Opened, indexed: Path) -> None:
    rows = {row["id"]: row for row in ledger_rows(indexed)}
    found = sample(opened, "word_count", count=100)
    assert {one.id for one in found.documents} == {
        id_ for id_, row in rows.items() if row["dropped_by"] == "word_count"
    }
    assert {(one.text, one.snippet) for one in found.documents} == {(None, None)}
    assert "does not hold the texts" in found.says
    assert "`dropped_texts = true`" in found.says
    for one in sample(opened, count=1000).documents:
        assert one.outcome == rows[one.id]["outcome"]
        if one.outcome == "dropped":
            assert one.signal is not None
    with pytest.raises(UsageError, match="0 to 1,000 samples"):
        sample(opened, count=1001)


def test_texts_that_are_not_kept_are_masked_unless_asked_for(
    opened_holding: Opened, dropped_texts: dict[str, str]
) -> None:
    drawn = sample(opened_holding, count=1000)
    asked = sample(opened_holding, count=1000, dropped_text=True)
    assert [one.id for one in drawn.documents] == [one.id for one in asked.documents]
    lost = 0
    for one, shown in zip(drawn.documents, asked.documents, strict=True):
        if one.outcome == "kept":
            assert one == shown
            assert (one.text is None, one.snippet) == (False, None)
            continue
        lost += 1
        text = dropped_texts[one.id]
        assert (one.text, one.snippet) == (None, masked(text))
        assert (shown.text, shown.snippet) == (text[:SHOWN], None)
    assert lost == len(dropped_texts)
    assert "masked" in drawn.says
    assert "no part of the published data" in asked.says


def test_asking_for_texts_that_are_not_there_gives_none(opened: Opened) -> None:
    found = sample(opened, "word_count", dropped_text=True)
    assert {(one.text, one.snippet) for one in found.documents} == {(None, None)}
    assert "does not hold the texts" in found.says
