"""Opens a release's tables for questions, and nothing else: no other file, no network, no extension can be reached."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection
from fsspec.core import url_to_fs

from pipelines.dropped_texts import DROPPED
from pipelines.ledger import DATA
from pipelines.store import Store
from provenance.sql import identifier, listed

#: for anyone who opens a release by hand, in its folder: the same view as here
VIEW = """SET TimeZone = 'UTC';
CREATE VIEW ledger AS SELECT * REPLACE (date::TIMESTAMP AS date) FROM 'ledger/*.parquet';
"""

# A zone would only make answers depend on who asks: dates are UTC in a ledger.
_DATED = "CREATE VIEW {name} AS SELECT * REPLACE (date::TIMESTAMP AS date) FROM read_parquet({files})"
_PLAIN = "CREATE VIEW {name} AS SELECT * FROM read_parquet({files})"
_FILES = "SELECT file FROM glob({files}) ORDER BY file"
#: the columns of views that may be without files: nothing is kept, or no text of what is not kept is held
_WITHOUT = {"data": DATA, "dropped_texts": DROPPED}
_KINDS = {
    "string": "VARCHAR",
    "double": "DOUBLE",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "timestamp[s, tz=UTC]": "TIMESTAMP",
}
_EMPTY = "CREATE VIEW {name} AS SELECT {nothing} WHERE false"
#: views that have a date of the type that a zone belongs to
_ZONED = frozenset({"ledger", "by_id", "by_address", "dropped_texts"})


def open_ledger(store: Store, names: Sequence[str]) -> AbstractContextManager[DuckDBPyConnection]:
    """Connect to the view `ledger`: the rows of these ledger files, with the columns that `pipelines.ledger` lists.

    One row per record read. `date` is UTC, without a zone. The files are read where they are, on a disk by DuckDB, in
    any other store through fsspec. Raises ValueError without names and duckdb.IOException where a file is missing.
    """
    if not names:
        raise ValueError(f"expected the names of the ledger files of {store.root}, got none: it is not a release")
    return open_views(store, {"ledger": names})


@contextmanager
def open_views(
    store: Store, views: Mapping[str, Sequence[str]], limits: Mapping[str, str] | None = None
) -> Generator[DuckDBPyConnection]:
    """Connect to views, each of all rows of its Parquet files; nothing but these files can be read.

    `limits` are DuckDB's, such as `memory_limit`. `data` and `dropped_texts` may be without files: then they have no
    rows. Raises duckdb.IOException where a file is missing.
    """
    with (
        TemporaryDirectory(prefix="vitrine-") as spill,
        duckdb.connect(config=_config(spill) | {**(limits or {})}) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'")
        # The next question often asks the same files.
        connection.execute("SET parquet_metadata_cache = true")
        if not store.local:
            # Another worker has just written here: a listing remembered from before would be wrong.
            connection.register_filesystem(url_to_fs(store.root, use_listings_cache=False)[0])
        _make_views(connection, {name: [store.path(file) for file in files] for name, files in views.items()})
        yield connection


def pattern(path: str) -> str:
    """Write a path as the pattern that only this path matches: a folder's name may hold a star."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in path)


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    """Send what is larger than memory to the folder `spill`, and never take a Python variable for a table."""
    return {
        "threads": 2,
        "temp_directory": spill,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
    }


def _make_views(connection: DuckDBPyConnection, views: Mapping[str, Sequence[str]]) -> None:
    """Make the views, then let nothing else be opened and nothing of this be undone."""
    allowed: list[str] = []
    for name, paths in views.items():
        if not paths:
            columns = (f"NULL::{_KINDS[str(field.type)]} AS {identifier(field.name)}" for field in _WITHOUT[name])
            connection.execute(_EMPTY.format(name=identifier(name), nothing=", ".join(columns)))
            continue
        patterns = listed(map(pattern, paths))
        # DuckDB asks whether the pattern may be opened, then whether the file may, by the name that its store gives it.
        found = connection.execute(_FILES.format(files=patterns)).fetchall()
        sql = _DATED if name in _ZONED else _PLAIN
        connection.execute(sql.format(name=identifier(name), files=patterns))
        allowed += [*map(pattern, paths), *(file for (file,) in found)]
    connection.execute(f"SET allowed_paths = {listed(allowed)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
