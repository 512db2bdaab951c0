"""Evidence: what a page or its site says of its rights, with its surroundings; and what each statement is worth."""

from typing import Literal, NamedTuple

#: of what is in this package; a change of what it finds or how it weighs is a new version
DETECTOR = "1"
#: a licence; all rights reserved, or a notice of copyright; what may be done with the page
Kind = Literal["licence", "reserved", "consent"]
#: what is spoken of: the page's own content, all of its site, something shown or named on it
Scope = Literal["page", "site", "embedded", "unknown"]
#: where it is said: in a header, a file of the site's, an element of the head, JSON-LD, microdata or RDFa, an anchor
#: with a relation, another anchor, plain text
Location = Literal["header", "file", "link", "meta", "json-ld", "item", "rel", "anchor", "text"]
#: what a statement stands in; `end`: behind nearly all text
Around = Literal[
    "footer", "figure", "comments", "navigation", "aside", "card", "hidden", "end", "site", "media", "node"
]


class Statement(NamedTuple):
    """What is said, with its surroundings, not judged."""

    location: Location
    #: a header, a relation, a name of a meta or item, a key of JSON-LD; empty for bare links and text
    name: str
    #: an address or words
    value: str
    #: the text of its block before and after it
    before: str = ""
    after: str = ""
    around: frozenset[Around] = frozenset()


class Item(NamedTuple):
    """One item of evidence."""

    kind: Kind
    location: Location
    name: str
    #: as it stands, at most `raw.RAW_BYTES`
    raw: str
    #: an SPDX identifier or one of ours; for consent, what is said of what, as `train_ai=deny`
    parsed: str
    scope: Scope
    #: from 0 to 1: how likely it speaks of what `scope` says
    confidence: float
    #: of a file of the site's: when it was captured, as ISO 8601; empty where it is said when the page was
    as_of: str = ""
