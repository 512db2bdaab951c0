"""Measures what repeated parts of texts cost to find: MB of text a second, beside the programs that do the same.

    python -m benchmarks.passages [FILE.warc.wet.gz ...] [--dolma PROGRAM] [--limit N]

One run, processor time, the same texts, in steady state: what is measured has run before. A peer that is slow is given
fewer of the texts, and its figure is per MB of those.

- `paragraphs` beside CCNet's way in plain Python (normalise, SHA-1);
- `sentence spans` beside datatrove's signature stage, both with spaCy's sentences, without its writing of files;
- `lines` and a Bloom filter beside Dolma's deduper (`--dolma` names its program), a process of its own that also reads
  and writes gzipped JSON; it is given the texts 20 times, and its start is not counted;
- Bloom filters beside rbloom, where that is installed, and the set of a plain one;
- known n-grams beside datatrove's Bloom filter, which asks for those of whole documents;
- substrings beside a dictionary of all runs, and how much of the time is the suffix array.
"""

import argparse
import gzip
import hashlib
import importlib.util
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

import datatrove.pipeline
import numpy as np
import pyarrow as pa
from datatrove.data import Document
from datatrove.utils.hashing import HashConfig
from fastwarc.warc import ArchiveIterator, WarcRecordType

from filters.document import documents
from filters.texts import Texts
from filters.units import Units
from pipelines.dedup.bloom import BloomFilter, BloomSize
from pipelines.dedup.cuts import Parts, cut, occurrences, of_shard, repeats
from pipelines.dedup.known_ngrams import KnownNgrams, known_ngrams
from pipelines.dedup.passages import Lines, Paragraphs, SentenceSpans, passages
from pipelines.dedup.substrings import Substrings, repeated_substrings
from tests import naive_bloom, naive_passages

SHARED = Path(__file__).parents[2] / "shared" / "data" / "bulk" / "bulk_small-00000.warc.wet.gz"
MEMORY = 8 << 30
#: texts that a slow peer is given
FEW = 100
#: how often one is given all texts that takes longer to start than to read them
COPIES = 20


def read(paths: list[Path]) -> Iterator[str]:
    """Read the texts of WET files."""
    for path in paths:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.conversion):
                yield record.reader.read().decode("utf-8", "replace")


def fresh(values: list[str], sentences: Any = "marks") -> Texts:  # noqa: ANN401  # one of three words
    """Lay texts out anew, so that nothing is known of them."""
    return Texts(documents(values), units=Units(sentences=sentences))


def size(values: list[str]) -> float:
    """Count MB."""
    return sum(len(value.encode()) for value in values) / 1e6


def timed(run: Callable[[], Any], times: int = 3) -> float:
    """Give the processor time of the fastest of some runs, after one that is not counted."""
    run()
    taken = []
    for _ in range(times):
        begun = process_time()
        run()
        taken.append(process_time() - begun)
    return min(taken)


def say(what: str, megabytes: float, seconds: float, beside: float = 0.0) -> float:
    """Print a speed, and how many times that of the peer it is; return it."""
    speed = megabytes / seconds
    print(f"{what:58}{speed:10.2f} MB/s{f'{speed / beside:10.0f} times' if beside else ''}")
    return speed


