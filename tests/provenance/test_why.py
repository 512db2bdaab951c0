"""The history of a record: every step in order, what decided, and where everything lies."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.mistakes import UsageError
from provenance.answer import answered
from provenance.captures import LONGEST
from provenance.opened import Opened, open_release
from provenance.why import why
from tests.releases import ledger_rows

TIDES = "https://harbourtides.example/2026/03/how-tides-work/"


def test_a_kept_page_has_passed_every_step(opened: Opened, indexed: Path) -> None:
    (row,) = [row for row in ledger_rows(indexed) if row["url"] == TIDES and row["record_type"] == "conversion"]
    found = why(opened, row["id"])
    assert (found.status, found.records, found.others) == (row["outcome"], 1, ())
    assert found.history is not None
    told = found.history
    assert [step.step for step in told.steps][-3:] == ["mask_ips", "exact_text", "minhash"]
    assert [step.place for step in told.steps] == [*range(1, 18)]
    by_step = {step.step: step for step in told.steps}
    assert by_step["word_count"].signal == row["word_count"]
    assert by_step["word_count"].limits["low"] == 50
    assert (by_step["license"].verdict, by_step["language"].verdict) == ("measured", "keeps")
    assert (told.file, told.offset, told.length) == (row["file_path"], row["offset"], row["length"])
    assert told.extracted_digest == row["extracted_digest"]


def test_where_the_text_lies_it_is(opened: Opened, indexed: Path) -> None:
    told = why(opened, TIDES).history
    assert told is not None
    assert told.outcome == "kept"
    text = pq.read_table(indexed / str(told.data_file)).to_pylist()[told.data_row or 0]
    assert (text["id"], text["text_digest"], len(text["text"].encode())) == (told.id, told.text_digest, told.text_bytes)


def test_every_record_has_the_history_that_its_row_says(opened: Opened, indexed: Path) -> None:
    rows = ledger_rows(indexed)
    for row in [*rows[:40], *[row for row in rows if row["outcome"] in {"dropped", "duplicate"}]]:
        found = why(opened, row["id"])
        told = found.history
        assert told is not None
        assert told.outcome == found.status == row["outcome"]
        drops = [step.step for step in told.steps if step.verdict == "drops"]
        assert drops == ([row["dropped_by"]] if row["outcome"] in {"dropped", "duplicate"} else [])
        would = [step.step for step in told.steps if step.verdict == "would drop"]
        assert would == [*told.would_also_fail] == [name for name in row["failed"] or () if name != row["dropped_by"]]
        assert (told.survivor, told.cluster) == (row["survivor"], row["cluster"])
        reached = {step.verdict for step in told.steps} != {"not reached"}
        assert reached == (row["outcome"] != "error")
        edits = {step.step: step.places for step in told.steps if step.verdict == "edited"}
        assert edits == {edit["edit"]: edit["count"] for edit in row["edits"] or ()}


def test_a_dropped_page_says_what_was_measured(opened: Opened, indexed: Path) -> None:
    (row,) = [row for row in ledger_rows(indexed) if row["dropped_by"] == "hash_ratio"]
    found = why(opened, row["url"])
    assert found.says == f"dropped by hash_ratio: it measured {row['hash_ratio']!r}, and the limits are high = 0.1"
    step = next(step for step in found.history.steps if step.verdict == "drops") if found.history else None
    assert step is not None
    assert step.signal > step.limits["high"]


def test_rights_come_with_their_evidence(opened: Opened) -> None:
    told = why(opened, "https://starfinder.example/tonight/the-july-sky").history
    assert told is not None
    assert told.rights.consent == "deny"
    assert {item.name for item in told.rights.evidence if item.kind == "consent"} == {"x_robots_tag", "robots_txt"}
    assert max(len(item.raw) for item in told.rights.evidence) <= 128


def test_captures_of_one_address_are_counted(opened: Opened) -> None:
    found = why(opened, "HTTP://www.ArchesAndSpans.example/stone/how-an-arch-stands?#top")
    assert (found.status, found.records, len(found.others)) == ("kept", 2, 1)
    assert found.others[0].outcome == "duplicate"


HOSTILE = [
    "' OR 1=1 --",
    "'); DROP TABLE ledger; --",
    "../../etc/passwd",
    "%",
    "*",
    "$id",
    "\x00",
    "\x1b[31m",
    "\ud800",
]


@pytest.mark.parametrize(
    "wanted", [*HOSTILE, "nothing", "http://nowhere.example/", "a" * LONGEST, "[", "http://[", "\u202e"]
)
def test_what_was_not_read_is_said_to_be_unknown(opened: Opened, wanted: str) -> None:
    answer = answered(opened, "why", lambda release: why(release, wanted))
    assert (answer.answer.status, answer.answer.records, answer.answer.history) == ("unknown", 0, None)
    assert answer.answer.says.startswith("not in our inputs: none of the 345 records")
    assert all(wanted not in query.sql for query in answer.sql if len(wanted) > 3)


@pytest.mark.parametrize("wanted", ["", "a" * (LONGEST + 1), "ü" * 500_000])
def test_what_cannot_be_an_id_is_refused(opened: Opened, wanted: str) -> None:
    with pytest.raises(UsageError, match="expected an id, address or domain of 1 to"):
        why(opened, wanted)


def test_without_an_index_it_says_what_to_do(indexed: Path, tmp_path: Path) -> None:
    for name in ("release.json", "recipe.toml"):
        (tmp_path / name).write_bytes((indexed / name).read_bytes())
    for folder in ("ledger", "data"):
        (tmp_path / folder).symlink_to(indexed / folder)
    with open_release(str(tmp_path)) as release:
        assert release.as_of == "2026-07-20T12:30:14Z"
        with pytest.raises(UsageError, match="run `vitrine index"):
            why(release, TIDES)


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"it has no release\.json"), open_release(str(tmp_path)):
        pass
