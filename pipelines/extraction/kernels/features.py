"""Measures each block of a page for its judge: what it is, what it lies in, and what stands beside it.

One row for each feature and one column for each block, so that a tree is asked about many blocks at once.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.layout import (
    BLOCK_BREAKS,
    BLOCK_CHARACTERS,
    BLOCK_COMMAS,
    BLOCK_CONTAINER,
    BLOCK_DIGITS,
    BLOCK_END,
    BLOCK_FREQUENT,
    BLOCK_INLINE,
    BLOCK_KIND,
    BLOCK_LINK_CHARACTERS,
    BLOCK_LINK_WORDS,
    BLOCK_LINKS,
    BLOCK_SIGNS,
    BLOCK_START,
    BLOCK_STOPS,
    BLOCK_UPPER,
    BLOCK_WORDS,
    DEPTH,
    HELD_BLOCKS,
    HELD_FREQUENT,
    HELD_LINK_WORDS,
    HELD_PARAGRAPH_WORDS,
    HELD_STOPS,
    HELD_WORDS,
    HIGH,
    ITEMS,
    KIND,
    KIND_ARTICLE,
    KIND_HEADING,
    KIND_MAIN,
    LOW,
    OWN_HIGH,
    OWN_LOW,
    PARENT,
    SUM,
    TAG,
)

#: of the block itself
OWN = (
    *("words", "characters", "link share", "links", "word length", "capitals", "digits", "full stops", "commas"),
    *("signs", "frequent words", "line breaks", "inline elements", "ends as a sentence", "begins as a sentence"),
    *("heading level", "stops per word"),
)
#: bits of what is around it, one feature each, from KIND_HIDDEN on
KINDS = (
    *("hidden", "foreign", "pre", "navigation", "aside", "footer", "header", "article", "main", "section", "form"),
    *("table", "list", "quote", "figure", "heading", "paragraph", "button", "comments", "dialog", "definition", "cell"),
    *("item", "address", "ordered", "nested article"),
)
#: of the elements around it: the innermost, its parent, and so on
LEVELS = 4
LEVEL = (
    "words",
    "link share",
    "share in paragraphs",
    "frequent words",
    "stops",
    "blocks",
    "items",
    "low",
    "high",
    "share",
)
AROUND = ("depth", "lowest hint", "highest hint", "sum of hints")
#: how the block lies to the element that looks most like an article
BEST = ("in best", "blocks before best", "blocks after best", "words of best", "share of best", "best link share")
PAGE = (
    *("words of page", "link share of page", "blocks of page", "share of page in paragraphs", "frequent words of page"),
    *("has article", "has main", "place", "words before", "after first heading", "blocks since heading"),
)
#: blocks before and behind
NEAR = (-3, -2, -1, 1, 2, 3)
NEIGHBOUR = ("words", "link share", "stops", "same container", "heading", "high")
WINDOW = (
    "words of near text",
    "link words nearby",
    "blocks since text",
    "blocks until text",
    "words of text before",
    "words of text behind",
)
#: what each row is
FEATURES = (
    *OWN,
    *(f"in {name}" for name in KINDS),
    *(f"{name} of level {level}" for level in range(LEVELS) for name in LEVEL),
    *AROUND,
    *BEST,
    *PAGE,
    *(f"{name} of {place:+d}" for place in NEAR for name in NEIGHBOUR),
    *WINDOW,
)
_OWN, _KINDS, _LEVEL, _NEIGHBOUR = len(OWN), len(KINDS), len(LEVEL), len(NEIGHBOUR)
#: rows: where each part begins, and those that others are made of
_LEVELS_AT = np.int64(_OWN + _KINDS)
_BEST_AT = _LEVELS_AT + LEVELS * _LEVEL + len(AROUND)
_PAGE_AT = _BEST_AT + len(BEST)
_NEAR_AT = _PAGE_AT + len(PAGE)
_WINDOW_AT = _NEAR_AT + len(NEAR) * _NEIGHBOUR
_WORDS, _STOPS, _HEADING_LEVEL, _IN_HEADING, _SUMS = (
    np.int64(FEATURES.index(name)) for name in ("words", "full stops", "heading level", "in heading", "sum of hints")
)
#: a block of so many words, and few of them in links, is text
_TEXT_WORDS = 12
#: score, first and last block, and where the features of a level begin
SCORE, FIRST_BLOCK, LAST_BLOCK, LEVELLED = range(4)
#: columns of what is worked out of containers: these, and the features of a level
WEIGHTS = LEVELLED + len(LEVEL)
_NEAR = np.array(NEAR, np.int64)


@inner
def weigh(blocks: NDArray[np.int32], containers: NDArray[np.int32], weights: NDArray[np.float32]) -> int:
    """Find the container that looks most like an article: paragraphs speak for their parents, and half for the next.

    `weights` (float32[n, WEIGHTS]) gets each container's score, and its first and last block.
    """
    count = len(containers)
    for c in range(count):
        weights[c, SCORE] = 0
        weights[c, FIRST_BLOCK], weights[c, LAST_BLOCK] = 1 << 24, -1
    for b in range(len(blocks)):
        words, links, holder = blocks[b, BLOCK_WORDS], blocks[b, BLOCK_LINK_WORDS], blocks[b, BLOCK_CONTAINER]
        weights[holder, FIRST_BLOCK] = min(weights[holder, FIRST_BLOCK], np.float32(b))
        weights[holder, LAST_BLOCK] = max(weights[holder, LAST_BLOCK], np.float32(b))
        if words - links >= _TEXT_WORDS and 3 * links < words:
            parent = containers[holder, PARENT]
            text = np.float32(words - links)
            weights[holder, SCORE] += text / 4
            weights[parent, SCORE] += text
            weights[containers[parent, PARENT], SCORE] += text / 2
    best = 0
    for c in range(count - 1, 0, -1):
        parent = containers[c, PARENT]
        weights[parent, FIRST_BLOCK] = min(weights[parent, FIRST_BLOCK], weights[c, FIRST_BLOCK])
        weights[parent, LAST_BLOCK] = max(weights[parent, LAST_BLOCK], weights[c, LAST_BLOCK])
        held = max(containers[c, HELD_WORDS], 1)
        weights[c, SCORE] *= np.float32(1) - np.float32(containers[c, HELD_LINK_WORDS]) / np.float32(held)
        if weights[c, SCORE] >= weights[best, SCORE]:
            best = c
    return best


@inner
def measure(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    text: NDArray[np.uint8],
    headings: NDArray[np.int64],
    weights: NDArray[np.float32],
    found: NDArray[np.float32],
) -> None:
    """Measure all blocks; `found` is float32[features, blocks or more], `headings` a heading's level by its number."""
    best = weigh(blocks, containers, weights)
    _describe(containers, max(containers[0, HELD_WORDS], 1), weights)
    _own(blocks, containers, text, headings, found)
    for bit in range(_KINDS):
        for b in range(len(blocks)):
            found[_OWN + bit, b] = (blocks[b, BLOCK_KIND] >> (bit + 1)) & 1
    for b in range(len(blocks)):
        _levels(containers, blocks[b, BLOCK_CONTAINER], weights, found, _LEVELS_AT, b)
    _best(blocks, containers, weights, best, found, _BEST_AT)
    _page(blocks, containers, found, _PAGE_AT)
    _neighbours(blocks, containers, found, _NEAR_AT)
    _window(blocks, found, _WINDOW_AT)


