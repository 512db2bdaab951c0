"""A store: one directory on any filesystem, in which a file is whole or absent."""

import os
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import unquote, urlsplit

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

PARTIAL = ".part"
#: These show an object only once it is complete; a disk shows a file from its first byte.
OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "obs"})


@dataclass(frozen=True, slots=True)
class Store:
    """A directory at `root`, a path or a URL that fsspec knows (`s3://bucket/releases/mine`).

    Names are relative, with forward slashes. Picklable, so that any worker can open the same store. An S3 store
    takes its credentials and its address from the environment: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` or
    `AWS_PROFILE`, and `AWS_ENDPOINT_URL` where the store is not Amazon's; anything else that s3fs can be told comes
    as `FSSPEC_S3_...`. A process reads them when it first opens a store.
    """

    root: str

    @classmethod
    def at(cls, root: str | os.PathLike[str]) -> Self:
        """Open the directory at `root`; a local path is made absolute, so that a worker's folder does not matter."""
        text = os.fspath(root)
        if text.startswith("file://"):
            text = unquote(urlsplit(text).path)
        return cls(text.rstrip("/") if "://" in text else os.path.abspath(text))  # noqa: PTH100  # keeps links

    @property
    def local(self) -> bool:
        """Whether the store lies on this machine's disk."""
        return "://" not in self.root

    def path(self, name: str) -> str:
        """Say where `name` lies, as a path or URL."""
        return f"{self.root}/{name}"

    def exists(self, name: str) -> bool:
        """Say whether `name` is there, whole."""
        filesystem, path = self._locate(name)
        return bool(filesystem.exists(path))

    def size(self, name: str) -> int:
        """Count the bytes of `name`."""
        filesystem, path = self._locate(name)
        return int(filesystem.size(path))

    def read(self, name: str) -> bytes:
        """Read `name` whole."""
        filesystem, path = self._locate(name)
        return bytes(filesystem.cat_file(path))

    def open(self, name: str) -> IO[bytes]:
        """Open `name` for reading, seekable."""
        filesystem, path = self._locate(name)
        return filesystem.open(path, "rb")

    def write(self, name: str, content: bytes) -> None:
        """Write `name` at once."""
        with self.writing(name) as file:
            file.write(content)

    @contextmanager
    def writing(self, name: str) -> Generator[IO[bytes]]:
        """Open `name` for writing; it appears when the block ends, and not at all if the block fails."""
        filesystem, path = self._locate(name)
        if self.root.partition("://")[0] in OBJECT_STORES:
            with _object(filesystem, path) as file:
                yield file
            return
        partial = f"{path}.{uuid.uuid4().hex[:8]}{PARTIAL}"
        filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
        try:
            with filesystem.open(partial, "wb") as file:
                yield file
                if self.local:
                    # The disk must hold the bytes before it holds the name: no empty file after a power cut.
                    file.flush()
                    os.fsync(file.fileno())
            filesystem.mv(partial, path)
        except BaseException:
            with suppress(FileNotFoundError):
                filesystem.rm_file(partial)
            raise

    def list(self, prefix: str = "") -> list[str]:
        """Name the files below `prefix`, in order; unfinished ones are not files."""
        filesystem, path = self._locate(prefix)
        top = filesystem._strip_protocol(self.root)  # noqa: SLF001  # fsspec's way to ask for its own form of a path
        found: list[str] = filesystem.find(path)
        names = (name.removeprefix(top).lstrip("/") for name in found)
        # Some programs make folders in an object store: objects whose name ends in a slash.
        return sorted(name for name in names if not name.endswith((PARTIAL, "/")))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; what is not there is removed already."""
        filesystem, path = self._locate(name)
        with suppress(FileNotFoundError):
            filesystem.rm(path, recursive=True)

    def sweep(self) -> None:
        """Remove what a killed writer left; only while nobody writes here. An object store has nothing of the kind."""
        if self.local:
            for path in Path(self.root).rglob(f"*{PARTIAL}"):
                path.unlink()

    def _locate(self, name: str) -> tuple[Any, str]:
        path = self.path(name).rstrip("/")
        if self.local:
            # Not by way of the URL: a path may hold `::`, which fsspec reads as two of them.
            return LocalFileSystem(), path
        # Another worker writes here too: a listing remembered from before would be wrong.
        return url_to_fs(path, use_listings_cache=False)


@contextmanager
def _object(filesystem: Any, path: str) -> Generator[IO[bytes]]:  # noqa: ANN401  # fsspec has no types
    file = filesystem.open(path, "wb")
    try:
        yield file
    except BaseException:
        # Closing would upload what there is, also when the file is forgotten and collected.
        file.closed = True
        file.discard()
        raise
    file.close()


def copy_to(url: str, path: str, block: int = 1 << 20) -> None:
    """Copy what lies at `url` to the local file `path`, `block` bytes at a time."""
    filesystem, place = url_to_fs(url)
    with filesystem.open(place, "rb") as source, Path(path).open("wb") as target:
        while piece := source.read(block):
            target.write(piece)
