"""Measures deduplication from band hashes to survivors on planted clusters, each size in a process of its own.

    python -m benchmarks.dedup_scale [--documents 1e6 3e6 10e6] [--memory 1e9] [--folder FOLDER] [--no-peer]

Documents lie in clusters as large as those that FineWeb-2 found in all crawls of Italian (misc/rehydration of its
repository, with the documents that its filters removed later put back): 46 % of the clusters are of one document, nine
tenths of the documents are in others, of up to 5000. A band of a document is its cluster's with the probability 0.9^8,
which is that of texts whose Jaccard similarity is 0.9, at least one is, and the first document has them all; so the
planted clusters must come back exactly. Texts are not made: what is measured is sorting, linking, clustering and the
choice of survivors, not fingerprints.

With `--documents 1e6` datatrove's second and third stages (MinhashDedupBuckets, MinhashDedupCluster) run too, one
task after the other, on signature files in its own format that hold the same bands, and must find the same clusters.
Its signature files are sorted when they are written, as ours are: what is compared is what comes after. It must be
installed with what its package of deduplication asks for (`tokenizers`).
"""

import argparse
import json
import multiprocessing
import resource
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dedup.cluster_table import (
    MEMBER_BYTES,
    MEMBERS,
    Choice,
    members,
    settle,
    shard_clusters,
    write_clusters,
    write_members,
)
from pipelines.dedup.forest import ForestFiles, clusters_of, write_forest
from pipelines.dedup.key_ranges import ranges
from pipelines.dedup.keys import document_numbers, orders, sorted_keys, write_keys
from pipelines.dedup.links import ROW_BYTES, link
from pipelines.dedup.rows import GROUP_ROWS
from pipelines.store import Store

BANDS, ROWS = 14, 8
#: documents of a shard, as many as a WARC file of Common Crawl gives
SHARD = 35_000
#: documents that a crawl found in all, in thousands of millions, for the figures on paper
PAPER, PAPER_MEMORY = 3_000_000_000, 16_000_000_000
LIMIT = 4e9
_SAME = 0.9**ROWS
# Sizes of clusters and how many thousands of them were found; between two they lie on a straight line in logarithms.
_SIZES = np.array([1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 172, 5000])
_FOUND = np.array([249_300, 82_100, 44_500, 32_100, 23_400, 13_000, 7_230, 1_670, 113, 16.5, 3.58, 0.0030])


@dataclass
class Measured:
    """What one size took."""

    documents: int
    #: seconds of each step by the clock, and of the core that did it; these do not depend on who else is at work
    clock: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: bytes on disk after each step
    disk: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    #: most memory of the process until after each step, bytes
    peaks: dict[str, int] = field(default_factory=dict)
    ranges: int = 0


