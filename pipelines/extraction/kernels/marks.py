"""Notes where a page says something of itself: titles, descriptions, dates, links, licences."""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.layout import (
    MARK_ANCHOR,
    MARK_BASE,
    MARK_BLOCK,
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
from pipelines.extraction.kernels.memory import BLOCKS, MARKS, SEEN, VALUES
from pipelines.extraction.kernels.names import ATTRIBUTE, NUMBER

_HREF, _REL, _NAME, _PROPERTY, _EQUIV = (ATTRIBUTE[name] for name in ("href", "rel", "name", "property", "http-equiv"))
_CONTENT, _ITEMPROP, _DATETIME, _LANG = (ATTRIBUTE[name] for name in ("content", "itemprop", "datetime", "lang"))
_META, _LINK, _A, _BASE, _HTML, _TIME = (NUMBER[name] for name in ("meta", "link", "a", "base", "html", "time"))
#: marks that one start tag leaves, at most
MOST = 4
#: uint8[elements + 1]: what kind of mark a start tag may be
_KINDS = np.zeros(len(NUMBER) + 1, np.int64)
_KINDS[[_META, _LINK, _A, _BASE]] = MARK_META, MARK_LINK, MARK_ANCHOR, MARK_BASE
_KINDS[[_HTML, _TIME]] = MARK_LANGUAGE, MARK_TIME


@inner
def mark_tag(tag: int, memory: NDArray[np.int64], marks: NDArray[np.int32]) -> None:
    """Note what the attributes of a start tag say of the page: MOST marks, for each of its names one."""
    seen, kind = memory[SEEN], _KINDS[tag]
    itemised = (seen >> _ITEMPROP) & 1
    if kind == MARK_META:
        for name in (_PROPERTY, _NAME, _EQUIV, _ITEMPROP):
            if (seen >> name) & 1 and (seen >> _CONTENT) & 1:
                _put_attributes(kind, name, _CONTENT, memory, marks)
        return
    if kind:
        first = _REL if kind == MARK_LINK or kind == MARK_ANCHOR else 0
        second = _LANG if kind == MARK_LANGUAGE else _DATETIME if kind == MARK_TIME else _HREF
        if (seen >> second) & 1:
            _put_attributes(kind, first, second, memory, marks)
    if itemised:
        second = _HREF
        for name in (_DATETIME, _CONTENT):
            second = name if (seen >> name) & 1 else second
        _put_attributes(MARK_ITEM, _ITEMPROP, second, memory, marks)


@inner
def _put_attributes(kind: int, first: int, second: int, memory: NDArray[np.int64], marks: NDArray[np.int32]) -> None:
    """Note a mark of two attributes; one that is not there, or attribute 0, is empty."""
    first = first if (memory[SEEN] >> first) & 1 else 0
    second = second if (memory[SEEN] >> second) & 1 else 0
    put(np.int64(kind), np.int64(VALUES + 2 * first), np.int64(VALUES + 2 * second), memory, marks)


@inner
def put(kind: int, first: int, second: int, memory: NDArray[np.int64], marks: NDArray[np.int32]) -> None:
    """Note a mark whose spans are remembered at two places; those of attribute 0 are always empty."""
    number = memory[MARKS]
    memory[MARKS] += 1
    marks[number, MARK_KIND], marks[number, MARK_BLOCK] = kind, memory[BLOCKS]
    marks[number, MARK_FIRST], marks[number, MARK_FIRST_END] = memory[first], memory[first + 1]
    marks[number, MARK_SECOND], marks[number, MARK_SECOND_END] = memory[second], memory[second + 1]
