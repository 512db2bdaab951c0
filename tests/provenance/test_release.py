"""A ledger opens wherever it lies, and opens nothing else."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from pipelines import ledger
from pipelines.store import Store
from provenance.release import VIEW, open_ledger
from tests.provenance.ledgers import NAMES, RECIPE, write_ledger
from tests.servers import BUCKET, s3_server

COUNT = "SELECT count(*), count(DISTINCT id), sum(content_bytes) FROM ledger"


@pytest.mark.parametrize("folder", ["plain", "with space", "it's", "a[1]*b?", "[!x]{a,b}", "ü"])
def test_a_ledger_opens_in_any_folder(tmp_path: Path, folder: str) -> None:
    store = Store.at(tmp_path / folder)
    write_ledger(store)
    with open_ledger(store, NAMES) as connection:
        assert connection.execute(COUNT).fetchall() == [(10, 10, 1702)]


def test_a_pattern_opens_no_other_folder(tmp_path: Path) -> None:
    for folder in ("a*", "ab"):
        write_ledger(Store.at(tmp_path / folder))
    with open_ledger(Store.at(tmp_path / "a*"), NAMES) as connection:
        assert connection.execute(COUNT).fetchall() == [(10, 10, 1702)]


def test_a_ledger_opens_in_memory() -> None:
    store = Store.at("memory://provenance/release")
    write_ledger(store)
    with open_ledger(store, NAMES) as connection:
        assert connection.execute(COUNT).fetchall() == [(10, 10, 1702)]
    store.remove("")


def test_a_ledger_opens_on_s3() -> None:
    with s3_server():
        store = Store.at(f"s3://{BUCKET}/releases/mine")
        write_ledger(store)
        with open_ledger(store, NAMES) as connection:
            assert connection.execute(COUNT).fetchall() == [(10, 10, 1702)]


def test_the_view_has_the_ledgers_columns(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    write_ledger(store)
    with open_ledger(store, NAMES) as connection:
        described = connection.execute("DESCRIBE ledger").fetchall()
        dates = connection.execute("SELECT date FROM ledger WHERE id = 'k1'").fetchall()
    assert [row[0] for row in described] == [name for name, _, _ in ledger.columns(RECIPE.filters, "fields")]
    assert dates == [(datetime(2026, 1, 31, 23, 59, 59),)]  # noqa: DTZ001  # UTC, and it says no zone


def test_by_hand_the_view_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.at(tmp_path)
    write_ledger(store)
    monkeypatch.chdir(tmp_path)
    everything = "SELECT * FROM ledger ORDER BY id"
    with open_ledger(store, NAMES) as connection, duckdb.connect() as other:
        other.execute(VIEW)
        assert other.execute(everything).fetchall() == connection.execute(everything).fetchall()


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '{other}'",
        "COPY (SELECT 1) TO '{here}/stolen.csv'",
        "COPY (SELECT 1) TO '{here}/ledger/00000.parquet'",
        "ATTACH '{here}/stolen.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/']",
        "SET threads = 64",
        "SELECT * FROM python_variable",
    ],
)
def test_nothing_else_can_be_reached(tmp_path: Path, attempt: str) -> None:
    python_variable = "a table to DuckDB, were it let"
    assert python_variable
    store = Store.at(tmp_path)
    write_ledger(store)
    (tmp_path / "other.csv").write_text("a\n1\n")
    before = store.read(NAMES[0])
    with open_ledger(store, NAMES) as connection, pytest.raises(duckdb.Error):
        connection.execute(attempt.format(here=tmp_path, other=tmp_path / "other.csv"))
    assert store.list() == [*NAMES, "other.csv"]
    assert store.read(NAMES[0]) == before


def test_no_names_are_no_release(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected the names"), open_ledger(Store.at(tmp_path), ()):
        pass


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(duckdb.IOException, match="00000"), open_ledger(Store.at(tmp_path), NAMES):
        pass
