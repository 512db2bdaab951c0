"""Licence."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import ClassVar, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field

from filters.filter import Filter
from filters.texts import Texts
from rights.expression import satisfied
from rights.licence import Term
from rights.spdx import families, licence_of_id

UNKNOWN, DISPUTED = "unknown", "disputed"
CLASSES = (*get_args(Term), DISPUTED)


class License(Filter):
    """The licence that the page is believed to have, as its SPDX identifier or one of ours.

    `unknown` where no evidence is believed, or not enough; `disputed` where evidence disagrees: other licences are
    believed too, or all rights are reserved. Of a choice, as in `MIT OR Apache-2.0`, one part must be allowed; of a
    combination (`AND`) every part. What a page says of its licence is a statement, not legal advice.
    """

    name: ClassVar = "license"
    subject: ClassVar = "stated_licence"
    source: ClassVar = (
        "the idea: Common Pile's Creative Commons Common Crawl (Kandpal et al. 2025), C4Corpus (Habernal et al. 2016); "
        "the evidence and its weights are Vitrine's"
    )
    examples: ClassVar = {
        "CC-BY-4.0": True,
        "CC0-1.0": True,
        "LicenseRef-CC-BY-SA": True,
        "CC-BY-NC-ND-4.0": False,
        "LicenseRef-all-rights-reserved": False,
        "none that anybody knows": False,
    }
    kind: ClassVar = pa.string()

    #: what is kept: SPDX identifiers, families such as `CC-BY`, and classes; a licence is kept by its classes if all
    #: that it asks is among them. Classes: `public-domain`, `attribution`, `share-alike`, `non-commercial`,
    #: `no-derivatives`, `software` (beside what such a licence asks), `reserved`, `unknown`, `disputed`
    allowed: tuple[str, ...] = Field(default=("public-domain", "attribution", "share-alike"), min_length=1)
    #: evidence that is less likely than this says nothing
    confidence: float = Field(default=0.7, ge=0, le=1)
    #: where evidence disagrees: `disputed` is the signal, or the licence for which most speaks
    disagreement: Literal["disputed", "best"] = "disputed"

    def signal(self, texts: Texts) -> pa.Array:
        """Name the licence."""
        licences, likely, disputed = (
            texts.batch.column(name) for name in ("stated_licence", "licence_confidence", "licence_disagreement")
        )
        least = pa.scalar(self.confidence, pa.float32())
        # A bare licence, without evidence, is what it says.
        believed = pc.and_(pc.is_valid(licences), pc.fill_null(pc.greater_equal(likely, least), True))
        named = pc.if_else(believed, licences, UNKNOWN)
        if self.disagreement == "best":
            return named
        return pc.if_else(pc.and_(believed, pc.fill_null(disputed, False)), DISPUTED, named)

    def keep(self, signal: pa.Array) -> pa.BooleanArray:
        """Keep what is allowed, by its name, its family or all of its classes."""
        values = pc.dictionary_encode(signal)
        kept = pa.array([_is_allowed(name, self.allowed) for name in values.dictionary.to_pylist()], pa.bool_())
        return kept.take(values.indices)

    def mistakes(self) -> list[str]:
        """Find words that name no licence and no class."""
        known = f"expected an SPDX identifier, a family such as CC-BY, or one of {', '.join(CLASSES)}"
        return [f"{word!r} is no licence: {known}" for word in self.allowed if not _is_known(word)]


def _is_known(word: str) -> bool:
    licence = licence_of_id(word)
    return word in CLASSES or word in families() or (licence is not None and licence.id == word)


@lru_cache(maxsize=4096)
def _is_allowed(name: str, allowed: tuple[str, ...]) -> bool:
    return satisfied(name, lambda part: _part_is_allowed(part, allowed))


def _part_is_allowed(name: str, allowed: tuple[str, ...]) -> bool:
    return any(word in allowed for word in _names(name)) or _asks_only(name, allowed)


def _names(name: str) -> Iterator[str]:
    """Give the names by which a licence may be allowed: its own, its family's."""
    yield name
    licence = licence_of_id(name)
    if licence:
        yield licence.family


def _asks_only(name: str, allowed: Collection[str]) -> bool:
    if name in {UNKNOWN, DISPUTED}:
        return name in allowed
    licence = licence_of_id(name)
    terms = licence.terms if licence else (UNKNOWN,)
    return all(term in allowed for term in terms)
