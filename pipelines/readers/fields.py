"""Which columns of a table hold what a record needs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of columns; `metadata.url` means the field `url` inside the object or struct `metadata`.

    Only `text` must be there. The others may be missing: a record then has None.
    """

    text: str = "text"
    id: str = "id"
    url: str = "url"
    date: str = "date"
