"""Documents that are alike a text as a whole: found by bands of MinHash, then compared with it, shingle by shingle."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np
import numpy.typing as npt

from pipelines.dedup.jaccard import jaccard, shingle_sets
from pipelines.mistakes import UsageError
from pipelines.similar_index.bands import BandScheme, band_keys
from provenance.opened import Opened
from provenance.similar_index import SimilarIndex

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

#: the similarity that the chance is told for
USUAL = 0.8
#: bytes of texts that are compared at once, or one text of more
_COMPARED_BYTES = 1 << 20
#: digits of a similarity: as many as float32 has
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """How much work one question may be; an answer says what was left out for them."""

    #: documents of one band that are read from the index, the first ones by number
    hits: int = 1 << 12
    #: documents that are compared with the text
    documents: int = 256
    #: bytes of their texts, after which no more are read
    text_bytes: int = 64 << 20


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class SimilarDocument:
    """A document that is alike the text."""

    id: str
    url: str | None
    #: when it was captured, as in the data file
    date: str | None
    data_file: str
    data_row: int
    #: of all different shingles that it or the text has, the share that both have
    similarity: float
    #: bands that it shares with the text
    bands: int


@dataclass(frozen=True, slots=True)
class Similar:
    """The documents that are alike a text."""

    #: the most similar first
    documents: tuple[SimilarDocument, ...]
    #: the similarity from which on documents are listed
    least: float
    #: documents that share a band and were compared with the text
    compared: int
    #: documents, as far as they were read, that share a band and were not compared
    not_compared: int
    #: documents of very common bands that were not even read, summed over bands
    not_read: int
    #: documents that are similar enough, and that the answer leaves out
    not_listed: int
    #: the chance that a document of similarity 0.8 is found, if all that share a band are compared
    chance: float
    guarantee: str

    @property
    def complete(self) -> bool:
        """Whether all documents that share a band were compared."""
        return not (self.not_compared or self.not_read)


def similar(
    release: Opened | SimilarIndex, text: str, least: float = 0.5, most: int = 20, limits: Limits = LIMITS
) -> Similar:
    """Find the documents of a release that are alike a text: the `most` most similar of those from `least` on.

    UsageError where the release has no index of similar texts, or where `least` is no share or `most` is negative.
    """
    if not 0 <= least <= 1 or most < 0:
        raise UsageError(f"expected a similarity of 0 to 1 and 0 documents or more, got {least} and {most}")
    if isinstance(release, SimilarIndex):
        return _similar(release, text, least, most, limits)
    with _index_of(release) as index:
        return _similar(index, text, least, most, limits)


def _index_of(opened: Opened) -> SimilarIndex:
    try:
        return SimilarIndex(opened.store)
    except FileNotFoundError as error:
        root = opened.store.root
        raise UsageError(
            f"expected a release with an index of similar texts, and {root} has none: run `vitrine index {root}`"
        ) from error


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Documents that share bands with a text, those of the most bands first."""

    documents: Numbers
    #: how many bands each shares
    bands: Numbers
    #: documents that were not read, summed over bands
    not_read: int
    #: whether the text has any bands
    signed: bool

    @classmethod
    def of(cls, index: SimilarIndex, data: Bytes, most: int) -> Self:
        """Look the bands of a text up, and read at most so many documents of each."""
        bands, (signed,) = band_keys(data, np.array([0, len(data)]), index.scheme)
        hits, not_read = index.hits(bands[0] if signed else np.empty(0, np.int64), most)
        documents, shared = np.unique(hits, return_counts=True)
        order = np.lexsort((documents, -shared))
        return cls(documents[order], shared[order], not_read, bool(signed))


