"""What is a token: the tables by which the kernels part texts."""

import unicodedata
from functools import cache
from itertools import chain
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from filters.kernels.characters import CLASSES, CODE_POINTS, LOWER, MARK, REPLACEMENT, SINGLE, WORD
from pipelines.dedup.kernels.sign_simplify import BLANK, CASED, DIGIT, IGNORABLE, SEPARATOR, Tables
from pipelines.dedup.kernels.sign_words import SKIPPED

Kinds = npt.NDArray[np.uint8]
#: what parts a text. `words`: runs of `\w`, but each character of a script that is written without spaces; `joined`:
#: the same with the marks of ASCII left out before, which therefore part nothing; `characters`: each `\w`;
#: `datatrove`: what spaCy finds in the text as datatrove simplifies it
Tokens = Literal["words", "joined", "characters", "datatrove"]

#: blocks of scripts without spaces between words, first and last code point: those of which line breaks need a
#: dictionary (class SA of UAX 14: Thai, Lao, Myanmar, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom), and
#: Tibetan, Balinese and Javanese. Han, kana and hangul are SINGLE already.
_UNSPACED = (
    (0x0E00, 0x0E7F),
    (0x0E80, 0x0EFF),
    (0x0F00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x197F),
    (0x1980, 0x19DF),
    (0x1A20, 0x1AAF),
    (0x1B00, 0x1B7F),
    (0xA980, 0xA9DF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xAA80, 0xAADF),
    (0x11700, 0x1174F),
)
#: what datatrove 0.10 makes a blank of, beside white space and control characters
_BLANKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«´»–—’“”„…∶━►、。〈〉《》「」【】！％（），．：；？～"  # noqa: RUF001  # so it has them
#: what may stand between the digits of one number
_SEPARATORS = ".,،٫⎖⎗⎘"  # noqa: RUF001  # likewise
#: a code point that is no character, in no case, of no kind
_PARTED = chr(CODE_POINTS - 1)
#: code points beyond these planes have no other lower case and no decomposition
_ASSIGNED = (range(0xD800), range(0xE000, 0x40000), range(0xE0000, 0xE1000))


@cache
def kinds(tokens: Tokens) -> Kinds:
    """Say of each code point whether it belongs to a token, is one, or is neither: uint8[CODE_POINTS]."""
    found = CLASSES & (WORD | SINGLE)
    if tokens == "characters":
        found |= np.where(found != 0, SINGLE, 0).astype(np.uint8)
    for first, last in _UNSPACED:
        block = slice(first, last + 1)
        # A vowel or a tone is a mark in most of them, and means as much as a letter.
        found[block] |= np.where(CLASSES[block] & (WORD | MARK) != 0, WORD | SINGLE, 0).astype(np.uint8)
    if tokens == "joined":
        found[[point for point in range(0x21, 0x7F) if not chr(point).isalnum()]] = SKIPPED
    return _kept(found)


@cache
def lower() -> npt.NDArray[np.int32]:
    """Give the lower case of each code point, int32[CODE_POINTS]; it never depends on the neighbours."""
    found = LOWER.copy()
    # The one letter of which it otherwise does: a sigma at the end of a word.
    found[ord("ς")] = ord("σ")  # noqa: RUF001  # a Greek letter
    return _kept(found)


@cache
def simplified() -> Tables:
    """Say what datatrove makes of each character, by the Unicode tables of the Python that runs it, as datatrove does.

    Departures: a number is of the digits that this Python knows; where several marks that are not left out stand on
    one letter, they keep their order.
    """
    points = np.fromiter(chain(*_ASSIGNED), np.int64)
    every = list(map(chr, points.tolist()))
    simple = np.arange(CODE_POINTS, dtype=np.int32)
    simple[0xD800:0xE000] = REPLACEMENT
    found = _spellings(every)
    simple[points] = [ord(one) if len(one) == 1 else 0 for one in found]
    several = [row for row, one in enumerate(found) if len(one) > 1]
    simple[points[several]] = -1 - np.arange(len(several))
    spelt = [found[row].encode() for row in several]
    firsts = np.concatenate(([0], np.cumsum([len(one) for one in spelt]))).astype(np.int64)
    tables = _traits(points, every), simple, firsts, np.frombuffer(b"".join(spelt), np.uint8).copy()
    return tuple(map(_kept, tables))  # pyright: ignore[reportReturnType]  # four of them


def _spellings(every: list[str]) -> list[str]:
    """Give the lower case of each character, decomposed, without its accents."""
    marks = {ord(one): None for one in every if unicodedata.category(one) == "Mn"}
    return unicodedata.normalize("NFD", _PARTED.join(every).lower()).translate(marks).split(_PARTED)


def _traits(points: npt.NDArray[np.int64], every: list[str]) -> Kinds:
    categories = np.array([unicodedata.category(one) for one in every])
    blank = np.array([one.isspace() or one in _BLANKS for one in every]) | (categories == "Cc")
    # Only its lower case tells what Python takes for cased: that of a sigma between the character and nothing.
    cased, either = (_ends_in_final(every, before) for before in ("", "A"))
    found = np.zeros(CODE_POINTS, np.uint8)
    found[points] = (
        np.where(categories == "Nd", DIGIT, np.where(blank, BLANK, 0))
        | np.where(np.isin(points, [ord(one) for one in _SEPARATORS]), SEPARATOR, 0)
        | np.where(cased, CASED, np.where(either, IGNORABLE, 0))
    )
    return found


def _ends_in_final(every: list[str], before: str) -> npt.NDArray[np.bool_]:
    lower = _PARTED.join(f"{before}{one}Σ" for one in every).lower()
    return np.array([one[-1] == "ς" for one in lower.split(_PARTED)])


def _kept(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    array.flags.writeable = False
    return array
