"""Publishes what a release's documents are told by, for later releases to be compared with."""

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.earlier import FOLDER, PUBLISHED, TOLD_BY, told_by
from pipelines.job import work
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.rounds import dedup_of
from pipelines.shard import ShardWork
from pipelines.table import TableFile
from pipelines.unfinished import read_table


def fingerprints_name(number: int) -> str:
    """Name the file of a shard's fingerprints."""
    return f"{FOLDER}/{number:05d}.parquet"


def publish_fingerprints(given: ShardWork) -> Made:
    """Write the fingerprints of one shard's documents with what became of them."""
    job, dedup = given.job, dedup_of(given.job)
    told = read_table(job.store, work("fingerprints", given.number))
    fates = read_table(job.store, work("fates", given.number))
    kept = pc.is_null(fates["method"])
    verified = dedup.minhash is not None and dedup.minhash.resolved.verify is not None
    texts = read_table(job.store, work("living", given.number), ["text"])["text"] if verified else pa.nulls(len(told))
    columns = {
        **{name: told[name] for name in told.column_names},
        "kept": kept,
        **{name: fates[name] for name in ("survivor", "survivor_release", "data_file", "data_row")},
        "text": pc.if_else(kept, None, texts),
    }
    schema = PUBLISHED.with_metadata({TOLD_BY: told_by(dedup).encode()})
    name = fingerprints_name(given.number)
    with TableFile(job.store, name, schema) as file:
        file.write(pa.table([columns[field] for field in PUBLISHED.names], PUBLISHED.names).cast(schema))
    report("index", len(told), told.nbytes)
    return Made(file.sha256, file.rows, file.bytes, {"file": name})
