"""Texts as kept, with what was edited marked, and the records that they came from."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts
from pipelines.edits.apply import edit
from pipelines.edits.edit import Edit
from pipelines.recipe import Recipe
from pipelines.sample import crawl
from provenance.marks import marks
from provenance.masked import masked
from provenance.opened import Opened
from provenance.show import CHARACTERS, RAW_BYTES, raw, show
from tests.releases import ledger_rows
from tests.servers import BUCKET, WebServer, s3_server

#: the fixture's inputs are single files, and so have no folder in their names
FOLDERS = {path.name: str(path.parent) for path in crawl().parent.rglob("*.gz")}
PUT = {"mask_emails": "email@example.com", "mask_ips": "22.214.171.124"}


def test_every_mask_is_marked_where_it_stands(opened: Opened, indexed: Path) -> None:
    edited = [row for row in ledger_rows(indexed) if row["outcome"] == "kept" and row["edits"]]
    assert len(edited) >= 4
    for row in edited:
        found = show(opened, row["id"])
        assert found.text is not None
        assert found.unplaced == ()
        assert len(found.marks) == sum(one["count"] for one in row["edits"])
        for mark in found.marks:
            assert found.text[mark.start : mark.end] == PUT.get(mark.edit, "")


RECIPE = Recipe.parse("""
name = "r"
purpose = ""
[[steps]]
use = "cap_newlines"
[[steps]]
use = "mask_emails"
replacements = ["<A>", "<BCD>"]
[[steps]]
use = "mask_ips"
""")
PIECES = st.sampled_from(
    ["a@b.example", " ", "x\n\n\n\n\ny", "8.8.8.8", " é𝄞 ", "me.you@lamp.example ", "\n\n\n", "text. "]
)


@settings(max_examples=100)
@given(st.lists(PIECES, max_size=12))
def test_marks_are_where_the_edits_are(pieces: list[str]) -> None:
    text, steps = "".join(pieces), [step for step in RECIPE.steps if isinstance(step, Edit)]
    edited, done = edit(Texts(documents([text])), steps)
    (made,) = done.to_pylist()
    kept: str = edited.column[0].as_py()
    found, unplaced = marks(made, RECIPE)
    assert unplaced == ()
    assert len(found) == sum(one["count"] for one in made)
    masks = {name: [mark for mark in found if mark.edit == name] for name in ("mask_emails", "mask_ips")}
    for number, mark in enumerate(masks["mask_emails"]):
        assert kept[mark.start : mark.end] == ("<A>", "<BCD>")[number % 2]
    for mark in masks["mask_ips"]:
        assert kept[mark.start : mark.end] == "22.214.171.124"
    # Whoever takes out what was put there has all characters that no edit found.
    left = len(text) - sum(mark.removed for mark in found)
    assert len(kept) - sum(mark.end - mark.start for mark in found) == left or not masks


def test_an_edit_of_unknown_lengths_is_named() -> None:
    spans = [{"start": 0, "end": 1}, {"start": 5, "end": 6}]
    made: list[dict[str, Any]] = [
        {"edit": "repair", "count": 2, "characters_removed": 2, "characters_put": 5, "spans": spans},
        {
            "edit": "mask_ips",
            "count": 1,
            "characters_removed": 7,
            "characters_put": 14,
            "spans": [{"start": 9, "end": 16}],
        },
    ]
    found, unplaced = marks(made, RECIPE)
    assert ([(mark.edit, mark.start, mark.end) for mark in found], unplaced) == ([("mask_ips", 9, 23)], ("repair",))


def test_the_text_of_what_is_not_kept_is_not_there(opened: Opened, indexed: Path) -> None:
    row = next(row for row in ledger_rows(indexed) if row["outcome"] == "dropped")
    found = show(opened, row["id"])
    assert (found.text, found.characters, found.marks) == (None, None, ())
    assert (found.snippet, found.digest) == (None, row["extracted_digest"])
    assert "this release does not hold the texts of what it does not keep" in found.says
    assert show(opened, "nobody").status == "unknown"


def test_the_record_is_read_from_its_file(opened: Opened, indexed: Path) -> None:
    rows = [row for row in ledger_rows(indexed) if row["record_type"] in {"response", "conversion"}]
    for row in rows[::7]:
        found = raw(row, FOLDERS[row["file_path"]])
        assert found.content is not None, found.reason
        assert row["id"] in found.content
        assert row["url"] in found.content
        assert len(found.content) <= RAW_BYTES
    shown = show(opened, rows[0]["id"], FOLDERS[rows[0]["file_path"]])
    assert shown.raw is not None
    assert (shown.raw.offset, shown.raw.length) == (rows[0]["offset"], rows[0]["length"])


def test_the_record_is_read_from_where_it_lies(indexed: Path) -> None:
    row = next(row for row in ledger_rows(indexed) if row["record_type"] == "response")
    here = raw(row, FOLDERS[row["file_path"]])
    content = Path(FOLDERS[row["file_path"]], row["file_path"]).read_bytes()
    served = WebServer({f"crawl/{row['file_path']}": content})
    with served.running(), s3_server() as files:
        files.pipe(f"{BUCKET}/crawl/{row['file_path']}", content)
        assert raw(row, f"{served.url}/crawl/") == raw(row, f"s3://{BUCKET}/crawl") == here
        assert here.content is not None
        assert "404" in str(raw(row, f"{served.url}/elsewhere").reason)
    (part, _) = [range_ for _, _, range_, _ in served.asked]
    assert part == f"bytes={row['offset']}-{row['offset'] + row['length'] - 1}"


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("x.warc.gz", "", "no folder was named"),
        ("../../../etc/hosts.warc", "folder", "leads out of"),
        ("/etc/hosts.warc", "folder", "leads out of"),
        ("x.jsonl.gz", "folder", "only records of WARC files"),
        ("gone.warc.gz", "folder", "No such file"),
        ("broken.warc.gz", "folder", "decompressing"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(tmp_path: Path, name: str, source: str, said: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "broken.warc.gz").write_bytes(b"\x1f\x8bbroken" * 9)
    row = {"file_path": name, "offset": 0, "length": 1 << 40}
    found = raw(row, str(tmp_path / source) if source else "")
    assert found.content is None
    assert said in str(found.reason)


def test_what_is_shown_is_bounded(opened: Opened) -> None:
    found = show(opened, "https://harbourtides.example/2026/03/how-tides-work/", characters=10)
    assert len(found.text or "") == 10
    assert (found.characters or 0) > 10
    assert CHARACTERS > 10


def test_a_text_that_is_not_kept_is_masked_unless_it_is_asked_for(
    opened_holding: Opened, holding: Path, dropped_texts: dict[str, str]
) -> None:
    rows = [row for row in ledger_rows(holding) if row["outcome"] in {"dropped", "duplicate"}]
    assert {row["id"] for row in rows} == {*dropped_texts}
    for row in rows[::5]:
        text = dropped_texts[row["id"]]
        found = show(opened_holding, row["id"])
        assert (found.text, found.snippet, found.characters) == (None, masked(text), len(text))
        assert found.digest == blake2b(text.encode(), digest_size=16).hexdigest()
        shown = show(opened_holding, row["id"], characters=50, dropped_text=True)
        assert (shown.text, shown.snippet, shown.characters) == (text[:50], None, len(text))
        assert shown.says.endswith("no part of the published data")
        assert shown.marks == ()


def test_what_has_no_text_says_so(opened_holding: Opened, holding: Path) -> None:
    row = next(row for row in ledger_rows(holding) if row["outcome"] == "error")
    found = show(opened_holding, row["id"], dropped_text=True)
    assert (found.text, found.snippet) == (None, None)
    assert found.says.endswith("it has no text")
