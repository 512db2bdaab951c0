"""The benchmark of lookups starts, and asks for what is there."""

import pytest

from benchmarks import provenance_lookup


def test_it_makes_a_small_ledger_and_asks_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["provenance_lookup", "--rows", "9e3", "--lookups", "4", "--build", "2e3"]
    monkeypatch.setattr("sys.argv", words)
    provenance_lookup.main()
    shown = capsys.readouterr().out
    assert "9,000 records, 226 domains" in shown
    assert shown.count("median") == 7
    assert "index of 2,000 rows built" in shown
