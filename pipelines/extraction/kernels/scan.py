"""Scans a page once: from bytes to blocks of text, with what is around them. No tree is built.

A bounded stack holds the open elements. End tags that were left out are added where the standard says so, as far as
it matters to what is around a text; what it does to misnested formatting is left out, for it changes no text.
"""

import numpy as np

from filters.kernels.compiled import inlined, inner
from pipelines.extraction.kernels.blocks import add_text, breaks_block, finish
from pipelines.extraction.kernels.elements import holds, is_foreign, pop, push
from pipelines.extraction.kernels.ends import below_foreign, end_tag
from pipelines.extraction.kernels.implied import implied
from pipelines.extraction.kernels.layout import (
    BLOCK_INLINE,
    BLOCK_LINKS,
    CONTAINER_COLUMNS,
    MARK_JSON_LD,
    MARK_RSL,
    MARK_TITLE,
)
from pipelines.extraction.kernels.marks import MOST, mark_tag, put
from pipelines.extraction.kernels.memory import (
    BLOCK_ROWS,
    BLOCKS,
    CONTAINERS,
    FOREIGN,
    HANDED,
    HEIGHT,
    IN_LINK,
    LINK_HEIGHT,
    LITERAL,
    MARKS,
    OVERFLOW,
    SCRIPTLESS,
    SEEN,
    SKIP_FEED,
    VALUES,
    containers_of,
    data_of,
    elements_of,
    memory_of,
)
from pipelines.extraction.kernels.names import (
    ATTRIBUTE,
    BREAKS,
    CONTENT,
    FLAGS,
    LEAVES_FOREIGN,
    MARKUP,
    NUMBER,
    PLAINTEXT,
    STACKED,
    number_of,
)
from pipelines.extraction.kernels.text import begin_link
from pipelines.extraction.kernels.tokens import SELF_CLOSING, find, is_letter, past_markup, raw_text_end, read_tag

#: what a scan says when it is done
DONE, NO_ROOM = 0, 1
_A, _BR, _SVG, _MATH, _TITLE, _XMP = (NUMBER[name] for name in ("a", "br", "svg", "math", "title", "xmp"))
_PRE, _LISTING, _SCRIPT, _SELECT = (NUMBER[name] for name in ("pre", "listing", "script", "select"))
_NOSCRIPT = NUMBER["noscript"]
_HREF, _TYPE = ATTRIBUTE["href"], ATTRIBUTE["type"]
#: numbers of numpy's where kernels are given them: for each of Python's a kernel would be compiled anew
_BANG, _SLASH, _QUESTION, _LESS, _NONE = 33, 47, 63, np.int64(60), np.int64(0)
_TITLE_MARK, _JSON_LD_MARK, _RSL_MARK = np.int64(MARK_TITLE), np.int64(MARK_JSON_LD), np.int64(MARK_RSL)
_NO_MARK = np.int64(0)
_FIRST, _SECOND = np.int64(VALUES), np.int64(VALUES + 2)


