"""Facts about characters that edits ask for, as one table that kernels index by code point."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from filters.kernels.characters import CLASSES, LETTER, NUMBER, SINGLE, SPACE, SYMBOL, WORD

# SPACE = 1 and WORD = 8 are those of `filters.kernels.characters`.
#: str.isupper
UPPER = 2
#: str.isdigit, such as a superscript
DIGIT = 4
#: str.isdecimal: `\d` of a regular expression
DECIMAL = 16


@cache
def traits() -> NDArray[np.uint8]:
    """Make the table: uint8, one for each code point, the flags above with SPACE and WORD.

    Only characters that Unicode 14 knows get any, so that a newer Python does not change what an edit does.
    """
    table = CLASSES & np.uint8(SPACE | WORD)
    known = np.flatnonzero((CLASSES & (LETTER | NUMBER | SYMBOL) != 0) & (CLASSES & SINGLE == 0))
    texts = [chr(point) for point in known]
    for flag, holds in ((UPPER, str.isupper), (DIGIT, str.isdigit), (DECIMAL, str.isdecimal)):
        table[known] |= np.where([holds(text) for text in texts], flag, 0).astype(np.uint8)
    table.flags.writeable = False
    return table
