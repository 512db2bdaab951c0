"""One command measures all that questions are answered from."""

import json
from pathlib import Path

import pytest

from benchmarks import provenance
from tests.releases import curate_sample, sample_inputs

WORDS = ("--rows", "5e3", "--build", "0", "--passages", "4", "--texts", "2", "--lookups", "3")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measured")
    curate_sample(folder, inputs=sample_inputs()[:1])
    return folder


def test_it_measures_all_three(
    release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(provenance.passage_index, "TRACES", 2)
    monkeypatch.setattr(provenance.passage_index, "TRACE_WORDS", 20)
    for options in ((), ("--json",)):
        monkeypatch.setattr("sys.argv", ["provenance", str(release), *WORDS, *options])
        provenance.main()
    *shown, last = capsys.readouterr().out.splitlines()
    said = json.loads(last)
    assert [*said] == ["passages", "similar", "lookup"]
    assert said["passages"]["found"]["changed"]["right"] == 2
    assert said["similar"]["build"]["documents"] == said["passages"]["build"]["documents"]
    assert len(said["lookup"]["lookup_ms"]) == 7
    assert said["lookup"]["ledger"]["records"] == 5000
    assert "passages  found  changed  right  2" in shown
    assert sum(line.endswith("p95") or "  p95  " in line for line in shown) == 9
