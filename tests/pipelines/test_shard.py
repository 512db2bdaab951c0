"""One shard gives a row for each record, whatever its format, and batches that no page can see."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.jobs import make_job
from pipelines import shard
from pipelines.job import work
from pipelines.plan import Made
from pipelines.reason import Reason
from pipelines.recipe import Recipe
from pipelines.record import Record
from pipelines.shard import ShardWork, batches, curate, identities, printable
from pipelines.timestamps import timestamp
from tests.warcs import page, prose, record, write_warc

ROWS = [
    {"text": f"The {word} that we have seen came with a story of its own, and it is to be told. " * 4, "id": word}
    for word in ("bridge", "river", "hill")
]


def _curate(path: Path, out: Path) -> tuple[Made, list[dict[str, object]]]:
    job = make_job(Recipe.load("sample"), (str(path),), str(out), None, None)
    made = curate(ShardWork(job.terms, job.shards[0], 0))
    return made, pq.read_table(out / work("records", 0)).to_pylist()


def test_rows_of_jsonl_and_parquet_are_documents(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in ROWS]
    (tmp_path / "rows.jsonl").write_text("\n".join([*lines, "not json"]))
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "rows.parquet")
    made, rows = _curate(tmp_path / "rows.jsonl", tmp_path / "a")
    assert [row["outcome"] for row in rows] == ["kept"] * 3 + ["error"]
    assert (rows[3]["dropped_by"], rows[0]["id"], rows[3]["id"]) == (
        "bad_row",
        "bridge",
        f"rows.jsonl:{rows[3]['offset']}",
    )
    assert made.records == 4
    _, rows = _curate(tmp_path / "rows.parquet", tmp_path / "b")
    assert [(row["id"], row["offset"], row["length"], row["outcome"]) for row in rows] == [
        ("bridge", 0, 1, "kept"),
        ("river", 1, 1, "kept"),
        ("hill", 2, 1, "kept"),
    ]


def test_what_fineweb_publishes_is_read_as_it_is(tmp_path: Path) -> None:
    made_by_others = [
        {
            **row,
            "dump": "CC-MAIN-2024-10",
            "url": "https://a.example/",
            "date": "2024-02-21T00:00:00Z",
            "file_path": "s3://x",
            "language": "en",
            "language_score": 0.9,
            "token_count": 9,
        }
        for row in ROWS
    ]
    pq.write_table(pa.Table.from_pylist(made_by_others), tmp_path / "000_00000.parquet")
    _, rows = _curate(tmp_path / "000_00000.parquet", tmp_path / "out")
    assert rows[0]["url"] == "https://a.example/"
    assert rows[0]["date"] == datetime(2024, 2, 21, tzinfo=UTC)
    assert [row["outcome"] for row in rows] == ["kept"] * 3


def test_the_size_of_a_batch_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["bridge", "river", "hill", "meadow", "road"]
    path = write_warc(tmp_path / "a.warc.gz", [page(prose(word)) for word in words])
    one, rows = _curate(path, tmp_path / "one")
    monkeypatch.setattr(shard, "BATCH_DOCUMENTS", 2)
    two, same = _curate(path, tmp_path / "two")
    assert rows == same
    assert one == two


def test_batches_are_bounded_by_documents_records_and_bytes() -> None:
    documents = [Record(number, 1, content=b"x") for number in range(600)]
    assert [len(batch) for batch in batches(iter(documents))] == [256, 256, 88]
    requests = [Record(number, 1, reason=Reason.NOT_RESPONSE) for number in range(5000)]
    assert [len(batch) for batch in batches(iter(requests))] == [4096, 904]
    large = [Record(number, 1, content=bytes(6_000_000)) for number in range(4)]
    assert [len(batch) for batch in batches(iter(large))] == [3, 1]
    assert [*batches(iter([]))] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-07-20T09:33:56Z", datetime(2026, 7, 20, 9, 33, 56, tzinfo=UTC)),
        ("2026-07-20T09:33:56.789Z", datetime(2026, 7, 20, 9, 33, 56, tzinfo=UTC)),
        ("2026-07-20T11:33:56+02:00", datetime(2026, 7, 20, 9, 33, 56, tzinfo=UTC)),
        ("2026-07-20", datetime(2026, 7, 20, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_or_null(text: str | None, date: datetime | None) -> None:
    assert timestamp(text) == date


def test_headers_that_utf_8_cannot_carry_are_kept_as_far_as_it_can(tmp_path: Path) -> None:
    assert printable("https://a.example/\ud800") == "https://a.example/?"
    path = write_warc(tmp_path / "a.warc.gz", [page("x")])
    job = make_job(Recipe.load("sample"), (str(path),), str(tmp_path / "out"), None, None)
    record = Record(5, 7, url="https://a.example/\ud800", kind="response", reason=Reason.BAD_HTTP)
    columns = identities([record], [shard.Page(reason=record.reason)], job.shards[0], "")
    assert columns["id"].to_pylist() == ["a.warc.gz:5"]
    assert columns["url"].to_pylist() == ["https://a.example/?"]


def test_a_page_that_the_crawler_cut_is_known(tmp_path: Path) -> None:
    whole = record(0, page(prose("bridge")))
    cut = record(1, page(prose("river"))).replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(whole) + gzip.compress(cut))
    _, rows = _curate(path, tmp_path / "out")
    assert [(row["truncated"], row["outcome"]) for row in rows] == [(None, "kept"), ("length", "kept")]
