"""The open elements of a page: which begin, which end, and what an element tells of the text in it."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels import layout
from pipelines.extraction.kernels.hints import read_hints
from pipelines.extraction.kernels.keys import slot_of
from pipelines.extraction.kernels.layout import (
    BLOCK_CONTAINER,
    BLOCK_START,
    CELL,
    CONTAINER_COLUMNS,
    DEPTH,
    HELD_BLOCKS,
    HELD_WORDS,
    HIGH,
    ITEM,
    ITEMS,
    KIND,
    KIND_ARTICLE,
    KIND_CELL,
    KIND_DROPPED,
    KIND_HIDDEN,
    KIND_ITEM,
    KIND_LIST,
    KIND_MEDIA,
    KIND_NESTED_ARTICLE,
    KIND_ORDERED,
    LOW,
    NEAREST,
    NUMBER_IN_LIST,
    OWN_HIGH,
    OWN_LOW,
    PARENT,
    ROW,
    SUM,
    TAG,
)
from pipelines.extraction.kernels.memory import (
    BITS_FOUND,
    CELLS,
    CONTAINERS,
    COUNTED,
    COUNTS,
    DEEPER,
    DEEPEST,
    FOREIGN,
    HEIGHT,
    HIGHEST,
    HOLDS_HTML,
    IN_HTML,
    IN_LINK,
    IN_MATH,
    IN_SVG,
    LINK_HEIGHT,
    LISTED_FOR,
    LOWEST,
    OPEN_COLUMNS,
    OPEN_CONTAINER,
    OPEN_FOREIGN,
    OPEN_KEY,
    OPEN_TAG,
    OUT,
    OVERFLOW,
    ROWS,
    SCRIPTLESS,
    SEEN,
    STACK,
    VALUES,
    containers_of,
    data_of,
    memory_of,
)
from pipelines.extraction.kernels.names import ATTRIBUTE, DROPS, FLAGS, NUMBER
from pipelines.extraction.kernels.text import begin_link
from pipelines.extraction.kernels.tokens import is_space, lower

#: a number of numpy's: a kernel is compiled anew for each of Python's that it is given
_NO_LINK = np.int64(0)
_ARIA, _STYLE, _CLASS, _ID, _ROLE = (ATTRIBUTE[name] for name in ("aria-hidden", "style", "class", "id", "role"))
_HIDDEN = 1 << ATTRIBUTE["hidden"]
#: attributes that may hide an element
_HIDING = _HIDDEN | 1 << _ARIA | 1 << _STYLE
#: attributes of microdata and RDFa that say what an element describes
_ITEMTYPE, _TYPEOF = ATTRIBUTE["itemtype"], ATTRIBUTE["typeof"]
_TYPES = 1 << _ITEMTYPE | 1 << _TYPEOF
_TR, _SVG, _MATH, _NOSCRIPT = NUMBER["tr"], NUMBER["svg"], NUMBER["math"], NUMBER["noscript"]
_FOREIGN_OBJECT = NUMBER["foreignobject"]
#: uint8[elements + 1], whether what it holds is HTML: the set of IN_SVG and IN_MATH in which it is so
_HOLDERS = np.zeros(len(NUMBER) + 1, np.int64)
_HOLDERS[[NUMBER[name] for name in ("foreignobject", "desc", "title")]] = 1 << IN_SVG
_HOLDERS[[NUMBER[name] for name in ("mi", "mo", "mn", "ms", "mtext")]] = 1 << IN_MATH
_KINDS = {
    layout.KIND_FOREIGN: "svg math",
    layout.KIND_PRE: "pre listing xmp plaintext",
    layout.KIND_NAVIGATION: "nav",
    layout.KIND_ASIDE: "aside",
    layout.KIND_FOOTER: "footer",
    layout.KIND_HEADER: "header hgroup",
    layout.KIND_ARTICLE: "article",
    layout.KIND_MAIN: "main",
    layout.KIND_SECTION: "section",
    layout.KIND_FORM: "form fieldset",
    layout.KIND_TABLE: "table",
    layout.KIND_LIST: "ul ol menu dir",
    layout.KIND_ORDERED: "ol",
    layout.KIND_QUOTE: "blockquote",
    layout.KIND_FIGURE: "figure figcaption caption",
    layout.KIND_HEADING: "h1 h2 h3 h4 h5 h6",
    layout.KIND_PARAGRAPH: "p",
    layout.KIND_BUTTON: "button",
    layout.KIND_DIALOG: "dialog",
    layout.KIND_DEFINITION: "dt dd",
    layout.KIND_CELL: "td th",
    layout.KIND_ITEM: "li",
    layout.KIND_ADDRESS: "address",
}


def _kinds() -> NDArray[np.int64]:
    kinds = np.zeros(len(NUMBER) + 1, np.int64)
    for kind, names in _KINDS.items():
        for name in names.split():
            kinds[NUMBER[name]] |= kind
    kinds[1:][(FLAGS[1:] & DROPS) > 0] |= KIND_DROPPED
    kinds.flags.writeable = False
    return kinds


#: int64[elements + 1], the KIND_ bits of an element by its number
KINDS = _kinds()


@inner
def holds(data: NDArray[np.uint8], at: int, end: int, wanted: bytes) -> bool:
    """Say whether data[at:end] holds a lower-case text, whatever its own case, white space apart."""
    for first in range(at, end):
        place, i = 0, first
        while i < end and place < len(wanted):
            if lower(data[i]) == wanted[place]:
                place += 1
            elif place == 0 or not is_space(data[i]):
                break
            i += 1
        if place == len(wanted):
            return True
    return False


@inner
def is_hidden(page: int) -> bool:
    """Say whether a start tag hides its element: `hidden`, `aria-hidden`, or its style."""
    memory, data = memory_of(page), data_of(page)
    seen = memory[SEEN]
    if seen & _HIDDEN:
        return True
    if (seen >> _ARIA) & 1 and holds(data, memory[VALUES + 2 * _ARIA], memory[VALUES + 2 * _ARIA + 1], b"true"):
        return True
    if (seen >> _STYLE) & 1:
        start, end = memory[VALUES + 2 * _STYLE], memory[VALUES + 2 * _STYLE + 1]
        return holds(data, start, end, b"display:none") or holds(data, start, end, b"visibility:hidden")
    return False


@inner
def is_medium(page: int) -> bool:
    """Say whether an element describes a picture, a sound or a video, by schema.org's types or Dublin Core's."""
    memory, data = memory_of(page), data_of(page)
    name = _ITEMTYPE if (memory[SEEN] >> _ITEMTYPE) & 1 else _TYPEOF
    start, end = memory[VALUES + 2 * name], memory[VALUES + 2 * name + 1]
    return (
        holds(data, start, end, b"imageobject")
        or holds(data, start, end, b"videoobject")
        or holds(data, start, end, b"audioobject")
        or holds(data, start, end, b"mediaobject")
        or holds(data, start, end, b"photograph")
        or holds(data, start, end, b"musicrecording")
        or holds(data, start, end, b"stillimage")
        or holds(data, start, end, b"movingimage")
    )


@inner
def push(page: int, key: np.uint64, tag: int) -> None:
    """Open an element: put it on the stack, and begin its container."""
    memory, containers = memory_of(page), containers_of(page)
    height = memory[HEIGHT]
    if height >= DEEPEST:
        memory[OVERFLOW] += 1
        memory[DEEPER + slot_of(key, COUNTED)] += 1
        return
    number = memory[CONTAINERS]
    memory[CONTAINERS] += 1
    parent = memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_CONTAINER] if height else 0
    for column in range(OWN_LOW):
        containers[number, column] = containers[parent, column]
    for column in range(HELD_WORDS, CONTAINER_COLUMNS):
        containers[number, column] = 0
    memory[LOWEST] = memory[HIGHEST] = memory[BITS_FOUND] = 0
    memory[LISTED_FOR] = number
    for name in (_CLASS, _ID, _ROLE):
        if (memory[SEEN] >> name) & 1:
            read_hints(page, memory[VALUES + 2 * name], memory[VALUES + 2 * name + 1])
    own, kind = KINDS[tag] | memory[BITS_FOUND], np.int64(containers[parent, KIND])
    if tag == _NOSCRIPT and memory[SCRIPTLESS]:
        own &= ~KIND_DROPPED
    if memory[SEEN] & _HIDING and is_hidden(page):
        own |= KIND_HIDDEN
    if memory[SEEN] & _TYPES and is_medium(page):
        own |= KIND_MEDIA
    if own & KIND_ARTICLE and kind & KIND_ARTICLE:
        own |= KIND_NESTED_ARTICLE
    if own & KIND_LIST:
        kind &= ~KIND_ORDERED
    containers[number, PARENT], containers[number, TAG], containers[number, DEPTH], containers[number, KIND] = (
        parent,
        tag,
        containers[parent, DEPTH] + 1,
        (kind & ~NEAREST) | own,
    )
    low, high = memory[LOWEST], memory[HIGHEST]
    containers[number, OWN_LOW], containers[number, OWN_HIGH], containers[number, SUM] = (
        low,
        high,
        containers[parent, SUM] + low + high,
    )
    containers[number, LOW], containers[number, HIGH] = (
        min(containers[parent, LOW], low),
        max(containers[parent, HIGH], high),
    )
    if tag == _TR:
        memory[ROWS] += 1
        containers[number, ROW] = memory[ROWS]
    if own & KIND_CELL:
        memory[CELLS] += 1
        containers[number, CELL] = memory[CELLS]
    if own & KIND_ITEM:
        containers[parent, ITEMS] += 1
        containers[number, ITEM] = number
        containers[number, NUMBER_IN_LIST] = containers[parent, ITEMS] if containers[parent, KIND] & KIND_ORDERED else 0
    place = STACK + OPEN_COLUMNS * height
    memory[FOREIGN] = _foreign(tag, memory[FOREIGN])
    known = tag if memory[FOREIGN] == IN_HTML and tag != _FOREIGN_OBJECT else 0
    memory[place + OPEN_KEY], memory[place + OPEN_CONTAINER] = np.int64(key), number
    memory[place + OPEN_TAG] = _FOREIGN_OBJECT if memory[FOREIGN] == HOLDS_HTML else known
    memory[place + OPEN_FOREIGN] = memory[FOREIGN]
    memory[HEIGHT] += 1
    memory[COUNTS + slot_of(key, COUNTED)] += 1


@inlined
def is_foreign(page: int) -> bool:
    """Say whether what comes is read as SVG or MathML."""
    foreign = memory_of(page)[FOREIGN]
    return foreign == IN_SVG or foreign == IN_MATH


@inner
def _foreign(tag: int, around: int) -> int:
    """Say whether an element is of HTML, SVG or MathML, or holds HTML in one of these, by what is around it."""
    if around == IN_SVG or around == IN_MATH:
        return HOLDS_HTML if (_HOLDERS[tag] >> around) & 1 else IN_SVG if tag == _SVG else around
    return IN_SVG if tag == _SVG else IN_MATH if tag == _MATH else IN_HTML


@inner
def pop(page: int, height: int) -> None:
    """Close the open elements above a height; each adds what it holds to the one around it."""
    memory, containers = memory_of(page), containers_of(page)
    if memory[HEIGHT] <= height:
        return
    while memory[HEIGHT] > height:
        memory[HEIGHT] -= 1
        place = STACK + OPEN_COLUMNS * memory[HEIGHT]
        number = memory[place + OPEN_CONTAINER]
        memory[COUNTS + slot_of(np.uint64(memory[place + OPEN_KEY]), COUNTED)] -= 1
        parent = containers[number, PARENT]
        if memory[BLOCK_CONTAINER] == number and memory[OUT] > memory[BLOCK_START]:
            memory[BLOCK_CONTAINER] = parent
        for column in range(HELD_WORDS, HELD_BLOCKS + 1):
            containers[parent, column] += containers[number, column]
    memory[FOREIGN] = memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_FOREIGN] if height > 0 else 0
    if memory[IN_LINK] and height < memory[LINK_HEIGHT]:
        begin_link(page, _NO_LINK)
    if memory[OVERFLOW] > 0:
        memory[OVERFLOW] = 0
        for slot in range(DEEPER, DEEPER + COUNTED):
            memory[slot] = 0


@inner
def height_of(page: int, key: np.uint64, barrier: int) -> int:
    """Find an open element by the key of its name, from the inside; -1 if there is none before the barrier.

    The barrier is a set of flags of elements beyond which nothing is looked for.
    """
    memory, wanted = memory_of(page), np.int64(key)
    if memory[COUNTS + slot_of(key, COUNTED)] == 0:
        return -1
    for height in range(memory[HEIGHT] - 1, -1, -1):
        place = STACK + OPEN_COLUMNS * height
        if memory[place + OPEN_KEY] == wanted:
            return height
        if FLAGS[memory[place + OPEN_TAG]] & barrier:
            return -1
    return -1
