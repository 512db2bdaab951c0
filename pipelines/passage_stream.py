"""Repeated parts by a Bloom filter: one task asks all documents, one after the other, in the order of the inputs.

What it finds in each shard is one file. From time to time it writes down how far it has come, with the filter; a task
that was interrupted goes on from there, and gives what it would have given.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from filters.texts import Texts
from pipelines.dedup.bloom import BloomFilter
from pipelines.dedup.cuts import Parts
from pipelines.dedup.keys import document_numbers
from pipelines.dedup.known_ngrams import known_ngrams
from pipelines.dedup.passage_table import GOES, parts_table
from pipelines.dedup.passages import passages
from pipelines.dedup.repeated import Kind, RepeatedNgrams, RepeatedSubstrings, bloom_of
from pipelines.dedup.rows import write_rows
from pipelines.earlier_parts import seen_name
from pipelines.job import Job, work
from pipelines.passage_rounds import STAGE
from pipelines.plan import WORK, Made
from pipelines.progress import report
from pipelines.published_parts import known_name
from pipelines.recipe import digest
from pipelines.rounds import dedup_of
from pipelines.texts_left import Part, left, texts_of

#: bytes of text for each byte of the filter after which it is written down: that takes a small share of the time
SPACED = 8


@dataclass(frozen=True, slots=True)
class Streaming:
    """All shards, in order."""

    job: Job
    kind: int
    survivors: tuple[int, ...]
    shards: int
    #: digest of all that decides what is found
    made_from: str
    #: whether earlier releases have a filter to begin with
    earlier: bool = False


@dataclass(slots=True)
class _Progress:
    """How far the stream has come."""

    made_from: str
    shards: int = 0
    parts: int = 0
    #: of the files that were written
    digests: list[str] = field(default_factory=list)


def sift(given: Streaming) -> Made:
    """Ask all documents, and write one file of GOES for each shard."""
    kind, store = dedup_of(given.job).passages[given.kind], given.job.store
    progress, bloom = _resumed(given, kind)
    asked = 0
    for shard in range(progress.shards, given.shards):
        tables, size = _sifted(Part(given.job, shard, given.kind, given.survivors), kind, bloom)
        progress.digests.append(write_rows(store, work(_folder(kind), shard), GOES, tables))
        progress.parts += sum(map(len, tables))
        progress.shards, asked = shard + 1, asked + size
        if asked >= SPACED * bloom.size.bytes and progress.shards < given.shards:
            _save(given, kind, progress, bloom)
            asked = 0
    if given.job.recipe.output.fingerprints:
        bloom.save(store, known_name(kind.kind))
    _forget(given, kind)
    facts = {"items": bloom.items, "bits": bloom.size.bits, "probes": bloom.size.probes, "rate": bloom.rate}
    return Made(digest(progress.digests), progress.parts, facts=facts)


def _sifted(part: Part, kind: Kind, bloom: BloomFilter) -> tuple[list[pa.Table], int]:
    """Ask the documents of one shard; give what goes, and the bytes of text that were asked."""
    tables, size = list[pa.Table](), 0
    for row, table in left(part):
        texts = texts_of(table, part.job)
        numbers = document_numbers(part.number, np.arange(row, row + len(table)))
        tables.append(parts_table(_known(texts, kind, bloom), texts.offsets, numbers))
        size += int(texts.offsets[-1])
        report(STAGE, len(table), int(texts.offsets[-1]))
    return tables, size


def _known(texts: Texts, kind: Kind, bloom: BloomFilter) -> Parts:
    """Find what the filter knows; of a document that goes whole, all."""
    if isinstance(kind, RepeatedSubstrings):
        raise TypeError("substrings are not looked for by a Bloom filter")
    if not isinstance(kind, RepeatedNgrams):
        found = passages(texts, kind)
        known = bloom.put(found.hash)
        return Parts(found.text[known], found.start[known], found.end[known])
    found = known_ngrams(texts, bloom, kind)
    whole = np.flatnonzero(found.dropped)
    columns = zip(_columns(found.parts), (whole, texts.offsets[whole], texts.offsets[whole + 1]), strict=True)
    text, start, end = (np.concatenate(pair) for pair in columns)
    order = np.lexsort((end, start, text))
    return Parts(text[order], start[order], end[order])


def _columns(parts: Parts) -> Sequence[Any]:
    return parts.text, parts.start, parts.end


def _resumed(given: Streaming, kind: Kind) -> tuple[_Progress, BloomFilter]:
    """Go on where an interrupted task has written down how far it came, else begin."""
    store, name = given.job.store, _note(kind)
    if store.exists(name):
        progress = _Progress(**json.loads(store.read(name)))
        if progress.made_from == given.made_from and store.exists(_filter(kind, progress.shards)):
            return progress, BloomFilter.load(store, _filter(kind, progress.shards))
    return _Progress(given.made_from), _begun(given, kind)


def _begun(given: Streaming, kind: Kind) -> BloomFilter:
    """Begin with what earlier releases know, or with nothing."""
    if given.earlier:
        return BloomFilter.load(given.job.store, seen_name(kind.kind, 0, "bloom"))
    bloom = bloom_of(kind)
    if bloom is None:
        raise ValueError(f"{kind.kind}: expected a Bloom filter")
    return BloomFilter(bloom.size)


def _save(given: Streaming, kind: Kind, progress: _Progress, bloom: BloomFilter) -> None:
    """Write down how far it has come: the filter first, then the note that names it."""
    store, name = given.job.store, _filter(kind, progress.shards)
    bloom.save(store, name)
    store.write(_note(kind), json.dumps(asdict(progress)).encode())
    _remove_filters(given, kind, name)


def _forget(given: Streaming, kind: Kind) -> None:
    given.job.store.remove(_note(kind))
    _remove_filters(given, kind, known_name(kind.kind) if given.job.recipe.output.fingerprints else "")


def _remove_filters(given: Streaming, kind: Kind, but: str) -> None:
    store = given.job.store
    for name in store.list(f"{WORK}/{_folder(kind)}"):
        if name.endswith(".bloom") and name != but:
            store.remove(name)


def _folder(kind: Kind) -> str:
    return f"{kind.kind}-repeats.all"


def _note(kind: Kind) -> str:
    return f"{WORK}/{_folder(kind)}/progress.json"


def _filter(kind: Kind, shards: int) -> str:
    return work(_folder(kind), shards, "bloom")
