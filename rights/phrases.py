"""Finds any of many phrases in folded text; in ASCII, as most texts are, only where a word begins one."""

import re
from functools import cached_property

from rights.folding import OPEN, Phrase, any_of, folded
from rights.licence_words import words

_WORD = re.compile(r"\w+")


class Side:
    """A folded text that is asked for several lists of phrases."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """The words, and where each begins."""
        return [(word[0], word.start()) for word in _WORD.finditer(self.text)]


class Phrases:
    """A list of phrases, as `licence_words` writes them."""

    def __init__(self, listed: str) -> None:
        self._listed = words(listed)
        self._any = Phrase(any_of(self._listed))

    def stand_in(self, side: Side) -> bool:
        """Say whether any of the phrases stands in a text."""
        compiled, text = self._any.compiled, side.text
        if not text.isascii():
            return compiled.search(text) is not None
        whole, begun = self._firsts
        return any(
            (word in whole or word.startswith(begun)) and compiled.match(text, start) is not None
            for word, start in side.words
        )

    def without(self, side: Side, instead: str) -> Side:
        """Replace each of the phrases in a text."""
        return Side(self._any.compiled.sub(instead, side.text)) if self.stand_in(side) else side

    @cached_property
    def _firsts(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Give the first words of the phrases in ASCII, and those of them that may go on."""
        whole, begun = set[str](), set[str]()
        for phrase in self._listed:
            plain = folded(phrase.rstrip(OPEN))
            if plain.isascii() and (first := _WORD.match(plain)):
                (begun if first[0] == plain and phrase.endswith(OPEN) else whole).add(first[0])
        return frozenset(whole), tuple(sorted(begun))
