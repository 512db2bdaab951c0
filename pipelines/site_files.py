"""What sites say in files of their own, as a crawl has them: robots.txt, tdmrep.json, ai.txt, by host and time.

Common Crawl keeps its robots.txt captures apart (`robotstxt.paths.gz`). Each input file becomes a table sorted by host;
a shard then reads of these only the rows of its pages' hosts, however many there are.
"""

import hashlib
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.http import Fault, read_response
from pipelines.job import Job, work
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.readers.fetch import local_copy
from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.record import Record
from pipelines.source import Shard
from pipelines.store import Store
from pipelines.table import LZ4, TableFile
from pipelines.timestamps import timestamp

#: the files, by the path that they lie at
PATHS = {"/robots.txt": "robots_txt", "/.well-known/tdmrep.json": "tdmrep", "/ai.txt": "ai_txt"}
#: bytes of a file that are kept; RFC 9309 asks for 500 KiB of robots.txt
MOST_BYTES = 512_000
#: rows of a row group: few, as hosts are looked up here and there
GROUP_ROWS = 256
_OK = 200
_PORTS = {"http": 80, "https": 443}

SITE_FILE = pa.schema(
    [
        ("host", pa.string()),
        ("kind", pa.string()),
        ("date", pa.timestamp("s", tz="UTC")),
        ("content", pa.binary()),
        ("file_path", pa.string()),
        ("offset", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class SiteWork:
    """One file of captures."""

    job: Job
    shard: Shard
    number: int


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One capture of a site's file."""

    #: robots_txt, tdmrep or ai_txt
    kind: str
    date: datetime | None
    content: bytes
    #: where it was captured: input file and offset
    place: str


def gather(given: SiteWork) -> Made:
    """Keep of one input what sites say of themselves, sorted by host."""
    job, shard = given.job, given.shard
    with (
        local_copy(shard.path, shard.name, tempfile.gettempdir()) as (path, sha256),
        TableFile(job.store, work("sites", given.number), SITE_FILE, GROUP_ROWS, LZ4) as file,
    ):
        rows, records = _rows(shard, path, job)
        table = pa.Table.from_pylist(rows, SITE_FILE)
        file.write(table.sort_by([(name, "ascending") for name in ("host", "kind", "date", "offset")]))
        size = Path(path).stat().st_size
    report("sites", records, size)
    facts = {"sha256": sha256, "size": size, "files": len(rows)}
    return Made(hashlib.sha256(file.sha256.encode()).hexdigest(), records, size, facts)


def _rows(shard: Shard, path: str, job: Job) -> tuple[list[dict[str, object]], int]:
    records, rows = 0, list[dict[str, object]]()
    for record in read_warc(path, ReadLimits(job.recipe.extract.max_record_bytes)):
        records += 1
        rows += _row(record, shard)
    return rows, records


def _row(record: Record, shard: Shard) -> Iterator[dict[str, object]]:
    """Make a row of a record, if it is a response that holds a site's file."""
    host, path = host_and_path(record.url or "")
    if record.reason or record.kind != "response" or not host or path not in PATHS:
        return
    response = read_response(record.content, MOST_BYTES * 4)
    if isinstance(response, Fault) or response.status != _OK:
        return
    yield {
        "host": host,
        "kind": PATHS[path],
        "date": timestamp(record.date),
        # One byte more than is read: so that whoever reads it tells that it was cut.
        "content": response.body[: MOST_BYTES + 1],
        "file_path": shard.name,
        "offset": record.offset,
    }


def host_and_path(url: str) -> tuple[str, str]:
    """Give a URL's host in lower case, with a port that is not the scheme's own, and its path; empty: none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", ""
    return (f"{host}:{port}" if port and port != _PORTS.get(parts.scheme) else host), parts.path


class SiteFiles:
    """Looks sites up in the tables that `gather` made."""

    def __init__(self, store: Store, count: int) -> None:
        self._files = [pq.ParquetFile(store.open(work("sites", number))) for number in range(count)]
        self._bounds = [_bounds(file) for file in self._files]

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._files)

    def of(self, hosts: Iterable[str]) -> dict[str, list[SiteFile]]:
        """Give the captures of each of these hosts, in order of kind, date and place."""
        wanted = sorted({host for host in hosts if host})
        found: dict[str, list[SiteFile]] = {}
        for file, bounds in zip(self._files, self._bounds, strict=True):
            groups = [number for number, (low, high) in enumerate(bounds) if _between(wanted, low, high)]
            if groups:
                _collect(file.read_row_groups(groups), wanted, found)
        for captures in found.values():
            captures.sort(key=lambda capture: (capture.kind, str(capture.date or ""), capture.place))
        return found


def _bounds(file: pq.ParquetFile) -> list[tuple[str, str]]:
    """Give the first and the last host of each row group."""
    metadata = file.metadata
    columns = [metadata.row_group(number).column(0).statistics for number in range(metadata.num_row_groups)]
    return [(column.min, column.max) for column in columns]


def _between(wanted: Sequence[str], low: str, high: str) -> bool:
    return bisect_left(wanted, low) < bisect_right(wanted, high)


def _collect(table: pa.Table, wanted: Sequence[str], found: dict[str, list[SiteFile]]) -> None:
    rows = table.filter(pc.is_in(table["host"], pa.array(wanted, pa.string())))
    for row in rows.to_pylist():
        place = f"{row['file_path']}:{row['offset']}"
        found.setdefault(row["host"], []).append(SiteFile(row["kind"], row["date"], row["content"], place))


def as_of(captures: Sequence[SiteFile], date: datetime | None) -> list[SiteFile]:
    """Choose of each kind the capture that held when a page was fetched: the latest that is not after it.

    Where all are after it, the first: it is the nearest that is known, and it carries its date. Where the page has no
    date, the latest.
    """
    chosen: dict[str, SiteFile] = {}
    for capture in captures:
        before = date is None or (capture.date is not None and capture.date <= date)
        if before or capture.kind not in chosen:
            chosen[capture.kind] = capture
    return [*chosen.values()]
