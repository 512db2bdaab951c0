"""What the sample's pages say of their rights is found as the sample's truth has it."""

from collections.abc import Generator

import pytest
from duckdb import DuckDBPyConnection

from pipelines.sample.build import truth
from pipelines.store import Store
from provenance.release import open_ledger
from tests.releases import curate_sample, manifest

#: by the truth's note
LICENCES = {
    "a page that only talks about Creative Commons and grants nothing": None,
    "all rights reserved, in words": None,
    "CC BY-SA 4.0 by link rel=license in the head and by the footer": "CC-BY-SA-4.0",
    "CC BY 4.0 in JSON-LD only": "CC-BY-4.0",
    "CC0 by an anchor in the footer": "CC0-1.0",
    "CC BY-NC 4.0 by an anchor with rel=license": "CC-BY-NC-4.0",
    "German, CC BY-SA 4.0 by rel=license in the old RDFa form": "CC-BY-SA-4.0",
    "CC BY 4.0 by an image only, without a link or a word": "CC-BY-4.0",
}
SIGNALS = {
    "meta robots noai and noimageai": "robots_meta/html/*=deny",
    "Content-Usage header with train-ai=n": "content_usage/header/*=deny",
    "tdm-reservation by meta": "tdmrep/html/*=deny",
    "X-Robots-Tag header with noai": "x_robots_tag/header/*=deny",
    "tdm-reservation header": "tdmrep/header/*=deny",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Generator[DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("sample")
    curate_sample(folder)
    names = [item["ledger"] for item in manifest(folder)["inputs"]]
    with open_ledger(Store.at(folder), names) as connection:
        yield connection


def _row(ledger: DuckDBPyConnection, note: str, columns: str) -> tuple[object, ...]:
    (url,) = [line["url"] for line in truth() if line["note"] == note]
    found = ledger.execute(f"SELECT {columns} FROM ledger WHERE url = ? AND record_type = 'response'", [url])  # noqa: S608
    (row,) = found.fetchall()
    return row


def test_the_truth_has_no_other_licences_and_signals() -> None:
    notes = {line["note"] for line in truth() if line["kind"] in {"licence", "optout"}}
    robots = {"a robots.txt that shuts out crawlers which gather training data"}
    assert notes - robots == {*LICENCES, *SIGNALS}


@pytest.mark.parametrize("note", LICENCES)
def test_licences(ledger: DuckDBPyConnection, note: str) -> None:
    assert _row(ledger, note, "stated_licence") == (LICENCES[note],)


@pytest.mark.parametrize("note", SIGNALS)
def test_signals(ledger: DuckDBPyConnection, note: str) -> None:
    consent, answer = _row(ledger, note, "stated_consent, consent")
    assert SIGNALS[note] in str(consent).split()
    assert answer == "deny"


def test_a_sites_robots_txt_speaks_for_all_its_pages(ledger: DuckDBPyConnection) -> None:
    rows = ledger.execute(
        "SELECT DISTINCT stated_consent LIKE '%robots_txt/file/ccbot,gptbot=deny%' FROM ledger "
        "WHERE url LIKE 'https://starfinder.example/%' AND outcome <> 'error'"
    ).fetchall()
    assert rows == [(True,)]


def test_evidence_is_bounded_dated_and_signed_by_its_detector(ledger: DuckDBPyConnection) -> None:
    (count, longest, detectors, undated) = ledger.execute(
        "SELECT count(*), max(strlen(item.raw)), count(DISTINCT item.detector), "
        "count(*) FILTER (item.location = 'file' AND item.as_of IS NULL) "
        "FROM (SELECT unnest(rights) AS item FROM ledger)"
    ).fetchall()[0]
    assert count > 20
    assert longest <= 1024
    assert (detectors, undated) == (1, 0)