class Watch:
    """Adds up what one step takes."""

    def __init__(self, measured: Measured, name: str) -> None:
        self._measured, self._name = measured, name

    def __enter__(self) -> None:
        """Begin."""
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        """End."""
        ended = time.perf_counter(), time.process_time()
        every = self._measured.clock, self._measured.seconds
        for kind, begun, end in zip(every, self._begun, ended, strict=True):
            kind[self._name] = kind.get(self._name, 0) + end - begun
        self._measured.peaks[self._name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


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
    theirs, own = (_mix(n.astype(np.uint64)[:, None] * np.uint64(2 * BANDS) + band) for n in (clusters, numbers))
    chance = _mix(own + np.uint64(1 << 40))
    same = (chance < np.uint64(_SAME * 2**64)) | first[:, None]
    same[np.arange(len(same)), (own[:, 0] % np.uint64(BANDS)).astype(int)] = True
    return np.where(same, _mix(theirs), _mix(own + np.uint64(1 << 50)))


def _mix(values: np.ndarray) -> np.ndarray:
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


def run(documents: int, memory: int, folder: str) -> Measured:
    """Go all the way for so many documents."""
    store, measured = Store.at(folder), Measured(documents)
    _warm(folder)
    names = _keys(store, measured)
    _clusters(store, measured, names, memory)
    _survivors(store, measured, memory)
    measured.disk = {name: sum(map(store.size, store.list(name))) for name in ("keys", "links", "clusters", "members")}
    measured.disk["survivors"] = sum(map(store.size, store.list("survivors")))
    _check(store, measured)
    return measured


def _warm(folder: str) -> None:
    """Compile the kernels, or load them, before anything is measured."""
    store, one = Store.at(f"{folder}/warm"), np.arange(1, dtype=np.uint64)
    write_keys(store, "keys", sorted_keys(one, one, np.arange(1)))
    clusters_of(list(link(store, ["keys", "keys"], 0, 1 << 64, None, 1 << 20)))
    store.remove("")


def _keys(store: Store, measured: Measured) -> list[str]:
    names = []
    for shard, places, hashes in shards(measured.documents):
        ids = fingerprints(shard, len(places))["id"].to_pylist()
        names.append(f"keys/{shard:05d}.parquet")
        with Watch(measured, "keys"):
            own = document_numbers(shard, np.arange(len(places)))
            write_keys(store, names[-1], sorted_keys(hashes, orders(ids), own))
    return names


def _clusters(store: Store, measured: Measured, names: list[str], memory: int) -> None:
    parts, links = ranges(measured.documents * BANDS, memory, ROW_BYTES), []
    measured.ranges = len(parts)
    with Watch(measured, "links"):
        for number, (low, high) in enumerate(parts):
            links.append(f"links/{number:05d}.parquet")
            write_forest(store, links[-1], link(store, names, low, high, None, memory))
    with Watch(measured, "clusters"):
        found = clusters_of(ForestFiles(store, tuple(links)))
        write_clusters(store, "clusters/all.parquet", found)
    measured.facts["documents with links"] = len(found.documents)
    measured.facts["rows of forests"] = sum(pq.read_metadata(store.path(name)).num_rows for name in links)


def _survivors(store: Store, measured: Measured, memory: int) -> None:
    names, giants, kept = [], 0, 0
    for shard, start in enumerate(range(0, measured.documents, SHARD)):
        table = fingerprints(shard, min(SHARD, measured.documents - start))
        names.append(f"members/{shard:05d}.parquet")
        with Watch(measured, "members"):
            write_members(store, names[-1], members(table, shard_clusters(store, "clusters/all.parquet", shard)))
    for number, (low, high) in enumerate(ranges(measured.facts["documents with links"], memory, MEMBER_BYTES)):
        with Watch(measured, "survivors"):
            name = f"survivors/{number:05d}.parquet"
            made = settle(store, names, low, high, Choice("minhash", giant=1000), memory, name)
        giants, kept = giants + len(made.giants), kept + made.clusters
    measured.facts |= {"clusters above 1000": giants, "clusters of two or more": kept}


def _check(store: Store, measured: Measured) -> None:
    """Stop unless the planted clusters came back: each with one survivor, and with all of its documents."""
    columns = ["document", "survivor"]
    found = pa.concat_tables(pq.read_table(store.path(name), columns=columns) for name in store.list("survivors"))
    document, survivor = (_places(np.asarray(found[name])) for name in columns)
    check(planted(measured.documents), document, survivor)


def check(clusters: np.ndarray, document: np.ndarray, survivor: np.ndarray) -> None:
    """Stop unless each document of a cluster of two or more names a member of it, all the same one."""
    wanted = np.flatnonzero(np.bincount(clusters)[clusters] > 1)
    if not np.array_equal(np.sort(document), wanted):
        raise SystemExit(f"{len(document)} documents have a duplicate, {len(wanted)} should have")
    pairs = np.unique(np.column_stack((clusters[document], survivor)), axis=0)
    if len(pairs) != len(np.unique(clusters[wanted])) or (clusters[pairs[:, 1]] != pairs[:, 0]).any():
        raise SystemExit("the clusters found are not those that were planted")


def _places(documents: np.ndarray) -> np.ndarray:
    return (documents >> 32) * SHARD + (documents & 0xFFFFFFFF)


def peer(documents: int, folder: str) -> Measured:
    """Let datatrove find the same clusters."""
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster  # noqa: PLC0415  # slow to load
    from datatrove.pipeline.dedup.minhash import MinhashConfig  # noqa: PLC0415
    from datatrove.utils.hashing import HashConfig  # noqa: PLC0415
    from datatrove.utils.logging import logger  # noqa: PLC0415

    logger.remove()
    # These stages hash nothing; the default would ask for another package.
    sha1 = HashConfig(hash_fc="sha1")
    config = MinhashConfig(num_buckets=BANDS, hashes_per_bucket=ROWS, hash_config=sha1)
    measured = Measured(documents)
    for shard, _, hashes in shards(documents):
        _signatures(Path(folder), shard, hashes)
    buckets = MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/pairs", config=config, lines_to_buffer=10_000)
    with Watch(measured, "buckets"):
        for rank in range(BANDS):
            buckets.run(None, rank, BANDS)
    options = {"save_cluster_id": True, "lines_to_buffer": 10_000}
    with Watch(measured, "clusters"):
        MinhashDedupCluster(f"{folder}/pairs", f"{folder}/removed", config=config, **options).run(None, 0, 1)
    files = [file for name in ("signatures", "pairs") for file in Path(folder, name).rglob("*.*")]
    measured.disk["signatures and pairs"] = sum(file.stat().st_size for file in files)
    _check_peer(Path(folder), documents)
    return measured


def _signatures(folder: Path, shard: int, hashes: np.ndarray) -> None:
    """Write the signatures of a shard as datatrove's first stage does: eight hashes below 2^61 and a row, sorted."""
    layout = np.dtype([("signature", "<u8", ROWS), ("row", "<u4")])
    for band in range(BANDS):
        table = np.empty(len(hashes), layout)
        table["row"] = np.arange(len(hashes))
        for row in range(ROWS):
            table["signature"][:, row] = _mix(hashes[:, band] + np.uint64(row)) >> np.uint64(3)
        path = folder / f"signatures/bucket_{band:03d}/{shard:05d}.minhash.sig"
        path.parent.mkdir(parents=True, exist_ok=True)
        order = np.lexsort((table["row"], *table["signature"].T[::-1]))
        path.write_bytes(table[order].tobytes())


def _check_peer(folder: Path, documents: int) -> None:
    document, cluster = [], []
    for file in sorted(folder.glob("removed/*.clusters")):
        pairs = np.array(list(struct.iter_unpack("<2I", file.read_bytes())))
        document.append(int(file.stem) * SHARD + pairs[:, 0])
        cluster.append(pairs[:, 1])
    places, found = np.concatenate(document), np.concatenate(cluster)
    firsts = np.zeros(found.max() + 1, np.int64)
    firsts[found] = places
    check(planted(documents), places, firsts[found])


def apart(function: str, *arguments: object) -> Measured:
    """Measure in a fresh process, so that its most memory is its own."""
    with TemporaryDirectory(dir=arguments[-1]) as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(globals()[function], (*arguments[:-1], folder))


def show(measured: Measured) -> None:
    """Print one size."""
    whole, rows = sum(measured.seconds.values()), measured.documents * BANDS
    after = whole - measured.seconds["keys"]
    print(f"\n{measured.documents:,} documents, {rows:,} keys, {measured.ranges} ranges")
    for name, seconds in measured.seconds.items():
        disk = measured.disk[name] / 1e6
        spent = f"{seconds:7.2f} core s, {measured.clock[name]:7.2f} s by the clock"
        print(f"  {name:10} {spent}, {disk:9.1f} MB on disk, peak memory so far {measured.peaks[name] / 1e9:.2f} GB")
    for what, seconds in (("after keys", after), ("in all", whole)):
        speed, keys = measured.documents / seconds, rows / seconds / 1e6
        print(f"  {what:10} {seconds:7.2f} core s, {keys:.1f} M keys/s, {speed:,.0f} documents/s")
    peak = max(measured.peaks.values())
    most = "within" if peak < LIMIT else "ABOVE"
    print(f"  peak memory of the process {peak / 1e9:.2f} GB ({most} {LIMIT / 1e9:.0f} GB); no children")
    print(f"  {json.dumps(measured.facts)}; the planted clusters came back exactly", flush=True)


def compare(ours: Measured, theirs: Measured) -> None:
    """Print how much longer datatrove took, in seconds of a core."""
    links, rest = (theirs.seconds[name] for name in ("buckets", "clusters"))
    print(f"\ndatatrove, {theirs.documents:,} documents, one worker: buckets {links:.1f} core s, clusters {rest:.1f}")
    size = theirs.disk["signatures and pairs"] / 1e6
    print(f"  {max(theirs.peaks.values()) / 1e9:.2f} GB of memory, {size:.0f} MB on disk; the same clusters")
    whole = sum(ours.seconds.values())
    for what, seconds in (
        ("our links and clusters", ours.seconds["links"] + ours.seconds["clusters"]),
        ("these and our survivors, which it does not choose", whole - ours.seconds["keys"]),
        ("these and our sorting and writing of keys, which its first stage does", whole),
    ):
        print(f"  {(links + rest) / seconds:5.0f} times as long as {what}", flush=True)


def paper(measured: Measured) -> None:
    """Print what a crawl of many more documents would take, by arithmetic from what was measured."""
    factor, linked = PAPER / measured.documents, measured.facts["documents with links"]
    count = len(ranges(PAPER * BANDS, PAPER_MEMORY, ROW_BYTES))
    alone = measured.seconds["clusters"]
    hours = (sum(measured.seconds.values()) - alone) * factor / 3600
    # A document is at most once in the forest of each of its bands' ranges.
    union = alone / measured.facts["rows of forests"] * linked * BANDS * factor / 3600
    print(f"\n{PAPER:,} documents, by arithmetic from {measured.documents:,}, in tasks of {PAPER_MEMORY / 1e9:g} GB:")
    size = measured.disk["keys"]
    print(f"  keys {size * factor / 1e12:.2f} TB, {size / measured.documents / BANDS:.1f} bytes each")
    print(f"  {count} ranges; {hours:.0f} core hours for all but the final union, in parallel")
    print(f"  final union: {linked * factor / 1e9:.1f} G documents with links, {linked * factor * 26 / 1e9:.0f} GB of")
    print(f"    memory (bits, parents, the two columns it gives), at most {union:.1f} h for the forests of all ranges")
    print("    in one task; less where forests are merged some at a time first (`merge_forests`)")
    print(
        f"  a shard of {SHARD:,} documents has {SHARD * BANDS // count:,} keys in a range, and what is read at least is"
    )
    print(f"    {GROUP_ROWS:,}: keys of some hundred shards should be merged into one file first (`merge_keys`)")


def main() -> None:
    """Measure each size, compare the first, and count on paper what no machine here can do."""
    parser = argparse.ArgumentParser(description=sys.modules[__name__].__doc__.splitlines()[0])
    parser.add_argument("--documents", type=float, nargs="+", default=[1e6, 3e6, 10e6])
    parser.add_argument("--memory", type=float, default=1e9, help="bytes of memory that a range may need")
    parser.add_argument("--folder", default=None, help="where files are put while it runs")
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--json", type=Path, help="file to write what was measured to")
    options = parser.parse_args()
    every = []
    for documents in options.documents:
        every.append(apart("run", int(documents), int(options.memory), options.folder))
        show(every[-1])
        if options.peer and documents == 1e6:  # noqa: PLR2004
            compare(every[-1], apart("peer", int(documents), options.folder))
    paper(every[-1])
    if options.json:
        options.json.write_text(json.dumps([asdict(measured) for measured in every], indent=1))


if __name__ == "__main__":
    main()
