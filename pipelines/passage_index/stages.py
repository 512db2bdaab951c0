"""The stages that make the passage index of a release: postings of each data file, then files by ranges of the hash.

By choice there is an index of dropped text as well: fingerprints alone, which say of nobody's text more than whether it
holds a passage that whoever asks has already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipelines.job import Job, work
from pipelines.passage_index.build import DROPPED, KEPT
from pipelines.passage_index.documents import documents_name, write_documents
from pipelines.passage_index.merge import Layout, Part, merge
from pipelines.passage_index.parts import distinct, texts_of, write_part
from pipelines.passage_index.posting_files import DOCUMENTS, write_postings
from pipelines.passage_index.scheme import SCHEME, SPARSE, Scheme
from pipelines.passage_index.winnow import bytes_of, postings_of
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.store import Store

INDEX = "index"
#: stages, and folders of their files
KEPT_PARTS, DROPPED_PARTS = "passage-parts", "dropped-parts"
#: memory that one task of merging may take, beyond what Python and its libraries need
MEMORY_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class PartWork:
    """One data file."""

    store: Store
    data: str
    number: int


@dataclass(frozen=True, slots=True)
class MergeWork:
    """One range of hashes, of all parts."""

    store: Store
    folder: str
    parts: tuple[Part, ...]
    layout: Layout
    scheme: Scheme
    number: int


@dataclass(frozen=True, slots=True)
class ListWork:
    """The files that documents are numbered through, with their rows."""

    store: Store
    folder: str
    files: tuple[tuple[str, int], ...]
    scheme: Scheme


def passage_stages(job: Job, *, dropped: bool) -> list[Stage]:
    """List the stages for kept text and, if it is asked for, for dropped text; they come after the ledger's."""
    parts = Stage(KEPT_PARTS, "fingerprint passages", lambda made: _part_tasks(job, made), INDEX)
    kept = _merging(job, "passages", KEPT, SCHEME, lambda made: (made[KEPT_PARTS], _files(made["write"])))
    other = _merging(job, "dropped-passages", DROPPED, SPARSE, lambda made: (_dropped(made), _files(made["ledger"])))
    return [parts, *kept, *(other if dropped else ())]


def passage_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    names = ("passages", "passages-list", "dropped-passages", "dropped-passages-list")
    return [result for name in names for result in made.get(name, ())]


class DroppedPassages:
    """Gathers the fingerprints of a shard's dropped documents while it is curated."""

    def __init__(self) -> None:
        self._found = [np.empty(0, np.int64)]
        self._rows = 0

    def add(self, texts: pa.Array) -> None:
        """Take the texts of a batch of records in; those that are null have none, or were not dropped."""
        self._found.append(postings_of(*bytes_of(texts), self._rows, SPARSE))
        self._rows += len(texts)

    def write(self, store: Store, number: int) -> dict[str, Any]:
        """Write them, and give the file's digest and how many there are."""
        postings = np.concatenate(self._found)
        postings.sort()
        name = work(DROPPED_PARTS, number)
        written = write_postings(store, name, [distinct(postings)], SPARSE, {DOCUMENTS: self._rows})
        return {"sha256": written.sha256, "postings": written.postings}


def _part_tasks(job: Job, made: Results) -> list[Task]:
    return [
        Task(
            KEPT_PARTS,
            f"{number:05d}",
            digest([job.code, data.digest]),
            job.store,
            find_postings,
            PartWork(job.store, data.facts["file"], number),
            data.bytes,
        )
        for number, data in enumerate(made["write"])
    ]


def find_postings(given: PartWork) -> Made:
    """Write the postings of the texts of one data file."""
    written = write_part(given.store, work(KEPT_PARTS, given.number), texts_of(given.store, given.data))
    report(INDEX, written.documents, written.bytes)
    return Made(written.sha256, written.documents, written.bytes, {"postings": written.postings})


#: what made the parts, and the files that documents are numbered through
Parts = Callable[[Results], tuple[Sequence[Made], tuple[tuple[str, int], ...]]]


def _merging(job: Job, name: str, folder: str, scheme: Scheme, parts: Parts) -> list[Stage]:
    return [
        Stage(name, f"merge {name}", lambda made: _merge_tasks(job, name, folder, scheme, *parts(made)), INDEX),
        Stage(
            f"{name}-list", f"list who has {name}", lambda made: _list(job, name, folder, scheme, parts(made)[1]), INDEX
        ),
    ]


def _merge_tasks(  # noqa: PLR0913, PLR0917  # what is merged, and where to
    job: Job, name: str, folder: str, scheme: Scheme, made: Sequence[Made], files: tuple[tuple[str, int], ...]
) -> list[Task]:
    stage = KEPT_PARTS if folder == KEPT else DROPPED_PARTS
    firsts = np.cumsum([0, *(rows for _, rows in files)]).tolist()
    parts = tuple(Part(work(stage, number), first) for number, first in enumerate(firsts[:-1]))
    postings = sum(part.facts["postings"] for part in made)
    layout = Layout.of(postings, firsts[-1], MEMORY_BYTES, scheme)
    needed = [[part.digest for part in made], firsts, layout.file_bits]
    return [
        Task(
            name,
            f"{number:05d}",
            digest([job.code, needed, number]),
            job.store,
            merge_postings,
            MergeWork(job.store, folder, parts, layout, scheme, number),
        )
        for number in range(layout.files)
    ]


def merge_postings(given: MergeWork) -> Made:
    """Write one file of the index."""
    written = merge(
        given.store,
        given.parts,
        given.number,
        given.folder,
        layout=given.layout,
        memory_bytes=MEMORY_BYTES,
        scheme=given.scheme,
    )
    report(INDEX, 0, written.bytes)
    return Made(written.sha256, written.postings, written.bytes, {"file": written.name})


def _list(job: Job, name: str, folder: str, scheme: Scheme, files: tuple[tuple[str, int], ...]) -> list[Task]:
    given = ListWork(job.store, folder, files, scheme)
    return [Task(f"{name}-list", "all", digest([job.code, files]), job.store, list_documents, given)]


def list_documents(given: ListWork) -> Made:
    """Write down which files documents are numbered through."""
    sha256 = write_documents(given.store, given.folder, given.files, given.scheme)
    name = documents_name(given.folder)
    return Made(sha256, len(given.files), given.store.size(name), {"file": name})


def _files(made: Sequence[Made]) -> tuple[tuple[str, int], ...]:
    return tuple((result.facts["file"], result.records) for result in made)


def _dropped(made: Results) -> list[Made]:
    """See what curating each shard has made as the part that it gave."""
    return [Made(read.facts["dropped"]["sha256"], facts=read.facts["dropped"]) for read in made["curate"]]
