"""What is a token of a passage: the tables by which kernels part texts and fold their characters.

Each character is folded by itself, so that text in any case, composed or not, in wide or narrow form gives the same:
its compatibility decomposition (NFKD) in folded case. A combining mark belongs to the word before it. What is invisible
is left out, and so is the dot above, because Turkish cases differ by it alone, and kana's marks of voice, which are now
a part of the letter and now a character of their own.
"""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from filters.kernels.characters import CLASSES, CODE_POINTS, MARK, SINGLE, WORD
from filters.kernels.scripts import CODES, SCRIPTS
from pipelines.dedup import tokens as dedup_tokens
from pipelines.passage_index.kernels.parting import LONGEST, SKIPPED, Tables

#: soft hyphen, grapheme joiner, Arabic letter mark, tatweel, vowel separators, zero widths and directions, variation
#: selectors, byte order mark, tags; the dot above; and kana's marks of voice, combining, alone and halfwidth
_INVISIBLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x640, 0x640), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE01EF)),
    *((0x307, 0x307), (0x3099, 0x309C), (0xFF9E, 0xFF9F)),
)
_VOICE = str.maketrans("", "", "\u3099\u309a")
_DOTLESS_I = 0x131
#: a code point that is no character and has no other form
_PARTED = chr(CODE_POINTS - 1)


@cache
def tables() -> Tables:
    """Make the tables: kinds, uint8[CODE_POINTS]; what each code point becomes, int32[CODE_POINTS]; and sequences.

    A kind is WORD, SINGLE (a token by itself), MARK, SKIPPED, or 0 for what parts tokens. A value from 0 on is the
    code point that stands there instead; row `-1 - value` of the sequences, int32[n, LONGEST], are several, and then 0.
    """
    kinds = _kinds()
    values = np.arange(CODE_POINTS, dtype=np.int32)
    _fold_singles(kinds, values)
    several = _fold_words(kinds, values)
    sequences = np.zeros((len(several) + 1, LONGEST), np.int32)
    for row, points in enumerate(several):
        sequences[row, : len(points)] = points
    for table in (kinds, values, sequences):
        table.flags.writeable = False
    return kinds, values, sequences


def _kinds() -> npt.NDArray[np.uint8]:
    # The scripts without spaces as deduplication has them; Korean is written with spaces.
    found = dedup_tokens.kinds("words").copy()
    found[found & SINGLE != 0] = SINGLE
    found[CODES.index("Hang") + 1 == SCRIPTS] = WORD
    found[(found == 0) & (CLASSES & MARK != 0)] = MARK
    found[ord("_")] = 0
    for first, last in _INVISIBLE:
        found[first : last + 1] = SKIPPED
    return found


def _fold_singles(kinds: npt.NDArray[np.uint8], values: npt.NDArray[np.int32]) -> None:
    points = np.flatnonzero(kinds == SINGLE).tolist()
    apart = unicodedata.normalize("NFKD", _PARTED.join(map(chr, points)).casefold()).translate(_VOICE)
    for point, folded in zip(points, unicodedata.normalize("NFKC", apart).split(_PARTED), strict=True):
        if len(folded) == 1:
            values[point] = ord(folded)


def _fold_words(kinds: npt.NDArray[np.uint8], values: npt.NDArray[np.int32]) -> list[list[int]]:
    points = np.flatnonzero((kinds == WORD) | (kinds == MARK)).tolist()
    apart = unicodedata.normalize("NFKD", _PARTED.join(map(chr, points)))
    folded = unicodedata.normalize("NFKD", apart.casefold()).split(_PARTED)
    several: list[list[int]] = []
    for point, spelt in zip(points, folded, strict=True):
        left = [ord(one) for one in spelt if kinds[ord(one)] in {WORD, MARK}]
        if len(left) == 1:
            values[point] = left[0]
        elif 1 < len(left) <= LONGEST:
            values[point] = -1 - len(several)
            several.append(left)
    values[_DOTLESS_I] = ord("i")
    return several