@inner
def _own(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    text: NDArray[np.uint8],
    headings: NDArray[np.int64],
    found: NDArray[np.float32],
) -> None:
    """Measure the blocks themselves."""
    for b in range(len(blocks)):
        words = max(blocks[b, BLOCK_WORDS], 1)
        characters = np.float32(max(blocks[b, BLOCK_CHARACTERS], 1))
        first, last = text[blocks[b, BLOCK_START]], text[blocks[b, BLOCK_END] - 1]
        found[0, b], found[1, b] = blocks[b, BLOCK_WORDS], characters
        found[2, b], found[3, b] = blocks[b, BLOCK_LINK_CHARACTERS] / characters, blocks[b, BLOCK_LINKS]
        found[4, b], found[5, b] = characters / words, blocks[b, BLOCK_UPPER] / characters
        found[6, b], found[_STOPS, b] = blocks[b, BLOCK_DIGITS] / characters, blocks[b, BLOCK_STOPS]
        found[8, b], found[9, b] = blocks[b, BLOCK_COMMAS], blocks[b, BLOCK_SIGNS] / characters
        found[10, b], found[11, b] = blocks[b, BLOCK_FREQUENT] / np.float32(words), blocks[b, BLOCK_BREAKS]
        found[12, b] = blocks[b, BLOCK_INLINE]
        found[13, b] = 2 if last == 46 or last == 33 or last == 63 else 1 if last == 58 else 3 if last >= 0x80 else 0
        found[14, b] = 2 if 65 <= first <= 90 else 1 if 97 <= first <= 122 else 3 if first >= 0x80 else 0
        found[_HEADING_LEVEL, b] = headings[containers[blocks[b, BLOCK_CONTAINER], TAG]]
        found[16, b] = blocks[b, BLOCK_STOPS] / np.float32(words)


