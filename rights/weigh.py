"""Says what a statement about rights is worth: of what it speaks, and how likely that is."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rights.cues import Cue, cues
from rights.evidence import Around, Item, Location, Scope, Statement
from rights.expression import compound
from rights.headers import RSL_TYPE
from rights.licence import Licence, licence_of
from rights.licence_names import licence_begins, licences_in
from rights.licence_tables import of_family
from rights.licence_urls import licence_of_url
from rights.raw import excerpt

#: how likely each speaks of its page, if nothing else is known
BASES: dict[Location, float] = {
    "header": 0.95,
    "link": 0.9,
    "json-ld": 0.9,
    "meta": 0.85,
    "item": 0.8,
    "rel": 0.8,
    "anchor": 0.55,
    "text": 0.3,
    "file": 0.9,
}
#: the same of anchors and words beside a phrase that grants, and where the page ends
GRANTED: dict[Location, float] = {"rel": 0.92, "anchor": 0.85, "text": 0.55}
LAST: dict[Location, float] = {"rel": 0.9, "anchor": 0.75, "text": 0.75}
#: of what is embedded, what only links lead to, and what is not granted
EMBEDDED, NAVIGATION, DENIED = 0.7, 0.3, 0.1
#: at most, of a licence that is not named, without a phrase that grants it
VAGUE = 0.45
#: what is left for a licence of programs where only words or a bare link name it: pages speak of programs too
SOFTWARE = 0.65
#: what is left for a badge, which its link and the words beside it say better
PICTURED = 0.92
#: bare links in a page's text up to which one may be the page's own, and what they are worth beyond
FEW, LISTED = 2, 0.4
BADGE = "img"
#: characters of a value that are read
LONGEST = 1024
#: characters of a text that does nothing but name its licence
SHORT = 160
_ELSEWHERE: frozenset[Around] = frozenset({"figure", "comments", "card", "media", "node"})
_ENDS: frozenset[Around] = frozenset({"footer", "end"})
#: characters of a text within which a credit says whose picture it is
CREDIT = 40
_MEDIA: tuple[Cue, ...] = ("media", "own", "grant")
#: what parts sentences, and what parts of a footer
_BETWEEN = re.compile("[.!?;] |[|\u2022\u00b7\n\u3002\uff01\uff1f]| [-\u2013\u2014] ")
_NAMING = re.compile(r"\bcc\b|creative|licen|lizen|лиценз|许可|ライセンス|public domain", re.IGNORECASE)
_PLAIN: frozenset[Location] = frozenset({"header", "link", "meta", "json-ld", "file"})
_LOOSE: frozenset[Location] = frozenset({"anchor", "text"})


def weigh_all(statements: Iterable[Statement | Item]) -> list[Item]:
    """Give the items of a page's statements, of which some may be weighed; many bare links are a list of licences."""
    items = list[Item]()
    for statement in statements:
        items += (statement,) if isinstance(statement, Item) else weigh(statement)
    listed = [place for place, item in enumerate(items) if item.location == "anchor" and item.scope == "page"]
    if sum(items[place].confidence <= BASES["anchor"] for place in listed) > FEW:
        for place in listed:
            items[place] = items[place]._replace(scope="unknown", confidence=min(items[place].confidence, LISTED))
    return items


def weigh(statement: Statement) -> list[Item]:
    """Give an item for each licence that a statement names; none if it names none."""
    return [_item(statement, licence) for licence in _named(statement)]


def reserved(raw: str, family: str, around: frozenset[Around]) -> Item:
    """Give the item of a text that begins with a notice of copyright or with "all rights reserved".

    `raw` is that text and what precedes it, of no more than `RAW_BYTES`; `family` is of `licence_phrases.SAID`.
    """
    scope, confidence = _of_reserved(around, is_short=len(raw) <= SHORT)
    return Item("reserved", "text", "", raw, of_family(family).id, scope, confidence)


@lru_cache(maxsize=1024)
def _of_reserved(around: frozenset[Around], *, is_short: bool) -> tuple[Scope, float]:
    """Judge such a text, of which all that matters is whether it is short."""
    scope, confidence = _judged(
        Statement("text", "", "" if is_short else " " * (SHORT + 1), around=around), frozenset()
    )
    return scope, round(confidence, 3)


