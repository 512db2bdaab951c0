"""Facts about characters, as tables that kernels index by code point.

The tables are Unicode 14, lie beside this file, and so do not change a verdict with the Python that runs it.
They hold every code point, assigned or not; `characters_build` wrote them. Hand a table to a kernel as
an argument: numba copies a global array into each kernel that names it, which is megabytes of machine code.
"""

from importlib.resources import files

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inlined

#: whitespace, at which str.split() parts words: str.isspace
SPACE = 1
#: str.isalpha
LETTER = 2
#: str.isnumeric or general category N; Han numerals are letters and numbers
NUMBER = 4
#: `\w` of a regular expression: letters, numbers and the underscore, not combining marks
WORD = 8
#: word characters of Han, Hiragana, Katakana and Hangul: written without spaces, each is a token of its own
SINGLE = 16
#: general category P
PUNCTUATION = 32
#: general category S
SYMBOL = 64
#: general category M
MARK = 128

#: one more than the last code point; the length of both tables
CODE_POINTS = 0x110000
#: stands for bytes that are no character
REPLACEMENT = 0xFFFD


def _expand() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    with files("filters.kernels").joinpath("characters.npz").open("rb") as file, np.load(file) as runs:
        classes = np.repeat(runs["classes"], runs["classes_runs"])
        shifts = np.repeat(runs["shifts"], runs["shifts_runs"])
    shifts += np.arange(CODE_POINTS, dtype=np.int32)
    classes.flags.writeable = False
    shifts.flags.writeable = False
    return classes, shifts


#: CLASSES: uint8[CODE_POINTS], the flags above.
#: LOWER: int32[CODE_POINTS], the first code point of str.lower() of each; that is all of it but for U+0130,
#: whose dot above is left out. A final sigma is not told from another: that is a matter of its neighbours.
CLASSES, LOWER = _expand()


@inlined
def decode(data: npt.NDArray[np.uint8], i: int, end: int) -> tuple[np.int64, int]:
    """Read the UTF-8 character that starts at `i < end`: its code point, and where the next one starts.

    A call counts references to `data`, which takes longer than the rest (17 ns): look at an ASCII byte yourself.

    Arrow does not check the text of a file, so bytes may come that are not UTF-8: they give U+FFFD or a wrong
    code point, but never a read past `end` or a code point that the tables lack.
    """
    lead = np.int64(data[i])
    if lead < 0x80:
        return lead, i + 1
    if lead < 0xE0:
        if lead >= 0xC0 and i + 2 <= end:
            return (lead & 0x1F) << 6 | (np.int64(data[i + 1]) & 0x3F), i + 2
    elif lead < 0xF0:
        if i + 3 <= end:
            middle = (np.int64(data[i + 1]) & 0x3F) << 6
            return (lead & 0x0F) << 12 | middle | (np.int64(data[i + 2]) & 0x3F), i + 3
    elif i + 4 <= end:
        upper = (lead & 0x0F) << 18 | (np.int64(data[i + 1]) & 0x3F) << 12
        code_point = upper | (np.int64(data[i + 2]) & 0x3F) << 6 | (np.int64(data[i + 3]) & 0x3F)
        if code_point < CODE_POINTS:
            return code_point, i + 4
    return np.int64(REPLACEMENT), i + 1
