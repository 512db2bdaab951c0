"""What the words around a licence say of it: that it is granted, for what, and whether every right is reserved."""

from collections.abc import Collection
from typing import Literal, get_args

from rights.cue_words import EXCEPTION, GRANT, MEDIA, NEGATION, OWN
from rights.folding import folded
from rights.licence_words import RESERVED
from rights.phrases import Lists

Cue = Literal["grant", "media", "reserved", "negation", "own"]

#: characters on each side of a licence that speak of it; what is farther is not read
NEAR = 200
_WORDS: dict[Cue, str] = {"grant": GRANT, "media": MEDIA, "reserved": RESERVED, "negation": NEGATION, "own": OWN}
_EXCEPTION = "exception"
_LISTS = Lists({**_WORDS, _EXCEPTION: EXCEPTION})
#: the sign that many texts have beside letters of ASCII's alone, and one that parts words as it does
_SIGN, _PART = "\N{COPYRIGHT SIGN}", "|"


def cues(before: str, after: str = "", wanted: Collection[Cue] = get_args(Cue)) -> frozenset[Cue]:
    """Say which of some cues stand in the text before a licence and after it, up to `NEAR`, each side by itself.

    "Unless otherwise noted" is no negation: it leaves the licence standing. A phrase never spans the licence.
    """
    sides = [folded(before[-NEAR:]), folded(after[:NEAR])]
    return frozenset(cue for side in sides if side for cue in _cues(side.replace(_SIGN, _PART), wanted))


def _cues(text: str, wanted: Collection[Cue]) -> list[Cue]:
    found = _LISTS.standing_in(text, {*wanted, _EXCEPTION})
    if _EXCEPTION in found:
        # What is excepted ends a sentence: no phrase goes on over it.
        found = _LISTS.standing_in(_LISTS.lists[_EXCEPTION].without(text, " . "), wanted)
    return [cue for cue in wanted if cue in found]
