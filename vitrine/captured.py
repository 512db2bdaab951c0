"""Finds a page again in the files that a release was made from, by its address or its record's id."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines.mistakes import UsageError
from pipelines.readers.limits import ReadLimits
from pipelines.readers.warc import read_warc
from pipelines.record import Record
from pipelines.release import read_manifest
from pipelines.source import Shard, find_shards
from pipelines.store import Store
from provenance.release import open_ledger

_FIND = """SELECT file_path, "offset", length, id, url FROM ledger
WHERE (url = $wanted OR id = $wanted) AND record_type = 'response'
ORDER BY extracted_bytes IS NULL, date DESC, id LIMIT 1"""


def captured(release: str, wanted: str, inputs: Sequence[str]) -> Record:
    """Read the record of a page, the latest that was extracted; `inputs` say where the release's files lie now.

    Raises UsageError where the release, the page or its file is not found, or the file is another one.
    """
    store = Store(release)
    manifest = read_manifest(store)
    if manifest is None:
        raise UsageError(f"--release: expected a release's folder, got {release!r}: it has no release.json")
    with open_ledger(store, [item["ledger"] for item in manifest["inputs"]]) as ledger:
        row = ledger.execute(_FIND, {"wanted": wanted}).fetchone()
    if row is None:
        raise UsageError(f"expected the address or id of a page that {release} has read, got {wanted!r}")
    name, offset, length, identity, _ = row
    shard = _shard(name, manifest, inputs)
    limits = ReadLimits(max(16_000_000, length))
    for record in _records(shard.path, offset, length, limits):
        if record.id == identity:
            return record
    raise UsageError(f"{shard.path}: expected the record {identity} at {offset}, it is not there")


def _shard(name: str, manifest: dict[str, Any], inputs: Sequence[str]) -> Shard:
    """Find the file that a ledger names among the inputs, by its name and size."""
    if not inputs:
        raise UsageError(f"--input: say where {name} lies: the ledger has its name, not its place")
    (size,) = (item["bytes"] for item in manifest["inputs"] if item["name"] == name)
    for shard in find_shards(inputs).shards:
        if Path(shard.name).name == Path(name).name and shard.size in {None, size} and "://" not in shard.path:
            return shard
    raise UsageError(f"--input: expected a local file {name} of {size:,} bytes, none of that name and size is there")


def _records(path: str, offset: int, length: int, limits: ReadLimits) -> Iterator[Record]:
    """Read the bytes of the record alone, which are enough where it has a member of its own; then the whole file."""
    with tempfile.NamedTemporaryFile(suffix=Path(path).suffix) as part, Path(path).open("rb") as file:
        file.seek(offset)
        part.write(file.read(length))
        part.flush()
        yield from read_warc(part.name, limits)
    yield from read_warc(path, limits)
