"""How free a licence leaves whoever uses a page: what `prefer = ["license"]` sorts by."""

from functools import lru_cache

from rights.expression import parts

#: what a licence may ask at most, from the freest to the strictest; what asks anything else is not ranked
_LEVELS = (
    frozenset({"public-domain"}),
    frozenset({"public-domain", "attribution"}),
    frozenset({"public-domain", "attribution", "share-alike"}),
    frozenset({"public-domain", "attribution", "share-alike", "non-commercial"}),
    frozenset({"public-domain", "attribution", "share-alike", "non-commercial", "no-derivatives"}),
)


@lru_cache(maxsize=4096)
def freedom(licence: str | None) -> int | None:
    """Rank a licence by what it asks: 0 nothing, 1 attribution, 2 share-alike, 3 no commerce, 4 no change.

    None where no licence is believed, or its terms are unknown or reserve all rights. Of several parts, all count.
    """
    asked = {term for part in parts(licence or "") for term in part.terms} - {"software"}
    return next((level for level, terms in enumerate(_LEVELS) if asked and asked <= terms), None)
