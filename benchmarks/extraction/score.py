"""How near an extracted text is to the truth: by words, and by snippets that should or should not be in it."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.extraction.words import words


class WordScore(NamedTuple):
    """Shares between 0 and 1."""

    f1: float
    precision: float
    recall: float


class SnippetScore(NamedTuple):
    """Shares between 0 and 1; None where there are no snippets of the kind."""

    #: of the wanted snippets, those that are in the text
    found: float | None
    #: of the unwanted snippets, those that are not
    left_out: float | None


def score_words(found: Sequence[str], truth: Sequence[str]) -> WordScore:
    """Compare words as multisets, whatever their order: a word counts as often as both have it.

    Precision is the share of the found words that are true, recall the share of the true words that were found, F1
    their harmonic mean. An empty text has all three 0, unless the truth is empty too: then 1.
    """
    if not found or not truth:
        return WordScore(*[float(not found and not truth)] * 3)
    both = (Counter(found) & Counter(truth)).total()
    return WordScore(2 * both / (len(found) + len(truth)), both / len(found), both / len(truth))


def score_snippets(found: Sequence[str], wanted: Sequence[str], unwanted: Sequence[str]) -> SnippetScore:
    """Look for snippets in a text's words; a snippet's first and last word may be a part of the text's.

    Punctuation, white space and markup between words do not matter. A snippet without a word is passed over.
    """
    text = " ".join(found)
    there = _share(text, wanted)
    present = _share(text, unwanted)
    return SnippetScore(there, None if present is None else 1 - present)


def _share(text: str, snippets: Sequence[str]) -> float | None:
    """Give the share of the snippets that are in the text."""
    joined = [" ".join(found) for found in map(words, snippets) if found]
    return sum(snippet in text for snippet in joined) / len(joined) if joined else None
