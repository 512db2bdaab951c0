"""Opens a release's ledger for questions, and nothing else: no other file, no network, no extension can be reached."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection
from fsspec.core import url_to_fs

from pipelines.store import Store
from provenance.sql import listed

#: for anyone who opens a release by hand, in its folder: the same view as here
VIEW = """SET TimeZone = 'UTC';
CREATE VIEW ledger AS SELECT * REPLACE (date::TIMESTAMP AS date) FROM 'ledger/*.parquet';
"""

# A zone would only make answers depend on who asks: dates are UTC in a ledger.
_VIEW = "CREATE VIEW ledger AS SELECT * REPLACE (date::TIMESTAMP AS date) FROM read_parquet({files})"
_FILES = "SELECT file FROM glob({files}) ORDER BY file"


@contextmanager
def open_ledger(store: Store, names: Sequence[str]) -> Generator[DuckDBPyConnection]:
    """Connect to the view `ledger`: the rows of these ledger files, with the columns that `pipelines.ledger` lists.

    One row per record read. `date` is UTC, without a zone. The files are read where they are, on a disk by DuckDB, in
    any other store through fsspec. Raises ValueError without names and duckdb.IOException where a file is missing.
    """
    if not names:
        raise ValueError(f"expected the names of the ledger files of {store.root}, got none: it is not a release")
    with TemporaryDirectory(prefix="vitrine-") as spill, duckdb.connect(config=_config(spill)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        if not store.local:
            # Another worker has just written here: a listing remembered from before would be wrong.
            connection.register_filesystem(url_to_fs(store.root, use_listings_cache=False)[0])
        _make_view(connection, [store.path(name) for name in names])
        yield connection


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    """Send what is larger than memory to the folder `spill`, and never take a Python variable for a table."""
    return {
        "threads": 2,
        "temp_directory": spill,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "python_enable_replacements": False,
    }


def _make_view(connection: DuckDBPyConnection, paths: Sequence[str]) -> None:
    """Make the view, then let nothing else be opened and nothing of this be undone."""
    patterns = listed(map(_pattern, paths))
    # DuckDB asks whether the pattern may be opened, then whether the file may, by the name that its store gives it.
    found = connection.execute(_FILES.format(files=patterns)).fetchall()
    connection.execute(_VIEW.format(files=patterns))
    connection.execute(f"SET allowed_paths = {patterns} || {listed(file for (file,) in found)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _pattern(path: str) -> str:
    """Write a path as the pattern that only this path matches: a folder's name may hold a star."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in path)
