"""Notes where a page says something of itself: titles, descriptions, dates, links, licences."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.keys import lowered
from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_BADGE,
    MARK_BASE,
    MARK_BLOCK,
    MARK_CONTAINER,
    MARK_FIRST,
    MARK_FIRST_END,
    MARK_ITEM,
    MARK_KIND,
    MARK_LANGUAGE,
    MARK_LINK,
    MARK_META,
    MARK_SECOND,
    MARK_SECOND_END,
    MARK_TIME,
)
from pipelines.extraction.kernels.memory import (
    BLOCKS,
    HEIGHT,
    MARKS,
    OPEN_COLUMNS,
    OPEN_CONTAINER,
    SEEN,
    STACK,
    VALUES,
    data_of,
    marks_of,
    memory_of,
)
from pipelines.extraction.kernels.names import ATTRIBUTE, NUMBER

_HREF, _REL, _NAME, _PROPERTY, _EQUIV = (ATTRIBUTE[name] for name in ("href", "rel", "name", "property", "http-equiv"))
_CONTENT, _ITEMPROP, _DATETIME, _LANG = (ATTRIBUTE[name] for name in ("content", "itemprop", "datetime", "lang"))
_SRC, _RESOURCE = ATTRIBUTE["src"], ATTRIBUTE["resource"]
_META, _LINK, _A, _BASE, _HTML, _TIME = (NUMBER[name] for name in ("meta", "link", "a", "base", "html", "time"))
#: marks that one start tag leaves, at most
MOST = 4
#: uint8[elements + 1]: what kind of mark a start tag may be
_KINDS = np.zeros(len(NUMBER) + 1, np.int64)
_KINDS[[_META, _LINK, _A, _BASE]] = MARK_META, MARK_LINK, MARK_ANCHOR, MARK_BASE
_KINDS[[_HTML, _TIME, NUMBER["img"]]] = MARK_LANGUAGE, MARK_TIME, MARK_BADGE
# Hosts of badges: creativecommons.org, licensebuttons.net, by their first eight bytes.
_CREATIVE, _LICENSEB = (np.uint64(int.from_bytes(name, "little")) for name in (b"creative", b"licenseb"))
#: bytes of an address within which its host begins, behind `//`
_HEAD = 24
_SLASH = 0x2F


@inner
def mark_tag(page: int, tag: int) -> None:
    """Note what the attributes of a start tag say of the page: MOST marks, for each of its names one."""
    seen, kind = memory_of(page)[SEEN], _KINDS[tag]
    itemised = (seen >> _ITEMPROP) & 1
    if kind == MARK_BADGE:
        if (seen >> _SRC) & 1 and _is_badge(
            data_of(page), memory_of(page)[VALUES + 2 * _SRC], memory_of(page)[VALUES + 2 * _SRC + 1]
        ):
            _put_attributes(page, kind, 0, _SRC)
        kind = 0
    if kind == MARK_META:
        for name in (_PROPERTY, _NAME, _EQUIV, _ITEMPROP):
            if (seen >> name) & 1 and (seen >> _CONTENT) & 1:
                _put_attributes(page, kind, name, _CONTENT)
        return
    if kind:
        first = _REL if kind == MARK_LINK or kind == MARK_ANCHOR else 0
        second = _LANG if kind == MARK_LANGUAGE else _DATETIME if kind == MARK_TIME else _HREF
        if (seen >> second) & 1:
            _put_attributes(page, kind, first, second)
    # Microdata, or RDFa.
    if itemised or (seen >> _PROPERTY) & 1:
        second = _HREF
        for name in (_RESOURCE, _DATETIME, _CONTENT):
            second = name if (seen >> name) & 1 else second
        _put_attributes(page, MARK_ITEM, _ITEMPROP if itemised else _PROPERTY, second)


@inner
def _is_badge(data: NDArray[np.uint8], at: int, end: int) -> bool:
    """Say whether an image's address leads to where Creative Commons has its licences' badges."""
    while at < end and data[at] <= 32:
        at += 1
    inside = False
    for i in range(at, min(at + _HEAD, end - 8)):
        inside |= data[i] == _SLASH and data[i + 1] == _SLASH
        if inside:
            word = lowered(data, i, end)
            if word == _CREATIVE or word == _LICENSEB:
                return True
    return False


@inner
def _put_attributes(page: int, kind: int, first: int, second: int) -> None:
    """Note a mark of two attributes; one that is not there, or attribute 0, is empty."""
    memory = memory_of(page)
    first = first if (memory[SEEN] >> first) & 1 else 0
    second = second if (memory[SEEN] >> second) & 1 else 0
    put(page, np.int64(kind), np.int64(VALUES + 2 * first), np.int64(VALUES + 2 * second))


@inner
def put(page: int, kind: int, first: int, second: int) -> None:
    """Note a mark whose spans are remembered at two places; those of attribute 0 are always empty."""
    memory, marks = memory_of(page), marks_of(page)
    number = memory[MARKS]
    memory[MARKS] += 1
    height = memory[HEIGHT]
    marks[number, MARK_KIND], marks[number, MARK_BLOCK] = kind, memory[BLOCKS]
    marks[number, MARK_CONTAINER] = memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_CONTAINER] if height else 0
    marks[number, MARK_FIRST], marks[number, MARK_FIRST_END] = memory[first], memory[first + 1]
    marks[number, MARK_SECOND], marks[number, MARK_SECOND_END] = memory[second], memory[second + 1]