@inner
def _describe(containers: NDArray[np.int32], pages: int, weights: NDArray[np.float32]) -> None:
    """Measure each element once, for all the blocks in it."""
    for c in range(len(containers)):
        words = np.float32(max(containers[c, HELD_WORDS], 1))
        weights[c, LEVELLED] = containers[c, HELD_WORDS]
        weights[c, LEVELLED + 1] = containers[c, HELD_LINK_WORDS] / words
        weights[c, LEVELLED + 2] = containers[c, HELD_PARAGRAPH_WORDS] / words
        weights[c, LEVELLED + 3] = containers[c, HELD_FREQUENT] / words
        weights[c, LEVELLED + 4] = containers[c, HELD_STOPS] / words
        weights[c, LEVELLED + 5], weights[c, LEVELLED + 6] = containers[c, HELD_BLOCKS], containers[c, ITEMS]
        weights[c, LEVELLED + 7], weights[c, LEVELLED + 8] = containers[c, OWN_LOW], containers[c, OWN_HIGH]
        weights[c, LEVELLED + 9] = words / np.float32(pages)


@inner
def _levels(
    containers: NDArray[np.int32], c: int, weights: NDArray[np.float32], found: NDArray[np.float32], row: int, b: int
) -> None:
    """Write down the elements around a block, from the inside."""
    around = row + LEVELS * _LEVEL
    found[around, b], found[around + 1, b] = containers[c, DEPTH], containers[c, LOW]
    found[around + 2, b], found[around + 3, b] = containers[c, HIGH], containers[c, SUM]
    for _ in range(LEVELS):
        for column in range(_LEVEL):
            found[row + column, b] = weights[c, LEVELLED + column]
        row += _LEVEL
        c = containers[c, PARENT]


@inner
def _best(
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    weights: NDArray[np.float32],
    best: int,
    found: NDArray[np.float32],
    row: int,
) -> None:
    """Measure how blocks lie to the best container."""
    words, pages = np.float32(max(containers[best, HELD_WORDS], 1)), max(containers[0, HELD_WORDS], 1)
    first, last, past = weights[best, FIRST_BLOCK], weights[best, LAST_BLOCK], best + 1
    while past < len(containers) and containers[past, PARENT] >= best:
        past += 1
    for b in range(len(blocks)):
        found[row, b] = best <= blocks[b, BLOCK_CONTAINER] < past
        found[row + 1, b] = max(first - b, np.float32(0))
        found[row + 2, b] = max(b - last, np.float32(0))
        found[row + 3, b], found[row + 4, b] = words, words / np.float32(pages)
        found[row + 5, b] = containers[best, HELD_LINK_WORDS] / words


