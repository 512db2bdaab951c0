"""Measures deduplication from band hashes to survivors on planted clusters, each size in a process of its own.

    python -m benchmarks.dedup_scale [--documents 1e6 3e6 10e6] [--memory 1e9] [--folder FOLDER] [--no-peer] [--json]

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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.dedup_planted import BANDS, SHARD, check, fingerprints, places, planted, shards
from benchmarks.dedup_stages import peer
from benchmarks.dedup_watch import Measured, Watch
from pipelines.dedup.cluster_table import (
    MEMBER_BYTES,
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

#: documents that a crawl found in all, in thousands of millions, for the figures on paper
PAPER, PAPER_MEMORY = 3_000_000_000, 16_000_000_000
#: documents that datatrove goes through, too
COMPARED = 1_000_000
LIMIT = 4e9


#: what one size took us, and datatrove where it was asked
Size = tuple[Measured, Measured | None]


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
    for shard, rows, hashes in shards(measured.documents):
        ids = fingerprints(shard, len(rows))["id"].to_pylist()
        names.append(f"keys/{shard:05d}.parquet")
        with Watch(measured, "keys"):
            own = document_numbers(shard, np.arange(len(rows)))
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
    document, survivor = (places(np.asarray(found[name])) for name in columns)
    check(planted(measured.documents), document, survivor)


def apart(function: Callable[..., Measured], *arguments: object) -> Measured:
    """Measure in a fresh process, so that its most memory is its own."""
    with TemporaryDirectory(dir=arguments[-1]) as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
        measured = pool.apply(function, (*arguments[:-1], folder))
        # It ends by itself: one that is ended leaves locks behind.
        pool.close()
        pool.join()
    return measured


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


def measure(asked: argparse.Namespace) -> Iterator[Size]:
    """Measure each size, and datatrove with the one that it can do."""
    for documents in map(int, asked.documents):
        ours = apart(run, documents, int(asked.memory), asked.folder)
        compared = asked.peer and documents == COMPARED
        yield ours, apart(peer, documents, asked.folder) if compared else None


def tell(sizes: Iterable[Size]) -> None:
    """Print each size when it has been measured, and count on paper what no machine here can do."""
    for ours, theirs in sizes:
        show(ours)
        if theirs:
            compare(ours, theirs)
    paper(ours)


def as_json(sizes: Iterable[Size]) -> list[dict[str, Any]]:
    """Give all that was measured as what JSON has words for."""
    return [{"vitrine": asdict(ours), "datatrove": asdict(theirs) if theirs else None} for ours, theirs in sizes]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let sizes, memory and a place be named."""
    parser.add_argument("--documents", type=float, nargs="+", default=[1e6, 3e6, 10e6], help="how many, of each size")
    parser.add_argument("--memory", type=float, default=1e9, help="bytes of memory that a range may need")
    parser.add_argument("--folder", default=None, help="where files are put while it runs")
    told = "have datatrove's later stages find the clusters of 1e6 documents"
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True, help=told)


def main() -> None:
    """Print what each size took, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.json:
        print(json.dumps(as_json(measure(asked))))
    else:
        tell(measure(asked))


if __name__ == "__main__":
    main()
