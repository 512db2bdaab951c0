"""Traces a text back to documents: passages that it shares with them, found by fingerprints, compared on the text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.passage_index.scheme import Scheme
from provenance.passages.answer import Trace, Unverified, Work
from provenance.passages.candidates import choose
from provenance.passages.folded import Folded
from provenance.passages.index import PassageIndex
from provenance.passages.layer import Hits, Layer
from provenance.passages.matches import Asked, matches
from provenance.passages.spans import listed, maximal, ranked
from provenance.passages.unverified import unverified

Numbers = npt.NDArray[np.int64]

#: tokens up to which all shingles of a text are looked up: this finds more of what is shorter than is guaranteed
_ALL_SHINGLES = 128


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work one question may be; an answer says what was left out for them."""

    #: fingerprints of a text that are looked up, the first ones
    fingerprints: int = 1 << 16
    #: documents of one fingerprint that are read from the index, the first ones by number
    hits: int = 1 << 14
    #: of all fingerprints together; each has an equal part of it
    all_hits: int = 1 << 22
    #: documents that are compared with the text
    documents: int = 256
    #: runs of equal words that are kept of all these documents together
    runs: int = 1 << 18
    #: spans that are listed, and their sources in all
    spans: int = 1000
    sources: int = 2000
    #: records of dropped text that are listed
    unverified: int = 20


LIMITS = Limits()


def trace(index: PassageIndex, text: str, limits: Limits = LIMITS) -> Trace:
    """Find the passages that a text shares with the release's documents, whatever case, white space and punctuation.

    A text of fewer words than are guaranteed is answered with what can be found; the guarantee says so.
    """
    asked, beyond = _asked(text, index.scheme, limits)
    hits = _hits(index.kept, asked, limits)
    chosen = choose(hits, index.kept.documents.count, limits.documents)
    compared, not_grown = _compare(index, asked, chosen.chosen, limits)
    shared = ranked(maximal(compared), asked, hits, index.kept.documents.count)
    spans, unlisted = listed(index, asked.text, shared[: limits.spans], chosen.chosen, limits.sources)
    dropped, promised, left = _dropped(index, text, limits)
    work = Work(
        tokens=len(asked.text.firsts),
        looked_up=len(asked.hashes),
        not_looked_up=beyond,
        compared=len(compared),
        not_compared=chosen.left,
        not_followed=chosen.not_followed,
        not_read=chosen.not_read,
        not_grown=not_grown,
        not_listed=max(len(shared) - limits.spans, 0) + unlisted + left,
    )
    return Trace(spans, dropped, _guarantee(asked.text), promised, work)


def _asked(text: str, scheme: Scheme, limits: Limits) -> tuple[Asked, int]:
    """Choose what to look up; also count what is beyond the limit."""
    folded = Folded.of(text, scheme)
    short = len(folded.firsts) <= _ALL_SHINGLES
    tokens = np.arange(len(folded.hashes)) if short else folded.chosen
    hashes = folded.hashes[tokens]
    distinct, first = np.unique(hashes, return_index=True)
    if len(distinct) > limits.fingerprints:
        tokens = tokens[np.isin(hashes, distinct[np.argsort(first)[: limits.fingerprints]])]
    return Asked.of(folded, tokens), max(len(distinct) - limits.fingerprints, 0)


def _hits(layer: Layer, asked: Asked, limits: Limits) -> list[Hits]:
    most = min(limits.hits, limits.all_hits // max(len(asked.hashes), 1))
    return layer.hits(asked.hashes, max(most, 1))


def _compare(index: PassageIndex, asked: Asked, documents: Numbers, limits: Limits) -> tuple[list[Numbers], int]:
    """Find what each document shares with the text, and count the pairs of equal places that were not grown."""
    found: list[Numbers] = []
    left, runs = 0, limits.runs
    for document in documents.tolist():
        shared, over = matches(asked, Folded.of(index.text(document), index.scheme), runs)
        found.append(shared)
        left, runs = left + over, runs - len(shared)
    return found, left


def _dropped(index: PassageIndex, text: str, limits: Limits) -> tuple[tuple[Unverified, ...], str | None, int]:
    if index.dropped is None:
        return (), None, 0
    asked, _ = _asked(text, index.dropped.scheme, limits)
    hits = _hits(index.dropped, asked, limits)
    found, left = unverified(index.dropped, asked, hits, index.facts, limits.unverified)
    return found, f"By fingerprints alone, without the texts: {_guarantee(asked.text)}", left


def _guarantee(text: Folded) -> str:
    """State the guarantee, and where the text is too short for it."""
    if text.guaranteed:
        return text.scheme.guarantee
    if len(text.hashes):
        return f"{text.scheme.guarantee} This text is shorter: not all that is shared may be found."
    return f"{text.scheme.guarantee} This text is shorter than one fingerprint: nothing can be found."
