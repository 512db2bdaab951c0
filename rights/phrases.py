"""Finds which lists have a phrase in a folded text; in ASCII, as most texts are, only where a word begins one."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache

from rights.folding import OPEN, any_of, folded
from rights.licence_words import words

_WORD = re.compile(r"\w+")
#: words of which it is remembered what they begin
_KNOWN = 1 << 14


class Phrases:
    """A list of phrases, as `licence_words` writes them."""

    def __init__(self, listed: str) -> None:
        self._listed = words(listed)

    def stand_in(self, text: str) -> bool:
        """Say whether any of the phrases stands in a text."""
        return self._any.search(text) is not None

    def begin(self, text: str, start: int) -> bool:
        """Say whether any of the phrases stands at a place in a text."""
        return self._any.match(text, start) is not None

    def without(self, text: str, instead: str) -> str:
        """Replace each of the phrases in a text."""
        return self._any.sub(instead, text)

    def begin_with(self, word: str) -> bool:
        """Say whether a word of ASCII's may be the first one of any of the phrases."""
        whole, begun = self._firsts
        return word in whole or word.startswith(begun)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(any_of(self._listed))

    @cached_property
    def _firsts(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Give the first words of the phrases in ASCII, and those of them that may go on."""
        whole, begun = set[str](), set[str]()
        for phrase in self._listed:
            plain = folded(phrase.rstrip(OPEN))
            if plain.isascii() and (first := _WORD.match(plain)):
                (begun if first[0] == plain and phrase.endswith(OPEN) else whole).add(first[0])
        return frozenset(whole), tuple(sorted(begun))


class Lists:
    """Lists of phrases by name, all of which a text is asked for at once."""

    def __init__(self, listed: Mapping[str, str]) -> None:
        self.lists = {name: Phrases(phrases) for name, phrases in listed.items()}
        self._begun = lru_cache(maxsize=_KNOWN)(self._begun_by)

    def standing_in(self, text: str, wanted: Collection[str]) -> set[str]:
        """Name those of some lists of which a phrase stands in a text."""
        if not text.isascii():
            return {name for name in wanted if self.lists[name].stand_in(text)}
        found = set[str]()
        for word in _WORD.finditer(text):
            for name in self._begun(word[0]):
                if name in wanted and name not in found and self.lists[name].begin(text, word.start()):
                    found.add(name)
        return found

    def _begun_by(self, word: str) -> tuple[str, ...]:
        return tuple(name for name, phrases in self.lists.items() if phrases.begin_with(word))
