"""The table of registered domains: what each has in all, so that a question about one reads one row."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
import pyarrow.compute as pc

from pipelines.ledger_index.domain_counts import COUNTS, counts_name, summed
from pipelines.ledger_index.merging import may_hold
from pipelines.ledger_index.schema import (
    DOMAIN,
    DOMAIN_FILE_ROWS,
    DOMAIN_GROUP_ROWS,
    LISTED,
    MADE_FROM,
    REPEATED_IN_DOMAINS,
    file_name,
)
from pipelines.ledger_index.sorted_file import SortedFile
from pipelines.plan import Made
from pipelines.store import Store
from pipelines.unfinished import read_table, reading

#: counts that are held at once, more or less; of one domain, as many as it has
HELD_COUNTS = 1 << 22
_TOTALS = ("counts", "captures", "documents", "kept", "kept_bytes")


def write_domains(store: Store, ranges: int, made_from: str, held: int = HELD_COUNTS) -> list[Made]:
    """Write the table, file after file, from the counts of so many ranges of addresses."""
    total = _ranked(_totals(store, ranges)).sort("domain")
    files = [total.slice(first, DOMAIN_FILE_ROWS) for first in range(0, max(1, len(total)), DOMAIN_FILE_ROWS)]
    made: list[Made] = []
    for some in _together(files, held):
        names = pl.concat(some)["domain"]
        after = f"{names[-1]}\0" if len(names) else None
        found = _told(summed([*_pieces(store, ranges, names[0] if len(names) else "", after)]))
        for rows in some:
            made.append(_write(store, len(made), made_from, rows.join(found, on="domain", maintain_order="left")))
    return made


def _told(counts: pl.DataFrame) -> pl.DataFrame:
    """Tell of each domain when it was captured, what became of it and what it says; by name."""
    when = counts.group_by("domain").agg(
        pl.col("first_capture").min().dt.replace_time_zone(None),
        pl.col("last_capture").max().dt.replace_time_zone(None),
    )
    return when.join(_fates(counts), on="domain").join(_said(counts), on="domain").sort("domain")


def _ranked(total: pl.DataFrame) -> pl.DataFrame:
    """Rank domains by documents that are kept, then by their text; those that keep none have no rank."""
    order = total.sort("kept", "kept_bytes", "domain", descending=[True, True, False])
    places = pl.Series(np.arange(1, len(order) + 1), dtype=pl.Int64)
    return order.with_columns(rank=places).with_columns(rank=pl.when(pl.col("kept") > 0).then(pl.col("rank")))


def _write(store: Store, number: int, made_from: str, rows: pl.DataFrame) -> Made:
    name, low = file_name("domains", number), rows["domain"][0] if number else ""
    schema = DOMAIN.with_metadata({MADE_FROM: made_from.encode()})
    with SortedFile(store, name, schema, DOMAIN_GROUP_ROWS, REPEATED_IN_DOMAINS) as file:
        file.write(rows.select(DOMAIN.names).to_arrow().cast(schema))
    return Made(file.sha256, file.rows, file.bytes, {"file": name, "low": low})


def _together(files: Sequence[pl.DataFrame], held: int) -> Iterator[list[pl.DataFrame]]:
    """Yield files in a row whose counts are held at once."""
    some, count = list[pl.DataFrame](), 0
    for rows in files:
        own = int(rows["counts"].sum())
        if some and count + own > held:
            yield some
            some, count = [], 0
        some.append(rows)
        count += own
    yield some


def _totals(store: Store, ranges: int) -> pl.DataFrame:
    """Add up what ranks are given by, and how many counts there are of each domain."""
    schema = {"domain": pl.String, **dict.fromkeys(_TOTALS, pl.Int64)}
    found = [pl.DataFrame(schema=schema)]
    columns = ["domain", "outcome", "captures", "text_bytes"]
    for number in range(ranges):
        frame = pl.DataFrame(pl.from_arrow(read_table(store, counts_name(number), columns)))
        kept, document = pl.col("outcome") == "kept", pl.col("outcome") != "error"
        sums = {
            "counts": pl.len().cast(pl.Int64),
            "captures": pl.col("captures").sum(),
            "documents": pl.col("captures").filter(document).sum(),
            "kept": pl.col("captures").filter(kept).sum(),
            "kept_bytes": pl.col("text_bytes").filter(kept).sum(),
        }
        found.append(frame.group_by("domain").agg(**sums))
    return pl.concat(found).group_by("domain").agg(pl.col(*_TOTALS).sum())


def _fates(counts: pl.DataFrame) -> pl.DataFrame:
    fate = ("outcome", "dropped_by")
    return (
        counts.group_by("domain", *fate)
        .agg(pl.col("captures", "text_bytes").sum())
        .sort("captures", *fate, descending=[True, False, False], nulls_last=True)
        .group_by("domain", maintain_order=True)
        .agg(fates=pl.struct(*fate, "captures", "text_bytes"))
    )


def _said(counts: pl.DataFrame) -> pl.DataFrame:
    """List what most documents say; of the rest, how many different things, and by how many documents."""
    error, kept = pl.col("outcome") == "error", pl.col("outcome") == "kept"
    stated = (pl.col("stated_licence").alias("licence"), pl.col("stated_consent").alias("consent"))
    sums = {"documents": pl.col("captures").filter(~error).sum(), "kept": pl.col("captures").filter(kept).sum()}
    order = counts.group_by("domain", *stated).agg(**sums)
    order = order.sort("documents", "licence", "consent", descending=[True, False, False], nulls_last=True)
    by_documents = pl.col("documents") > 0
    return order.group_by("domain", maintain_order=True).agg(
        said=pl.struct("licence", "consent", "documents", "kept").filter(by_documents).head(LISTED),
        said_more=by_documents.slice(LISTED).sum().cast(pl.Int64),
        said_more_documents=pl.col("documents").slice(LISTED).sum(),
        said_more_kept=pl.col("kept").slice(LISTED).sum(),
    )


def _pieces(store: Store, ranges: int, low: str, high: str | None) -> Iterator[pl.DataFrame]:
    """Read the counts of a range of names."""
    for number in range(ranges):
        with reading(store, counts_name(number)) as parquet:
            for group in range(parquet.num_row_groups):
                if not may_hold(parquet.metadata.row_group(group).column(0).statistics, low, high):
                    continue
                table = parquet.read_row_group(group, use_threads=False).cast(COUNTS)
                inside = pc.greater_equal(table["domain"], low)
                inside = inside if high is None else pc.and_(inside, pc.less(table["domain"], high))
                yield pl.DataFrame(pl.from_arrow(table.filter(inside)))
