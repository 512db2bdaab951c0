"""Words, as extraction is measured by: a definition that needs no dictionary and holds for every script.

Text is brought to NFC and loses its invisible characters (soft hyphen, zero-width space, joiners and non-joiners,
direction marks, byte order mark). A word is then

- one letter, digit or sign of a script that is written without spaces (Han, kana, Thai, Lao, Burmese, Khmer), with the
  combining marks that follow it; or
- a longest run of other letters, digits, underscores and combining marks that does not begin with a mark.

Everything else parts words. Case counts.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby

#: code points of scripts without spaces: first and last of each block
UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
#: what is beyond Latin, Greek, Cyrillic, Hangul, punctuation and symbols; without it, re's `\w+` is the definition
_OTHERS = re.compile(
    "[^\\0-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2bff\uac00-\ud7a3\U0001f000-\U0001faff]"
)
_RUN = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Split a text into its words, in order."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return (_pattern() if _OTHERS.search(text) else _RUN).findall(text)


def is_unspaced(point: int) -> bool:
    """Say whether a code point belongs to a script without spaces."""
    return any(first <= point <= last for first, last in UNSPACED)


@cache
def _pattern() -> re.Pattern[str]:
    """Make the definition a pattern; combining marks are no part of re's own word characters."""
    points = range(sys.maxunicode + 1)
    marks = [point for point in points if unicodedata.category(chr(point)).startswith("M")]
    letters = [point for point in points if chr(point).isalnum() or point == ord("_")]
    alone = _class(point for point in letters if is_unspaced(point))
    first = _class(point for point in letters if not is_unspaced(point))
    rest = _class(sorted(point for point in {*letters, *marks} if not is_unspaced(point)))
    return re.compile(f"{first}{rest}*|{alone}{_class(marks)}*")


def _class(points: Iterable[int]) -> str:
    """Write code points, in rising order, as a class of characters."""
    runs = groupby(enumerate(points), key=lambda pair: pair[1] - pair[0])
    ends = ([point for _, point in run] for _, run in runs)
    return "[" + "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in ends) + "]"
