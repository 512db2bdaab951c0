"""Earlier releases: a run does not keep again what they hold, and says which of their documents stands for it.

An earlier release's documents take part in deduplication as if they had been read before all others: of a cluster with
one of them none of this run's is kept. What they were found by is read from the fingerprints that the release has
published (`[output] fingerprints`); they themselves stay as they were published.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.dedup.fingerprint import FINGERPRINT
from pipelines.dedup.settings import Dedup
from pipelines.earlier_parts import find_parts
from pipelines.job import Earlier, Job, work
from pipelines.ledger import DATA
from pipelines.mistakes import UsageError
from pipelines.plan import Made
from pipelines.progress import report
from pipelines.recipe import Units, digest
from pipelines.release import read_manifest
from pipelines.store import Store
from pipelines.table import GROUP_ROWS, LZ4, TableFile
from pipelines.texts_left import GROUP_ROWS as TEXT_ROWS

FOLDER = "index/fingerprints"
#: where a file of fingerprints says what they are
TOLD_BY = b"vitrine:told_by"

#: what a release says of each document that passed its filters
PUBLISHED = pa.schema(
    [
        *FINGERPRINT,
        pa.field("kept", pa.bool_()),
        #: of one that is not kept: the id of the document that stands for it, and the earlier release that holds that
        pa.field("survivor", pa.string()),
        pa.field("survivor_release", pa.string()),
        #: of one that is kept: where its text lies
        pa.field("data_file", pa.string()),
        pa.field("data_row", pa.int64()),
        #: of one that is not kept: its text, where the recipe compares texts
        pa.field("text", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class EarlierWork:
    """An earlier release's shard, and the number that it has in this run."""

    job: Job
    earlier: Earlier
    number: int


def told_by(dedup: Dedup) -> str:
    """Digest what decides fingerprints: those of two releases can be compared if it is the same."""
    return digest(dedup.told_by)


def find_earlier(roots: tuple[str, ...], dedup: Dedup | None, units: Units | None = None) -> tuple[Earlier, ...]:
    """List the shards of earlier releases, in order; UsageError says all that is wrong with them."""
    if roots and dedup is None:
        raise UsageError("expected a recipe with a table [dedup]: this one does not look for duplicates")
    found, mistakes = list[Earlier](), list[str]()
    for place, root in enumerate(roots):
        try:
            found += _shards_of(root, place, dedup or Dedup(), units or Units())
        except UsageError as mistake:
            mistakes.append(str(mistake))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return tuple(found)


def _shards_of(root: str, place: int, dedup: Dedup, units: Units) -> list[Earlier]:
    store = Store.at(root)
    manifest = read_manifest(store)
    if manifest is None:
        raise UsageError(f"{root}: expected an earlier release, and it has no release.json")
    files = {file["name"]: file for file in manifest["files"] if file["name"].startswith(f"{FOLDER}/")}
    if not manifest["inputs"]:
        return []
    if not files:
        raise UsageError(f"{root}: it has no fingerprints: make it again with `fingerprints = true` under [output]")
    first = next(iter(files))
    with store.open(first) as file, pq.ParquetFile(file) as parquet:
        said = (parquet.schema_arrow.metadata or {}).get(TOLD_BY, b"").decode()
    if said != told_by(dedup):
        raise UsageError(f"{root}: its fingerprints are others: expected the same profile of MinHash and `exact` words")
    label = f"{manifest['name']}@{manifest['digest'][:16]}"
    parts = find_parts(root, manifest, dedup, units)
    return [
        Earlier(store.root, place, label, name, file["sha256"], source["name"], own)
        for (name, file), source, own in zip(sorted(files.items()), manifest["inputs"], parts, strict=True)
    ]


def take_earlier(given: EarlierWork) -> Made:
    """Bring what an earlier release says of one shard to where this run's own shards have it."""
    job, dedup = given.job, given.job.recipe.dedup
    other = Store.at(given.earlier.root)
    count = 0
    with other.open(given.earlier.file) as file, pq.ParquetFile(file, page_checksum_verification=True) as parquet:
        table = parquet.read()
    if table.column_names != PUBLISHED.names:
        raise UsageError(f"{given.earlier.root}: {given.earlier.file} was written by another version of Vitrine")
    # Parquet has no seconds.
    table = table.cast(PUBLISHED)
    labelled = pc.if_else(table["kept"], given.earlier.label, table["survivor_release"])
    labelled = pc.if_else(pc.and_(pc.is_null(labelled), pc.is_valid(table["survivor"])), given.earlier.label, labelled)
    table = table.set_column(
        table.column_names.index("survivor_release"), PUBLISHED.field("survivor_release"), labelled
    )
    with TableFile(job.store, work("fingerprints", given.number), PUBLISHED, GROUP_ROWS, LZ4) as written:
        written.write(table)
        count += len(table)
    report("deduplicate", count, table.nbytes)
    texts = _write_texts(given, other, table) if dedup and dedup.minhash and dedup.minhash.resolved.verify else ""
    return Made(digest([written.sha256, texts]), count)


def _write_texts(given: EarlierWork, other: Store, table: pa.Table) -> str:
    """Bring the texts of an earlier release's shard along, in the order of its fingerprints: pairs are compared."""
    texts = table["text"].combine_chunks()
    for name in sorted(set(table["data_file"].drop_null().to_pylist())):
        here = pc.equal(table["data_file"], name)
        with other.open(name) as file, pq.ParquetFile(file) as parquet:
            own = parquet.read(["text"])["text"].take(table["data_row"].filter(here)).combine_chunks()
        texts = pc.replace_with_mask(texts, pc.fill_null(here, fill_value=False).combine_chunks(), own)
    rows: dict[str, Any] = {name: texts if name == "text" else pa.nulls(len(table)) for name in DATA.names}
    with TableFile(given.job.store, work("living", given.number), DATA, TEXT_ROWS, LZ4) as written:
        written.write(pa.table(rows).cast(DATA))
    return written.sha256
