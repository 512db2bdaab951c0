"""The stages that make the index of similar texts: bands of each data file, then files by ranges of their hashes."""

from dataclasses import asdict, dataclass

from pipelines.dedup.minhash import MinHash
from pipelines.job import Job, work
from pipelines.passage_index.merging import INDEX, Merged, files_of, merged_files, merging
from pipelines.passage_index.parts import texts_of
from pipelines.plan import Made, Results, Stage, Task
from pipelines.progress import report
from pipelines.recipe import digest
from pipelines.similar_index.bands import BandScheme
from pipelines.similar_index.parts import SIMILAR, write_bands
from pipelines.store import Store

#: the stage that signs, and the folder of its files; and the one that merges
PARTS, NAME = "similar-parts", "similar"


@dataclass(frozen=True, slots=True)
class BandsWork:
    """One data file."""

    store: Store
    data: str
    number: int
    scheme: BandScheme


def similar_stages(job: Job) -> list[Stage]:
    """List the stages; they come after the ledger's."""
    parts = Stage(PARTS, "sign texts", lambda made: _part_tasks(job, made), INDEX)
    index = Merged(NAME, PARTS, SIMILAR, scheme_of(job))
    return [parts, *merging(job, index, lambda made: (made[PARTS], files_of(made["write"])))]


def similar_files(made: Results) -> list[Made]:
    """List what the manifest must name, from what the stages made."""
    return merged_files(made, NAME)


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
