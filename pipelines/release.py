"""A release's manifest: what it was made from, what it holds, and that nothing was lost on the way."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import tomli_w

from pipelines import version
from pipelines.job import Job
from pipelines.plan import Made
from pipelines.recipe import digest
from pipelines.store import Store
from pipelines.tally import Tally

MANIFEST = "release.json"
FORMAT = "vitrine-release/1"

#: what a row's content is, whatever the file format: these columns decide the digest of a shard
CONTENT = ("id", "file_path", "offset", "outcome", "dropped_by", "survivor", "text_digest")


class ConservationError(RuntimeError):
    """Records were lost or invented. Such a release is not written."""


@dataclass(frozen=True, slots=True)
class ManifestWork:
    """Everything that a manifest states: the job, and what its stages made, in order."""

    job: Job
    shards: tuple[Made, ...]
    ledgers: tuple[Made, ...]
    data: tuple[Made, ...]
    others: tuple[Made, ...]
    #: of captures of sites' own files
    sites: tuple[Made, ...] = ()
    #: what each round of deduplication found
    rounds: tuple[dict[str, Any], ...] = ()
    #: documents that earlier releases keep, and that one run over all would not
    held_twice: int = 0


def content_lines(rows: pa.Table) -> bytes:
    """Write what matters of each ledger row as a line, for hashing."""
    columns = [pc.fill_null(rows[name].cast(pa.string()), "\0") for name in CONTENT]
    lines = pc.binary_join_element_wise(*columns, "\n", "\t")
    return b"".join(line.as_buffer() for line in lines)


def write_manifest(given: ManifestWork) -> Made:
    """Check that every record is accounted for, then write the manifest: from now on this is a release."""
    job = given.job
    check_conservation(given)
    job.store.write("recipe.toml", tomli_w.dumps(_without_none(job.recipe.canonical())).encode())
    content = json.dumps(manifest(given), indent=1, ensure_ascii=False).encode() + b"\n"
    job.store.write(MANIFEST, content)
    return Made(hashlib.sha256(content).hexdigest(), facts={"file": MANIFEST})


def manifest(given: ManifestWork) -> dict[str, Any]:
    """State everything about a release that can be stated without opening it."""
    job = given.job
    total = Tally.total(tally(made) for made in given.ledgers)
    contents = [made.facts["content"] for made in given.ledgers]
    return {
        "format": FORMAT,
        "name": job.recipe.name,
        "digest": digest([job.recipe.digest, contents]),
        "recipe": {"digest": job.recipe.digest, "file": "recipe.toml"},
        "code": {"version": version.version(), "digest": job.code, "dependencies": version.dependencies()},
        "lock": version.lock_digest(),
        "resources": dict(job.resources),
        "limit_records": job.limit_records,
        "records": total.records,
        "counts": total.to_plain(),
        "inputs": [
            {
                "name": shard.name,
                "bytes": made.facts["size"],
                "sha256": made.facts["sha256"],
                "records": made.records,
                "content": content,
                "ledger": ledger.facts["file"],
            }
            for shard, made, ledger, content in zip(job.shards, given.shards, given.ledgers, contents, strict=True)
        ],
        "site_files": [
            {"name": shard.name, "bytes": made.facts["size"], "sha256": made.facts["sha256"], "records": made.records}
            for shard, made in zip(job.site_files, given.sites, strict=True)
        ],
        "earlier": {
            "releases": list(dict.fromkeys(one.label for one in job.earlier)),
            "held_twice": given.held_twice,
        },
        "deduplication": list(given.rounds),
        "files": [
            {"name": made.facts["file"], "rows": made.records, "bytes": made.bytes, "sha256": made.digest}
            for made in (*given.data, *given.ledgers, *given.others)
        ],
    }


def tally(made: Made) -> Tally:
    """Read the tally that a stage left in its result."""
    return Tally(**made.facts["tally"])


def check_conservation(given: ManifestWork) -> None:
    """Compare what was read with what became of it, per shard and in sum; ConservationError says where it differs."""
    wrong: list[str] = []
    for shard, made, ledger in zip(given.job.shards, given.shards, given.ledgers, strict=True):
        fates = tally(ledger)
        if not made.records == ledger.records == fates.records:
            wrong.append(f"{shard.name}: {made.records} read, {ledger.records} rows, {fates.records} with a fate")
        wrong += _moved(shard.name, tally(made), fates)
    kept = sum(tally(ledger).count("kept") for ledger in given.ledgers)
    written = sum(made.records for made in given.data)
    if kept != written:
        wrong.append(f"{kept} documents are kept, {written} are in the data files")
    if wrong:
        raise ConservationError("records were lost or invented, so nothing is released:\n  " + "\n  ".join(wrong))


def _moved(name: str, before: Tally, after: Tally) -> list[str]:
    """After a shard is judged a document may only go from kept to duplicate; nothing else may change."""
    wrong = [
        f"{name}: {sums[0]} were {fate} when judged, {after.fates.get(fate, [0])[0]} are in the ledger"
        for fate, sums in before.fates.items()
        if fate != "kept:" and after.fates.get(fate, [0])[0] != sums[0]
    ]
    if before.count("kept") != after.count("kept") + after.count("duplicate"):
        wrong.append(
            f"{name}: {before.count('kept')} passed every filter, {after.count('kept')} are kept "
            f"and {after.count('duplicate')} are duplicates"
        )
    return wrong


def read_manifest(store: Store) -> dict[str, Any] | None:
    """Read the manifest of a release; None where there is no release (yet)."""
    return json.loads(store.read(MANIFEST)) if store.exists(MANIFEST) else None


def remove_strangers(store: Store, files: Sequence[str]) -> list[str]:
    """Remove what an earlier release left in the folders of this one; return the names."""
    known = {*files}
    folders = ("data", "ledger", "dropped", "datasheet", "index")
    strangers = [name for folder in folders for name in store.list(folder) if name not in known]
    for name in strangers:
        store.remove(name)
    return strangers


def _without_none(value: Any) -> Any:  # noqa: ANN401  # any plain value
    """TOML has no null: what is absent is left out."""
    if isinstance(value, dict):
        return {name: _without_none(part) for name, part in value.items() if part is not None}
    return [_without_none(part) for part in value] if isinstance(value, list | tuple) else value
