"""The block that is being read: text is added to it, line breaks and ends of elements finish it."""

import numpy as np
from numpy.typing import NDArray

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
)
from pipelines.extraction.kernels.references import Names, reference
from pipelines.extraction.kernels.text import count_linked, end_word, write
from pipelines.extraction.kernels.tokens import find

#: numbers of numpy's: a kernel is compiled anew for each of Python's that it is given
_AMPERSAND, _START = np.int64(38), np.int64(0)


@inner
def add_text(
    data: NDArray[np.uint8],
    at: int,
    end: int,
    memory: NDArray[np.int64],
    containers: NDArray[np.int32],
    out: NDArray[np.uint8],
    frequent: NDArray[np.uint64],
    references: Names,
    scratch: NDArray[np.uint8],
) -> None:
    """Add the text in data[at:end] to the block, and begin it if it has not begun."""
    height = memory[HEIGHT]
    container = memory[STACK + OPEN_COLUMNS * (height - 1) + OPEN_CONTAINER] if height else 0
    kind = np.int64(containers[container, KIND])
    if kind & KIND_DROPPED:
        return
    memory[IN_PRE] = kind & KIND_PRE
    if memory[SKIP_FEED] and at < end and data[at] in (10, 13):
        at += data[at] == 13
        at += at < end and data[at] == 10
        memory[SKIP_FEED] = 0
    if memory[OUT] == memory[BLOCK_START]:
        memory[BLOCK_CONTAINER], memory[BLOCK_KIND], memory[BLOCK_SOURCE] = container, kind, at
    while at < end:
        stop = end if memory[LITERAL] else find(data, at, end, _AMPERSAND)
        if stop > at:
            write(data, at, stop, out, memory, frequent)
            memory[SKIP_FEED] = 0
        if stop >= end:
            break
        at, length = reference(data, stop, end, False, references, scratch, _START)
        if not (memory[SKIP_FEED] and scratch[0] == 10):
            write(scratch, _START, length, out, memory, frequent)
        memory[SKIP_FEED] = 0


@inner
def finish(
    at: int,
    memory: NDArray[np.int64],
    blocks: NDArray[np.int32],
    containers: NDArray[np.int32],
    out: NDArray[np.uint8],
    frequent: NDArray[np.uint64],
) -> None:
    """Finish the block: write it down if it holds anything, and begin the next one."""
    if memory[OUT] == memory[BLOCK_START]:
        memory[BLOCK_LINKS] = memory[BLOCK_INLINE] = memory[BLOCK_BREAKS] = memory[WAITING] = 0
        return
    count_linked(memory)
    end_word(memory, frequent)
    memory[BLOCK_STOPS] += memory[STOPPED]
    while memory[OUT] > memory[BLOCK_START] and out[memory[OUT] - 1] <= 32:
        memory[OUT] -= 1
    if memory[OUT] > memory[BLOCK_START]:
        memory[BLOCK_END], memory[BLOCK_SOURCE_END] = memory[OUT], at
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
def breaks_block(memory: NDArray[np.int64], out: NDArray[np.uint8], frequent: NDArray[np.uint64]) -> bool:
    """Break the line; say whether it is the second break, which ends the block as a paragraph does."""
    count_linked(memory)
    end_word(memory, frequent)
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
