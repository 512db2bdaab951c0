"""One run at a time in one folder: two would remove each other's work."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from pipelines.plan import WORK
from pipelines.store import Store


class BusyError(RuntimeError):
    """Another run is at work in this folder."""


@contextmanager
def locked(store: Store) -> Generator[None]:
    """Hold the folder; the system lets go of it when this process ends, however it ends.

    An object store knows no locks: there, whoever starts two runs into one place must not.
    """
    if not store.local:
        yield
        return
    folder = Path(store.path(WORK))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"{store.root}: another run is at work here; wait for it, or choose another --out"
            ) from None
        store.sweep()
        yield
    # An unchanged release needs no folder for unfinished work; one with work in it stays.
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and {path.name for path in folder.iterdir()} == {"lock"}:
        (folder / "lock").unlink()
        folder.rmdir()
