"""Measures how fast texts are signed, by each of our profiles and by others, with equal parameters, on one core.

    python -m benchmarks.signatures [TEXTS...] [--megabytes N] [--rensa PYTHON] [--text-dedup PYTHON] [--json]

Texts are WET files, or lines of JSON with `text`; without any, the bundled sample's. All sign shingles of five words
with 112 values; only Dolma's numbers are its own, 286 values. What is timed starts with texts in memory: Arrow's
buffers for us, Python's strings for others. Times are of the processor, in one process that uses one thread, in one
run after a short one by which kernels are compiled and tables read. Making shingles is part of every row but those
that say otherwise.
"""

import argparse
import gzip
import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.dedup_peers import PeerError, add_peers, ask, interpreters
from benchmarks.peers.near_duplicates import seconds
from pipelines import sample
from pipelines.dedup.minhash import MinHash, signatures
from pipelines.dedup.profiles import PROFILES

#: a row of the table: what signs, and its seconds
Row = tuple[str, float]


def read_texts(path: Path) -> Iterator[str]:
    """Read the texts of a WET file, or of lines of JSON that may be compressed."""
    if ".wet" in path.suffixes:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.conversion):
                yield record.reader.read().decode(errors="replace")
        return
    with ExitStack() as opened:
        raw = opened.enter_context(path.open("rb"))
        plain = {".zst": zstandard.ZstdDecompressor().stream_reader, ".gz": gzip.open}.get(path.suffix)
        lines = opened.enter_context(io.TextIOWrapper(plain(raw) if plain else raw, "utf-8"))
        for line in lines:
            yield json.loads(line)["text"]


def some_texts(paths: list[Path], megabytes: float) -> list[str]:
    """Take texts of so many megabytes, evenly from all that there are."""
    texts = [text for path in paths for text in read_texts(path)]
    sizes = np.array([len(text.encode()) for text in texts])
    every = max(1, round(sizes.sum() / (megabytes * 1e6)))
    return texts[::every]


def bundled() -> list[Path]:
    """Find the texts that come with Vitrine."""
    return sorted((sample.crawl().parent / "wet").glob("*.wet.gz"))


def ours(texts: list[str]) -> Iterator[Row]:
    """Time each profile."""
    contents = [text.encode() for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(content) for content in contents]))).astype(np.int64)
    data = np.frombuffer(b"".join(contents), np.uint8)
    for name in PROFILES:
        minhash = MinHash(profile=name)
        signatures(data, offsets[:3], minhash)
        yield f"vitrine, {name}", seconds(lambda minhash=minhash: signatures(data, offsets, minhash))


def theirs(peer: str, python: str, texts: list[str]) -> Iterator[Row]:
    """Have a peer time itself; where it leaves shingles to its user, with those of plain Python, and without."""
    told = ask(peer, python, "time", texts)
    shingles = told.pop("shingles", None)
    for name, taken in told.items():
        yield f"{peer}, {name}", taken + (shingles or 0)
        if shingles is not None:
            yield f"{peer}, {name}, shingles given", taken


@dataclass(frozen=True)
class Timed:
    """What signatures of some texts took."""

    texts: int
    #: of the texts as UTF-8
    bytes: int
    #: of the processor, by who signed and how
    seconds: dict[str, float]
    #: peers that did not run, and why
    left_out: list[str]


def measure(asked: argparse.Namespace) -> Timed:
    """Time all profiles and the peers that were asked for."""
    texts = some_texts(asked.texts or bundled(), asked.megabytes)
    rows, left_out = list(ours(texts)), []
    for peer, python in interpreters(asked).items():
        try:
            rows += theirs(peer, python, texts)
        except PeerError as error:
            left_out.append(str(error))
    return Timed(len(texts), sum(len(text.encode()) for text in texts), dict(rows), left_out)


def show(timed: Timed) -> None:
    """Print a table."""
    for reason in timed.left_out:
        print(f"left out: {reason}")
    print(f"{timed.texts} texts, {timed.bytes / 1e6:.1f} MB")
    print(f"{'':46}{'texts/s':>10}{'MB/s':>9}{'of datatrove':>14}")
    slowest = timed.seconds.get("datatrove, stage 1")
    for name, taken in timed.seconds.items():
        times = f"{slowest / taken:.1f}x" if slowest else ""
        print(f"{name:46}{timed.texts / taken:>10,.0f}{timed.bytes / taken / 1e6:>9.2f}{times:>14}", flush=True)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let texts and peers be named."""
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--megabytes", type=float, default=8, help="how much text at most, about")
    add_peers(parser)


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    timed = measure(asked)
    if asked.json:
        print(json.dumps(asdict(timed)))
    else:
        show(timed)


if __name__ == "__main__":
    main()
