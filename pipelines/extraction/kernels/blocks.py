"""The block that is being read: text is added to it, line breaks and ends of elements finish it."""

import numpy as np

from filters.kernels.compiled import inner
from pipelines.extraction.kernels.layout import (
    BLOCK_BREAKS,
    BLOCK_COLUMNS,
    BLOCK_CONTAINER,
    BLOCK_END,
    BLOCK_FREQUENT,
    BLOCK_INLINE,
    BLOCK_KIND,
    BLOCK_LINK_WORDS,
    BLOCK_LINKS,
    BLOCK_SOURCE,
    BLOCK_SOURCE_END,
    BLOCK_START,
    BLOCK_STOPS,
    BLOCK_WORDS,
    HELD_BLOCKS,
    HELD_FREQUENT,
    HELD_LINK_WORDS,
    HELD_PARAGRAPH_WORDS,
    HELD_STOPS,
    HELD_WORDS,
    KIND,
    KIND_DROPPED,
    KIND_PARAGRAPH,
    KIND_PRE,
)
from pipelines.extraction.kernels.memory import (
    A_BREAK,
    BLOCKS,
    HEIGHT,
    IN_PRE,
    LITERAL,
    NOTHING,
    OPEN_COLUMNS,
    OPEN_CONTAINER,
    OUT,
    OUTSIDE,
    SKIP_FEED,
    STACK,
    STOPPED,
    WAITING,
    blocks_of,
    containers_of,
    controls_of,
    data_of,
    memory_of,
    scratch_of,
    text_of,
    texts_of,
    tree_of,
)
from pipelines.extraction.kernels.references import Names, reference
from pipelines.extraction.kernels.text import count_linked, end_word, write
from pipelines.extraction.kernels.tokens import find, past_space

#: numbers of numpy's: a kernel is compiled anew for each of Python's that it is given
_AMPERSAND, _START = np.int64(38), np.int64(0)


@inner
def add_text(page: int, at: int, end: int) -> None:
    """Add the text in data[at:end] to the block, and begin it if it has not begun."""
    memory, data = memory_of(page), data_of(page)
    height = memory[HEIGHT]
    container = memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_CONTAINER] if height else 0
    kind = np.int64(containers_of(page)[container, KIND])
    if kind & KIND_DROPPED:
        return
    memory[IN_PRE] = kind & KIND_PRE
    if memory[SKIP_FEED] and at < end and data[at] in (10, 13):
        at += data[at] == 13
        at += at < end and data[at] == 10
        memory[SKIP_FEED] = 0
    if memory[OUT] == memory[BLOCK_START]:
        if not memory[IN_PRE] and past_space(data, at, end) == end:
            return
        memory[BLOCK_CONTAINER], memory[BLOCK_KIND], memory[BLOCK_SOURCE] = container, kind, at
    while at < end:
        stop = end if memory[LITERAL] else find(data, at, end, _AMPERSAND)
        if stop > at:
            write(page, data, at, stop)
            memory[SKIP_FEED] = 0
        if stop >= end:
            break
        at = _add_reference(page, stop, end)


@inner
def _add_reference(page: int, at: int, end: int) -> int:
    """Add what the reference at a place stands for, or the `&` that begins none; say where to read on."""
    memory, scratch = memory_of(page), scratch_of(page)
    names = Names(tree_of(page), texts_of(page), controls_of(page))
    past, length = reference(data_of(page), at, end, False, names, scratch, _START)
    if not (memory[SKIP_FEED] and scratch[0] == 10):
        write(page, scratch, _START, length)
    memory[SKIP_FEED] = 0
    return past


@inner
def finish(page: int, at: int) -> None:
    """Finish the block: write it down if it holds anything, and begin the next one."""
    memory, out = memory_of(page), text_of(page)
    if memory[OUT] == memory[BLOCK_START]:
        memory[BLOCK_LINKS] = memory[BLOCK_INLINE] = memory[BLOCK_BREAKS] = memory[WAITING] = 0
        return
    count_linked(page)
    end_word(page)
    memory[BLOCK_STOPS] += memory[STOPPED]
    while memory[OUT] > memory[BLOCK_START] and out[memory[OUT] - 1] <= 32:
        memory[OUT] -= 1
    if memory[OUT] > memory[BLOCK_START]:
        memory[BLOCK_END], memory[BLOCK_SOURCE_END] = memory[OUT], at
        # A word that two links share is one word.
        memory[BLOCK_LINK_WORDS] = min(memory[BLOCK_LINK_WORDS], memory[BLOCK_WORDS])
        blocks, containers = blocks_of(page), containers_of(page)
        number, holder = memory[BLOCKS], memory[BLOCK_CONTAINER]
        memory[BLOCKS] += 1
        for column in range(BLOCK_COLUMNS):
            blocks[number, column] = memory[column]
        containers[holder, HELD_WORDS] += memory[BLOCK_WORDS]
        containers[holder, HELD_LINK_WORDS] += memory[BLOCK_LINK_WORDS]
        containers[holder, HELD_PARAGRAPH_WORDS] += memory[BLOCK_WORDS] if memory[BLOCK_KIND] & KIND_PARAGRAPH else 0
        containers[holder, HELD_FREQUENT] += memory[BLOCK_FREQUENT]
        containers[holder, HELD_STOPS] += memory[BLOCK_STOPS]
        containers[holder, HELD_BLOCKS] += 1
    for column in range(BLOCK_COLUMNS):
        memory[column] = 0
    memory[BLOCK_START] = memory[OUT]
    memory[WAITING] = memory[STOPPED] = memory[OUTSIDE] = NOTHING


@inner
def breaks_block(page: int) -> bool:
    """Break the line; say whether it is the second break, which ends the block as a paragraph does."""
    memory, out = memory_of(page), text_of(page)
    count_linked(page)
    end_word(page)
    memory[BLOCK_STOPS] += memory[STOPPED]
    memory[STOPPED] = memory[OUTSIDE] = 0
    begun = memory[OUT] > memory[BLOCK_START]
    if memory[IN_PRE] and begun:
        out[memory[OUT]] = 10
        memory[OUT] += 1
    elif memory[WAITING] == A_BREAK:
        return True
    elif begun:
        memory[WAITING] = A_BREAK
        memory[BLOCK_BREAKS] += 1
    return False
