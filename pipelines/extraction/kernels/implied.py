"""End tags that may be left out: which open elements a start tag ends."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.keys import key_of, slot_of_key
from pipelines.extraction.kernels.memory import COUNTED, COUNTS, HEIGHT, OPEN_COLUMNS, OPEN_TAG, STACK, memory_of
from pipelines.extraction.kernels.names import ENDS_P, FLAGS, NAMES, NUMBER, SCOPE, SPECIAL, TABLE_SCOPE

_PARAGRAPH, _ITEM, _DEFINITION, _OPTION, _GROUP, _CELL, _ROW, _ROWS, _HEADING = (1 << bit for bit in range(9))
_CAPTION, _SELECT, _BUTTON, _TABLE = (1 << bit for bit in range(9, 13))
#: of these all that are open are ended, not only the innermost
_PARTS = _CELL | _ROW | _ROWS | _CAPTION
_HEADINGS = "h1 h2 h3 h4 h5 h6"
_MEMBERS = {
    _PARAGRAPH: "p",
    _ITEM: "li",
    _DEFINITION: "dd dt",
    _OPTION: "option",
    _GROUP: "optgroup",
    _CELL: "td th",
    _ROW: "tr",
    _ROWS: "thead tbody tfoot",
    _CAPTION: "caption colgroup",
    _SELECT: "select",
    _BUTTON: "button",
    _TABLE: "table",
    _HEADING: _HEADINGS,
}
_ENDED = {
    _ITEM: "li",
    _DEFINITION: "dd dt",
    _OPTION: "option",
    _OPTION | _GROUP: "optgroup",
    _CELL | _CAPTION: "td th",
    _CELL | _ROW | _CAPTION: "tr",
    _PARTS: "thead tbody tfoot caption colgroup",
    _SELECT: "select input keygen textarea",
    _BUTTON: "button",
    _TABLE: "table",
}
_GUARDED = {_PARAGRAPH: "button", _OPTION | _GROUP: "select"}
#: special elements that guard no list items
_OPEN = "address div p"


def _by_number(sets: dict[int, str]) -> NDArray[np.int64]:
    return np.array(
        [0, *(sum(kind for kind, names in sets.items() if name in names.split()) for name in NAMES)], np.int64
    )


#: int64[elements + 1] each: what an element is; what its start tag ends; what it keeps from being ended outside of it
MEMBER, ENDED, GUARDED = _by_number(_MEMBERS), _by_number(_ENDED), _by_number(_GUARDED)
ENDED[(FLAGS & ENDS_P) > 0] |= _PARAGRAPH
GUARDED[(FLAGS & SCOPE) > 0] |= _PARAGRAPH | _OPTION | _GROUP | _SELECT | _BUTTON
GUARDED[(FLAGS & SPECIAL) > 0] |= _ITEM | _DEFINITION
GUARDED[[NUMBER[name] for name in _OPEN.split()]] &= ~(_ITEM | _DEFINITION)
GUARDED[(FLAGS & TABLE_SCOPE) > 0] |= _PARTS
GUARDED[[NUMBER[name] for name in ("td", "th", "caption", "template", "foreignobject")]] |= _TABLE
GUARDED[NUMBER["foreignobject"]] |= _PARTS
#: where it is counted how many paragraphs are open
_PARAGRAPHS = COUNTS + slot_of_key(key_of("p"), COUNTED)


@inner
def implied(page: int, tag: int) -> int:
    """Find the height of the stack down to which a start tag closes elements; the stack's own if it closes none."""
    memory = memory_of(page)
    kept, wanted = memory[HEIGHT], ENDED[tag]
    if memory[_PARAGRAPHS] == 0:
        wanted &= ~_PARAGRAPH
    for height in range(kept - 1, -1, -1):
        if not wanted:
            break
        open_tag = memory[STACK + OPEN_COLUMNS * height + OPEN_TAG]
        if MEMBER[open_tag] & wanted:
            kept = height
            wanted &= ~(MEMBER[open_tag] & ~_PARTS)
        wanted &= ~GUARDED[open_tag]
    if MEMBER[tag] & _HEADING and kept > 0 and is_heading(memory[STACK + OPEN_COLUMNS * (kept - 1) + OPEN_TAG]):
        kept -= 1
    return kept


@inlined
def is_implied(tag: int) -> bool:
    """Say whether an element ends where the one around it ends."""
    return MEMBER[tag] & (_PARAGRAPH | _ITEM | _DEFINITION | _OPTION | _GROUP) > 0


@inlined
def is_heading(tag: int) -> bool:
    """Say whether an element is one of `h1` to `h6`."""
    return MEMBER[tag] & _HEADING > 0
