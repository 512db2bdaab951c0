"""What the sorted projections of a ledger hold, and what they are called."""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

FORMAT = "vitrine-ledger-index/2"
FOLDER = "index"
#: names the files, and says what they were made from
HEADER = f"{FOLDER}/ledger.json"
#: in the metadata of each Parquet file: `Header.made_from`
MADE_FROM = b"vitrine.made_from"

#: rows of a file, more or less, but for so large a ledger that there would be more files than this
FILE_ROWS, MOST_FILES = 1 << 17, 4096
#: rows of a row group: what is read to find one
GROUP_ROWS = 4096
#: columns of few different values
REPEATED = ("domain", "dump", "record_type", "outcome", "dropped_by", "language", "stated_licence", "stated_consent")

Kind = Literal["by_id", "by_address"]
#: all that is looked up in, by its first column or that of ORDERS
Sorted = Kind | Literal["domains"]
KINDS: tuple[Kind, ...] = ("by_id", "by_address")

#: name, type, meaning
COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("id", pa.string(), "as in the ledger"),
    ("url", pa.string(), "as in the ledger"),
    ("surt", pa.string(), "the sort key of the address; only in by_address"),
    ("domain", pa.string(), "the registered domain, by the Public Suffix List"),
    ("date", pa.timestamp("s", tz="UTC"), "as in the ledger"),
    ("dump", pa.string(), "as in the ledger"),
    ("record_type", pa.string(), "as in the ledger"),
    ("outcome", pa.string(), "as in the ledger"),
    ("dropped_by", pa.string(), "as in the ledger"),
    ("language", pa.string(), "signal of the filter `language`; null where the recipe has none"),
    ("stated_licence", pa.string(), "as in the ledger"),
    ("stated_consent", pa.string(), "as in the ledger"),
    ("text_bytes", pa.int64(), "as in the ledger"),
    ("cluster", pa.string(), "as in the ledger"),
    ("survivor", pa.string(), "as in the ledger"),
    ("ledger_file", pa.int32(), "number of the ledger file, which lies in the manifest's order of inputs"),
    ("ledger_row", pa.int64(), "row of that file, from 0"),
)
SCHEMAS: dict[Kind, pa.Schema] = {
    kind: pa.schema([(name, type_) for name, type_, _ in COLUMNS if name != "surt" or kind == "by_address"])
    for kind in KINDS
}
#: what each projection is sorted by; the first is its key
ORDERS: dict[Kind, tuple[str, ...]] = {
    "by_id": ("id", "ledger_file", "ledger_row"),
    "by_address": ("surt", "date", "id", "ledger_file", "ledger_row"),
}
#: records that are no capture of a page, and have no row in by_address
NO_CAPTURES = ("request", "metadata", "warcinfo")

#: what is said of rights in most documents of a domain: so many statements are listed, and of others it is the number
LISTED = 20
_FATE = pa.struct(
    [("outcome", pa.string()), ("dropped_by", pa.string()), ("captures", pa.int64()), ("text_bytes", pa.int64())]
)
_SAID = pa.struct([("licence", pa.string()), ("consent", pa.string()), ("documents", pa.int64()), ("kept", pa.int64())])
#: name, type, meaning
DOMAIN_COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("domain", pa.string(), "the registered domain, by the Public Suffix List; empty where an address has none"),
    ("captures", pa.int64(), "rows of by_address"),
    ("documents", pa.int64(), "those whose outcome is not error"),
    ("kept", pa.int64(), "those that are kept"),
    ("kept_bytes", pa.int64(), "bytes of the texts that are kept"),
    ("rank", pa.int64(), "among domains by kept, then by kept_bytes, from 1; null where nothing is kept"),
    ("first_capture", pa.timestamp("s"), "the least date, UTC"),
    ("last_capture", pa.timestamp("s"), "the greatest"),
    ("fates", pa.list_(_FATE), "captures and bytes of text by outcome and what decided it, the most captures first"),
    ("said", pa.list_(_SAID), f"documents, and kept ones, by what they state of their rights: the {LISTED} of most"),
    ("said_more", pa.int64(), "how many more different statements there are"),
    ("said_more_documents", pa.int64(), "documents that state these"),
    ("said_more_kept", pa.int64(), "those of them that are kept"),
)
#: one row for each registered domain, by name
DOMAIN = pa.schema([(name, type_) for name, type_, _ in DOMAIN_COLUMNS])
#: rows of a file of it, and of a row group; and what repeats in it
DOMAIN_FILE_ROWS, DOMAIN_GROUP_ROWS = 1 << 15, 1 << 11
REPEATED_IN_DOMAINS = tuple(
    f"{name}.list.element.{part}"
    for name, parts in (("fates", ("outcome", "dropped_by")), ("said", ("licence", "consent")))
    for part in parts
)


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """One ledger file: its name in the release, its digest and its rows."""

    name: str
    sha256: str
    rows: int


def key_of(kind: Kind) -> str:
    """Name the column that a projection is looked up by."""
    return ORDERS[kind][0]


def file_name(kind: Sorted, number: int) -> str:
    """Name a file of a projection, or of the table of domains."""
    return f"{FOLDER}/{kind}/{number:05d}.parquet"
