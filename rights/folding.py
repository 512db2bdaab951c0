"""Text folded for comparison, and patterns that find any of many phrases in it."""

# ruff: noqa: RUF001  # signs that look like others are what it is about

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

# Accents, what joins or breaks words without being seen, and Arabic's vowel signs.
_DROPPED = dict.fromkeys(
    [*range(0x300, 0x370), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x640, *range(0x64B, 0x653), 0xFE0F]
)
_REPLACED = _DROPPED | {ord(dash): "-" for dash in "‐‑‒–—―−"} | {ord("’"): "'", ord("ı"): "i"}
_CIRCLED = str.maketrans({"ⓒ": "©", "Ⓒ": "©"})
# Han, kana, hangul, Thai, Lao, Burmese and Khmer: scripts in which a word may begin anywhere.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
_MEETING = re.compile(rf"(?<=[{_UNSPACED}])(?=[^\W{_UNSPACED}])|(?<=[^\W{_UNSPACED}])(?=[{_UNSPACED}])")
# Articles and prepositions are written onto the word.
_PREFIXED = re.compile(r"[\u0590-\u06ff]")
_ANYWHERE = re.compile(rf"[{_UNSPACED}]|\W")
#: at the end of a phrase, that a word may go on there
OPEN = "*"


class Phrase:
    """A pattern for folded text, compiled when it is first used: with words of many languages that takes a while."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, to match or search with."""
        return re.compile(self._pattern)


_Trie = dict[str, "_Trie"]


def folded(text: str) -> str:
    """Fold text so that case, accents, width, dashes and blanks do not matter.

    Scripts that do not set words apart are set apart from those that do: a Latin name ends where Chinese goes on.
    """
    if text.replace("©", "").isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.translate(_CIRCLED)).casefold().translate(_REPLACED)
    return " ".join(_MEETING.sub(" ", unicodedata.normalize("NFC", apart)).split())


def any_of(phrases: Iterable[str], blank: str = " ") -> str:
    """Write a pattern for folded text that finds the longest of these phrases; `*` at an end lets the word go on.

    A word must begin and end with the phrase where its script sets words apart; Arabic and Hebrew write their
    prepositions onto the word, so there it need not begin. `blank` is the pattern for a blank or hyphen of a phrase.
    The pattern tries each sign of a phrase once: it takes time linear in the text.
    """
    free, bound = _Trie(), _Trie()
    for phrase in phrases:
        plain = folded(phrase.rstrip(OPEN))
        starts_anywhere = _ANYWHERE.match(plain[0]) or _PREFIXED.match(plain[0])
        _add(free if starts_anywhere else bound, plain, _ending(phrase, plain))
    parts = [rf"\b{_pattern(bound, blank)}" if bound else "", _pattern(free, blank) if free else ""]
    return f"(?:{'|'.join(part for part in parts if part)})"


def _ending(phrase: str, plain: str) -> str:
    if phrase.endswith(OPEN) or _ANYWHERE.match(plain[-1]):
        return ""
    return r"\b"


def _add(trie: _Trie, plain: str, ending: str) -> None:
    for sign in plain:
        trie = trie.setdefault(sign, {})
    # A key longer than a sign marks where a phrase ends, and what must follow.
    trie[f"end:{ending}"] = {}


def _pattern(trie: _Trie, blank: str) -> str:
    """Write the branches of a trie, longest phrase first, runs of single branches as one literal."""
    branches = [
        (blank if sign == " " else re.escape(sign)) + _pattern(below, blank)
        for sign, below in sorted(trie.items())
        if len(sign) == 1
    ]
    endings = sorted((sign.removeprefix("end:") for sign in trie if len(sign) > 1), key=len, reverse=True)
    branches.extend(endings)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
