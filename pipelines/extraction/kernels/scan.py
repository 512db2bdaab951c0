"""Scans a page once: from bytes to blocks of text, with what is around them. No tree is built.

A bounded stack holds the open elements. End tags that were left out are added where the standard says so, as far as
it matters to what is around a text; what it does to misnested formatting is left out, for it changes no text.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.blocks import add_text, breaks_block, finish
from pipelines.extraction.kernels.elements import holds, is_foreign, pop, push
from pipelines.extraction.kernels.ends import below_foreign, end_tag
from pipelines.extraction.kernels.implied import implied
from pipelines.extraction.kernels.layout import BLOCK_INLINE, BLOCK_LINKS, MARK_JSON_LD, MARK_TITLE
from pipelines.extraction.kernels.marks import MOST, mark_tag, put
from pipelines.extraction.kernels.memory import (
    BLOCKS,
    CONTAINERS,
    FOREIGN,
    HEIGHT,
    IN_LINK,
    LINK_HEIGHT,
    LITERAL,
    MARKS,
    OVERFLOW,
    SEEN,
    SKIP_FEED,
    VALUES,
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
from pipelines.extraction.kernels.references import Names
from pipelines.extraction.kernels.text import begin_link
from pipelines.extraction.kernels.tokens import SELF_CLOSING, find, is_letter, past_markup, raw_text_end, read_tag

#: what a scan says when it is done
DONE, NO_ROOM = 0, 1
_A, _BR, _SVG, _MATH, _TITLE, _XMP = (NUMBER[name] for name in ("a", "br", "svg", "math", "title", "xmp"))
_PRE, _LISTING, _SCRIPT, _SELECT = (NUMBER[name] for name in ("pre", "listing", "script", "select"))
_HREF, _TYPE = ATTRIBUTE["href"], ATTRIBUTE["type"]
#: numbers of numpy's where kernels are given them: for each of Python's a kernel would be compiled anew
_BANG, _SLASH, _QUESTION, _LESS, _NONE = 33, 47, 63, np.int64(60), np.int64(0)
_TITLE_MARK, _JSON_LD_MARK = np.int64(MARK_TITLE), np.int64(MARK_JSON_LD)
_FIRST, _SECOND = np.int64(VALUES), np.int64(VALUES + 2)


class Tables(NamedTuple):
    """What scans only read."""

    #: uint64[SLOTS, 2] each, of `names`
    elements: NDArray[np.uint64]
    attributes: NDArray[np.uint64]
    #: uint64[2^k, 2]: key of a hint; its weight + BIAS, and its KIND_ bits shifted by BITS
    hints: NDArray[np.uint64]
    #: uint64[2^k]: keys of words that are frequent in some language
    frequent: NDArray[np.uint64]
    references: Names


class Work(NamedTuple):
    """What scans write."""

    #: uint8: the text of all blocks
    out: NDArray[np.uint8]
    #: int32[n, BLOCK_COLUMNS], int32[n, CONTAINER_COLUMNS], int32[n, MARK_COLUMNS]
    blocks: NDArray[np.int32]
    containers: NDArray[np.int32]
    marks: NDArray[np.int32]
    #: int64[SIZE], see `memory`
    memory: NDArray[np.int64]
    #: uint8[SCRATCH]
    scratch: NDArray[np.uint8]
    #: uint64[n, 2]: containers and the keys of their names, where somebody learns from them; else empty
    listed: NDArray[np.uint64]


@inner
def scan(data: NDArray[np.uint8], end: int, tables: Tables, work: Work) -> int:
    """Read the page data[:end], UTF-8; gives DONE, or NO_ROOM where one of the tables is too small for it."""
    elements, attributes, hints, frequent, references = tables
    out, blocks, containers, marks, memory, scratch, listed = work
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
            add_text(data, at, text_end, memory, containers, out, frequent, references, scratch)
            at = text_end
        if is_markup:
            memory[SKIP_FEED] = 0
            at, first, last = past_markup(data, less, end, memory[FOREIGN] > 0)
            if last > first:
                add_text(data, first, last, memory, containers, out, frequent, references, scratch)
        if not is_tag:
            continue
        if (
            memory[BLOCKS] + 2 > len(blocks)
            or memory[CONTAINERS] + 2 > len(containers)
            or memory[MARKS] + MOST + 1 > len(marks)
        ):
            return NO_ROOM
        at, name_end, key, closing = read_tag(data, tag_at, end, memory, attributes)
        if at < 0:
            break
        tag = number_of(key, elements)
        memory[SKIP_FEED] = 0
        if tag_at > less + 1:
            end_tag(key, tag, less, memory, blocks, containers, out, frequent)
            continue
        if FLAGS[tag] & LEAVES_FOREIGN and is_foreign(memory):
            pop(below_foreign(memory), memory, containers)
        in_html = not is_foreign(memory)
        if in_html:
            mark_tag(tag, memory, marks)
            if FLAGS[tag] & BREAKS and (tag != _BR or breaks_block(memory, out, frequent)):
                finish(less, memory, blocks, containers, out, frequent)
        raw = in_html and CONTENT[tag] != MARKUP
        if _begins(tag, closing, raw, memory, containers):
            push(data, key, tag, memory, containers, hints, listed)
            memory[SKIP_FEED] = in_html and (tag == _PRE or tag == _LISTING)
        if raw:
            first, at = at, end
            if CONTENT[tag] != PLAINTEXT:
                at = raw_text_end(data, first, end, less + 1, name_end, CONTENT[tag])
            if tag == _XMP or CONTENT[tag] == PLAINTEXT:
                memory[LITERAL] = 1
                add_text(data, first, at, memory, containers, out, frequent, references, scratch)
                memory[LITERAL] = 0
            elif tag == _TITLE or (tag == _SCRIPT and _is_json_ld(data, memory)):
                memory[VALUES], memory[VALUES + 1] = first, at
                put(_TITLE_MARK if tag == _TITLE else _JSON_LD_MARK, _FIRST, _SECOND, memory, marks)
                memory[VALUES] = memory[VALUES + 1] = 0
    finish(end, memory, blocks, containers, out, frequent)
    pop(_NONE, memory, containers)
    return DONE


@inner
def _begins(tag: int, closing: int, raw: bool, memory: NDArray[np.int64], containers: NDArray[np.int32]) -> bool:
    """End what a start tag ends, note links and formatting; say whether its element is one to be remembered."""
    flags, foreign, height = FLAGS[tag], is_foreign(memory), memory[HEIGHT]
    if tag == _A and not foreign:
        begin_link(memory, (memory[SEEN] >> _HREF) & 1)
        memory[LINK_HEIGHT] = height
        memory[BLOCK_LINKS] += memory[IN_LINK]
    elif not flags & BREAKS:
        memory[BLOCK_INLINE] += 1
    if not foreign and memory[OVERFLOW] == 0:
        pop(implied(tag, memory), memory, containers)
    if closing == SELF_CLOSING and (foreign or tag == _SVG or tag == _MATH):
        return False
    # A `select` in another ends it, and is none.
    again = tag == _SELECT and memory[HEIGHT] < height
    return flags & STACKED > 0 and not again and (not raw or tag == _XMP or CONTENT[tag] == PLAINTEXT)


@inner
def _is_json_ld(data: NDArray[np.uint8], memory: NDArray[np.int64]) -> bool:
    if not (memory[SEEN] >> _TYPE) & 1:
        return False
    return holds(data, memory[VALUES + 2 * _TYPE], memory[VALUES + 2 * _TYPE + 1], b"application/ld+json")
