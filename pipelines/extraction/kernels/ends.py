"""End tags: which open elements they end, and whether a block ends with these."""

import numpy as np

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.blocks import breaks_block, finish
from pipelines.extraction.kernels.elements import height_of, is_foreign, pop
from pipelines.extraction.kernels.implied import is_heading, is_implied
from pipelines.extraction.kernels.keys import slot_of
from pipelines.extraction.kernels.memory import (
    COUNTED,
    COUNTS,
    DEEPER,
    HEIGHT,
    HOLDS_HTML,
    OPEN_COLUMNS,
    OPEN_FOREIGN,
    OPEN_KEY,
    OPEN_TAG,
    OVERFLOW,
    STACK,
    memory_of,
)
from pipelines.extraction.kernels.names import BARRIERS, BREAKS, FLAGS, LEAVES_FOREIGN, NUMBER, SCOPE, STACKED
from pipelines.extraction.kernels.text import begin_link

_A, _BR, _P, _FORM, _HTML, _HEAD, _BODY = (NUMBER[name] for name in ("a", "br", "p", "form", "html", "head", "body"))
#: a number of numpy's: a kernel is compiled anew for each of Python's that it is given
_NO_LINK, _NO_NAME = np.int64(0), np.uint64(0)


@inner
def end_tag(page: int, key: np.uint64, tag: int, at: int) -> None:
    """End what the end tag at a place of the page ends: elements, a link, a block. A stray one ends nothing."""
    memory = memory_of(page)
    flags = FLAGS[tag]
    if flags & LEAVES_FOREIGN and is_foreign(page) and (tag == _P or not flags & STACKED):
        pop(page, below_foreign(page))
    if tag == _A:
        begin_link(page, _NO_LINK)
    if tag == _BR and not breaks_block(page):
        return
    deeper = DEEPER + slot_of(key, COUNTED)
    if memory[OVERFLOW] > 0 and flags & STACKED and memory[deeper] > 0:
        memory[deeper] -= 1
        memory[OVERFLOW] -= 1
        if flags & BREAKS:
            finish(page, at)
        return
    height = _end_height(page, key, tag) if flags & STACKED else -1
    if height < 0:
        if tag in (_P, _BR, _HTML, _HEAD, _BODY):
            finish(page, at)
    elif tag == _FORM and _is_crossed(page, height):
        _forget(page, height)
    else:
        if _holds_break(page, height):
            finish(page, at)
        pop(page, height)


@inner
def below_foreign(page: int) -> int:
    """Find the height at which the SVG or MathML that is open ends, or what in it holds HTML."""
    memory = memory_of(page)
    height = memory[HEIGHT]
    while height > 0 and memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_FOREIGN] % HOLDS_HTML:
        height -= 1
    return height


@inner
def _end_height(page: int, key: np.uint64, tag: int) -> int:
    """Find the height down to which an end tag closes elements; -1: it closes none."""
    if not is_heading(tag):
        return height_of(page, key, BARRIERS[tag])
    memory = memory_of(page)
    # Whichever heading is open is ended.
    for height in range(memory[HEIGHT] - 1, -1, -1):
        open_tag = memory[STACK + OPEN_COLUMNS * height + OPEN_TAG]
        if is_heading(open_tag):
            return height
        if FLAGS[open_tag] & SCOPE:
            return -1
    return -1


@inner
def _holds_break(page: int, height: int) -> bool:
    """Say whether an element above a height is one with which a block ends."""
    memory = memory_of(page)
    for place in range(height, memory[HEIGHT]):
        if FLAGS[memory[STACK + OPEN_COLUMNS * place + OPEN_TAG]] & BREAKS:
            return True
    return False


@inner
def _is_crossed(page: int, height: int) -> bool:
    """Say whether elements are open in the one at a height that do not end with it by themselves."""
    memory = memory_of(page)
    for place in range(height + 1, memory[HEIGHT]):
        if not is_implied(memory[STACK + OPEN_COLUMNS * place + OPEN_TAG]):
            return True
    return False


@inner
def _forget(page: int, height: int) -> None:
    """Let the element at a height be one that no tag ends: those in it stay open, and in it."""
    memory, place = memory_of(page), STACK + OPEN_COLUMNS * height
    memory[COUNTS + slot_of(np.uint64(memory[place + OPEN_KEY]), COUNTED)] -= 1
    memory[place + OPEN_KEY] = memory[place + OPEN_TAG] = 0
    memory[COUNTS + slot_of(_NO_NAME, COUNTED)] += 1
