"""The stages that make the passage index of a release: postings of each data file, then files by ranges of the hash.

By choice there is an index of dropped text as well: fingerprints alone, which say of nobody's text more than whether it
holds a passage that whoever asks has already.
"""

from dataclasses import dataclass

from pipelines.job import Job, work
from pipelines.passage_index.build import DROPPED, KEPT
from pipelines.passage_index.dropped import DROPPED_PARTS
from pipelines.passage_index.merging import INDEX, Merged, files_of, merged_files, merging
from pipelines.passage_index.parts import texts_of, write_part
from pipelines.passage_index.scheme import SCHEME, SPARSE
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.store import Store

#: the stage that fingerprints kept text, and the folder of its files
KEPT_PARTS = "passage-parts"


@dataclass(frozen=True, slots=True)
class PartWork:
    """One data file."""

    store: Store
    data: str
    number: int


def passage_stages(job: Job, *, dropped: bool) -> list[Stage]:
    """List the stages for kept text and, if it is asked for, for dropped text; they come after the ledger's."""
    parts = Stage(KEPT_PARTS, "fingerprint passages", lambda made: _part_tasks(job, made), INDEX)
    kept = Merged("passages", KEPT_PARTS, KEPT, SCHEME)
    other = Merged("dropped-passages", DROPPED_PARTS, DROPPED, SPARSE)
    return [
        parts,
        *merging(job, kept, lambda made: (made[KEPT_PARTS], files_of(made["write"]))),
        *(merging(job, other, lambda made: (_dropped(made), files_of(made["ledger"]))) if dropped else ()),
    ]


def passage_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    return [*merged_files(made, "passages"), *merged_files(made, "dropped-passages")]


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


def _dropped(made: Results) -> list[Made]:
    """See what curating each shard has made as the part that it gave."""
    return [Made(read.facts["dropped"]["sha256"], facts=read.facts["dropped"]) for read in made["curate"]]
