"""The stages that merge postings: files by ranges of the hash out of the parts of all files, and the list of these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.job import Job, work
from pipelines.passage_index.documents import documents_name, write_documents
from pipelines.passage_index.merge import Layout, Part, merge
from pipelines.passage_index.scheme import PostingScheme
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.store import Store

#: what the stages are steps of
INDEX = "index"
#: memory that one task may take, beyond what Python and its libraries need
MEMORY_BYTES = 1 << 30

Files = tuple[tuple[str, int], ...]
#: what made the parts, and the files that documents are numbered through, with their rows
Parts = Callable[[Results], tuple[Sequence[Made], Files]]


@dataclass(frozen=True, slots=True)
class Merged:
    """One index of postings."""

    #: the stage; `NAME-list` writes the list of files
    name: str
    #: the stage that makes the parts, and their folder
    parts: str
    #: where it lies in the release
    folder: str
    scheme: PostingScheme


@dataclass(frozen=True, slots=True)
class MergeWork:
    """One range of hashes, of all parts."""

    store: Store
    index: Merged
    parts: tuple[Part, ...]
    layout: Layout
    number: int


@dataclass(frozen=True, slots=True)
class ListWork:
    """The files that documents are numbered through."""

    store: Store
    index: Merged
    files: Files


def merging(job: Job, index: Merged, parts: Parts) -> list[Stage]:
    """List the stages that make an index out of its parts."""
    return [
        Stage(index.name, f"merge {index.name}", lambda made: _merge_tasks(job, index, *parts(made)), INDEX),
        Stage(
            f"{index.name}-list", f"list who has {index.name}", lambda made: _list_task(job, index, parts(made)), INDEX
        ),
    ]


def merged_files(made: Results, name: str) -> list[Made]:
    """List what the manifest must name of an index; nothing where it was not made."""
    return [*made.get(name, ()), *made.get(f"{name}-list", ())]


def files_of(made: Sequence[Made]) -> Files:
    """Name the files that tasks made, with their rows."""
    return tuple((result.facts["file"], result.records) for result in made)


def merge_postings(given: MergeWork) -> Made:
    """Write one file of an index."""
    index = given.index
    written = merge(
        given.store,
        given.parts,
        given.number,
        index.folder,
        layout=given.layout,
        memory_bytes=MEMORY_BYTES,
        scheme=index.scheme,
    )
    report(INDEX, 0, written.bytes)
    return Made(written.sha256, written.postings, written.bytes, {"file": written.name})


def list_documents(given: ListWork) -> Made:
    """Write down which files documents are numbered through."""
    sha256 = write_documents(given.store, given.index.folder, given.files, given.index.scheme)
    name = documents_name(given.index.folder)
    return Made(sha256, len(given.files), given.store.size(name), {"file": name})


def _merge_tasks(job: Job, index: Merged, made: Sequence[Made], files: Files) -> list[Task]:
    firsts = np.cumsum([0, *(rows for _, rows in files)]).tolist()
    parts = tuple(Part(work(index.parts, number), first) for number, first in enumerate(firsts[:-1]))
    layout = Layout.of(sum(part.facts["postings"] for part in made), firsts[-1], MEMORY_BYTES, index.scheme)
    needed = [[part.digest for part in made], firsts, layout.file_bits]
    return [
        Task(
            index.name,
            f"{number:05d}",
            digest([job.code, needed, number]),
            job.store,
            merge_postings,
            MergeWork(job.store, index, parts, layout, number),
        )
        for number in range(layout.files)
    ]


def _list_task(job: Job, index: Merged, parts: tuple[Sequence[Made], Files]) -> list[Task]:
    made, files = parts
    # The scheme stands in the list, too, and is told by the parts that were made by it.
    made_from = digest([job.code, files, [part.digest for part in made]])
    given = ListWork(job.store, index, files)
    return [Task(f"{index.name}-list", "all", made_from, job.store, list_documents, given)]
