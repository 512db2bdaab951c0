"""A store: one directory on any filesystem, in which a file is whole or absent."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Self

import fsspec
from fsspec.core import url_to_fs

PARTIAL = ".part"


@dataclass(frozen=True, slots=True)
class Store:
    """A directory at `root`, a path or a URL that fsspec knows (`s3://bucket/releases/mine`).

    Names are relative, with forward slashes. Picklable, so that any worker can open the same store.
    """

    root: str

    @classmethod
    def at(cls, root: str | os.PathLike[str]) -> Self:
        """Open the directory at `root`; a local path is made absolute, so that a worker's folder does not matter."""
        text = os.fspath(root)
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
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Open `name` for writing; it appears when the block ends, and not at all if the block fails."""
        filesystem, path = self._locate(name)
        # An object store shows an object only once it is complete; a disk shows a file from its first byte.
        partial = f"{path}.{uuid.uuid4().hex[:8]}{PARTIAL}" if self.local else path
        if self.local:
            filesystem.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH120
        file = filesystem.open(partial, "wb")
        try:
            yield file
        except BaseException:
            self._abandon(file, partial)
            raise
        self._publish(file, partial, path)

    def list(self, prefix: str = "") -> list[str]:
        """Name the files below `prefix`, in order; unfinished ones are not files."""
        filesystem, path = self._locate(prefix)
        top = filesystem._strip_protocol(self.root)  # noqa: SLF001  # fsspec's way to ask for its own form of a path
        found: list[str] = filesystem.find(path) if filesystem.exists(path) else []
        names = (name.removeprefix(top).lstrip("/") for name in found)
        return sorted(name for name in names if not name.endswith(PARTIAL))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; what is not there is removed already."""
        filesystem, path = self._locate(name)
        if filesystem.exists(path):
            filesystem.rm(path, recursive=True)

    def _locate(self, name: str) -> tuple[Any, str]:
        filesystem, path = url_to_fs(self.path(name).rstrip("/"))
        # Another worker writes here too: a listing remembered from before would be wrong.
        filesystem.invalidate_cache()
        return filesystem, path

    def _publish(self, file: IO[bytes], partial: str, path: str) -> None:
        if self.local:
            file.flush()
            os.fsync(file.fileno())
        file.close()
        if self.local:
            os.replace(partial, path)  # noqa: PTH105  # plain strings from fsspec

    def _abandon(self, file: Any, partial: str) -> None:  # noqa: ANN401  # fsspec's file has `discard`, IO has not
        if self.local:
            file.close()
            os.unlink(partial)  # noqa: PTH108
        else:
            file.discard()
            # Closing would upload what there is: the object must not appear.
            file.closed = True


def copy_to(url: str, path: str, block: int = 1 << 20) -> None:
    """Copy what lies at `url` to the local file `path`, `block` bytes at a time."""
    with fsspec.open(url, "rb") as source, open(path, "wb") as target:  # noqa: PTH123
        while piece := source.read(block):
            target.write(piece)