@inner
def _page(blocks: NDArray[np.int32], containers: NDArray[np.int32], found: NDArray[np.float32], row: int) -> None:
    """Measure the page, and where in it the blocks stand."""
    count, pages = len(blocks), np.float32(max(containers[0, HELD_WORDS], 1))
    has_article, has_main = 0, 0
    for c in range(len(containers)):
        has_article |= containers[c, KIND] & KIND_ARTICLE
        has_main |= containers[c, KIND] & KIND_MAIN
    for b in range(count):
        found[row, b], found[row + 1, b] = pages, containers[0, HELD_LINK_WORDS] / pages
        found[row + 2, b], found[row + 3, b] = count, containers[0, HELD_PARAGRAPH_WORDS] / pages
        found[row + 4, b] = containers[0, HELD_FREQUENT] / pages
        found[row + 5, b], found[row + 6, b] = has_article > 0, has_main > 0
    before, since, seen = 0, 0, np.float32(0)
    for b in range(count):
        found[row + 7, b], found[row + 8, b] = b / np.float32(count), before / pages
        found[row + 9, b], found[row + 10, b] = seen, since
        before += blocks[b, BLOCK_WORDS]
        since += 1
        if blocks[b, BLOCK_KIND] & KIND_HEADING:
            since, seen = 0, max(seen, 7 - found[_HEADING_LEVEL, b])


@inner
def _neighbours(blocks: NDArray[np.int32], containers: NDArray[np.int32], found: NDArray[np.float32], row: int) -> None:
    """Look at the blocks before and behind; beyond the page's ends there is nothing."""
    links, count = _WINDOW_AT, len(blocks)  # A row that is not written yet.
    for b in range(count):
        found[links, b] = blocks[b, BLOCK_LINK_WORDS] / np.float32(max(blocks[b, BLOCK_WORDS], 1))
    for place in range(len(_NEAR)):
        step = _NEAR[place]
        first, past = max(0, -step), min(count, count - step)
        _shift(found, _WORDS, row, step)
        _shift(found, links, row + 1, step)
        _shift(found, _STOPS, row + 2, step)
        _shift(found, _IN_HEADING, row + 4, step)
        _shift(found, _SUMS, row + 5, step)
        for b in range(count):
            found[row + 3, b] = -1
        for b in range(first, past):
            mine, holder = blocks[b, BLOCK_CONTAINER], blocks[b + step, BLOCK_CONTAINER]
            found[row + 3, b] = 2 if holder == mine else containers[holder, PARENT] == containers[mine, PARENT]
        for column in range(_NEIGHBOUR):
            for b in range(min(first, count)):
                found[row + column, b] = -1
            for b in range(max(past, 0), count):
                found[row + column, b] = -1
        row += _NEIGHBOUR


@inner
def _shift(found: NDArray[np.float32], source: int, row: int, step: int) -> None:
    """Copy a row so that each block has what another one, so many blocks on, has in it."""
    width = found.shape[1]
    for b in range(max(0, -step), min(width, width - step)):
        found[row, b] = found[source, b + step]


@inner
def _window(blocks: NDArray[np.int32], found: NDArray[np.float32], row: int) -> None:
    """Measure what text there is nearby, and how far the next real text is."""
    count = len(blocks)
    since, words = 99, 0
    for b in range(count):
        found[row + 2, b], found[row + 4, b] = since, words
        since += 1
        text = blocks[b, BLOCK_WORDS] - blocks[b, BLOCK_LINK_WORDS]
        if text >= _TEXT_WORDS and 3 * blocks[b, BLOCK_LINK_WORDS] < blocks[b, BLOCK_WORDS]:
            since, words = 0, text
    since, words = 99, 0
    for b in range(count - 1, -1, -1):
        found[row + 3, b], found[row + 5, b] = since, words
        since += 1
        text = blocks[b, BLOCK_WORDS] - blocks[b, BLOCK_LINK_WORDS]
        if text >= _TEXT_WORDS and 3 * blocks[b, BLOCK_LINK_WORDS] < blocks[b, BLOCK_WORDS]:
            since, words = 0, text
    for b in range(count):
        text = links = 0
        for other in range(max(b - 5, 0), min(b + 6, count)):
            text += blocks[other, BLOCK_WORDS] - blocks[other, BLOCK_LINK_WORDS]
            links += blocks[other, BLOCK_LINK_WORDS]
        found[row, b], found[row + 1, b] = text, links
