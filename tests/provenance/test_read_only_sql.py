"""SQL over a release: everything can be asked, nothing can be changed, and nothing else be reached."""

import time
from collections import Counter
from pathlib import Path

import pytest

from pipelines.mistakes import UsageError
from provenance.opened import Opened
from provenance.read_only_sql import CELL, LONGEST, run_sql
from tests.releases import ledger_rows


def test_all_views_can_be_asked(opened: Opened) -> None:
    sql = "SELECT count(*), count(DISTINCT l.id) FROM ledger l JOIN by_id USING (id)"
    assert run_sql(opened, sql).rows[0][1] == 345
    found = run_sql(opened, "SELECT d.id, text, domain FROM data d JOIN by_address b ON b.id = d.id ORDER BY d.id;", 3)
    assert (found.columns, len(found.rows), found.more) == (("id", "text", "domain"), 3, True)
    assert run_sql(opened, "SELECT domain, rank FROM domains WHERE rank <= 3 ORDER BY rank").more is False
    assert run_sql(opened, "EXPLAIN SELECT 1").rows
    assert run_sql(opened, "-- a comment\nFROM ledger SELECT max(date)").rows == (("2026-07-20T12:30:14Z",),)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP VIEW ledger",
        "CREATE TABLE t AS SELECT 1",
        "CREATE OR REPLACE VIEW ledger AS SELECT 1",
        "INSERT INTO ledger VALUES (1)",
        "DELETE FROM ledger",
        "UPDATE ledger SET id = 1",
        "WITH x AS (SELECT 1) INSERT INTO ledger SELECT * FROM x",
        "SELECT 1; DROP VIEW ledger",
        "SELECT 1; SELECT 2",
        "COPY (SELECT 1) TO '{here}/stolen.csv'",
        "COPY ledger TO '{here}/release.json'",
        "EXPORT DATABASE '{here}/stolen'",
        "ATTACH '{here}/stolen.db'",
        "ATTACH ':memory:' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET allowed_paths",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CHECKPOINT",
        "SET VARIABLE x = 1",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{here}/stolen.csv'",
        "SELECT * FROM '{here}/release.json'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_text('{here}/release.json')",
        "SELECT * FROM read_text('{here}/ledger/../release.json')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM read_json_auto('{here}/release.json')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('https://lamp.example/x.parquet')",
        "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
        "SELECT * FROM query('SELECT * FROM read_text(''/etc/hostname'')')",
        "SELECT * FROM opened",
        "SELECT nothing FROM ledger",
        "SELECT",
        "",
        "   ",
        ";",
        "\x00",
        "\ud800",
        "SELECT '\ud800'",
        "(" * 5000,
        "x" * (LONGEST + 1),
    ],
)
def test_nothing_else_can_be_done(opened: Opened, indexed: Path, sql: str) -> None:
    files = {path: path.stat().st_mtime_ns for path in indexed.rglob("*")}
    begun = time.monotonic()
    with pytest.raises(UsageError) as error:
        run_sql(opened, sql.replace("{here}", str(indexed)))
    assert len(str(error.value)) < 600
    assert time.monotonic() - begun < 20
    assert {path: path.stat().st_mtime_ns for path in indexed.rglob("*")} == files
    assert run_sql(opened, "SELECT count(*) FROM ledger").rows == ((345,),)


def test_a_query_that_takes_long_is_stopped(opened: Opened) -> None:
    begun = time.monotonic()
    with pytest.raises(TimeoutError, match=r"longer than 0\.5 s"):
        run_sql(
            opened,
            "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range % 7 = b.range",
            seconds=0.5,
        )
    assert time.monotonic() - begun < 15
    assert run_sql(opened, "SELECT 1").rows == ((1,),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 5000000000)",
        "SELECT list(range) FROM range(100000000000)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT sum(n) FROM r",
        "SELECT count(DISTINCT a.range * b.range) FROM range(1000000) a, range(1000000) b",
    ],
)
def test_a_query_that_takes_all_there_is_is_stopped(opened: Opened, sql: str) -> None:
    with pytest.raises((UsageError, TimeoutError)):
        run_sql(opened, sql, seconds=1)
    assert run_sql(opened, "SELECT count(*) FROM ledger").rows == ((345,),)


