"""The text of a document as it is kept, with its edits marked; and the record it came from, where it can be read."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from pipelines.readers.fetch import read_part
from provenance.captures import found, nowhere, whole_row
from provenance.dropped_text import DroppedText, ShownTexts
from provenance.marks import Mark, marks
from provenance.opened import Opened, Row
from provenance.release import pattern

#: characters of a text, and bytes of a record, that are given
CHARACTERS, RAW_BYTES = 20_000, 20_000
#: bytes of a record as stored that are read for it
STORED_BYTES = 1 << 20

_TEXT = "SELECT text FROM read_parquet($file, file_row_number = true) WHERE file_row_number = $row"
_WARC = (".warc", ".warc.gz", ".wet.gz", ".warc.wet.gz", ".arc", ".arc.gz", ".wet")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Raw:
    """The record as it lies in the source."""

    file: str
    offset: int
    length: int
    #: its beginning, decompressed; what is no UTF-8 is replaced
    content: str | None
    more: bool
    #: why there is no content
    reason: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A document."""

    wanted: str
    #: kept, dropped, duplicate, error, or unknown
    status: str
    says: str
    id: str | None
    url: str | None
    #: its beginning; of a document that is not kept, only where it is asked for and the release holds it
    text: str | None
    #: of a document that is not kept, its beginning masked; None where the release does not hold it
    snippet: str | None
    #: BLAKE2b-128 of the text: as kept; of a duplicate, as edits left it; of what a filter dropped, as extracted
    digest: str | None
    #: of the whole text, where the release holds it
    characters: int | None
    #: where the edits lie in it
    marks: tuple[Mark, ...]
    #: edits that were made and whose places in it are not known
    unplaced: tuple[str, ...]
    raw: Raw | None


def show(
    opened: Opened, wanted: str, source: str = "", characters: int = CHARACTERS, *, dropped_text: bool = False
) -> Shown:
    """Show a document by id or address; `source`, a folder or URL with the input files, is for the record itself.

    With `dropped_text` also a text that is not kept is given as it is, where the release holds it.
    """
    captures, _ = found(opened, wanted)
    if not captures:
        says = nowhere(opened, "id or address")
        return Shown(wanted, "unknown", says, None, None, None, None, None, None, (), (), None)
    row = whole_row(opened, captures[0])
    dropped = ShownTexts(opened, plain=dropped_text)
    text, (placed, unplaced) = _text(opened, row), ((), ())
    if text is not None:
        placed, unplaced = marks(row["edits"] or (), opened.recipe)
    given = dropped.of(row, characters) if text is None else DroppedText(text[:characters], len(text))
    return Shown(
        wanted,
        row["outcome"],
        _says(row, dropped),
        row["id"],
        row["url"],
        given.text,
        given.snippet,
        row["extracted_digest"] if row["outcome"] == "dropped" else row["text_digest"],
        given.characters,
        tuple(mark for mark in placed if mark.start < characters),
        unplaced,
        raw(row, source),
    )


def _says(row: Row, dropped: ShownTexts) -> str:
    if row["outcome"] == "kept":
        return "kept"
    said = "it has no text" if row["outcome"] == "error" else dropped.says
    return f"{row['outcome']} by {row['dropped_by']}: {said}"


def _text(opened: Opened, row: Row) -> str | None:
    if row["data_file"] is None:
        return None
    file = pattern(opened.store.path(row["data_file"]))
    return opened.ask(_TEXT, file=file, row=row["data_row"])[0]["text"]


def raw(row: Row, source: str) -> Raw:
    """Read the beginning of a record from the input file, where that lies in the folder, or at the URL, `source`."""
    content, more, reason = b"", False, None
    try:
        content, more = _read(row, source)
    except (OSError, ValueError, zlib.error) as error:
        reason = str(error)
    text = None if reason else content.decode("utf-8", "replace")
    return Raw(row["file_path"], row["offset"], row["length"], text, more, reason)


def _read(row: Row, source: str) -> tuple[bytes, bool]:
    name: str = row["file_path"]
    if not source:
        raise ValueError("no folder was named that the input files lie in")
    if not name.endswith(_WARC):
        raise ValueError(f"only records of WARC files are read again, not of {name}")
    if name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"{name} leads out of {source}")
    stored = _stored(source, name, row["offset"], min(row["length"], STORED_BYTES))
    if stored[:2] != _GZIP:
        return stored[:RAW_BYTES], row["length"] > RAW_BYTES
    plain = zlib.decompressobj(31).decompress(stored, RAW_BYTES + 1)
    return plain[:RAW_BYTES], len(plain) > RAW_BYTES


def _stored(source: str, name: str, start: int, count: int) -> bytes:
    """Read bytes of an input file in a folder, or below a URL, of which no others are fetched."""
    if "://" in source:
        return read_part(f"{source.rstrip('/')}/{name}", start, count)
    path = Path(source, name).resolve()
    if not path.is_relative_to(Path(source).resolve()):
        raise ValueError(f"{name} leads out of {source}")
    with path.open("rb") as file:
        file.seek(start)
        return file.read(count)
