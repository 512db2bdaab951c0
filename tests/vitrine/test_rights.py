"""`vitrine rights` and `vitrine attribution` on the sample's release."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.sample import crawl
from tests.releases import curate_sample
from vitrine.rights import SHOWN, plain

VITRINE = (sys.executable, "-m", "vitrine.command")
SHARED = "CC-BY-SA-4.0"
PAPER = "https://lampandledger.example/paper/a-short-history-of-paper"


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*VITRINE, *words], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("release")
    # Without the WET files: what is text already says nothing of its rights, and may stand for the page.
    curate_sample(folder, inputs=tuple(str(path) for path in sorted(crawl().parent.rglob("*.warc.gz"))))
    return str(folder)


def _said(*words: str) -> dict[str, Any]:
    done = _run(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_page_shows_its_evidence_and_what_follows(release: str) -> None:
    shown = _run("rights", PAPER, release).stdout
    assert "licence   CC-BY-SA-4.0 (0.99)" in shown
    assert "training  unknown" in shown
    assert shown.count("creativecommons") > 1


def test_a_page_for_programs_by_its_address_and_its_id(release: str) -> None:
    said = _said("rights", PAPER, release)
    (row,) = said["rows"]
    found = [(item["location"], item["parsed"], item["scope"]) for item in row["rights"]]
    assert found == [("link", SHARED, "page"), ("rel", SHARED, "site"), ("text", SHARED, "site")]
    assert (row["stated_licence"], row["consent"], row["outcome"]) == ("CC-BY-SA-4.0", "unknown", "kept")
    assert _said("rights", row["id"], release)["rows"] == said["rows"]
    assert said["sql"].startswith("SELECT")


def test_a_denied_page_says_who_denied(release: str) -> None:
    said = _said("rights", "https://starfinder.example/tonight/the-july-sky", release)
    (row,) = said["rows"]
    assert row["consent"] == "deny"
    assert {item["name"] for item in row["rights"] if item["kind"] == "consent"} == {"x_robots_tag", "robots_txt"}


def test_a_domain_is_summed_up(release: str) -> None:
    said = _said("rights", "starfinder.example", release)
    assert sum(row["documents"] for row in said["rows"]) >= 2
    assert {row["licence"] for row in said["rows"]} == {"", "CC-BY-4.0"}
    assert "starfinder.example" in _run("rights", "starfinder.example", release).stdout


@pytest.mark.parametrize("wanted", ["https://nowhere.example/", "nowhere.example", "' OR 1=1 --", "\x1b[31m", "%"])
def test_what_is_not_there_is_one_clear_error(release: str, wanted: str) -> None:
    done = _run("rights", wanted, release)
    assert done.returncode == 2
    assert "expected the address or id of a page" in done.stderr
    assert not done.stdout


def test_a_folder_that_is_no_release_is_one_clear_error(tmp_path: Path) -> None:
    for words in (("rights", "a.example", str(tmp_path)), ("attribution", str(tmp_path))):
        done = _run(*words)
        assert (done.returncode, "no release.json" in done.stderr) == (2, True)


def test_attribution_names_what_asks_for_it(release: str, tmp_path: Path) -> None:
    lines = _run("attribution", release).stdout.splitlines()
    # CC0 asks for nothing.
    assert [line.rpartition(", captured")[0].count("CC-BY") for line in lines] == [1] * 5
    assert any(PAPER in line and "https://creativecommons.org/licenses/by-sa/4.0/" in line for line in lines)
    assert _run("attribution", release, "--out", str(tmp_path / "a.txt")).returncode == 0
    assert (tmp_path / "a.txt").read_text("utf-8").splitlines() == lines
    assert _run("attribution", release, "--out", str(tmp_path / "a.parquet")).returncode == 0
    rows = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["url"] for row in rows] == sorted(row["url"] for row in rows)
    assert {row["licence"] for row in rows} == {"CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"}
    assert len(_said("attribution", release)["rows"]) == len(rows)


def test_what_pages_say_cannot_steer_a_terminal() -> None:
    assert plain("a\x1b]0;x\x07b\n\tc\u202e") == "a\ufffd]0;x\ufffdb c\ufffd"
    assert len(plain("x" * 5000)) == SHOWN
