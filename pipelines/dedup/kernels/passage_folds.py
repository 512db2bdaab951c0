"""What each character becomes before passages are compared, as tables that a kernel indexes by code point.

A value from 0 on is the code point that stands there instead; the others are below. The tables are made of Python's
own, once, for characters that Unicode 14 knows: their decompositions and lower cases never change.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from filters.kernels import characters as c
from filters.kernels.punctuation import MARKS, characters

#: it is left out
NOTHING = -1
#: a blank
BLANK = -2
#: a decimal digit: 0
ZERO = -3
#: several code points: row `SEVERAL - value` of the sequences
SEVERAL = -16

#: code points of the longest sequence
LONGEST = 3
#: no character becomes more than three times as many bytes
GROWTH = 3

_SIGMA, _FINAL_SIGMA = 0x3C3, 0x3C2
#: Hangul syllables, then the ideographs that stand for others: word characters whose decompositions matter
_SINGLE_DECOMPOSED = ((0xAC00, 0xD7A4), (0xF900, 0xFB00), (0x2F800, 0x2FA20))


@dataclass(frozen=True, slots=True)
class Fold:
    """One table, and its sequences."""

    #: int32[CODE_POINTS]
    values: NDArray[np.int32]
    #: int32[n, LONGEST], 0 behind the last code point
    sequences: NDArray[np.int32]


@cache
def ccnet() -> Fold:
    r"""Make CCNet's table: lower case, `\d` is 0, and 34 marks and all control characters are left out.

    The marks are quotation marks, dashes, and full-width ones: no mark of ASCII is among them, and no accent is
    removed, though the paper (Wenzek et al. 2020, section 3.1) says that all are; this is what `cc_net` does.
    """
    values = _lower_case()
    values[_decimals()] = ZERO
    controls = [*range(32), *range(127, 160)]
    values[[*controls, *(ord(one) for one in characters(MARKS) if ord(one) > 127 and not one.isdecimal())]] = NOTHING
    # The dot above that its lower case takes along.
    return _fold(values, {0x130: (ord("i"), 0x307)})


@cache
def simplified() -> Fold:
    """Make datatrove's table: lower case, digits are 0, marks are blanks, and no combining marks (category Mn).

    Marks go before characters are decomposed, so that what only then becomes one stays. A character here stands for
    what is left of its canonical decomposition.
    """
    values, several = _lower_case(), dict[int, tuple[int, ...]]()
    for point in _decomposed():
        # The dot above U+0130 is a mark that goes, too: each character has one lower case.
        left = [
            ord(one) for one in unicodedata.normalize("NFD", chr(values[point])) if unicodedata.category(one) != "Mn"
        ]
        if len(left) > 1:
            several[point] = tuple(left)
        else:
            values[point] = left[0] if left else NOTHING
    values[_decimals()] = ZERO
    values[np.flatnonzero(c.CLASSES & c.SPACE)] = BLANK
    values[[ord(one) for one in characters(MARKS) if not one.isdecimal()]] = BLANK
    return _fold(values, several)


def _lower_case() -> NDArray[np.int32]:
    values = c.LOWER.copy()
    # Python takes a sigma's neighbours into account; here it never depends on them.
    values[_FINAL_SIGMA] = _SIGMA
    return values


def _decimals() -> NDArray[np.int64]:
    return np.array([point for point in np.flatnonzero(c.CLASSES & c.NUMBER) if chr(point).isdecimal()], np.int64)


def _decomposed() -> list[int]:
    """List the characters that may have a decomposition, and the combining marks."""
    known = c.CLASSES & (c.LETTER | c.NUMBER | c.SYMBOL | c.MARK | c.PUNCTUATION | c.SPACE)
    wanted = (known != 0) & (c.CLASSES & c.SINGLE == 0)
    for first, stop in _SINGLE_DECOMPOSED:
        wanted[first:stop] |= known[first:stop] != 0
    # Kana with a sound mark.
    wanted[0x3040:0x3100] |= known[0x3040:0x3100] != 0
    return np.flatnonzero(wanted).tolist()


def _fold(values: NDArray[np.int32], several: dict[int, tuple[int, ...]]) -> Fold:
    sequences = np.zeros((len(several) + 1, LONGEST), np.int32)
    for row, (point, left) in enumerate(several.items()):
        if values[point] >= 0:
            values[point] = SEVERAL - row
        sequences[row, : len(left)] = left
    values.flags.writeable = sequences.flags.writeable = False
    return Fold(values, sequences)
