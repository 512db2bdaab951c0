"""What each domain has in one range of addresses, counted by all that its summary tells apart."""

from collections.abc import Sequence

import polars as pl
import pyarrow as pa

from pipelines.job import work
from pipelines.store import Store
from pipelines.table import LZ4, TableFile

#: what captures are told apart by
KEYS = ("domain", "outcome", "dropped_by", "stated_licence", "stated_consent")
_MOMENT = pa.timestamp("s", tz="UTC")
#: one row for each combination
COUNTS = pa.schema(
    [
        *((name, pa.string()) for name in KEYS),
        ("captures", pa.int64()),
        ("text_bytes", pa.int64()),
        ("first_capture", _MOMENT),
        ("last_capture", _MOMENT),
    ]
)


def counts_name(number: int) -> str:
    """Name the file that has the counts of one range of addresses."""
    return work("by_address", number)


def counted(table: pa.Table) -> pl.DataFrame:
    """Count rows of a projection; captures without a domain count under the empty name."""
    frame = pl.DataFrame(pl.from_arrow(table.select([*KEYS, "text_bytes", "date"])))
    return (
        frame.with_columns(pl.col("domain").fill_null(""))
        .group_by(KEYS)
        .agg(
            captures=pl.len().cast(pl.Int64),
            text_bytes=pl.col("text_bytes").sum(),
            first_capture=pl.col("date").min(),
            last_capture=pl.col("date").max(),
        )
    )


def summed(counts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add counts up; in the order of the keys."""
    empty = pl.DataFrame(pl.from_arrow(COUNTS.empty_table()))
    return (
        pl.concat([empty, *counts])
        .group_by(KEYS)
        .agg(pl.col("captures", "text_bytes").sum(), pl.col("first_capture").min(), pl.col("last_capture").max())
        .sort(KEYS, nulls_last=True)
    )


def write_counts(store: Store, number: int, counts: Sequence[pl.DataFrame]) -> None:
    """Write the counts of one range of addresses."""
    with TableFile(store, counts_name(number), COUNTS, codec=LZ4) as file:
        file.write(summed(counts).select(COUNTS.names).to_arrow().cast(COUNTS))
