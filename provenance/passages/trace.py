"""Traces a text back to documents: passages that it shares with them, found by fingerprints, compared on the text."""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from pipelines.passage_index.scheme import Scheme
from provenance.passages.answer import Span, Trace, Unverified, Work
from provenance.passages.candidates import choose
from provenance.passages.folded import Folded
from provenance.passages.held import HeldTexts
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
    spans, guarantee, work = _search(index.kept_texts, text, limits)
    if index.dropped_texts:
        dropped, promised, more = _search(index.dropped_texts, text, limits)
        return Trace(spans, dropped, (), guarantee, promised, _both(work, more))
    if index.dropped:
        found, promised, left = _unverified(index.dropped, index, text, limits)
        return Trace(spans, (), found, guarantee, promised, replace(work, not_listed=work.not_listed + left))
    return Trace(spans, (), (), guarantee, None, work)


def _search(texts: HeldTexts, text: str, limits: Limits) -> tuple[tuple[Span, ...], str, Work]:
    """Find what a text shares with texts that can be read; say what is promised, and what was done."""
    layer = texts.layer
    asked, beyond = _asked(text, layer.scheme, limits)
    hits = _hits(layer, asked, limits)
    chosen = choose(hits, layer.documents.count, limits.documents)
    compared, not_grown = _compare(texts, asked, chosen.chosen, limits)
    shared = ranked(maximal(compared), asked, hits, layer.documents.count)
    spans, unlisted = listed(texts, asked.text, shared[: limits.spans], chosen.chosen, limits.sources)
    work = Work(
        tokens=len(asked.text.firsts),
        looked_up=len(asked.hashes),
        not_looked_up=beyond,
        compared=len(compared),
        not_compared=chosen.left,
        not_followed=chosen.not_followed,
        not_read=chosen.not_read,
        not_grown=not_grown,
        not_listed=max(len(shared) - limits.spans, 0) + unlisted,
    )
    return spans, _guarantee(asked.text), work


def _both(one: Work, other: Work) -> Work:
    """Add up what was done for the same text."""
    sums = {field.name: getattr(one, field.name) + getattr(other, field.name) for field in fields(Work)}
    return Work(**{**sums, "tokens": one.tokens})


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


def _compare(texts: HeldTexts, asked: Asked, documents: Numbers, limits: Limits) -> tuple[list[Numbers], int]:
    """Find what each document shares with the text, and count the pairs of equal places that were not grown."""
    found: list[Numbers] = []
    left, runs = 0, limits.runs
    for document in documents.tolist():
        shared, over = matches(asked, Folded.of(texts.text(document), texts.layer.scheme), runs)
        found.append(shared)
        left, runs = left + over, runs - len(shared)
    return found, left


def _unverified(
    layer: Layer, index: PassageIndex, text: str, limits: Limits
) -> tuple[tuple[Unverified, ...], str, int]:
    """Find records whose texts cannot be read; say what is promised, and how many are left out."""
    asked, _ = _asked(text, layer.scheme, limits)
    found, left = unverified(layer, asked, _hits(layer, asked, limits), index.facts, limits.unverified)
    return found, f"By fingerprints alone, without the texts: {_guarantee(asked.text)}", left


def _guarantee(text: Folded) -> str:
    """State the guarantee, and where the text is too short for it."""
    if text.guaranteed:
        return text.scheme.guarantee
    if len(text.hashes):
        return f"{text.scheme.guarantee} This text is shorter: not all that is shared may be found."
    return f"{text.scheme.guarantee} This text is shorter than one fingerprint: nothing can be found."
