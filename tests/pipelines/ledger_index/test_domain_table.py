"""The table of domains has what the ledger has, whatever is held at once and however the rows are spread."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ledger_index import domain_table
from pipelines.ledger_index.domain_table import write_domains
from pipelines.ledger_index.header import Header
from pipelines.ledger_index.schema import LISTED
from pipelines.store import Store
from tests import naive_domains
from tests.pipelines.ledger_index.small import index

BEGIN = datetime(2026, 7, 1, tzinfo=UTC)
HOSTS = (
    "a.example",
    "b.a.example",
    "a.example:8080",
    "b\u00fccher.de",
    "c.co.uk",
    "10.1.2.3",
    "\u0130.example",
    "com,x.example",
)
URLS = st.sampled_from([None, "", "http://", *(f"http://{host}/{page}" for host in HOSTS for page in "12")])
STATED = st.sampled_from([None, "", "cc-by-4.0", "\u00fc", "\U0001f600", "all rights"])
ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abc"),
        "url": URLS,
        "record_type": st.sampled_from(["response", "request", None]),
        "outcome": st.sampled_from(["kept", "dropped", "duplicate", "error"]),
        "dropped_by": st.sampled_from([None, "word_count", "minhash"]),
        "stated_licence": STATED,
        "stated_consent": STATED,
        "text_bytes": st.sampled_from([None, 0, 7]),
        "date": st.sampled_from([None, *(BEGIN + timedelta(days=days) for days in range(3))]),
    }
)


def read(store: Store) -> list[dict[str, Any]]:
    header = Header.read(store)
    assert header is not None
    assert header.domains[0].low == ""
    tables = [pq.read_table(store.open(file.name)) for file in header.domains]
    assert [table["domain"][0].as_py() for table in tables[1:]] == [file.low for file in header.domains[1:]]
    rows = [row for table in tables for row in table.to_pylist()]
    assert header.domain_count == len(rows)
    return rows


@settings(max_examples=12)
@given(parts=st.lists(st.lists(ROWS, max_size=25), min_size=1, max_size=3), listed=st.integers(1, 3))
def test_it_has_what_the_ledger_has(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[dict[str, Any]]], listed: int
) -> None:
    store = Store.at(tmp_path_factory.mktemp("index"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(domain_table, "LISTED", listed)
        patch.setattr(domain_table, "DOMAIN_FILE_ROWS", 3)
        made, wanted_from = index(store, parts, file_rows=4)
        found = read(store)
        wanted = naive_domains.domains((row for part in parts for row in part), listed)
        assert found == [wanted[name] for name in sorted(wanted)]
        # The fewer counts are held, the more often they are read, and the same files come.
        whole = {name: store.read(name) for name in store.list("index/domains")}
        again = write_domains(store, len(made["by_address"]), wanted_from, held=2)
        assert [one.facts["file"] for one in again] == [*whole]
        assert {name: store.read(name) for name in whole} == whole


def test_a_domain_may_say_anything_and_its_sums_stay_exact(tmp_path: Path) -> None:
    store, count = Store.at(tmp_path), 30
    rows = [
        {"id": f"{n}", "url": f"http://a.example/{n}", "outcome": "kept", "stated_licence": f"l{n % 25:02}"}
        for n in range(count)
    ]
    index(store, [rows[:11], rows[11:]], file_rows=7)
    (row,) = read(store)
    assert len(row["said"]) == LISTED
    assert [(one["licence"], one["documents"]) for one in row["said"][4:6]] == [("l04", 2), ("l05", 1)]
    assert (row["said_more"], row["said_more_documents"], row["said_more_kept"]) == (5, 5, 5)
    assert sum(one["documents"] for one in row["said"]) + 5 == row["documents"] == count
