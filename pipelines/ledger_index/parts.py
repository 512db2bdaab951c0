"""What each ledger file gives to a projection: its rows, sorted in runs that fit in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.job import work
from pipelines.ledger_index.registered import registered_domains
from pipelines.ledger_index.schema import NO_CAPTURES, ORDERS, SCHEMAS, Kind, LedgerFile, key_of
from pipelines.ledger_index.surt import address_key
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.store import Store
from pipelines.table import LZ4, TableFile

#: rows that are sorted at once, and those of a row group, which is the least that a range reads
RUN_ROWS, PART_GROUP_ROWS = 1 << 18, 4096
#: keys of a part that say how its keys are spread, and characters of them that do
SAMPLES, SAMPLE_CHARACTERS = 32, 200
_STEP = 40503


@dataclass(frozen=True, slots=True)
class PartWork:
    """One ledger file, for one projection."""

    store: Store
    kind: Kind
    ledger: LedgerFile
    number: int
    #: the column of the filter `language`, or ""
    language: str


def part_stage(kind: Kind) -> str:
    """Name the stage that makes the parts of a projection, and the folder that they lie in."""
    return f"{kind}-parts"


def part_name(kind: Kind, number: int) -> str:
    """Name the part that a ledger file gives."""
    return work(part_stage(kind), number)


def write_part(given: PartWork) -> Made:
    """Write the rows of one ledger file, run after run; the facts have keys from each, and the newest date."""
    keys: list[str] = []
    newest = None
    with TableFile(given.store, part_name(given.kind, given.number), SCHEMAS[given.kind], PART_GROUP_ROWS, LZ4) as file:
        for run in _runs(given):
            table = in_order(run, given.kind)
            keys += _sampled(table[key_of(given.kind)], given.number)
            newest = pc.max(pa.array([newest, pc.max(table["date"]).as_py()], table["date"].type)).as_py()
            file.write(table)
            report("index", len(table), table.nbytes)
    facts = {"keys": keys, "newest": newest and f"{newest:%Y-%m-%dT%H:%M:%SZ}"}
    return Made(file.sha256, file.rows, file.bytes, facts)


def in_order(table: pa.Table, kind: Kind) -> pa.Table:
    """Sort rows of a projection; what is null comes last."""
    frame = pl.DataFrame(pl.from_arrow(table)).sort(*ORDERS[kind], nulls_last=True)
    return frame.to_arrow().cast(SCHEMAS[kind])


def _runs(given: PartWork) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    for table in _entries(given):
        held.append(table)
        if sum(map(len, held)) >= RUN_ROWS:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _entries(given: PartWork) -> Iterator[pa.Table]:
    """Read the ledger a row group at a time, as rows of the projection."""
    schema = SCHEMAS[given.kind]
    wanted = [name for name in schema.names if name not in {"surt", "domain", "language", "ledger_file", "ledger_row"}]
    wanted += [given.language] if given.language else []
    row = 0
    with (
        given.store.open(given.ledger.name) as file,
        pq.ParquetFile(file, page_checksum_verification=True, pre_buffer=not given.store.local) as ledger,
    ):
        for group in range(ledger.num_row_groups):
            table = ledger.read_row_group(group, wanted)
            entries = _entry_columns(table, given, row)
            row += len(table)
            yield entries


def _entry_columns(table: pa.Table, given: PartWork, row: int) -> pa.Table:
    count, urls = len(table), table["url"].combine_chunks()
    added: dict[str, pa.Array | pa.ChunkedArray] = {
        "domain": registered_domains(urls),
        "language": table[given.language] if given.language else pa.nulls(count, pa.string()),
        "ledger_file": pa.repeat(given.number, count).cast(pa.int32()),
        "ledger_row": pa.array(range(row, row + count), pa.int64()),
    }
    if given.kind == "by_address":
        keys = [url and address_key(url) for url in urls.to_pylist()]
        added["surt"] = pa.array([key or None for key in keys], pa.string())
    schema = SCHEMAS[given.kind]
    found = pa.table(
        [added.get(name, table[name] if name in table.column_names else None) for name in schema.names], schema
    )
    return found.filter(_captures(found)) if given.kind == "by_address" else found


def _captures(table: pa.Table) -> pa.ChunkedArray:
    other = pc.is_in(table["record_type"], pa.array(NO_CAPTURES))
    return pc.and_(pc.is_valid(table["surt"]), pc.invert(other))


def _sampled(keys: pa.ChunkedArray, number: int) -> list[str]:
    """Take keys at even distances; where the first stands differs from part to part."""
    begin = number * _STEP % (1 << 16)
    places = [((place << 16) + begin) * len(keys) // (SAMPLES << 16) for place in range(SAMPLES)]
    chosen: Sequence[str] = keys.take(pa.array(sorted({*places} if len(keys) else ()), pa.int64())).to_pylist()
    return [key[:SAMPLE_CHARACTERS] for key in chosen]
