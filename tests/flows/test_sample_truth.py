"""The sample's pages meet the fates for which they were written."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.sample import crawl
from tests.releases import curate_sample

#: what a page of each kind must come to; None where the kind alone does not say
OUTCOMES = {
    "good": {"kept", "duplicate", "dropped"},
    "exact_duplicate": {"duplicate"},
    "near_duplicate": {"duplicate"},
    "short": {"dropped"},
    "redirect": {"error"},
    "error": {"error"},
    "not_html": {"error"},
    "empty": {"error"},
}
REASONS = {"redirect": {"http_status"}, "error": {"http_status"}, "not_html": {"not_html"}, "empty": {"empty"}}

Page = dict[str, Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Page, Page]]:
    """Join what was meant with what became of it, by record id."""
    out = tmp_path_factory.mktemp("truth")
    curate_sample(out, inputs=(str(crawl()),))
    rows = {row["id"]: row for row in pq.read_table(out / "ledger").to_pylist()}
    truth = crawl().parents[4] / "truth.jsonl"
    meant = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    return [(page, rows[page["id"]]) for page in meant if page["id"] in rows]


def test_nearly_every_page_is_found(pages: list[tuple[Page, Page]]) -> None:
    # One has no id; the bytes of one are damaged.
    assert len(pages) == 107


def test_kinds_come_to_their_outcomes(pages: list[tuple[Page, Page]]) -> None:
    wrong = [
        (page["url"], page["kind"], row["outcome"], row["dropped_by"])
        for page, row in pages
        if row["outcome"] not in OUTCOMES.get(page["kind"], {row["outcome"]})
        or (row["outcome"] == "error" and row["dropped_by"] not in REASONS.get(page["kind"], {row["dropped_by"]}))
    ]
    # A near-duplicate may be the one that stands for the others: the longest is kept.
    assert Counter(kind for _, kind, _, _ in wrong) <= Counter(near_duplicate=9, exact_duplicate=6)
    assert {(kind, outcome) for _, kind, outcome, _ in wrong} <= {
        ("near_duplicate", "kept"),
        ("exact_duplicate", "kept"),
    }


def test_of_every_family_of_duplicates_one_is_kept(pages: list[tuple[Page, Page]]) -> None:
    by_url = {page["url"]: row for page, row in pages}
    families: dict[str, list[str]] = {}
    for page, row in pages:
        if page["duplicate_of"] and row["outcome"] != "error":
            families.setdefault(page["duplicate_of"], [page["duplicate_of"]]).append(page["url"])
    assert len(families) > 8
    kept = {url: sum(by_url[member]["outcome"] == "kept" for member in members) for url, members in families.items()}
    assert set(kept.values()) == {1}


def test_languages_are_those_that_were_written(pages: list[tuple[Page, Page]]) -> None:
    good = [(page, row) for page, row in pages if page["kind"] in {"good", "charset"} and row["language"]]
    assert len({page["language"] for page, _ in good}) >= 9
    assert [page["url"] for page, row in good if page["language"] != row["language"]] == []


def test_charsets_are_read_right(pages: list[tuple[Page, Page]]) -> None:
    charsets = {row["charset"] for page, row in pages if page["kind"] == "charset"}
    assert {"windows-1251", "shift_jis", "gbk", "utf-8"} <= charsets
    assert len(charsets) >= 5


def test_personal_data_is_masked_and_counted(pages: list[tuple[Page, Page]]) -> None:
    kept = [row for page, row in pages if page["kind"] == "pii" and row["outcome"] == "kept"]
    assert kept
    assert {edit["edit"] for row in kept for edit in row["edits"]} == {"mask_emails", "mask_ips"}


def test_most_good_prose_is_kept(pages: list[tuple[Page, Page]]) -> None:
    good = [row for page, row in pages if page["kind"] == "good"]
    lost = [(row["url"], row["dropped_by"]) for row in good if row["outcome"] not in {"kept", "duplicate"}]
    assert lost == []


def test_every_duplicate_names_a_document_that_is_kept(pages: list[tuple[Page, Page]]) -> None:
    outcome = {row["id"]: row["outcome"] for _, row in pages}
    assert all(outcome[row["survivor"]] == "kept" for _, row in pages if row["outcome"] == "duplicate")


def test_the_pointer_leads_back_to_the_record(pages: list[tuple[Page, Page]]) -> None:
    for _, row in pages:
        path = next(crawl().rglob(Path(row["file_path"]).name))
        with path.open("rb") as file:
            file.seek(row["offset"])
            assert file.read(2) == b"\x1f\x8b"
            assert row["length"] > 0
