"""Capture dates as sources write them."""

from datetime import UTC, datetime


def timestamp(text: str | None) -> datetime | None:
    """Read a capture date; None where it is not one. A date without a zone is UTC, as WARC's are."""
    if not text:
        return None
    try:
        date = datetime.fromisoformat(text)
        return (date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
