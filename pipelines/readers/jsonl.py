"""Read JSON lines: every line that is not blank is one record, whatever stands in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from pipelines.readers.decompressed import BROKEN, decompressed
from pipelines.readers.fields import Fields
from pipelines.readers.limits import ReadLimits
from pipelines.reason import Reason
from pipelines.record import Record

BOM = b"\xef\xbb\xbf"
#: So many names of a row's fields go into an error.
NAMES_SHOWN = 20
#: An error may quote the line, which may be long.
DETAIL_SHOWN = 500


def read_jsonl(path: str, fields: Fields, limits: ReadLimits) -> Iterator[Record]:
    """Read a plain, gzip or zstd file, told apart by its first bytes.

    A record's offset and length count decompressed bytes, its newline included. Where the compression breaks, the
    lines before it are records, and a last one with TRUNCATED or DAMAGED stands for the rest of the file.
    """
    lines = _Lines(limits.max_record_bytes)
    try:
        for piece in decompressed(Path(path)):
            for line in lines.feed(piece):
                yield from _records(line, fields, limits)
    except BROKEN as error:
        reason = Reason.TRUNCATED if isinstance(error, EOFError) else Reason.DAMAGED
        detail = f"a whole compressed stream was expected; after {lines.end} bytes of it: {error}"
        yield Record(lines.start, lines.length, kind="row", content_length=lines.length, reason=reason, detail=detail)
        return
    for line in lines.rest():
        yield from _records(line, fields, limits)


@dataclass(frozen=True, slots=True)
class _Line:
    offset: int
    length: int
    #: without its newline; None: too long to be held
    content: bytes | None


@dataclass(slots=True)
class _Lines:
    """Cuts pieces into lines, and holds no more than `limit` bytes of one."""

    limit: int
    #: where the line that is not finished starts, and how many of its bytes came
    start: int = 0
    length: int = 0
    held: bytearray = field(default_factory=bytearray)

    @property
    def end(self) -> int:
        """How many bytes came in all."""
        return self.start + self.length

    def feed(self, piece: bytes) -> Iterator[_Line]:
        """Give the lines that `piece` finishes."""
        *whole, rest = piece.split(b"\n")
        for part in whole:
            self._hold(part)
            yield self._finish(newline=1)
        self._hold(rest)

    def rest(self) -> Iterator[_Line]:
        """Give the last line, where the file does not end with a newline."""
        if self.length:
            yield self._finish(newline=0)

    def _hold(self, part: bytes) -> None:
        self.length += len(part)
        if self.length <= self.limit:
            self.held += part
        else:
            self.held.clear()

    def _finish(self, newline: int) -> _Line:
        content = bytes(self.held) if self.length <= self.limit else None
        line = _Line(self.start, self.length + newline, content)
        self.start += line.length
        self.length = 0
        self.held.clear()
        return line


def _records(line: _Line, fields: Fields, limits: ReadLimits) -> Iterator[Record]:
    if line.content is None:
        detail = f"a line of {line.length} bytes; the limit is {limits.max_record_bytes}"
        yield _fault(line, Reason.TOO_LARGE, detail)
        return
    content = line.content.removeprefix(BOM) if line.offset == 0 else line.content
    if not content.strip():
        return
    try:
        yield _row(line, json.loads(content.decode()), fields)
    # A RecursionError: brackets in brackets, thousands deep.
    except (ValueError, RecursionError) as error:
        yield _fault(line, Reason.BAD_ROW, f"{type(error).__name__}: {error}"[:DETAIL_SHOWN])


def _fault(line: _Line, reason: Reason, detail: str) -> Record:
    return Record(line.offset, line.length, kind="row", content_length=line.length, reason=reason, detail=detail)


def _row(line: _Line, row: object, fields: Fields) -> Record:
    """Make a record of one parsed line; ValueError where it is not what was promised."""
    if not isinstance(row, dict):
        raise ValueError(f"expected an object, found {_kind(row)}")  # noqa: TRY004  # bad data, no bad call
    row = cast("dict[str, Any]", row)
    text = _find(row, fields.text)
    record = Record(
        line.offset,
        line.length,
        id=_text(row, fields.id),
        kind="row",
        url=_text(row, fields.url),
        date=_text(row, fields.date),
    )
    if not isinstance(text, str):
        names = ", ".join(list(row)[:NAMES_SHOWN])
        detail = f"{fields.text!r} should be text, found {_kind(text)}; there are: {names}"
        return replace(record, content_length=line.length, reason=Reason.BAD_ROW, detail=detail[:DETAIL_SHOWN])
    # Strict: half of a surrogate pair is no text, and no file could hold it.
    content = text.encode()
    return replace(record, content=content, content_length=len(content))


def _find(row: dict[str, Any], name: str) -> object:
    if name in row or "." not in name:
        return row.get(name)
    outer, _, inner = name.partition(".")
    below = row.get(outer)
    return _find(cast("dict[str, Any]", below), inner) if isinstance(below, dict) else None


def _text(row: dict[str, Any], name: str) -> str | None:
    value = _find(row, name)
    if value is None:
        return None
    # True is an int to Python, but no number to JSON.
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError(f"{name!r} should be text, found {_kind(value)}")  # noqa: TRY004
    text = str(value)
    text.encode()
    return text


def _kind(value: object) -> str:
    names: dict[type, str] = {
        type(None): "nothing",
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "true or false",
    }
    return names.get(type(value), "a number")