def _similar(index: SimilarIndex, text: str, least: float, most: int, limits: Limits) -> Similar:
    data = np.frombuffer(text.encode(errors="replace"), np.uint8)
    candidates = _Candidates.of(index, data, limits.hits)
    similarity = _similarities(index, data, candidates.documents[: limits.documents].tolist(), limits.text_bytes)
    chosen = _chosen(index, candidates, similarity, least)
    not_compared = len(candidates.documents) - len(similarity)
    return Similar(
        documents=tuple(chosen[:most]),
        least=least,
        compared=len(similarity),
        not_compared=not_compared,
        not_read=candidates.not_read,
        not_listed=max(len(chosen) - most, 0),
        chance=index.scheme.chance(USUAL),
        guarantee=_guarantee(
            index.scheme, least, signed=candidates.signed, complete=not (not_compared or candidates.not_read)
        ),
    )


def _similarities(
    index: SimilarIndex, data: Bytes, documents: Sequence[int], most_bytes: int
) -> npt.NDArray[np.float32]:
    """Compare a text with documents, in their order, until so many bytes were read: float32[n], of those compared."""
    minhash, found = index.scheme.minhash, [np.empty(0, np.float32)]
    own, _ = shingle_sets(data, np.array([0, len(data)]), minhash)
    for texts in _batches(index, documents, most_bytes):
        offsets = np.array([*accumulate(map(len, texts), initial=0)])
        hashes, firsts = shingle_sets(np.concatenate(texts), offsets, minhash)
        pairs = np.column_stack((np.zeros(len(texts), np.int64), np.arange(1, len(texts) + 1)))
        found.append(jaccard(np.concatenate((own, hashes)), np.concatenate(([0], firsts + len(own))), pairs))
    return np.concatenate(found)


def _batches(index: SimilarIndex, documents: Sequence[int], most_bytes: int) -> Iterator[list[Bytes]]:
    """Read texts of documents, some at a time, until so many bytes were read."""
    texts, held, read = list[Bytes](), 0, 0
    for document in documents:
        if read >= most_bytes:
            break
        texts.append(index.text(document))
        held, read = held + len(texts[-1]), read + len(texts[-1])
        if held >= _COMPARED_BYTES:
            yield texts
            texts, held = [], 0
    if texts:
        yield texts


def _chosen(
    index: SimilarIndex, candidates: _Candidates, similarity: npt.NDArray[np.float32], least: float
) -> list[SimilarDocument]:
    """Tell of the documents that are similar enough, the most similar first; ids break ties, so that no shard does."""
    # As float32, as which similarities are computed: 0.7 is no less than 0.7.
    alike = np.flatnonzero(similarity >= np.float32(least)).tolist()
    found = [
        _about(index, int(candidates.documents[place]), float(similarity[place]), int(candidates.bands[place]))
        for place in alike
    ]
    return sorted(found, key=lambda one: (-one.similarity, one.id, one.data_file, one.data_row))


def _about(index: SimilarIndex, document: int, similarity: float, bands: int) -> SimilarDocument:
    name, row = index.documents.place(document)
    facts = {column: index.fact(document, column) for column in ("id", "url", "date")}
    return SimilarDocument(**facts, data_file=name, data_row=row, similarity=round(similarity, _DIGITS), bands=bands)


def _guarantee(scheme: BandScheme, least: float, *, signed: bool, complete: bool) -> str:
    """State what is promised, which is a chance, and where it does not hold."""
    also = "" if least == USUAL else f", one of {least:g} with {_percent(scheme, least)} %"
    unit = "characters" if scheme.tokens == "characters" else "words"
    said = (
        f"A document of similarity {USUAL} is found with a chance of {_percent(scheme, USUAL)} %{also} ({scheme.bands} "
        f"bands of {scheme.rows} values). Similarity is the share of all different shingles of {scheme.ngram} {unit} "
        "that both texts have."
    )
    if not signed:
        return f"{said} This text has no shingle: nothing can be found."
    return said if complete else f"{said} Not all documents that share a band were compared: more may be similar."


def _percent(scheme: BandScheme, similarity: float) -> float:
    """Give the chance in percent, rounded down: what is promised holds."""
    return math.floor(scheme.chance(similarity) * 1000) / 10
