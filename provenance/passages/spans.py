"""Spans of the text that was asked about: what documents share of it, without what lies in a longer one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import log2

import numpy as np
import numpy.typing as npt

from provenance.masked import masked
from provenance.passages.answer import Source, Span
from provenance.passages.folded import Folded
from provenance.passages.held import KEPT, HeldTexts
from provenance.passages.layer import Hits
from provenance.passages.matches import Asked

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shared:
    """A maximal span and who shares it."""

    #: first letter and stop in the text
    first: int
    stop: int
    #: of each place that has it: the document's place in the list, first byte and end there, int64[n, 3]
    places: Numbers


def maximal(found: Sequence[Numbers]) -> list[Shared]:
    """Join what documents share, int64[n, 4] of each as `matches` gives it, in order of place."""
    owner = np.repeat(np.arange(len(found)), [len(one) for one in found])
    rows = np.concatenate([np.empty((0, 4), np.int64), *found])
    # The longest of those that begin together comes first: what ends no later than one before it lies in that one.
    order = np.lexsort((rows[:, 2], owner, -rows[:, 1], rows[:, 0]))
    owner, rows = owner[order], rows[order]
    spans, firsts = np.unique(rows[:, :2] * [1, -1], axis=0, return_index=True)
    stops = -spans[:, 1]
    before = np.concatenate(([-1], np.maximum.accumulate(stops)[:-1]))[: len(stops)]
    ends = np.append(firsts[1:], len(rows))
    places = np.column_stack((owner, rows[:, 2:]))
    return [
        Shared(int(spans[at, 0]), int(stops[at]), places[firsts[at] : ends[at]])
        for at in np.flatnonzero(stops > before)
    ]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A maximal span, and what it counts."""

    shared: Shared
    tokens: int
    #: documents that have the rarest fingerprint in it
    at_most: int
    score: float


def ranked(shared: Sequence[Shared], asked: Asked, hits: Sequence[Hits], documents: int) -> list[Ranked]:
    """Order spans by how long and rare they are among so many documents; `hits` are those of `asked.hashes`."""
    counts = np.array([hit.count for hit in hits], np.int64)[np.searchsorted(asked.hashes, asked.every)]
    bounds = np.array([(one.first, one.stop) for one in shared], np.int64).reshape(-1, 2)
    tokens = asked.text.tokens(bounds[:, 0], bounds[:, 1])
    low, high = np.searchsorted(asked.letters, bounds[:, 0]), np.searchsorted(asked.stops, bounds[:, 1], "right")
    found: list[Ranked] = []
    for one, size, start, stop in zip(shared, tokens.tolist(), low.tolist(), high.tolist(), strict=True):
        inside = counts[start:stop]
        # Where all shingles are looked up, most are no fingerprints of any document.
        at_most = int(inside[inside > 0].min())
        found.append(Ranked(one, size, at_most, round(size * log2(1 + documents / at_most), 3)))
    return sorted(found, key=lambda one: (-one.score, one.shared.first, -one.shared.stop))


def listed(
    texts: HeldTexts, text: Folded, spans: Sequence[Ranked], documents: Numbers, most: int
) -> tuple[tuple[Span, ...], int]:
    """Tell of spans, with at most so many sources in all, and say how many sources are left out."""
    found: list[Span] = []
    left = 0
    for one in spans:
        span, over = _span(texts, text, one, documents, most)
        most -= len(span.sources)
        left += over
        found.append(span)
    return tuple(found), left


def _span(texts: HeldTexts, text: Folded, one: Ranked, documents: Numbers, most: int) -> tuple[Span, int]:
    (start,), (end,) = text.spans(np.array([one.shared.first]), np.array([one.shared.stop]))
    owners, firsts, places = np.unique(one.shared.places[:, 0], return_index=True, return_counts=True)
    said = text.data[start:end].tobytes()
    sources = tuple(
        _source(texts, int(documents[owner]), said, slice(*one.shared.places[first, 1:].tolist()), int(count))
        for owner, first, count in zip(owners[:most], firsts, places, strict=False)
    )
    span = Span(*text.characters(int(start), int(end)), one.tokens, one.score, one.at_most, sources)
    return span, len(owners) - len(sources)


def _source(texts: HeldTexts, document: int, said: bytes, where: slice, places: int) -> Source:
    text, about = texts.text(document), texts.about(document)
    before, inside = (part.decode(errors="replace") for part in (text[: where.start], text[where]))
    return Source(
        **{field.name: getattr(about, field.name) for field in fields(about)},
        start=len(before),
        end=len(before) + len(inside),
        verbatim=text[where] == said,
        places=places,
        snippet=None if about.fate == KEPT else masked(inside),
    )