@inner
def scan(page: int, end: int) -> int:
    """Read the page data[:end], UTF-8; gives DONE, or NO_ROOM where one of the tables is too small for it.

    `page` is the address of the memory, which holds those of all that is read and written (see `memory`).
    """
    data, memory, elements = data_of(page), memory_of(page), elements_of(page)
    _begin(page)
    rows = memory[BLOCK_ROWS + 1] - MOST - 1
    at = np.int64(0)
    while at < end:
        less = find(data, at, end, _LESS)
        byte = data[less + 1] if less + 1 < end else np.uint8(0)
        tag_at = less + 1 if is_letter(byte) else less + 2 if byte == _SLASH else end
        is_tag = tag_at < end and is_letter(data[tag_at])
        is_markup = (not is_tag and tag_at < end) or byte == _BANG or byte == _QUESTION
        # A `<` that begins nothing is text.
        text_end = less if is_tag or is_markup else min(less + 1, end)
        if text_end > at:
            add_text(page, at, text_end)
            at = text_end
        if is_markup:
            memory[SKIP_FEED] = 0
            at, first, last = past_markup(data, less, end, memory[FOREIGN] > 0)
            if last > first:
                add_text(page, first, last)
        if not is_tag:
            continue
        if memory[BLOCKS] > rows or memory[CONTAINERS] > rows or memory[MARKS] > rows:
            return NO_ROOM
        at, name_end, key, closing = read_tag(page, tag_at, end)
        if at < 0:
            break
        tag = number_of(key, elements)
        memory[SKIP_FEED] = 0
        if tag_at > less + 1:
            end_tag(page, key, tag, less)
            continue
        if FLAGS[tag] & LEAVES_FOREIGN and is_foreign(page):
            pop(page, below_foreign(page))
        in_html = not is_foreign(page)
        if in_html:
            if memory[SEEN]:
                mark_tag(page, tag)
            if FLAGS[tag] & BREAKS and (tag != _BR or breaks_block(page)):
                finish(page, less)
        raw = in_html and CONTENT[tag] != MARKUP and not (tag == _NOSCRIPT and memory[SCRIPTLESS])
        if _begins(page, tag, closing, raw):
            push(page, key, tag)
            memory[SKIP_FEED] = in_html and (tag == _PRE or tag == _LISTING)
        if raw:
            at = _past_raw(page, tag, at, end, less + 1, name_end)
    finish(page, end)
    pop(page, _NONE)
    return DONE


@inlined
def _begin(page: int) -> None:
    """Forget the page before, and begin the container of the whole page."""
    memory, containers = memory_of(page), containers_of(page)
    for place in range(HANDED):
        memory[place] = 0
    for column in range(CONTAINER_COLUMNS):
        containers[0, column] = 0
    memory[CONTAINERS] = 1


@inner
def _past_raw(page: int, tag: int, at: int, end: int, name: int, name_end: int) -> int:
    """Read the content of an element that holds no markup; say where it ends."""
    data, memory, first = data_of(page), memory_of(page), at
    at = end
    if CONTENT[tag] != PLAINTEXT:
        at = raw_text_end(data, first, end, name, name_end, CONTENT[tag])
    if tag == _XMP or CONTENT[tag] == PLAINTEXT:
        memory[LITERAL] = 1
        add_text(page, first, at)
        memory[LITERAL] = 0
    elif tag == _TITLE or tag == _SCRIPT:
        kind = _TITLE_MARK if tag == _TITLE else _kind_of_script(page)
        if kind:
            memory[VALUES], memory[VALUES + 1] = first, at
            put(page, kind, _FIRST, _SECOND)
            memory[VALUES] = memory[VALUES + 1] = 0
    return at


@inner
def _begins(page: int, tag: int, closing: int, raw: bool) -> bool:
    """End what a start tag ends, note links and formatting; say whether its element is one to be remembered."""
    memory = memory_of(page)
    flags, foreign, height = FLAGS[tag], is_foreign(page), memory[HEIGHT]
    if tag == _A and not foreign:
        begin_link(page, (memory[SEEN] >> _HREF) & 1)
        memory[LINK_HEIGHT] = height
        memory[BLOCK_LINKS] += memory[IN_LINK]
    elif not flags & BREAKS:
        memory[BLOCK_INLINE] += 1
    if not foreign and memory[OVERFLOW] == 0:
        pop(page, implied(page, tag))
    if closing == SELF_CLOSING and (foreign or tag == _SVG or tag == _MATH):
        return False
    # A `select` in another ends it, and is none.
    again = tag == _SELECT and memory[HEIGHT] < height
    return flags & STACKED > 0 and not again and (not raw or tag == _XMP or CONTENT[tag] == PLAINTEXT)


@inner
def _kind_of_script(page: int) -> int | np.int64:
    """Give the mark that a script leaves: of JSON-LD, of an RSL document; 0 for programs."""
    memory, data = memory_of(page), data_of(page)
    first, end = memory[VALUES + 2 * _TYPE], memory[VALUES + 2 * _TYPE + 1]
    if not (memory[SEEN] >> _TYPE) & 1:
        return _NO_MARK
    if holds(data, first, end, b"application/ld+json"):
        return _JSON_LD_MARK
    return _RSL_MARK if holds(data, first, end, b"application/rsl+xml") else _NO_MARK
