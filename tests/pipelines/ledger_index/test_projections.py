"""The ledger sorted twice: all rows, in order, the same bytes however it is split, and known when it is stale."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.jobs import make_job
from pipelines import curation
from pipelines.ledger_index import merging
from pipelines.ledger_index.header import Header, stale
from pipelines.ledger_index.merging import bounds
from pipelines.ledger_index.projections import Indexing, build_index, index_files, index_stages, stages
from pipelines.ledger_index.schema import HEADER, NO_CAPTURES, Kind, LedgerFile, key_of
from pipelines.ledger_index.surt import address_key
from pipelines.plan import run
from pipelines.recipe import Recipe
from pipelines.runner import LocalRunner
from pipelines.store import Store
from tests.pipelines.ledger_index.small import Silent, hash_of, index
from tests.releases import Interrupted, PowerCut, curate_sample, sample_inputs

KIND: tuple[Kind, ...] = ("by_id", "by_address")


def read(store: Store, kind: Kind) -> list[dict[str, Any]]:
    header = Header.read(store)
    assert header is not None
    files = header.by_id if kind == "by_id" else header.by_address
    tables = [pq.read_table(store.open(file.name)) for file in files]
    assert [len(table) for table in tables] == [file.rows for file in files]
    for file, table, after in zip(files, tables, [*files[1:], None], strict=True):
        assert all(file.low <= key and (after is None or key < after.low) for key in table[key_of(kind)].to_pylist())
    return [row for table in tables for row in table.to_pylist()]


def naive(parts: list[list[dict[str, Any]]], kind: Kind) -> list[dict[str, Any]]:
    """Sort all rows at once."""
    rows = [
        {**row, "ledger_file": number, "ledger_row": place}
        for number, part in enumerate(parts)
        for place, row in enumerate(part)
    ]
    if kind == "by_id":
        return sorted(rows, key=lambda row: (row["id"], row["ledger_file"], row["ledger_row"]))
    rows = [row for row in rows if row.get("url") and row.get("record_type") not in NO_CAPTURES]
    return sorted(rows, key=lambda row: (address_key(row["url"]), row["id"], row["ledger_file"], row["ledger_row"]))


IDS = st.sampled_from(["", "a", "b", "c", "ü", "a\0", "x" * 5000, "x" * 5000 + "y"])
URLS = st.sampled_from(
    [None, "", "http://a.example/1", "http://b.example/2", "http://a.example/?q", "ftp://x", "é" * 3000]
)
TYPES = st.sampled_from(["response", "request", "", None])
ROWS = st.fixed_dictionaries(
    {
        "id": IDS,
        "url": URLS,
        "record_type": TYPES,
        "outcome": st.sampled_from(["kept", "error"]),
        "text_bytes": st.just(3),
    }
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(ROWS, max_size=12), min_size=1, max_size=4), most=st.integers(1, 9))
def test_all_rows_are_there_in_order(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[dict[str, Any]]], most: int
) -> None:
    store = Store.at(tmp_path_factory.mktemp("index"))
    index(store, parts, file_rows=4)
    for kind in KIND:
        wanted = naive(parts, kind)
        found = read(store, kind)
        assert [(row["ledger_file"], row["ledger_row"]) for row in found] == [
            (row["ledger_file"], row["ledger_row"]) for row in wanted
        ]
        assert [(row["id"], row["url"]) for row in found] == [(row["id"], row["url"]) for row in wanted]
        # Held in as little memory as there can be, the same rows come.
        given = merging.MergeWork(store, kind, 99, len(parts), "", None, "x", most)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "write_counts", lambda *_: {})
            merging.merge_range(given)
        again = pq.read_table(store.open(f"index/{kind}/00099.parquet")).to_pylist()
        assert again == found


PARTS = [
    [{"id": f"{n}-{i}", "url": f"http://d{i % 5}.example/{n}", "outcome": "kept"} for i in range(40)] for n in range(3)
]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    found: list[dict[str, bytes]] = []
    for name in ("one", "two"):
        store = Store.at(tmp_path / name)
        index(store, PARTS, file_rows=25)
        found.append({file: store.read(file) for file in store.list("index")})
    assert found[0] == found[1]
    assert len([name for name in found[0] if "by_id" in name]) > 3


def test_a_stale_index_is_known(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    made, wanted = index(store, PARTS, file_rows=50)
    assert stale(store, wanted) == []
    assert stale(store, "something else") == [HEADER]
    files = index_files(made)
    assert {one.facts["file"] for one in files} == {*store.list("index")}
    assert all(store.size(one.facts["file"]) == one.bytes for one in files)
    name = "index/by_id/00001.parquet"
    whole = store.read(name)
    pq.write_table(pq.read_table(store.open(name)).replace_schema_metadata({}), tmp_path / name)
    assert stale(store, wanted) == [name]
    store.write(name, whole)
    assert stale(store, wanted) == []
    store.remove(name)
    assert stale(store, wanted) == [name]
    store.remove("index")
    assert stale(store, wanted) == [HEADER]
    assert Header.read(store) is None


@pytest.mark.parametrize(
    "content",
    [b'{"format": "vitrine-ledger-index/1"}', b"", b"{", b"[]", b"null", b'{"format": "vitrine-ledger-index/2"}'],
)
def test_an_index_of_another_format_is_none(tmp_path: Path, content: bytes) -> None:
    store = Store.at(tmp_path)
    store.write(HEADER, content)
    assert Header.read(store) is None


def test_an_index_leads_nowhere_else(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    index(store, PARTS, file_rows=500)
    whole = store.read(HEADER)
    for name in (b"index/../../other.parquet", b"/etc/other.parquet", b"data/00000.parquet"):
        store.write(HEADER, whole.replace(b"index/by_id/00000.parquet", name))
        assert Header.read(store) is None
    store.write(HEADER, whole)
    assert Header.read(store) is not None


def test_an_index_is_made_in_any_store() -> None:
    store = Store.at("memory://ledger_index/release")
    _, wanted = index(store, PARTS, file_rows=50)
    assert stale(store, wanted) == []
    assert len(read(store, "by_id")) == 120
    store.remove("")


@pytest.mark.parametrize(
    ("keys", "rows", "file_rows", "lows"),
    [
        ([], [], 10, [""]),
        ([[]], [0], 10, [""]),
        ([["a", "b", "c", "d"]], [40], 20, ["", "c"]),
        ([["a", "a", "a", "a"]], [40], 10, ["", "a"]),
        ([["a", "c"], ["b", "d"]], [20, 20], 10, ["", "b", "c", "d"]),
    ],
)
def test_files_are_of_about_the_same_size(
    keys: list[list[str]], rows: list[int], file_rows: int, lows: list[str]
) -> None:
    assert bounds(keys, rows, file_rows) == lows


def test_the_file_of_a_key_is_named() -> None:
    store = Store.at("memory://ledger_index/named")
    index(store, PARTS, file_rows=30)
    header = Header.read(store)
    assert header is not None
    for number, part in enumerate(PARTS):
        for row in part:
            (name,) = header.holding("by_id", row["id"])
            assert row["id"] in pq.read_table(store.open(name))["id"].to_pylist(), number
    everything = [file.name for file in header.by_address]
    assert header.holding("by_address", "", "\U0010ffff") == everything
    store.remove("")


@pytest.mark.parametrize("tasks", [1, 4, 7])
def test_a_power_cut_changes_nothing(tmp_path: Path, tasks: int) -> None:
    whole, cut = Store.at(tmp_path / "whole"), Store.at(tmp_path / "cut")
    index(whole, PARTS, file_rows=50)
    files = [LedgerFile(f"ledger/{n:05d}.parquet", hash_of(rows), len(rows)) for n, rows in enumerate(PARTS)]
    for file in files:
        cut.write(file.name, whole.read(file.name))
    plan = index_stages(Indexing(cut, "code", "language", 50), lambda _: files)
    for _ in range(20):
        with suppress(PowerCut):
            run(plan, Interrupted(tasks), Silent())
            break
        # What a task had begun is worth nothing.
        for name in cut.list(".work"):
            if name.endswith(".part"):
                cut.remove(name)
        tasks += 2
    assert {name: cut.read(name) for name in cut.list("index")} == {
        name: whole.read(name) for name in whole.list("index")
    }


def test_as_stages_of_a_curation_it_is_the_same_index(tmp_path: Path) -> None:
    texts = tuple(name for name in sample_inputs() if name.endswith(".wet.gz"))
    job = make_job(Recipe.load("sample"), texts, str(tmp_path / "one"), None, None)
    curate_sample(tmp_path / "two", inputs=texts)
    with LocalRunner(1) as runner:
        made = run([*curation.stages(job), *stages(job)], runner, Silent())
        header = build_index(Store.at(tmp_path / "two"), runner)
    names = {one.facts["file"] for one in index_files(made)}
    assert names == {HEADER, *(file.name for file in header.files)}
    assert not Store.at(tmp_path / "two").list(".work")
    for name in names:
        assert job.store.read(name) == (tmp_path / "two" / name).read_bytes()


def test_what_is_no_release_has_no_index(tmp_path: Path) -> None:
    with LocalRunner(1) as runner, pytest.raises(ValueError, match="expected a release"):
        build_index(Store.at(tmp_path), runner)
