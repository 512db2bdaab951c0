"""What a search for passages answers: plain values, all of them counted in characters as Python counts them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """A document that holds a span."""

    id: str
    url: str | None
    #: when it was captured
    date: str | None
    #: what the page states, as an SPDX expression; None where the ledger knows of none
    licence: str | None
    #: what became of it: `kept`, or the outcome that the ledger has; and the filter that dropped it
    fate: str
    dropped_by: str | None
    #: the file of the release that holds its text, and its row there
    data_file: str
    data_row: int
    #: the span in the document's text
    start: int
    end: int
    #: equal byte for byte; otherwise but for case, white space, punctuation and the form of characters
    verbatim: bool
    #: how often the document has it
    places: int
    #: of a document that is not kept, the beginning of the span in its text, masked
    snippet: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text that was asked about that documents share; it is part of no longer one."""

    start: int
    end: int
    #: words, and characters of scripts without spaces
    tokens: int
    #: tokens times the binary logarithm of how rare the span is at least: of all documents to `documents_at_most`
    score: float
    #: no more documents than these have the span: as many have its rarest fingerprint
    documents_at_most: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Unverified:
    """A record whose text is not in the release; that it shares a passage is known by its fingerprints alone."""

    ledger_file: str
    ledger_row: int
    id: str
    url: str | None
    date: str | None
    outcome: str
    dropped_by: str | None
    #: BLAKE2b-128 of its text as extracted, from the ledger
    extracted_digest: str | None
    #: how many fingerprints of the text that was asked about it has
    fingerprints: int
    #: from the first to the last of them, in the text that was asked about
    start: int
    end: int
    #: the beginning of that part of it, masked
    snippet: str
    #: two fingerprints or more are likely no chance; one may be
    certainty: Literal["likely", "possible"]


@dataclass(frozen=True, slots=True)
class Work:
    """What was done, and what was not for the sake of time."""

    #: words of the text, and characters of scripts without spaces
    tokens: int
    #: fingerprints that were looked up
    looked_up: int
    #: fingerprints of the text that were not looked up, there being too many
    not_looked_up: int
    #: documents that share a fingerprint and were compared with the text
    compared: int
    #: documents, as far as they were read, that share one and were not compared
    not_compared: int
    #: fingerprints that were found, but in no document that was compared
    not_followed: int
    #: documents of very common fingerprints that were not even read, summed over fingerprints
    not_read: int
    #: pairs of equal places that were not grown to spans
    not_grown: int
    #: spans, documents or hits that the answer leaves out
    not_listed: int

    @property
    def complete(self) -> bool:
        """Whether the guarantee holds: for each shared run some document that has it was compared."""
        return not (self.not_looked_up or self.not_followed or self.not_grown)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where passages of a text come from."""

    #: what kept documents share, the highest score first
    spans: tuple[Span, ...]
    #: what texts share that filters dropped, where the release holds these, likewise
    dropped: tuple[Span, ...]
    #: records of dropped text where the release does not hold it, the most fingerprints first
    unverified: tuple[Unverified, ...]
    guarantee: str
    #: what is promised of dropped text; None where the release has no index of it
    dropped_guarantee: str | None
    work: Work
