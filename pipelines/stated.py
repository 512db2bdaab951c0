"""What a page says of itself, as columns of the ledger: read by our own scanner, whatever engine finds the text."""

from collections.abc import Sequence
from typing import Any, Literal

import pyarrow as pa

from pipelines.extraction.metadata import Metadata

#: how much of it is kept
Detail = Literal["none", "fields", "all"]

_LICENCE = pa.struct([("kind", pa.string()), ("name", pa.string()), ("value", pa.string())])
_AGENT = pa.struct([("agent", pa.string()), ("rule", pa.string())])
_PROPERTY = pa.struct([("property", pa.string()), ("value", pa.string())])

#: name, type, meaning: what a page says of itself, as it says it; null where it says nothing, or was not opened
FIELDS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("title", pa.string(), "its title, without the site's name at the end"),
    ("author", pa.string(), "the names of its authors, with `; ` between them"),
    ("published", pa.string(), "when it was published, as ISO 8601 and no finer than it says"),
    ("modified", pa.string(), "when it was changed last"),
    ("canonical", pa.string(), "its own address"),
    ("page_language", pa.string(), "its language tag; what its text is in is the signal of a filter"),
    (
        "licences",
        pa.list_(_LICENCE),
        "what may be a licence, not judged: where it stands (`meta`, `link`, `anchor`, `item`), as what, and its value",
    ),
    ("robots", pa.list_(_AGENT), "what it says to crawlers: to whom (`robots` for all), and what"),
    ("links", pa.int32(), "how many links it has"),
    ("external_links", pa.int32(), "how many of them lead to other sites"),
    ("linked_hosts", pa.int32(), "to how many hosts of other sites"),
)
#: name, type, meaning: more of it, which may repeat much of its text
BLOBS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("description", pa.string(), "its description of itself"),
    ("site_name", pa.string(), "the name of its site"),
    ("page_type", pa.string(), "what Open Graph calls it: article, website, product"),
    ("open_graph", pa.list_(_PROPERTY), "the first value of each property of Open Graph"),
    ("json_ld", pa.list_(pa.string()), "its JSON-LD, whole scripts of at most 64 kB together"),
)


def columns(detail: Detail) -> tuple[tuple[str, pa.DataType, str], ...]:
    """List the columns: name, type, meaning."""
    return {"none": (), "fields": FIELDS, "all": (*FIELDS, *BLOBS)}[detail]


def values(found: Metadata, detail: Detail) -> list[Any]:
    """Give a page's values in the order of `columns`, as plain values for JSON."""
    fields: list[Any] = [
        *(found.title, found.author, found.published, found.modified, found.canonical, found.language),
        [{"kind": claim.kind, "name": claim.name, "value": claim.value} for claim in found.licences] or None,
        [{"agent": agent, "rule": rule} for agent, rule in found.robots] or None,
        *(found.links.anchors, found.links.external, found.links.hosts),
    ]
    if detail == "fields":
        return fields
    properties = [{"property": name, "value": value} for name, value in found.open_graph.items()]
    blobs = (found.description, found.site_name, found.page_type, properties or None, list(found.json_ld) or None)
    return [*fields, *blobs]


def arrays(pages: Sequence[list[Any] | None], detail: Detail) -> dict[str, pa.Array]:
    """Make the columns of what `values` gave of each page; None where a page was not read."""
    return {
        name: pa.array([None if page is None else page[place] for page in pages], kind)
        for place, (name, kind, _) in enumerate(columns(detail))
    }
