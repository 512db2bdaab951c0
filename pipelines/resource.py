"""Resources: what a filter needs beyond the text, found by package, path or URL, and known by its digest."""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

from filters.filter import Filter

PACKAGE = "package:"


class ResourceError(ValueError):
    """A resource that cannot be had; it says what was looked for, where, and what to do."""


def package_path(name: str) -> str:
    """Turn `package:NAME/PATH` into the path of that file or folder; leave any other name as it is."""
    if not name.startswith(PACKAGE):
        return name
    package, _, path = name.removeprefix(PACKAGE).partition("/")
    # Found, not imported: a package that only carries a file may take long to import.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ResourceError(f"{name}: no package {package!r} is installed; install it or name a path")
    return str(Path(spec.submodule_search_locations[0]) / path)


@cache
def content(name: str) -> bytes:
    """Read a resource whole."""
    path = package_path(name)
    try:
        filesystem, place = url_to_fs(path)
        return bytes(filesystem.cat_file(place))
    except OSError as error:
        raise ResourceError(f"{name}: expected a readable file at {path}, got {error}") from error


def load(filters: Sequence[Filter]) -> Mapping[str, Any]:
    """Load what these filters need, each resource once, by the name that the recipe gives it."""
    makers = {name: make for rule in filters for name, make in rule.resources().items()}
    return {name: make(content(name)) for name, make in makers.items()}


_loaded = threading.local()


def load_once(filters: tuple[Filter, ...]) -> Mapping[str, Any]:
    """Load the same, once in the life of a worker, be it a process or a thread: what is made may not be shared."""
    if getattr(_loaded, "filters", None) != filters:
        _loaded.filters, _loaded.resources = filters, load(filters)
    return _loaded.resources


def digests(filters: Sequence[Filter]) -> dict[str, str]:
    """SHA-256 of each resource that these filters need: a changed model is a changed release."""
    names = sorted({name for rule in filters for name in rule.resources()})
    return {name: hashlib.sha256(content(name)).hexdigest() for name in names}
