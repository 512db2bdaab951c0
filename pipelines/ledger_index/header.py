"""The header of a ledger's index: its files, where each begins, and what they were made from."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import pyarrow.parquet as pq

from pipelines.ledger_index.schema import FOLDER, FORMAT, HEADER, MADE_FROM, LedgerFile, Sorted
from pipelines.recipe import digest
from pipelines.store import Store

_LISTS = ("by_id", "by_address", "domains")


@dataclass(frozen=True, slots=True)
class IndexFile:
    """One file: what is in it begins with the key `low`."""

    name: str
    rows: int
    bytes: int
    sha256: str
    low: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What `index/ledger.json` says."""

    #: digest of the format, the ledger files, the list of public suffixes and the column of languages
    made_from: str
    #: digest of the ledger files alone
    ledgers: str
    #: the newest capture, such as 2026-07-20T09:38:35Z
    newest: str | None
    #: all records that were read
    records: int
    #: registered domains
    domain_count: int
    by_id: tuple[IndexFile, ...]
    by_address: tuple[IndexFile, ...]
    domains: tuple[IndexFile, ...]

    @classmethod
    def read(cls, store: Store) -> Self | None:
        """Read it; None where there is no index, or one of another format."""
        if not store.exists(HEADER):
            return None
        try:
            said = json.loads(store.read(HEADER))
            if said.pop("format") != FORMAT:
                return None
            lists = {name: tuple(IndexFile(**file) for file in said[name]) for name in _LISTS}
            found = cls(**said | lists)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        # A release may be anybody's: its index leads nowhere else.
        inside = all(file.name.startswith(f"{FOLDER}/") and ".." not in file.name.split("/") for file in found.files)
        return found if inside and all(getattr(found, name) for name in _LISTS) else None

    def content(self) -> bytes:
        """Spell it out."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False).encode() + b"\n"

    @property
    def files(self) -> tuple[IndexFile, ...]:
        """List all its files."""
        return (*self.by_id, *self.by_address, *self.domains)

    def holding(self, kind: Sorted, low: str, high: str | None = None) -> list[str]:
        """Name the files that may hold keys from `low` to before `high`; without it, `low` alone."""
        files: tuple[IndexFile, ...] = getattr(self, kind)
        lows = [file.low for file in files]
        first = max(0, bisect_right(lows, low) - 1)
        last = bisect_right(lows, low if high is None else high)
        return [file.name for file in files[first : max(last, first + 1)]]


def ledgers_digest(ledgers: Sequence[LedgerFile]) -> str:
    """Digest the names and digests of ledger files."""
    return digest([[ledger.name, ledger.sha256] for ledger in ledgers])


def made_from(ledgers: Sequence[LedgerFile], suffixes: str, language: str) -> str:
    """Digest all that an index depends on; `suffixes` is the digest of the list of public suffixes."""
    return digest([FORMAT, ledgers_digest(ledgers), suffixes, language])


def ledger_files(manifest: Mapping[str, Any]) -> tuple[LedgerFile, ...]:
    """List the ledger files of a release, in the order of its inputs."""
    known = {file["name"]: file for file in manifest["files"]}
    files = [known[item["ledger"]] for item in manifest["inputs"]]
    return tuple(LedgerFile(file["name"], file["sha256"], file["rows"]) for file in files)


def stale(store: Store, wanted: str) -> list[str]:
    """Name the files of an index that are missing or were made from something else than `wanted` (see `made_from`)."""
    header = Header.read(store)
    if header is None or header.made_from != wanted:
        return [HEADER]
    return [file.name for file in header.files if not _fits(store, file, wanted)]


def _fits(store: Store, file: IndexFile, wanted: str) -> bool:
    if not store.exists(file.name) or store.size(file.name) != file.bytes:
        return False
    with store.open(file.name) as opened, pq.ParquetFile(opened) as parquet:
        return (parquet.schema_arrow.metadata or {}).get(MADE_FROM) == wanted.encode()