def _named(statement: Statement) -> Iterable[Licence]:
    """Name the licences: of an address one, of words as many as they have; of a text, the one that it begins with."""
    if statement.location == "text":
        found = licence_begins(statement.before, statement.value)
        return (found,) if found else ()
    value = statement.value[:LONGEST]
    if statement.name == RSL_TYPE:
        return ()
    if statement.location == "anchor" and statement.name != BADGE:
        # A blank within an address is a slip of whoever wrote it.
        found = licence_of_url("".join(value.split()))
        return (found,) if found else ()
    if whole := compound(value):
        return (whole,)
    if " " in value.strip():
        return licences_in(value)
    found = licence_of(value)
    return (found,) if found else ()


def _cues(statement: Statement, licence: Licence) -> frozenset[Cue]:
    """Look at the words around, where that tells more."""
    if statement.location in _PLAIN or "reserved" in licence.terms or statement.around & _ELSEWHERE:
        return frozenset()
    # Words alone never make a licence of programs the page's, and manuals are full of them.
    if statement.location == "text" and "software" in licence.terms:
        return frozenset()
    after = f"{statement.value} {statement.after}"
    found = cues(statement.before, after, ("grant", "media", "negation"))
    return found if "media" not in found or _is_credit(statement, after, found) else found - {"media"}


def _is_credit(statement: Statement, after: str, found: frozenset[Cue]) -> bool:
    """Say whether the words around a licence, which speak of a medium, give the licence to that and not to the page."""
    begun = cues(statement.before[:CREDIT], "", _MEDIA)
    is_credit = "media" in begun and "own" not in begun
    near = cues(*_clause(statement.before, after, statement.location), _MEDIA)
    if "media" in near:
        return "own" not in near and (is_credit or "grant" not in found or statement.location != "rel")
    # A footer may begin with whose its logo is, and then grant what the page says.
    return is_credit and "grant" not in near


def _clause(before: str, value: str, location: Location) -> tuple[str, str]:
    """Cut what stands before and after a licence to its sentence; where its place is not known, to those naming it."""
    if location == "text":
        return _BETWEEN.split(before)[-1], _BETWEEN.split(value)[0]
    return " . ".join(part for part in _BETWEEN.split(before) if _NAMING.search(part)), ""


def _item(statement: Statement, licence: Licence) -> Item:
    found = _cues(statement, licence)
    scope, confidence = _judged(statement, found)
    loose = statement.location in _LOOSE
    if licence.terms == ("unknown",) and "grant" not in found:
        confidence = min(confidence, VAGUE)
    if "software" in licence.terms and loose:
        confidence *= SOFTWARE
    if statement.name == BADGE:
        confidence *= PICTURED
    kind = "reserved" if "reserved" in licence.terms else "licence"
    raw = excerpt(f"{statement.before}{statement.value}" if statement.location == "text" else statement.value)
    return Item(kind, statement.location, statement.name, raw, licence.id, scope, round(confidence, 3))


def _judged(statement: Statement, found: frozenset[Cue]) -> tuple[Scope, float]:
    """Say of what a statement speaks, and how likely."""
    location, around, granted = statement.location, statement.around, "grant" in found
    last = bool(around & _ENDS)
    if around & _ELSEWHERE or "media" in found:
        return "embedded", EMBEDDED
    if "negation" in found:
        return "page", DENIED
    if "site" in around:
        return "site", BASES[location]
    if "navigation" in around and not granted:
        return "unknown", NAVIGATION
    return _of_page(statement, granted=granted, last=last)


def _of_page(statement: Statement, *, granted: bool, last: bool) -> tuple[Scope, float]:
    """Say how likely a statement speaks of its page, which nothing speaks against."""
    location = statement.location
    if last and location in LAST and (location != "text" or granted or _is_short(statement)):
        return "site", LAST[location]
    if granted and location in GRANTED:
        return "page", GRANTED[location]
    return ("unknown" if location == "text" else "page"), BASES[location]


def _is_short(statement: Statement) -> bool:
    return len(statement.before) + len(statement.value) <= SHORT
