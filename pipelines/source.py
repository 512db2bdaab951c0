"""Where shards come from: inputs as a person writes them, in any order, become one sorted list without doubt."""

# A path is text here: it may be a URL, which pathlib would tidy up.
# ruff: noqa: PTH100, PTH110, PTH111, PTH112, PTH116, PTH117, PTH118, PTH119, PTH120, PTH207

import glob
import gzip
import json
import os
import posixpath
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fsspec.core import url_to_fs

from pipelines.readers.fetch import FetchError, is_http, object_version, persist, probe, public_url, read_remote
from pipelines.readers.formats import format_of, sniff

#: What the entries of Common Crawl's path lists are relative to.
COMMON_CRAWL = "https://data.commoncrawl.org/"
#: One person waits for the answer: less patience than when a shard is fetched.
WAITS = (1.0, 2.0)

LIST = re.compile(r"\.(?:paths|txt)(?:\.gz)?$", re.IGNORECASE)
DUMP = re.compile(r"CC-MAIN-\d{4}-\d{2}(?!\d)")
#: So many bad entries of one list are shown.
SHOWN = 5
UNUSABLE = (OSError, ValueError, ImportError, EOFError, zlib.error)


class SourceError(ValueError):
    """Inputs that cannot be used: one line for each mistake, with what to do."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One input file: the unit of work and of restart."""

    #: how to open it: an absolute local path, or a URL
    path: str
    #: its identity inside a release, the same on every machine, with forward slashes
    name: str
    #: bytes, None where the server does not say
    size: int | None
    #: ETag or time of change: tells a changed file from the same one; "" for a URL out of a list. Never in a release
    version: str
    #: "warc" (WARC, WAT and ARC), "wet", "parquet" or "jsonl"
    format: str
    #: the crawl of Common Crawl that the path names, or ""
    dump: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The shards that some inputs name, by name, and the files that were passed over for their extension."""

    shards: tuple[Shard, ...]
    ignored: tuple[str, ...]


def find_shards(inputs: Iterable[str | os.PathLike[str]], base: str = COMMON_CRAWL) -> Listing:
    """Find the shards behind files, folders, globs, path lists and URLs.

    A local path or `**` glob, an `http(s)://` file, a file, folder or glob in an object store (`s3://`), and a list
    of those: `*.paths`, `*.txt`, also `.gz`, one path a line. A relative line that does not lie beside its list lies
    under `base`. URLs in lists are not asked for. The same file counts once. Raises one SourceError for all mistakes.
    """
    search = _Search(base)
    wanted = sorted({os.fspath(item) for item in inputs})
    if not wanted:
        raise SourceError("no input was given: name a file, a folder, a glob, a path list or a URL")
    for item in wanted:
        search.look(item)
    shards = _settle(search.found, search.mistakes)
    if search.mistakes:
        raise SourceError("\n".join(search.mistakes))
    return Listing(tuple(shards), tuple(sorted(search.ignored)))


def freeze(shards: Sequence[Shard]) -> bytes:
    """Write shards as JSON, one a line, for another process or machine."""
    return "".join(json.dumps(asdict(shard), sort_keys=True) + "\n" for shard in shards).encode()


def thaw(content: bytes) -> list[Shard]:
    """Read what `freeze` wrote."""
    return [Shard(**json.loads(line)) for line in content.splitlines()]


@dataclass
class _Search:
    """Looks at one input after the other; a mistake is noted and the search goes on."""

    base: str
    found: list[Shard] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    mistakes: list[str] = field(default_factory=list)

    def look(self, item: str) -> None:
        """Add what one input stands for, or what is wrong with it."""
        before = len(self.mistakes)
        try:
            shards = list(self._expand(item))
        except UNUSABLE as error:
            self.mistakes.append(str(error) if isinstance(error, FetchError) else f"{item}: {error}")
            return
        if not shards and len(self.mistakes) == before:
            self.mistakes.append(
                f"{item}: holds no file that can be read (.warc.gz, .wet.gz, .parquet, .jsonl.zst, ...)"
            )
        self.found += shards

    def _expand(self, item: str) -> Iterator[Shard]:
        if item.startswith("file://"):
            item = unquote(urlsplit(item).path)
        if _is_list(item):
            return self._list(item)
        if is_http(item):
            return iter([_remote(item, *probe(item, WAITS))])
        return self._objects(item) if "://" in item else self._local(_absolute(item))

    def _local(self, path: str) -> Iterator[Shard]:
        if os.path.isdir(path):
            return self._known(_walk(path, self.mistakes), path)
        if os.path.lexists(path):
            return self._file(path, os.path.basename(path))
        if glob.has_magic(path):
            files = (match for match in glob.iglob(path, recursive=True) if not os.path.isdir(match))
            return self._known(files, _fixed(path))
        raise ValueError("there is no such file or folder: check the path")

    def _known(self, paths: Iterable[str], folder: str) -> Iterator[Shard]:
        """Keep the files that one can read; a name starts below `folder`."""
        for path in paths:
            if format_of(path):
                yield from self._file(path, os.path.relpath(path, folder))
            else:
                self.ignored.add(path)

    def _file(self, path: str, name: str) -> Iterator[Shard]:
        name = name.replace(os.sep, "/")
        try:
            name.encode()
            state = os.stat(path)
            if not stat.S_ISREG(state.st_mode):
                raise ValueError("not a file; write it to one first")  # noqa: TRY301  # one more mistake of this file
            kind = format_of(path) or sniff(path)
        except (OSError, ValueError) as error:
            # A name that is not UTF-8 cannot be printed as it is.
            self.mistakes.append(f"{os.fsencode(path).decode(errors='replace')}: cannot be read: {error}")
            return
        yield Shard(path, name, state.st_size, str(state.st_mtime_ns), kind, _dump(name, path))

    def _objects(self, url: str) -> Iterator[Shard]:
        filesystem, path = url_to_fs(url, use_listings_cache=False)
        top = _fixed(path) if glob.has_magic(path) else path
        found = persist(url, lambda: _object_infos(filesystem, path), WAITS)
        for key, info in sorted(found.items()):
            address = filesystem.unstrip_protocol(key)
            hidden = any(part.startswith(".") for part in key.removeprefix(top).split("/"))
            # An object whose name ends in a slash is how some programs make a folder.
            if info["type"] != "file" or key.endswith("/") or hidden:
                continue
            if key == path or format_of(key):
                yield _remote(address, int(info["size"]), object_version(info))
            else:
                self.ignored.add(address)

    def _list(self, where: str) -> Iterator[Shard]:
        path = "" if "://" in where else _absolute(where)
        content = Path(path).read_bytes() if path else read_remote(where, WAITS)
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        entries = dict.fromkeys(line.strip() for line in content.decode("utf-8-sig").split("\n"))
        entries.pop("", None)
        if not entries:
            raise ValueError("the list is empty: one path or URL a line is expected")
        missing: list[str] = []
        for entry in entries:
            yield from self._entry(entry, os.path.dirname(path), missing)
        if missing:
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            self.mistakes.append(f"{where}: cannot use {', '.join(missing[:SHOWN])}{more}: no such file")

    def _entry(self, entry: str, folder: str, missing: list[str]) -> Iterator[Shard]:
        if "://" in entry:
            yield _remote(entry, None, "")
            return
        name = posixpath.normpath(entry)
        beside = os.path.join(folder, name) if folder else ""
        if os.path.isabs(name):
            beside, name = name, posixpath.basename(name)
        elif ".." in name.split("/"):
            raise ValueError(f"{entry!r} leads out of its folder: write the whole path")
        elif not (folder and os.path.exists(beside)):
            address = f"{self.base.rstrip('/')}/{name}"
            if "://" in address:
                yield replace(_remote(address, None, ""), name=name)
                return
            beside = _absolute(address)
        if os.path.exists(beside):
            yield from self._file(beside, name)
        else:
            missing.append(entry)


def _settle(found: Iterable[Shard], mistakes: list[str]) -> list[Shard]:
    """Count each file once, under its longest name, and refuse a name that two files have."""
    by_file: dict[str, Shard] = {}
    for shard in sorted(found, key=lambda shard: (-shard.name.count("/"), shard.name, shard.path)):
        by_file.setdefault(shard.path if "://" in shard.path else os.path.realpath(shard.path), shard)
    by_name: dict[str, Shard] = {}
    for shard in sorted(by_file.values(), key=lambda shard: (shard.name, shard.path)):
        other = by_name.setdefault(shard.name, shard)
        if other is not shard:
            mistakes.append(
                f"{other.path} and {shard.path} would both be named {shard.name!r}, and a name must stay the same "
                "whatever else is read: give the folder that holds both, or rename one"
            )
    return list(by_name.values())


def _walk(folder: str, mistakes: list[str]) -> Iterator[str]:
    """Name the files below `folder`, hidden ones left out; links are followed, each folder is entered once."""
    entered = {os.path.realpath(folder)}

    def complain(error: OSError) -> None:
        mistakes.append(f"{error.filename}: cannot be read: {error.strerror}")

    for top, folders, files in os.walk(folder, onerror=complain, followlinks=True):
        ahead: dict[str, str] = {}
        for name in sorted(folders):
            real = os.path.realpath(os.path.join(top, name))
            if not name.startswith(".") and real not in entered:
                ahead.setdefault(real, name)
        entered.update(ahead)
        folders[:] = ahead.values()
        yield from (os.path.join(top, name) for name in sorted(files) if not name.startswith("."))


def _fixed(pattern: str) -> str:
    """Name the folder that a glob starts from, whatever it matches."""
    parts = pattern.split("/")
    magic = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return "/".join(parts[:magic]) or "/"


def _absolute(path: str) -> str:
    return os.path.abspath(os.path.expanduser(path))


def _is_list(item: str) -> bool:
    path = public_url(item) if is_http(item) else item
    return LIST.search(path) is not None and not glob.has_magic(path) and not os.path.isdir(path)


def _remote(url: str, size: int | None, version: str) -> Shard:
    name = public_url(url)
    return Shard(url, name, size, version, format_of(url) or "warc", _dump(name, name))


def _object_infos(filesystem: Any, path: str) -> dict[str, Any]:  # noqa: ANN401  # fsspec has no types
    if glob.has_magic(path):
        return filesystem.glob(path, detail=True)
    info = filesystem.info(path)
    return {path: info} if info["type"] == "file" else filesystem.find(path, detail=True)


def _dump(name: str, path: str) -> str:
    # The name first: the folders above it differ from machine to machine.
    crawls = DUMP.findall(name) or DUMP.findall(path)
    return crawls[-1] if crawls else ""
