"""Names of elements and attributes, and what an element's name alone says of it.

A name is known by its key, which `keys` computes. `ELEMENTS` and `ATTRIBUTES` map keys to numbers; number 0 is every
name that is not listed.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined
from pipelines.extraction.kernels.keys import key_of, slot_of, slot_of_key

#: the element begins and ends a block of text
BREAKS = 1
#: it has no content
VOID = 2
#: what it holds is no text of the page
DROPS = 4
#: its start ends an open paragraph
ENDS_P = 8
#: an end tag does not look for its element beyond it
SCOPE = 16
#: it is kept on the stack of open elements; others only show how text looks
STACKED = 32
#: its start ends a stretch of SVG or MathML that was left open
LEAVES_FOREIGN = 64
#: the end tag of a part of a table, of a list item, of a paragraph does not look for its element beyond it
TABLE_SCOPE, LIST_SCOPE, BUTTON_SCOPE = 128, 256, 512
#: the end tag of an element that is none of the standard's special ones does not look for it beyond this one
SPECIAL = 1024

#: how the content of an element is read: as markup; as text with references; as text; as a script; as text for ever
MARKUP, RCDATA, RAWTEXT, SCRIPT, PLAINTEXT = range(5)

_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr blink marquee output meter progress slot picture"
)
_BREAKING = (
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol p pre listing section summary ul search xmp"
)
_VOID = "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
_DROPPED = (
    "script style noscript iframe template svg math title object audio video canvas select option optgroup "
    "textarea datalist noembed noframes applet map rp"
)
_SCOPES = "table td th caption template object applet marquee"
_TABLES = "table caption colgroup thead tbody tfoot tr td th"
_STACKED = "li dd dt legend button plaintext"
_OTHERS = f"{_STACKED} html head body hr frameset isindex"
#: in SVG and MathML: what they hold is HTML, `title` in SVG too
_INTEGRATING = "foreignobject desc mi mo mn ms mtext"
#: those of which an end tag finds its element within the nearest SCOPE, and beyond which others are not looked for
_IN_SCOPE = f"{_BREAKING} dd dt button select object applet marquee"
_SPECIAL = (
    f"{_IN_SCOPE} {_TABLES} {_SCOPES} {_VOID} foreignobject body frameset head html iframe li noembed noframes "
    "noscript plaintext script style template textarea title"
)
_FOREIGN_BREAKS = (
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
_RAW = {
    RCDATA: "title textarea",
    RAWTEXT: "style xmp iframe noembed noframes noscript",
    SCRIPT: "script",
    PLAINTEXT: "plaintext",
}

#: every listed element; an element's number is its place here, from 1 on
NAMES = sorted({*f"{_INLINE} {_BREAKING} {_VOID} {_DROPPED} {_SCOPES} {_TABLES} {_OTHERS} {_INTEGRATING}".split()})
NUMBER = {name: number for number, name in enumerate(NAMES, 1)}
#: attributes that somebody may ask for; a number is a place here, from 1 on
ATTRIBUTE_NAMES = (
    *("class", "id", "role", "hidden", "aria-hidden", "style", "href", "rel", "name", "property", "content"),
    *(
        "http-equiv",
        "charset",
        "lang",
        "type",
        "itemprop",
        "datetime",
        "src",
        "xml:lang",
        "resource",
        "typeof",
        "about",
        "itemtype",
    ),
)
ATTRIBUTE = {name: number for number, name in enumerate(ATTRIBUTE_NAMES, 1)}


def _flags(name: str) -> int:
    """Say what the name of an element tells of it."""
    kinds = {
        BREAKS: f"{_BREAKING} {_TABLES} {_OTHERS} br option optgroup select textarea title",
        VOID: _VOID,
        DROPS: _DROPPED,
        ENDS_P: f"{_BREAKING} hr li dd dt plaintext table",
        SCOPE: f"{_SCOPES} foreignobject",
        STACKED: f"{_BREAKING} {_DROPPED} {_TABLES} {_STACKED} {_INTEGRATING} marquee",
        TABLE_SCOPE: "table template",
        LIST_SCOPE: "ul ol",
        BUTTON_SCOPE: "button",
        SPECIAL: _SPECIAL,
        LEAVES_FOREIGN: _FOREIGN_BREAKS,
    }
    flags = sum(flag for flag, names in kinds.items() if name in names.split())
    return flags & ~STACKED if flags & VOID else flags


#: int64[elements + 1], the flags above by number; an unknown element is stacked, and breaks nothing
FLAGS = np.array([STACKED, *map(_flags, NAMES)], np.int64)


def _barrier(name: str) -> int:
    """Say beyond which elements the end tag of this one does not look for it."""
    if name in _TABLES.split():
        return TABLE_SCOPE
    if name in _IN_SCOPE.split() or name in {"p", "li"}:
        return SCOPE | {"p": BUTTON_SCOPE, "li": LIST_SCOPE}.get(name, 0)
    return 0 if name == "template" else SPECIAL


#: int64[elements + 1], flags of the elements beyond which an end tag finds nothing
BARRIERS = np.array([SPECIAL, *map(_barrier, NAMES)], np.int64)
#: uint8[elements + 1], how the content is read
CONTENT = np.array(
    [MARKUP, *(next((k for k, n in _RAW.items() if name in n.split()), MARKUP) for name in NAMES)], np.uint8
)


def table(names: dict[str, int]) -> NDArray[np.uint64]:
    """Make uint64[2^k, 2] of keys and numbers, probed onwards from its slot; key 0 ends a search."""
    slots = np.zeros((1 << (2 * len(names)).bit_length(), 2), np.uint64)
    for name, number in names.items():
        slot = slot_of_key(key_of(name), len(slots))
        while slots[slot, 0]:
            slot = (slot + 1) % len(slots)
        slots[slot] = key_of(name), number
    slots.flags.writeable = False
    return slots


ELEMENTS = table(NUMBER)
ATTRIBUTES = table(ATTRIBUTE)


@inlined
def number_of(key: np.uint64, slots: NDArray[np.uint64]) -> int | np.int64:
    """Give the number of a key in such a table; 0 if it is not there."""
    slot = slot_of(key, len(slots))
    while slots[slot, 0] != 0:
        if slots[slot, 0] == key:
            return np.int64(slots[slot, 1])
        slot = (slot + 1) & (len(slots) - 1)
    return 0
