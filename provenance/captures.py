"""Finds records through the index: by id, and all captures of an address."""

from dataclasses import dataclass
from typing import Any

from pipelines.finalise import ledger_name
from pipelines.ledger_index.surt import address_key
from pipelines.mistakes import UsageError
from provenance.answer import moment
from provenance.opened import Opened, Row
from provenance.release import pattern

#: captures that one answer lists; of more it tells the number
MOST = 1000
#: bytes of what is asked for
LONGEST = 1 << 16

_BY_ID = "SELECT * FROM read_parquet($files) WHERE id = $id ORDER BY ledger_file, ledger_row LIMIT $most"
_BY_ADDRESS = """SELECT * FROM read_parquet($files) WHERE surt = $surt
ORDER BY outcome = 'error', date DESC NULLS LAST, outcome <> 'kept', id, ledger_file, ledger_row LIMIT $most"""
_COUNT = "SELECT count(*) AS captures FROM read_parquet($files) WHERE surt = $surt"
_ROW = "SELECT * FROM read_parquet($file, file_row_number = true) WHERE file_row_number = $row"


@dataclass(frozen=True, slots=True)
class Capture:
    """One record as the index has it."""

    id: str
    url: str | None
    date: str | None
    dump: str | None
    #: kept, dropped, duplicate or error
    outcome: str
    #: what decided it; None where it is kept
    dropped_by: str | None
    language: str | None
    licence: str | None
    consent: str | None
    #: of the text after the edits
    text_bytes: int | None
    cluster: str | None
    survivor: str | None
    #: where its whole row lies
    ledger_file: str
    ledger_row: int

    @classmethod
    def of(cls, row: Row) -> "Capture":
        """Take a row of the index."""
        same = (
            "id",
            "url",
            "dump",
            "outcome",
            "dropped_by",
            "language",
            "text_bytes",
            "cluster",
            "survivor",
            "ledger_row",
        )
        return cls(
            **{name: row[name] for name in same},
            date=moment(row["date"]),
            licence=row["stated_licence"],
            consent=row["stated_consent"],
            ledger_file=ledger_name(row["ledger_file"]),
        )


def by_id(opened: Opened, wanted: str) -> list[Capture]:
    """Find the records with an id, in the order of the inputs: one, unless the source gave it to several."""
    wanted = printable(wanted)
    rows = opened.ask(_BY_ID, files=opened.holding("by_id", wanted), id=wanted, most=MOST)
    return [Capture.of(row) for row in rows]


def by_address(opened: Opened, url: str) -> tuple[list[Capture], int]:
    """Find the captures of an address, whatever its scheme, case or order of query; and count them all.

    Documents come first, then the latest. Addresses are the same where their SURTs are.
    """
    key = address_key(printable(url))
    files = opened.holding("by_address", key)
    rows = opened.ask(_BY_ADDRESS, files=files, surt=key, most=MOST)
    count = opened.ask(_COUNT, files=files, surt=key)[0]["captures"] if len(rows) == MOST else len(rows)
    return [Capture.of(row) for row in rows], count


def found(opened: Opened, wanted: str) -> tuple[list[Capture], int]:
    """Find records by id, else by address; and count them all."""
    records = by_id(opened, wanted)
    return (records, len(records)) if records else by_address(opened, wanted)


def whole_row(opened: Opened, capture: Capture) -> Row:
    """Read the whole row of a record from its ledger file."""
    file = pattern(opened.store.path(capture.ledger_file))
    (row,) = opened.ask(_ROW, file=file, row=capture.ledger_row)
    return {name: value for name, value in row.items() if name != "file_row_number"}


def printable(text: str) -> str:
    """Make of a question a text that UTF-8 can carry; UsageError where it is empty or too long to be an id."""
    raw = text.encode("utf-8", "replace")
    if not 0 < len(raw) <= LONGEST:
        raise UsageError(f"expected an id, address or domain of 1 to {LONGEST:,} bytes, got {len(raw):,}")
    return raw.decode()


def nowhere(opened: Opened, kind: str) -> str:
    """Say that something is not in the release's inputs, which is not the same as dropped."""
    count: Any = opened.manifest["records"]
    return (
        f"not in our inputs: none of the {count:,} records that this release read has this {kind}. It was not dropped; "
        "whether the crawl holds it, this release cannot know."
    )
