"""Made-up documents in planted clusters: their bands, what is known of them, and whether the clusters came back."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from pipelines.dedup.cluster_table import MEMBERS

BANDS, ROWS = 14, 8
#: documents of a shard, as many as a WARC file of Common Crawl gives
SHARD = 35_000
_SAME = 0.9**ROWS
# Sizes of clusters and how many thousands of them were found; between two they lie on a straight line in logarithms.
_SIZES = np.array([1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 172, 5000])
_FOUND = np.array([249_300, 82_100, 44_500, 32_100, 23_400, 13_000, 7_230, 1_670, 113, 16.5, 3.58, 0.0030])


def planted(documents: int) -> np.ndarray:
    """Say which cluster each document is in, int64[documents], by chance."""
    generator = np.random.default_rng(7)
    sizes = np.arange(1, _SIZES[-1] + 1)
    weights = np.exp(np.interp(np.log(sizes), np.log(_SIZES), np.log(_FOUND)))
    drawn = generator.choice(sizes, documents, p=weights / weights.sum())
    return generator.permutation(np.repeat(np.arange(documents), drawn)[:documents])


def bands(numbers: np.ndarray, clusters: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Make the hash of each band of some documents, uint64[n, BANDS]; the first of a cluster has all bands of it."""
    band = np.arange(BANDS, dtype=np.uint64)
    theirs, own = (mixed(n.astype(np.uint64)[:, None] * np.uint64(2 * BANDS) + band) for n in (clusters, numbers))
    chance = mixed(own + np.uint64(1 << 40))
    same = (chance < np.uint64(_SAME * 2**64)) | first[:, None]
    same[np.arange(len(same)), (own[:, 0] % np.uint64(BANDS)).astype(int)] = True
    return np.where(same, mixed(theirs), mixed(own + np.uint64(1 << 50)))


def mixed(values: np.ndarray) -> np.ndarray:
    """Mix the bits of each value."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values


def shards(documents: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield the number of each shard, its documents' places and their bands."""
    clusters = planted(documents)
    first = np.zeros(documents, np.bool_)
    first[np.unique(clusters, return_index=True)[1]] = True
    for shard, start in enumerate(range(0, documents, SHARD)):
        places = np.arange(start, min(start + SHARD, documents))
        yield shard, places, bands(places, clusters[places], first[places])


def fingerprints(shard: int, count: int) -> pa.Table:
    """Make what the total order asks of a shard's documents."""
    generator, rows = np.random.default_rng(shard), np.arange(count)
    ids = [f"<urn:uuid:{shard:08x}-0000-0000-0000-{row:012x}>" for row in rows.tolist()]
    columns = {
        "id": pa.array(ids),
        "file": pa.repeat(f"crawl-data/CC-MAIN/segments/warc/{shard:05d}.warc.gz", count),
        "offset": pa.array(rows * 29_000),
        "date": pa.array(generator.integers(1.6e9, 1.7e9, count), pa.timestamp("s", tz="UTC")),
        "text_bytes": pa.array(generator.integers(200, 9000, count)),
        "language_score": pa.array(generator.random(count).astype(np.float32)),
        "license": pa.nulls(count, pa.int8()),
    }
    return pa.table({name: columns[name] for name in MEMBERS.names if name in columns})


def check(clusters: np.ndarray, document: np.ndarray, survivor: np.ndarray) -> None:
    """Stop unless each document of a cluster of two or more names a member of it, all the same one."""
    wanted = np.flatnonzero(np.bincount(clusters)[clusters] > 1)
    if not np.array_equal(np.sort(document), wanted):
        raise SystemExit(f"{len(document)} documents have a duplicate, {len(wanted)} should have")
    pairs = np.unique(np.column_stack((clusters[document], survivor)), axis=0)
    if len(pairs) != len(np.unique(clusters[wanted])) or (clusters[pairs[:, 1]] != pairs[:, 0]).any():
        raise SystemExit("the clusters found are not those that were planted")


def places(documents: np.ndarray) -> np.ndarray:
    """Count documents, which Vitrine numbers by shard, from the first."""
    return (documents >> 32) * SHARD + (documents & 0xFFFFFFFF)
