"""Several releases at once: a folder of releases is asked one release after the other, by name."""

from typing import Any

from fsspec.core import url_to_fs

from pipelines.mistakes import UsageError
from pipelines.release import MANIFEST
from pipelines.store import Store


def find_releases(root: str) -> list[str]:
    """Give the release at a path or URL, or those in its folders, by name; UsageError where there is none."""
    store = Store.at(root)
    if store.exists(MANIFEST):
        return [root]
    filesystem, path = url_to_fs(store.root)
    folders = [entry["name"] for entry in _entries(filesystem, path) if entry["type"] == "directory"]
    names = sorted(folder.rstrip("/").rpartition("/")[2] for folder in folders)
    found = [store.path(name) for name in names if store.exists(f"{name}/{MANIFEST}")]
    if not found:
        raise UsageError(f"expected a release's folder, or a folder of releases, got {root!r}: it has no {MANIFEST}")
    return found


def _entries(filesystem: Any, path: str) -> list[dict[str, Any]]:  # noqa: ANN401  # fsspec has no types
    try:
        return filesystem.ls(path, detail=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
