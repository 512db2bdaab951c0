"""The records of a WARC file: to whom they belong, and how damage is told."""

from collections.abc import Iterator
from typing import Any

from pipelines.readers.warc_header import content_length, target_uri
from pipelines.reason import Reason
from pipelines.record import Record


def joined(rows: Iterator[Record]) -> Iterator[Record]:
    """Make one record of damaged bytes that touch."""
    damaged: Record | None = None
    for row in rows:
        if damaged is not None and row.reason is Reason.DAMAGED and row.offset == damaged.offset + damaged.length:
            length = damaged.length + row.length
            damaged = Record(damaged.offset, length, reason=Reason.DAMAGED, detail=damaged.detail)
            continue
        if damaged is not None:
            yield damaged
        damaged = row if row.reason is Reason.DAMAGED else None
        if damaged is None:
            yield row
    if damaged is not None:
        yield damaged


def identity(fields: dict[str, str]) -> dict[str, Any]:
    """Say which record a header belongs to."""
    if not fields:
        return {}
    return {
        "id": fields.get("warc-record-id"),
        "kind": fields.get("warc-type", "").lower(),
        "url": target_uri(fields),
        "date": fields.get("warc-date"),
        "payload_digest": fields.get("warc-payload-digest"),
        "truncated": fields.get("warc-truncated"),
        "content_length": content_length(fields) or 0,
    }
