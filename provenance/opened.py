"""A release opened once for any number of questions: local or in an object store, without a server."""

from collections import deque
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from pipelines.dropped_texts import FOLDER as DROPPED_TEXTS
from pipelines.ledger_index.header import Header, ledger_files, ledgers_digest
from pipelines.ledger_index.schema import HEADER, Sorted
from pipelines.mistakes import UsageError
from pipelines.recipe import Recipe
from pipelines.release import MANIFEST, read_manifest
from pipelines.store import Store
from provenance.release import open_views, pattern

Row = dict[str, Any]

#: queries that are remembered, for an answer to name
REMEMBERED = 4096

#: whoever asks is not alone on a machine: what needs more memory goes to the disk, and what needs more of that ends
LIMITS = {"memory_limit": "4GiB", "max_temp_directory_size": "64GiB"}

#: a row for each member of a cluster of duplicates, as the ledger has it
_CLUSTERS = """CREATE VIEW clusters AS SELECT cluster, id,
    if(outcome = 'kept', 'survivor', 'duplicate') AS role, if(outcome = 'kept', NULL, dropped_by) AS method,
    similarity, cluster_size, survivor, survivor_release, url, date
FROM ledger WHERE cluster IS NOT NULL"""
_NEWEST = "SELECT strftime(max(date), '%Y-%m-%dT%H:%M:%SZ') FROM ledger"


@dataclass(frozen=True, slots=True)
class Query:
    """One query and its parameters; in a folder of the release it can be asked again by hand."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass
class Opened:
    """A release, its recipe, and a connection that sees its tables and nothing else."""

    store: Store
    manifest: Mapping[str, Any]
    connection: DuckDBPyConnection
    #: of the index of the ledger; None where there is none, or it was made from another ledger
    index: Header | None
    #: what was asked since somebody last cleared it
    asked: deque[Query] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    @cached_property
    def recipe(self) -> Recipe:
        """Read the recipe that the release was made by."""
        return Recipe.parse(self.store.read("recipe.toml").decode(), self.store.path("recipe.toml"))

    @cached_property
    def as_of(self) -> str | None:
        """Tell the newest capture of the release."""
        if self.index:
            return self.index.newest
        (found,) = self.connection.execute(_NEWEST).fetchall()
        return found[0]

    def ask(self, sql: str, /, **parameters: Any) -> list[Row]:  # noqa: ANN401  # any plain value
        """Ask, and remember that it was asked; rows have their columns' names."""
        self.asked.append(Query(sql, parameters))
        found = self.connection.execute(sql, parameters or None)
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def holding(self, kind: Sorted, low: str, high: str | None = None) -> list[str]:
        """Name, as a query reads them, the files of the index with keys from `low` to before `high`, or `low`."""
        names = self.indexed.holding(kind, low, high)
        return [pattern(self.store.path(name)) for name in names]

    @property
    def indexed(self) -> Header:
        """Give the index; UsageError where there is none that fits."""
        if self.index is None:
            raise UsageError(
                f"expected a release with an index of its ledger, and {self.store.path(HEADER)} is missing, or was "
                f"made from another ledger or by another version: run `vitrine index {self.store.root}`"
            )
        return self.index


class UnreadableError(RuntimeError):
    """A file of a release is missing or damaged, or a question needs more memory than it may have."""


@contextmanager
def open_release(release: str) -> Generator[Opened]:
    """Open a release at a path or URL; UsageError where there is none, UnreadableError where a file of it is missing.

    The connection has the views `ledger`, `data`, `dropped_texts` and `clusters`, and, with an index, `by_id`,
    `by_address` and `domains`.
    """
    store = Store.at(release)
    manifest = read_manifest(store)
    if manifest is None:
        raise UsageError(f"expected a release's folder, got {release!r}: it has no {MANIFEST}")
    header = Header.read(store)
    if header and header.ledgers != ledgers_digest(ledger_files(manifest)):
        header = None
    try:
        with open_views(store, views(manifest, header), LIMITS) as connection:
            connection.execute(_CLUSTERS)
            yield Opened(store, manifest, connection, header)
    except duckdb.Error as error:
        raise UnreadableError(f"{store.root}: expected the files that its manifest names, and got {error}") from error


def views(manifest: Mapping[str, Any], header: Header | None) -> dict[str, list[str]]:
    """Name the files behind each view."""
    found = {
        "ledger": [item["ledger"] for item in manifest["inputs"]],
        "data": _in_folder(manifest, "data"),
        "dropped_texts": _in_folder(manifest, DROPPED_TEXTS),
    }
    if header:
        found |= {
            "by_id": [file.name for file in header.by_id],
            "by_address": [file.name for file in header.by_address],
            "domains": [file.name for file in header.domains],
        }
    outside = [name for files in found.values() for name in files if ".." in name.split("/")]
    if outside:
        raise UsageError(f"expected a manifest that names files of its release, got {outside[0][:200]!r}")
    return found


def _in_folder(manifest: Mapping[str, Any], folder: str) -> list[str]:
    return [file["name"] for file in manifest["files"] if file["name"].startswith(f"{folder}/")]
