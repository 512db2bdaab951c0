"""Write characters.npz from Python's own tables.

`python -m filters.kernels.characters_build`, under Python 3.11, whose tables are Unicode 14's.
"""

import sys
import unicodedata
from pathlib import Path

import numpy as np
import numpy.typing as npt

from filters.kernels import characters as c

UNICODE = "14.0.0"
SCRIPTS = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HANGUL")
#: ideographic iteration, closing and zero marks, which count as Han
HAN_MARKS = "\u3005\u3006\u3007\u303b"


def is_word(character: str) -> bool:
    r"""Say whether `\w` matches."""
    return character.isalnum() or character == "_"


def is_single(character: str) -> bool:
    """Say whether the character is a word character of Han, Hiragana, Katakana or Hangul."""
    if not is_word(character):
        return False
    name = unicodedata.name(character, "").removeprefix("HALFWIDTH ")
    return character in HAN_MARKS or name.startswith(SCRIPTS)


def flags(character: str) -> int:
    """Collect the flags of one character."""
    category = unicodedata.category(character)
    return (
        c.SPACE * character.isspace()
        | c.LETTER * character.isalpha()
        | c.NUMBER * (character.isnumeric() or category.startswith("N"))
        | c.WORD * is_word(character)
        | c.SINGLE * is_single(character)
        | c.PUNCTUATION * category.startswith("P")
        | c.SYMBOL * category.startswith("S")
        | c.MARK * category.startswith("M")
    )


def runs(values: npt.NDArray[np.generic]) -> tuple[npt.NDArray[np.generic], npt.NDArray[np.int32]]:
    """Part the values into runs of equal ones: each run's value and length."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    return values[starts], np.diff(starts, append=len(values)).astype(np.int32)


def build(path: Path) -> None:
    """Write the tables of this Python to `path`."""
    if unicodedata.unidata_version != UNICODE:
        raise SystemExit(f"expected Unicode {UNICODE}, got {unicodedata.unidata_version}: run Python 3.11")
    every = [chr(code_point) for code_point in range(c.CODE_POINTS)]
    classes, classes_runs = runs(np.array([flags(one) for one in every], np.uint8))
    lower = np.array([ord(one.lower()[0]) for one in every], np.int32)
    shifts, shifts_runs = runs(lower - np.arange(c.CODE_POINTS, dtype=np.int32))
    tables = {"classes": classes, "classes_runs": classes_runs, "shifts": shifts, "shifts_runs": shifts_runs}
    np.savez_compressed(path, **tables)  # pyright: ignore[reportArgumentType]  # numpy's stub takes only bool


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("characters.npz"))
