"""The benchmarks start: they are run by hand, and must not rot between two times."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipelines.sample import crawl

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
PEERS = sorted((BENCHMARKS / "peers").glob("*.py"))


def _run(script: Path, *options: str) -> str:
    ran = subprocess.run([sys.executable, str(script), *options], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("script", [BENCHMARKS / "end_to_end.py", *PEERS], ids=lambda path: path.stem)
def test_help(script: Path) -> None:
    assert "usage:" in _run(script, "--help")


@pytest.mark.parametrize("script", PEERS, ids=lambda path: path.stem)
def test_a_peer_names_what_it_needs(script: Path) -> None:
    block = script.read_text().split("# /// script\n")[1].split("# ///\n")[0]
    wanted = tomllib.loads("".join(line[2:] or "\n" for line in block.splitlines(keepends=True)))
    assert wanted["dependencies"]
    assert wanted["requires-python"].startswith(">=3.1")


def test_datatrove_says_what_was_changed_in_it() -> None:
    assert "lid.176.ftz" in _run(BENCHMARKS / "peers" / "datatrove_fineweb.py", "--changes")


@pytest.mark.parametrize("options", [(), ("--utf8-first",)])
def test_the_floor_extracts_pages_of_the_sample(options: tuple[str, ...]) -> None:
    (undamaged,) = Path(crawl()).rglob("*-00000.warc.gz")
    counts = json.loads(_run(BENCHMARKS / "peers" / "floor.py", str(undamaged), "--pages", "20", *options))
    assert counts["pages"] == 20
    assert counts["text_characters"] > 20 * 200
    assert counts["html_bytes"] > counts["text_characters"]
