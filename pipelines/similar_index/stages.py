"""The stages that make the index of similar texts: bands of each data file, then files by ranges of their hashes."""

from dataclasses import asdict, dataclass

import numpy as np

from pipelines.dedup.minhash import MinHash
from pipelines.job import Job, work
from pipelines.passage_index.documents import documents_name, write_documents
from pipelines.passage_index.merge import Layout, Part, merge
from pipelines.passage_index.parts import texts_of
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR, write_bands
from pipelines.store import Store

INDEX = "index"
#: stages; the first one is a folder of its files as well
PARTS, MERGED, LISTED = "similar-parts", "similar", "similar-list"
#: memory that one task of merging may take, beyond what Python and its libraries need
MEMORY_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class BandsWork:
    """One data file."""

    store: Store
    data: str
    number: int
    scheme: BandScheme


@dataclass(frozen=True, slots=True)
class MergeWork:
    """One range of hashes, of all parts."""

    store: Store
    parts: tuple[Part, ...]
    layout: Layout
    scheme: BandScheme
    number: int


@dataclass(frozen=True, slots=True)
class ListWork:
    """The data files that documents are numbered through, with their rows."""

    store: Store
    files: tuple[tuple[str, int], ...]
    scheme: BandScheme


def similar_stages(job: Job) -> list[Stage]:
    """List the stages; they come after the ledger's."""
    return [
        Stage(PARTS, "sign texts", lambda made: _part_tasks(job, made), INDEX),
        Stage(MERGED, "merge bands", lambda made: _merge_tasks(job, made), INDEX),
        Stage(LISTED, "list who has bands", lambda made: _list_tasks(job, made), INDEX),
    ]


def similar_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    return [result for name in (MERGED, LISTED) for result in made.get(name, ())]


def scheme_of(job: Job) -> BandScheme:
    """Say how texts are signed: as the recipe finds near-duplicates, or as it would if it did."""
    dedup = job.recipe.dedup
    return BandScheme.by((dedup and dedup.minhash) or MinHash())


def _part_tasks(job: Job, made: Results) -> list[Task]:
    scheme = scheme_of(job)
    return [
        Task(
            PARTS,
            f"{number:05d}",
            digest([job.code, asdict(scheme), data.digest]),
            job.store,
            find_bands,
            BandsWork(job.store, data.facts["file"], number, scheme),
            data.bytes,
        )
        for number, data in enumerate(made["write"])
    ]


def find_bands(given: BandsWork) -> Made:
    """Write the postings of the bands of one data file's texts."""
    name = work(PARTS, given.number)
    written = write_bands(given.store, name, texts_of(given.store, given.data), given.scheme)
    report(INDEX, written.documents, written.bytes)
    return Made(written.sha256, written.documents, written.bytes, {"postings": written.postings})


def _merge_tasks(job: Job, made: Results) -> list[Task]:
    scheme, signed = scheme_of(job), made[PARTS]
    firsts = np.cumsum([0, *(part.records for part in signed)]).tolist()
    parts = tuple(Part(work(PARTS, number), first) for number, first in enumerate(firsts[:-1]))
    layout = Layout.of(sum(part.facts["postings"] for part in signed), firsts[-1], MEMORY_BYTES, scheme)
    needed = [[part.digest for part in signed], firsts, layout.file_bits]
    return [
        Task(
            MERGED,
            f"{number:05d}",
            digest([job.code, needed, number]),
            job.store,
            merge_bands,
            MergeWork(job.store, parts, layout, scheme, number),
        )
        for number in range(layout.files)
    ]


def merge_bands(given: MergeWork) -> Made:
    """Write one file of the index."""
    written = merge(
        given.store,
        given.parts,
        given.number,
        SIMILAR,
        layout=given.layout,
        memory_bytes=MEMORY_BYTES,
        scheme=given.scheme,
    )
    report(INDEX, 0, written.bytes)
    return Made(written.sha256, written.postings, written.bytes, {"file": written.name})


def _list_tasks(job: Job, made: Results) -> list[Task]:
    scheme = scheme_of(job)
    files = tuple((data.facts["file"], part.records) for data, part in zip(made["write"], made[PARTS], strict=True))
    made_from = digest([job.code, files, asdict(scheme)])
    return [Task(LISTED, "all", made_from, job.store, list_signed, ListWork(job.store, files, scheme))]


def list_signed(given: ListWork) -> Made:
    """Write down which files documents are numbered through."""
    sha256 = write_documents(given.store, SIMILAR, given.files, given.scheme)
    name = documents_name(SIMILAR)
    return Made(sha256, len(given.files), given.store.size(name), {"file": name})
