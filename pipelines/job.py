"""A job: what one run is asked to do, frozen before work begins, and where its unfinished work lies."""

import json
from dataclasses import dataclass, replace

from pipelines.plan import WORK
from pipelines.recipe import Recipe, digest
from pipelines.source import Shard, freeze
from pipelines.store import Store


@dataclass(frozen=True, slots=True)
class Earlier:
    """The documents that one shard of an earlier release gave."""

    root: str
    #: which of the earlier releases, from 0, and what the ledger calls it
    release: int
    label: str
    #: its file of fingerprints
    file: str
    sha256: str
    #: the input file that they came from
    name: str
    #: what it says of repeated parts, by kind: the file and its digest. A filter, which is of all documents of the
    #: release, is named with its first shard
    parts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One recipe over one list of shards, into one release."""

    store: Store
    recipe: Recipe
    shards: tuple[Shard, ...]
    #: digest of the code that does it
    code: str
    #: read at most so many records of each shard
    limit_records: int | None = None
    #: digests of the resources that the recipe names
    resources: tuple[tuple[str, str], ...] = ()
    #: captures of sites' own files
    site_files: tuple[Shard, ...] = ()
    #: of earlier releases: shards whose documents are not kept again
    earlier: tuple[Earlier, ...] = ()

    @property
    def terms(self) -> "Job":
        """The job without its lists of files: what a task carries, which may be one of a hundred thousand."""
        return replace(self, shards=(), site_files=(), earlier=())

    @property
    def made_from(self) -> str:
        """Digest of all that decides the release, as far as it is known before anything is read."""
        shards, sites = (
            [[shard.name, shard.path, shard.size, shard.version] for shard in shards]
            for shards in (self.shards, self.site_files)
        )
        earlier = [[one.label, one.sha256, one.parts] for one in self.earlier]
        return digest([self.code, self.recipe.digest, self.limit_records, self.resources, shards, sites, earlier])

    def gathering(self, shard: Shard) -> str:
        """Digest of all that decides what is kept of one file of sites' own files."""
        about = [shard.name, shard.path, shard.size, shard.version]
        return digest([self.code, self.recipe.extract.max_record_bytes, about])

    def sites(self) -> str:
        """Digest of all that decides what is known of sites' own files."""
        return digest([self.gathering(shard) for shard in self.site_files])

    def reading(self, shard: Shard, sites: str) -> str:
        """Digest of all that decides what reading one shard gives: not the other shards, not how duplicates end.

        `sites` is `sites()`, computed once for all shards.
        """
        recipe = self.recipe.canonical()
        parts = {name: recipe[name] for name in ("source", "extract", "rights", "units", "steps")}
        parts["source"] = parts["source"] | {"inputs": None}
        parts["rights"] = parts["rights"] | {"site_files": sites}
        fingerprints = self.recipe.dedup and self.recipe.dedup.told_by
        about = [shard.name, shard.path, shard.size, shard.version, shard.format, shard.dump, self.limit_records]
        dropped = ["dropped" in self.recipe.output.index, self.recipe.output.dropped_texts]
        return digest([self.code, parts, fingerprints, self.resources, about, dropped])


def work(part: str, number: int, suffix: str = "parquet") -> str:
    """Name a file of unfinished work: one part of one shard."""
    return f"{WORK}/{part}/{number:05d}.{suffix}"


def freeze_job(job: Job) -> None:
    """Write down what the run is asked to do, before it begins: what `vitrine status` reads."""
    sites = job.sites()
    shards = [[shard.name, shard.size, job.reading(shard, sites)] for shard in job.shards]
    job.store.write(f"{WORK}/job.json", json.dumps({"recipe": job.recipe.name, "shards": shards}, indent=1).encode())
    job.store.write(f"{WORK}/shards.jsonl", freeze(job.shards))
