"""What a filter cost, counted once more from the ledger."""

from collections import Counter
from pathlib import Path

import pytest

from pipelines.mistakes import UsageError
from provenance.filter_cost import SHOWN, filter_cost
from provenance.masked import masked
from provenance.opened import Opened
from tests.releases import ledger_rows


def test_every_filter_is_counted(opened: Opened, indexed: Path) -> None:
    rows = [row for row in ledger_rows(indexed) if row["outcome"] != "error"]
    left = len(rows)
    for rule in opened.recipe.filters:
        found = filter_cost(opened, rule.column, samples=3)
        dropped = [row for row in rows if row["dropped_by"] == rule.column]
        assert (found.documents, found.came_in, found.dropped_first) == (len(rows), left, len(dropped))
        left -= len(dropped)
        assert found.went_out == left
        assert found.would_drop == sum(rule.column in row["failed"] for row in rows)
        assert found.dropped_alone == sum(row["failed"] == [rule.column] for row in rows)
        assert found.dropped_bytes == sum(row["extracted_bytes"] for row in dropped)
        for parts in (found.by_language, found.by_licence, found.by_tld, found.by_domain):
            assert sum(part.lost for part in parts) == len(dropped)
        assert {part.part: part.lost for part in found.by_language if part.lost} == Counter(
            row["language"] for row in dropped
        )
        assert sum(part.reached for part in found.by_language) == found.came_in
        assert len(found.by_domain) <= 10


def test_samples_are_those_of_their_seed(opened: Opened, indexed: Path) -> None:
    dropped = {row["id"]: row for row in ledger_rows(indexed) if row["dropped_by"] == "word_count"}
    one, again, other = (filter_cost(opened, "word_count", 2, seed).samples for seed in (1, 1, 3))
    assert one == again
    assert len(one) == 2
    assert len(dropped) > 2
    assert {found.samples for found in [filter_cost(opened, "word_count", 2, seed) for seed in range(6)]} != {one}
    for found in (*one, *other):
        assert (found.signal, [*found.failed]) == (dropped[found.id]["word_count"], dropped[found.id]["failed"])


@pytest.mark.parametrize("name", ["wordcount", "", "mask_emails", "'; --", "x" * 1_000_000])
def test_a_filter_that_is_not_there_is_refused(opened: Opened, name: str) -> None:
    with pytest.raises(UsageError, match="the recipe has no filter") as error:
        filter_cost(opened, name)
    assert len(str(error.value)) < 300


def test_samples_show_no_text_but_masked(opened_holding: Opened, opened: Opened, dropped_texts: dict[str, str]) -> None:
    found = filter_cost(opened_holding, "word_count")
    assert found.samples
    assert all((one.text, one.snippet) == (None, masked(dropped_texts[one.id])) for one in found.samples)
    shown = filter_cost(opened_holding, "word_count", dropped_text=True)
    assert all((one.text, one.snippet) == (dropped_texts[one.id][:SHOWN], None) for one in shown.samples)
    without = filter_cost(opened, "word_count", dropped_text=True)
    assert {(one.text, one.snippet) for one in without.samples} == {(None, None)}
    assert "`dropped_texts = true`" in without.says
