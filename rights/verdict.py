"""Makes one verdict of the evidence: which licence a page is believed to have, how likely, and what disagrees."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rights.evidence import Item

#: an item that is less likely than this says nothing of the page
BELIEVED = 0.5
#: what is left of the confidence in a licence on a page that reserves all rights too
DISPUTED = 0.8
RESERVED = "LicenseRef-all-rights-reserved"
_OWN = "LicenseRef-"
#: what readers see of a page; all of it is one witness
_SEEN = frozenset({"rel", "anchor", "text", "item"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page's licence is believed to be."""

    #: SPDX identifier or one of ours; None if no item is believed
    licence: str | None = None
    #: from 0 to 1
    confidence: float = 0.0
    #: whether items that are believed disagree: other licences, or all rights reserved
    disagreement: bool = False
    #: other licences that are believed, in order of belief
    others: tuple[str, ...] = ()


_NONE = Verdict()


def verdict(items: Iterable[Item]) -> Verdict:
    """Believe the licence for which most speaks; items of what is embedded do not count.

    Items of one licence with and without a version are one: the version is believed. Items of several places that
    agree make it more likely, as independent witnesses would; an anchor and the words around it are one witness.
    """
    counted = [item for item in items if item.confidence >= BELIEVED and item.scope in {"page", "site"}]
    if not any(item.kind == "licence" for item in counted):
        return _NONE
    doubts: dict[str, dict[str, float]] = {}
    for item in counted:
        if item.kind == "licence":
            witnesses = doubts.setdefault(_fullest(item.parsed, counted), {})
            witness = "seen" if item.location in _SEEN else item.location
            witnesses[witness] = min(witnesses.get(witness, 1.0), 1 - item.confidence)
    doubt = {name: math.prod(witnesses.values()) for name, witnesses in doubts.items()}
    ranked = sorted(doubt, key=lambda name: (doubt[name], name))
    reserved = any(item.kind == "reserved" and item.parsed == RESERVED for item in counted)
    confidence = (1 - doubt[ranked[0]]) * (DISPUTED if reserved else 1)
    return Verdict(ranked[0], round(confidence, 3), reserved or len(ranked) > 1, tuple(ranked[1:]))


def _fullest(name: str, items: Iterable[Item]) -> str:
    """Give the only identifier that says more of the same licence: its version, its port, that later ones do; or it."""
    fuller = {item.parsed for item in items if item.kind == "licence" and _says_more(item.parsed, name)}
    fullest = [one for one in fuller if not any(_says_more(other, one) for other in fuller)]
    return fullest[0] if len(fullest) == 1 else name


def _says_more(name: str, vague: str) -> bool:
    """Say whether an identifier is of the licence that a vaguer one names."""
    name, vague = name.removeprefix(_OWN), vague.removeprefix(_OWN)
    if vague == "CC":
        return name.startswith("CC") and name != vague
    if vague.endswith("-only"):
        return name == f"{vague.removesuffix('only')}or-later"
    rest = name.removeprefix(f"{vague}-") if name.startswith(f"{vague}-") else ""
    # A version, or the port of a version.
    return rest[:1].isdigit() or (rest.isupper() and vague[-1:].isdigit())
