"""What a page says of itself, as columns of the ledger: read by our own scanner, whatever engine finds the text."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

import pyarrow as pa

from pipelines.extraction.metadata import Metadata
from pipelines.extraction.rights import Rights
from rights.consent.evidence import consent_items
from rights.consent.preference import Preference
from rights.consent.written import read, write
from rights.evidence import DETECTOR, Item

#: how much of it is kept
Detail = Literal["none", "fields", "all"]

#: one item of evidence, as `rights.evidence` has it, and the version of what found it
EVIDENCE = pa.struct(
    [
        *((name, pa.string()) for name in ("kind", "location", "name", "raw", "parsed", "scope")),
        ("confidence", pa.float32()),
        ("as_of", pa.string()),
        ("detector", pa.string()),
    ]
)
_PROPERTY = pa.struct([("property", pa.string()), ("value", pa.string())])

#: name, type, meaning: what a page says of itself, as it says it; null where it says nothing, or was not opened
FIELDS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("title", pa.string(), "its title, without the site's name at the end"),
    ("author", pa.string(), "the names of its authors, with `; ` between them"),
    ("published", pa.string(), "when it was published, as ISO 8601 and no finer than it says"),
    ("modified", pa.string(), "when it was changed last"),
    ("canonical", pa.string(), "its own address"),
    ("page_language", pa.string(), "its language tag; what its text is in is the signal of a filter"),
    ("links", pa.int32(), "how many links it has"),
    ("external_links", pa.int32(), "how many of them lead to other sites"),
    ("linked_hosts", pa.int32(), "to how many hosts of other sites"),
)
#: name, type, meaning: what page and site say of rights, as evidence and as what follows from it
RIGHTS: tuple[tuple[str, pa.DataType, str], ...] = (
    (
        "stated_licence",
        pa.string(),
        "the licence that it is believed to have: an SPDX identifier, or `LicenseRef-` and a name; null: none",
    ),
    ("licence_confidence", pa.float32(), "how likely, from 0 to 1"),
    ("licence_disagreement", pa.bool_(), "whether other licences are believed too, or all rights are reserved"),
    (
        "stated_consent",
        pa.string(),
        "what is said of training: `signal/place/agent=verdict`, with blanks between; null where nothing is",
    ),
    (
        "rights",
        pa.list_(EVIDENCE),
        (
            "the evidence: `licence`, `reserved` or `consent`; where it stands, as what; as it stands (up to 1 KB) and "
            "as it is read; whether of the page, its site or something shown on it; how likely; when a file of the "
            "site's was captured; by which detector"
        ),
    ),
    ("rights_left_out", pa.int32(), "how many statements about rights were more than are kept"),
)
#: name, type, meaning: more of it, which may repeat much of its text
BLOBS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("description", pa.string(), "its description of itself"),
    ("site_name", pa.string(), "the name of its site"),
    ("page_type", pa.string(), "what Open Graph calls it: article, website, product"),
    ("open_graph", pa.list_(_PROPERTY), "the first value of each property of Open Graph"),
    ("json_ld", pa.list_(pa.string()), "its JSON-LD, whole scripts of at most 64 kB together"),
)
_NAMES = [name for name, _, _ in (*FIELDS, *RIGHTS)]
_CONSENT, _EVIDENCE = _NAMES.index("stated_consent"), _NAMES.index("rights")


def columns(detail: Detail) -> tuple[tuple[str, pa.DataType, str], ...]:
    """List the columns: name, type, meaning."""
    return {"none": (), "fields": (*FIELDS, *RIGHTS), "all": (*FIELDS, *RIGHTS, *BLOBS)}[detail]


def values(found: Metadata, rights: Rights, detail: Detail) -> list[Any]:
    """Give a page's values in the order of `columns`, as plain values for JSON."""
    fields: list[Any] = [
        *(found.title, found.author, found.published, found.modified, found.canonical, found.language),
        *(found.links.anchors, found.links.external, found.links.hosts),
        *_rights(rights),
    ]
    if detail == "fields":
        return fields
    properties = [{"property": name, "value": value} for name, value in found.open_graph.items()]
    blobs = (found.description, found.site_name, found.page_type, properties or None, list(found.json_ld) or None)
    return [*fields, *blobs]


def _rights(rights: Rights) -> list[Any]:
    licence, items = rights.licence, [_item(item) for item in rights.items]
    belief = (licence.licence, licence.confidence, licence.disagreement) if licence.licence else (None, None, None)
    return [*belief, write(rights.preferences), items or None, rights.left_out]


def _item(item: Item) -> dict[str, Any]:
    return item._asdict() | {"as_of": item.as_of or None, "detector": DETECTOR}


def with_site(values: Sequence[Any], said: Sequence[tuple[Preference, str]]) -> list[Any]:
    """Add what the site's own files say to a page's values: preferences, each with when its file was captured."""
    found = [*values]
    items = [_item(item) for preference, as_of in _grouped(said) for item in consent_items(preference, as_of)]
    found[_CONSENT] = write((*read(found[_CONSENT] or ""), *(preference for preference, _ in said)))
    found[_EVIDENCE] = [*(found[_EVIDENCE] or ()), *items] or None
    return found


def _grouped(said: Sequence[tuple[Preference, str]]) -> Iterator[tuple[list[Preference], str]]:
    for as_of, group in groupby(said, key=itemgetter(1)):
        yield [preference for preference, _ in group], as_of


def arrays(pages: Sequence[list[Any] | None], detail: Detail) -> dict[str, pa.Array]:
    """Make the columns of what `values` gave of each page; None where a page was not read."""
    return {
        name: pa.array([None if page is None else page[place] for page in pages], kind)
        for place, (name, kind, _) in enumerate(columns(detail))
    }
