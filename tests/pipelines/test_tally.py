"""Tallies count every row once and add up."""

import pyarrow as pa

from filters.word_count import WordCount
from pipelines import ledger
from pipelines.tally import Tally

RULES = [WordCount(column=column) for column in ("words", "marks", "never")]
COLUMNS = [rule.column for rule in RULES]
ROWS = [
    {
        "outcome": "kept",
        "content_bytes": 10,
        "text_bytes": 7,
        "edits": [{"edit": "mask_ips", "count": 2, "characters_removed": 14, "characters_put": 15}],
        "failed": [],
        "words": 3,
    },
    {"outcome": "kept", "content_bytes": 1, "text_bytes": 1, "edits": []},
    {"outcome": "dropped", "dropped_by": "words", "content_bytes": 5, "failed": ["words", "marks"], "words": 0},
    {
        "outcome": "duplicate",
        "dropped_by": "minhash",
        "content_bytes": 5,
        "text_bytes": 5,
        "edits": [{"edit": "mask_ips", "count": 9, "characters_removed": 0, "characters_put": 0}],
    },
    {"outcome": "error", "dropped_by": "empty"},
]


def _table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=ledger.schema(RULES, "none"))


def test_every_row_is_counted_with_its_bytes() -> None:
    tally = Tally.of(_table(ROWS), COLUMNS)
    assert tally.fates == {
        "kept:": [2, 11, 8],
        "dropped:words": [1, 5, 0],
        "duplicate:minhash": [1, 5, 5],
        "error:empty": [1, 0, 0],
    }
    assert tally.edits == {"mask_ips": [1, 2, 14, 15]}
    assert (tally.records, tally.count("kept"), tally.count("error")) == (5, 2, 1)


def test_parts_add_up_to_the_whole_in_any_order() -> None:
    parts = [Tally.of(_table([row]), COLUMNS) for row in ROWS]
    whole = Tally.total([Tally.of(_table(ROWS), COLUMNS)])
    assert Tally.total(parts) == Tally.total(parts[::-1]) == whole
    assert [*Tally.total(parts).fates] == sorted(whole.fates)


def test_nothing_is_a_tally_too() -> None:
    assert Tally.of(_table([]), ()) == Tally.total([]) == Tally()


def test_rules_that_did_nothing_are_known() -> None:
    tally = Tally.of(_table(ROWS), COLUMNS)
    assert tally.rules == {"marks": [0, 1], "never": [0, 0], "words": [2, 1]} | tally.rules
    assert (tally.blind, tally.idle) == (["marks", "never"], [])
    assert Tally.of(_table(ROWS[:1]), COLUMNS).idle == ["words"]
