"""Files of unfinished work, as later stages read them: one that is damaged or gone is named, and made again."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.plan import WORK
from pipelines.store import Store

#: the stage, and where there is but one its task, that made what is not named after it
_MAKERS = {
    "records": "curate",
    "living": "curate",
    "fingerprints": "curate",
    "fates": "deduplicate.all",
    "dropped-parts": "curate",
    "dropped": "curate",
}


class DamagedError(RuntimeError):
    """A file of unfinished work cannot be read. Nothing is lost: the next run makes it again."""


@contextmanager
def reading(store: Store, name: str) -> Generator[pq.ParquetFile]:
    """Open a Parquet file, its checksums verified as it is read; DamagedError where it is not what was written."""
    # Elsewhere than on a disk what is wanted is fetched in few requests, all at once.
    with (
        naming_damage(store, name),
        store.open(name) as file,
        pq.ParquetFile(file, page_checksum_verification=True, pre_buffer=not store.local) as parquet,
    ):
        yield parquet


@contextmanager
def naming_damage(store: Store, name: str) -> Generator[None]:
    """Turn what goes wrong while a file is read into a DamagedError, and have the file made again."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        # Of what a shard is told by, an own one's or an earlier release's: no shard is both.
        for marker in (maker(name), maker(name).replace("/curate/", "/earlier/")):
            store.remove(marker)
        raise DamagedError(
            f"expected {name} as it was written, and it cannot be read ({error}); run the same command again: what "
            "made it is done anew, and nothing else that is whole"
        ) from error


def row_groups(store: Store, name: str) -> Iterator[pa.Table]:
    """Read a file piece by piece."""
    with reading(store, name) as parquet:
        for group in range(parquet.num_row_groups):
            yield parquet.read_row_group(group)


def read_table(store: Store, name: str, columns: list[str] | None = None) -> pa.Table:
    """Read a file, or some of its columns."""
    with reading(store, name) as parquet:
        return parquet.read(columns)


def maker(name: str) -> str:
    """Name the marker of the task that made a file: its folder is the stage, and its name begins with the task's.

    What one task has made for all shards lies in a folder `STAGE.TASK`.
    """
    path = PurePosixPath(name)
    stage, _, task = _MAKERS.get(path.parent.name, path.parent.name).partition(".")
    return f"{WORK}/done/{stage}/{task or path.name.partition('.')[0]}.json"