def peer(name: str) -> ModuleType:
    """Load a module of datatrove's without its neighbours, which ask for packages that are not needed."""
    folder = Path(str(datatrove.pipeline.__file__)).parent / "dedup"
    spec = importlib.util.spec_from_file_location(f"datatrove.pipeline.dedup.{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"datatrove has no {name}.py where it was expected")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_paragraphs(values: list[str]) -> None:
    """CCNet's paragraphs."""
    left_out = re.compile(f"[{re.escape(naive_passages.CCNET_MARKS)}{''.join(naive_passages.CONTROLS)}]")

    def theirs() -> None:
        for value in values:
            for line in value.split("\n"):
                normal = left_out.sub("", re.sub(r"\d", "0", line.strip().lower()))
                hashlib.sha1(normal.encode()).digest()[:8]  # noqa: S324  # as CCNet

    slow = say("paragraphs: CCNet's way in plain Python", size(values), timed(theirs, 1))
    say("paragraphs", size(values), timed(lambda: passages(fresh(values), Paragraphs())), slow)


def measure_spans(values: list[str]) -> None:
    """C4's runs of three sentences."""
    module, few = peer("sentence_dedup"), values[:FEW]
    config = module.SentDedupConfig(hash_config=HashConfig(hash_fc="sha1"))
    step = module.SentenceDedupSignature("memory://", config=config)

    def theirs() -> None:
        for number, value in enumerate(few):
            step.get_hashes(Document(value, "x"), number)

    slow = say("sentence spans: datatrove, spaCy's sentences", size(few), timed(theirs, 1))
    for kind in ("spacy", "unicode", "marks"):
        seconds = timed(lambda kind=kind: passages(fresh(values, sentences=kind), SentenceSpans()))
        say(f"sentence spans, sentences as {kind}", size(values), seconds, slow)
    known = fresh(values)
    passages(known, SentenceSpans())
    say("sentence spans, sentences known", size(values), timed(lambda: passages(known, SentenceSpans())), slow)


def by_bloom(values: list[str], bloom: BloomSize) -> tuple[Texts, int]:
    """Cut lines that a filter knows, as Dolma does; count them, too."""
    texts = fresh(values)
    found = passages(texts, Lines())
    known = BloomFilter(bloom).put(found.hash)
    left, _ = cut(texts, Parts(found.text[known], found.start[known], found.end[known]))
    return left, int(known.sum())


def measure_lines(values: list[str], dolma: Path | None) -> None:
    """Dolma's paragraphs: by a Bloom filter, and all together."""
    bloom, slow = BloomSize.of(1_000_000, 1e-6), 0.0
    if dolma is not None:
        marked = run_dolma(values, dolma)[1]
        # Starting takes it longer than these texts do.
        startup = min(run_dolma(["x"], dolma)[0] for _ in range(3))
        seconds = (run_dolma(values * COPIES, dolma)[0] - startup) / COPIES
        slow = say(f"lines: Dolma's deduper ({marked} repeated)", size(values), seconds)
    say("lines: hashes", size(values), timed(lambda: passages(fresh(values), Lines())), slow)
    count = by_bloom(values, bloom)[1]
    say(
        f"lines: by a Bloom filter and cut ({count} repeated)",
        size(values),
        timed(lambda: by_bloom(values, bloom)),
        slow,
    )

    def exactly() -> int:
        texts, places = fresh(values), np.arange(len(values))
        gone = repeats(occurrences(passages(texts, Lines()), texts.offsets, places))
        cut(texts, of_shard(gone, texts.offsets, places))
        return len(gone)

    say(f"lines: sorted, chosen and cut ({exactly()} repeated)", size(values), timed(exactly), slow)


def run_dolma(values: list[str], program: Path) -> tuple[float, int]:
    """Have Dolma mark repeated paragraphs, in one process: its processor time, and how many it marked."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents" / "0.jsonl.gz"
        source.parent.mkdir()
        with gzip.open(source, "wt", compresslevel=1) as file:
            for number, value in enumerate(values):
                file.write(json.dumps({"id": str(number), "text": value, "source": "x"}) + "\n")
        options = [
            *("--documents", source, "--dedupe.name", "paragraphs", "--dedupe.skip_empty"),
            *("--dedupe.paragraphs.attribute_name", "repeated", "--bloom_filter.file", f"{folder}/filter"),
            *("--no-bloom_filter.read_only", "--bloom_filter.estimated_doc_count", 1_000_000),
            *("--bloom_filter.desired_false_positive_rate", 1e-6, "--processes", 1),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "dedupe", *map(str, options)], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with gzip.open(Path(folder) / "attributes" / "paragraphs" / "0.jsonl.gz", "rt") as file:
            marked = sum(len(json.loads(line)["attributes"].get("repeated", ())) for line in file)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, marked


def measure_filters(count: int = 1_000_000) -> None:
    """Bloom filters of hashes."""
    hashes, sized = np.random.default_rng(1).integers(0, 1 << 64, count, np.uint64), BloomSize.of(count, 0.01)
    few, numbers = hashes[: count // 50].tolist(), (hashes >> np.uint64(1)).astype(np.int64).tolist()

    def plain() -> None:
        bloom = naive_bloom.Filter(sized.bits, sized.probes)
        for one in few:
            bloom.put(one)

    rates = {"Bloom filter: in plain Python": len(few) / timed(plain, 1)}
    if importlib.util.find_spec("rbloom"):
        rbloom = importlib.import_module("rbloom")

        def theirs() -> None:
            bloom = rbloom.Bloom(count, 0.01)
            for one in numbers:
                if one not in bloom:
                    bloom.add(one)

        rates["Bloom filter: rbloom, asked and added to one by one"] = count / timed(theirs)
        rates["Bloom filter: rbloom, updated by all at once"] = count / timed(
            lambda: rbloom.Bloom(count, 0.01).update(numbers)
        )
    rates["Bloom filter: put, which says what was known"] = count / timed(lambda: BloomFilter(sized).put(hashes))
    for what, rate in rates.items():
        print(f"{what:58}{rate / 1e6:10.2f} M/s")


def measure_ngrams(values: list[str]) -> None:
    """Paragraphs and documents by their n-grams."""
    module, few = peer("bloom_filter"), values[:FEW]
    config = module.BloomFilterConfig(m_bytes=1 << 24, k=7, hash_config=HashConfig(hash_fc="sha1", precision=32))

    def theirs() -> None:
        step = module.SingleBloomFilter("memory://", config=config)
        for value in few:
            step.step(Document(value, "x"))

    slow = say("known n-grams: datatrove's Bloom filter", size(few), timed(theirs, 1))
    sized = BloomSize.of(2_000_000, 0.01)
    for remove in ("document", "old-both"):
        rule = KnownNgrams(remove=remove)
        seconds = timed(lambda rule=rule: known_ngrams(fresh(values), BloomFilter(sized), rule))
        say(f"known n-grams: {remove}", size(values), seconds, slow)


def measure_substrings(values: list[str]) -> None:
    """Substrings of 100 bytes."""
    few, rule = values[:FEW], Substrings()

    def theirs() -> None:
        naive_passages.repeated_parts([value.encode() for value in few], [*range(len(few))], 100, "first")

    slow = say("substrings: a dictionary of all runs", size(few), timed(theirs, 1))
    texts, places = fresh(values), np.arange(len(values))
    found = repeated_substrings(texts, places, rule, MEMORY)
    seconds = timed(lambda: repeated_substrings(texts, places, rule, MEMORY), 1)
    say(f"substrings ({(found.end - found.start).sum() / 1e6:.2f} MB repeated)", size(values), seconds, slow)
    sort, data = importlib.import_module("pydivsufsort").divsufsort, np.array(texts.data)
    say("substrings: only the suffix array", size(values), timed(lambda: sort(data), 1), slow)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=sys.modules[__name__].__doc__)
    parser.add_argument("paths", type=Path, nargs="*", default=[SHARED])
    parser.add_argument("--dolma", type=Path, help="the program of an environment that has Dolma")
    parser.add_argument("--limit", type=int, help="texts of all files")
    options = parser.parse_args()
    values = [*read(options.paths)][: options.limit]
    print(f"{len(values)} texts, {size(values):.1f} MB; pyarrow {pa.__version__}")
    measure_paragraphs(values)
    measure_spans(values)
    measure_lines(values, options.dolma)
    measure_filters()
    measure_ngrams(values)
    measure_substrings(values)


if __name__ == "__main__":
    main()
