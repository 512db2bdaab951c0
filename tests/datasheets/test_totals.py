"""The label says the key numbers, and says so where they do not add up."""

from pathlib import Path

from datasheets.totals import label, totals
from tests.datasheets.asking import answered, section


def test_each_outcome_is_counted(tmp_path: Path) -> None:
    found = section(tmp_path, totals)
    assert answered(found) == ((10, 7, 2, 0.2, 2 / 7, 3, 2, 0, 3, 31, "2026-01-31", "2026-02-01"),)


def test_the_label_says_the_numbers(tmp_path: Path) -> None:
    found = section(tmp_path, totals).answer
    assert found is not None
    assert " ".join(label(found, conserved=True)) == (
        "Of 10 records read, 7 are documents with text. 2 documents are kept (28.6% of the documents, 20.0% of the "
        "records), with 31 bytes of text. The filters dropped 3 documents; 2 more were removed as duplicates of kept "
        "ones. 3 records are no documents: no page, no text, or nothing that can be read; each has its reason in the "
        "ledger. Every record is accounted for."
    )
    assert "do not add up" in label(found, conserved=False)[-1]


def test_duplicates_of_parts_are_told_apart(tmp_path: Path) -> None:
    lost = {"outcome": "duplicate", "dropped_by": "shared_lines"}
    found = section(tmp_path, totals, rows=([lost, lost | {"survivor": "k"}],)).answer
    assert found is not None
    assert label(found, conserved=True)[2] == (
        "The filters dropped 0 documents; 2 more were removed as duplicates, 1 of them of parts of several documents."
    )


def test_nothing_read_is_said(tmp_path: Path) -> None:
    found = section(tmp_path, totals, rows=((),))
    assert answered(found) == ((0, 0, 0, None, None, 0, 0, 0, 0, 0, None, None),)
    assert found.answer is not None
    assert label(found.answer, conserved=True) == ("No record was read, so this release holds no document.",)


def test_no_documents_have_no_share(tmp_path: Path) -> None:
    found = section(tmp_path, totals, rows=([{"outcome": "error", "dropped_by": "empty"}],)).answer
    assert found is not None
    assert label(found, conserved=True)[:2] == (
        "Of 1 record read, 0 are documents with text.",
        "The filters dropped 0 documents; 0 more were removed as duplicates of kept ones.",
    )
