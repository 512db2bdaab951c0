"""Masked text: enough to see what kind of text it is, too little to read any of it."""

import re
import unicodedata
from itertools import islice

from filters.kernels.characters import SINGLE
from pipelines.dedup.tokens import kinds

#: what stands for a character that is not shown
HIDDEN = "·"
#: characters of a masked text
MOST = 80
#: words up to so many characters are hidden whole: what is shown of them would be half of them or more
_SHORT = 2
#: where words are not spaced, one of so many characters is shown, whatever word it belongs to
_EVERY = 4

_WORD = re.compile(r"\S+")


def masked(text: str, most: int = MOST) -> str:
    """Give the beginning of a text with all but the first letter of each word hidden: at most `most` characters.

    A word is what white space bounds, so that of an address nothing but its first letter is shown. Of a word of one or
    two characters nothing is, nor any digit or mark; where words are not spaced (Han, kana, Thai), one letter of four.
    White space becomes one space; control and format characters are left out. It ends with a word, unless that alone
    is longer than `most`.
    """
    found: list[str] = []
    room = most
    for match in _WORD.finditer(text):
        word = "".join(islice(filter(_visible, match[0]), most + 1))
        if not word:
            continue
        if room < len(word) <= most or room <= 0:
            break
        found.append(_hidden(word[:room]))
        room -= len(word) + 1
    return " ".join(found)


def _visible(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"


def _hidden(word: str) -> str:
    shown = len(word) > _SHORT
    return "".join(one if shown and _stays(place, one) else HIDDEN for place, one in enumerate(word))


def _stays(place: int, character: str) -> bool:
    """Say whether a character is shown: a letter at the right place, and none that stands for several."""
    first = place == 0 or (place % _EVERY == 0 and bool(kinds("words")[ord(character)] & SINGLE))
    return first and character.isalpha() and unicodedata.normalize("NFKC", character) == character