def test_rows_and_values_are_bounded(opened: Opened) -> None:
    found = run_sql(opened, "SELECT * FROM range(1000000000)", 5)
    assert ([row[0] for row in found.rows], found.more) == ([0, 1, 2, 3, 4], True)
    found = run_sql(
        opened,
        "SELECT repeat('x', 50000), 1::DOUBLE / 0, 'nan'::DOUBLE, [1, NULL], {'a': DATE '2026-01-02'}, 'a'::BLOB",
    )
    assert found.rows[0][1:] == (None, None, [1, None], {"a": "2026-01-02"}, "61")
    assert (len(found.rows[0][0]), found.cut) == (CELL, 1)
    with pytest.raises(UsageError, match="rows"):
        run_sql(opened, "SELECT 1", 0)


def test_which_documents_are_under_a_licence_and_on_what_evidence(opened: Opened) -> None:
    """The sample has five pages with a licence of Creative Commons that can be believed, as its truth notes."""
    found = run_sql(
        opened,
        "SELECT url, stated_licence, rights[1].location FROM ledger "
        "WHERE stated_licence LIKE 'CC%' AND licence_confidence >= 0.7 ORDER BY url",
    )
    assert [*map(tuple, found.rows)] == [
        ("https://brueckenkunde.example/stein/der-schlussstein", "CC-BY-SA-4.0", "rel"),
        ("https://claypath.example/journal/why-pots-crack", "CC-BY-NC-4.0", "rel"),
        ("https://lampandledger.example/ink/iron-and-oak", "CC0-1.0", "anchor"),
        ("https://lampandledger.example/paper/a-short-history-of-paper", "CC-BY-SA-4.0", "link"),
        ("https://starfinder.example/learn/finding-north", "CC-BY-4.0", "json-ld"),
    ]


def test_texts_that_are_not_kept_are_a_view(opened_holding: Opened, opened: Opened) -> None:
    joined = (
        "SELECT count(*), count(*) FILTER (d.outcome = l.outcome AND d.dropped_by = l.dropped_by AND d.date = l.date) "
        'FROM dropped_texts d JOIN ledger l USING (file_path, "offset")'
    )
    (both,) = run_sql(opened_holding, joined).rows
    assert both[0] == both[1] > 30
    rows = "SELECT count(*) FROM dropped_texts JOIN by_id USING (ledger_file, ledger_row, id)"
    assert run_sql(opened_holding, rows).rows == ((both[0],),)
    # Where none are held the same query gives no row, and the same columns.
    assert run_sql(opened, joined).rows == ((0, 0),)
    described = "SELECT column_name, column_type FROM (DESCRIBE dropped_texts)"
    assert run_sql(opened, described).rows == run_sql(opened_holding, described).rows


def test_clusters_are_a_view_of_the_ledger(opened: Opened, indexed: Path) -> None:
    found = run_sql(opened, "SELECT * FROM clusters ORDER BY cluster, role DESC, id")
    assert found.columns[:5] == ("cluster", "id", "role", "method", "similarity")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    members = {row["id"]: row for row in ledger_rows(indexed) if row["cluster"]}
    assert {row["id"] for row in rows} == {*members}
    assert len(rows) == len(members)
    sizes = Counter(row["cluster"] for row in rows)
    for row in rows:
        assert row["cluster_size"] == sizes[row["cluster"]] > 1
        kept = members[row["id"]]["outcome"] == "kept"
        assert (row["role"], row["survivor"]) == (("survivor", None) if kept else ("duplicate", row["cluster"]))
        assert row["method"] == (None if kept else members[row["id"]]["dropped_by"])
    assert sum(row["role"] == "survivor" for row in rows) == len(sizes)
