"""Public answers show nothing of what is not kept but hashes, counts and masked beginnings."""

import json
from pathlib import Path
from typing import Any

import pytest

from provenance.opened import Opened
from provenance.questions import put
from tests.releases import ledger_rows


@pytest.fixture(scope="module")
def lost(holding: Path) -> list[dict[str, Any]]:
    """List the rows of documents that filters dropped: what duplicates say is kept elsewhere."""
    return [row for row in ledger_rows(holding) if row["outcome"] == "dropped"]


@pytest.fixture(scope="module")
def phrases(lost: list[dict[str, Any]], dropped_texts: dict[str, str]) -> list[str]:
    """Cut phrases out of the texts of what filters dropped: two or three of each."""
    texts = (dropped_texts[row["id"]] for row in lost)
    return [text[start : start + 20] for text in texts for start in range(20, len(text) - 20, 20 + len(text) // 3)]


def test_public_answers_hold_no_text_that_is_not_kept(
    opened_holding: Opened, lost: list[dict[str, Any]], dropped_texts: dict[str, str], phrases: list[str]
) -> None:
    assert len(phrases) > len(lost)
    asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [("sample", (), {"count": 1000})]
    asked += [("filter", (rule.column,), {}) for rule in opened_holding.recipe.filters]
    for row in lost:
        asked += [(question, (row["id"],), {}) for question in ("why", "show", "duplicates")]
        asked += [("trace", (dropped_texts[row["id"]],), {}), ("url", (row["url"],), {})]
    for question, given, named in asked:
        said = _said(opened_holding, question, given, named)
        assert [phrase for phrase in phrases if phrase in said] == [], question


def test_they_are_shown_to_who_asks(opened_holding: Opened, phrases: list[str]) -> None:
    said = _said(opened_holding, "sample", (), {"count": 1000, "dropped_text": True})
    assert sum(phrase in said for phrase in phrases) > len(phrases) // 2


def test_a_dropped_text_is_traced_to_itself(
    opened_holding: Opened, opened: Opened, lost: list[dict[str, Any]], dropped_texts: dict[str, str]
) -> None:
    row = max(lost, key=lambda row: row["extracted_bytes"])
    text = dropped_texts[row["id"]]
    found = put(opened_holding, "trace", text).answer
    (span,) = [span for span in found.dropped if row["id"] in {source.id for source in span.sources}]
    (source,) = [source for source in span.sources if source.id == row["id"]]
    assert text[span.start : span.end] == text[source.start : source.end]
    assert (source.fate, source.dropped_by, source.verbatim) == ("dropped", row["dropped_by"], True)
    assert found.unverified == ()
    assert put(opened, "trace", text).answer.dropped == ()


def _said(opened: Opened, question: str, given: tuple[Any, ...], named: dict[str, Any]) -> str:
    plain = put(opened, question, *given, **named).plain()
    return json.dumps(plain["answer"], ensure_ascii=False).replace("\\n", "\n")
