r"""Which lines count: rules of the same name part a text at `\n` or at every boundary, with or without blank lines."""

from typing import Any, Literal

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels import spans
from filters.kernels.characters import CLASSES
from filters.kernels.trim import after_space, before_space
from filters.texts import Spans, Texts

Lines = Literal["filled", "nonempty", "runs", "split", "all"]

_FILLED, _NONEMPTY, _RUNS, _EVERY = 0, 1, 2, 3
_CHOICES = {"filled": _FILLED, "nonempty": _NONEMPTY, "runs": _RUNS}


def choose(texts: Texts, lines: Lines, *, trimmed: bool) -> Spans:
    r"""Find the lines that count, without the space around them if `trimmed`.

    What stands between `\n`: `filled`, those that are not blank; `nonempty`, those with any character, be it space;
    `split`, all. `runs`: what stands between runs of `\n`. `all`: all lines, as the recipe's units have them.
    """
    if lines == "filled" and trimmed:
        return texts.lines
    if lines == "all" and not trimmed:
        return texts.all_lines
    return texts.fact(("line choice", lines, trimmed), lambda: _choose(texts, lines, trimmed))


def _choose(texts: Texts, lines: Lines, trimmed: bool) -> Spans:
    every = texts.all_lines if lines == "all" else _split(texts)
    which = _CHOICES.get(lines, _EVERY)
    if which == _EVERY and not trimmed:
        return every
    return Spans(*chosen(texts.data, every.start, every.end, every.firsts, CLASSES, which, trimmed))


def _split(texts: Texts) -> Spans:
    if texts.units.lines == "newline":
        return texts.all_lines
    return texts.fact("split lines", lambda: Spans(*spans.all_lines(texts.data, texts.offsets, False)))


@njit(cache=True, nogil=True)
def chosen(
    data: NDArray[np.uint8],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    firsts: NDArray[np.int64],
    classes: NDArray[np.uint8],
    which: int,
    trimmed: bool,
) -> tuple[Any, ...]:
    """Choose lines out of all lines of each text, and cut the space around them if `trimmed`.

    Returns, per line: start byte, end byte; and per text the number of its first line, then the number of all.
    """
    begins, ends = np.empty(len(start), np.int32), np.empty(len(start), np.int32)
    numbers = np.empty(len(firsts), np.int64)
    count = 0
    for text in range(len(firsts) - 1):
        numbers[text] = count
        for line in range(firsts[text], firsts[text + 1]):
            begin, finish = int(start[line]), int(end[line])
            if begin == finish:
                # Only at the ends of a text does a run of newlines leave nothing beside it.
                outermost = line == firsts[text] or line == firsts[text + 1] - 1
                if which in (_FILLED, _NONEMPTY) or (which == _RUNS and not outermost):
                    continue
            if trimmed or which == _FILLED:
                first = after_space(data, begin, finish, classes)
                if which == _FILLED and first == finish:
                    continue
                if trimmed:
                    begin, finish = first, before_space(data, first, finish, classes)
            begins[count], ends[count] = begin, finish
            count += 1
    numbers[-1] = count
    return begins[:count], ends[:count], numbers
