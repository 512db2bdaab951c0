"""datatrove's second and third stages on planted clusters, in its own files."""

import os
import struct
from pathlib import Path

import numpy as np

from benchmarks.dedup_planted import BANDS, ROWS, SHARD, check, mixed, planted, shards
from benchmarks.dedup_watch import Measured, Watch


def peer(documents: int, folder: str) -> Measured:
    """Let datatrove find the same clusters; in a process of its own, which is told to show no bars."""
    os.environ["TQDM_DISABLE"] = "1"
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
            table["signature"][:, row] = mixed(hashes[:, band] + np.uint64(row)) >> np.uint64(3)
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
