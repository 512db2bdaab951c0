"""Says what a statement about rights is worth: of what it speaks, and how likely that is."""

from collections.abc import Iterable

from rights.cues import Cue, cues
from rights.evidence import Around, Item, Location, Scope, Statement, bounded
from rights.headers import RSL_TYPE
from rights.licence import Licence, licence_of
from rights.licence_names import licence_begins, licences_in

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
#: characters of a text that does nothing but name its licence
SHORT = 160
_ELSEWHERE: frozenset[Around] = frozenset({"figure", "comments", "card", "media", "node"})
_ENDS: frozenset[Around] = frozenset({"footer", "end"})
_PLAIN: frozenset[Location] = frozenset({"header", "link", "meta", "json-ld", "file"})
_LOOSE: frozenset[Location] = frozenset({"anchor", "text"})


def weigh(statement: Statement) -> list[Item]:
    """Give an item for each licence that a statement names; none if it names none."""
    return [_item(statement, licence) for licence in _named(statement)]


def _named(statement: Statement) -> Iterable[Licence]:
    """Name the licences: of an address one, of words as many as they have; of a text, the one that it begins with."""
    if statement.location == "text":
        found = licence_begins(statement.before, statement.value)
    else:
        found = licence_of(statement.value) if statement.name != RSL_TYPE else None
        if not found and " " in statement.value:
            return licences_in(statement.value)
    return (found,) if found else ()


def _cues(statement: Statement, licence: Licence) -> frozenset[Cue]:
    """Look at the words around, where that tells more."""
    if statement.location in _PLAIN or "reserved" in licence.terms:
        return frozenset()
    return cues(statement.before, f"{statement.value} {statement.after}")


def _item(statement: Statement, licence: Licence) -> Item:
    found = _cues(statement, licence)
    scope, confidence = _judged(statement, found)
    loose = statement.location in _LOOSE
    if licence.terms == ("unknown",) and "grant" not in found:
        confidence = min(confidence, VAGUE)
    if "software" in licence.terms and loose:
        confidence *= SOFTWARE
    kind = "reserved" if "reserved" in licence.terms else "licence"
    raw = bounded(f"{statement.before}{statement.value}" if statement.location == "text" else statement.value)
    return Item(kind, statement.location, statement.name, raw, licence.id, scope, round(confidence, 3))


def _judged(statement: Statement, found: frozenset[Cue]) -> tuple[Scope, float]:
    """Say of what a statement speaks, and how likely."""
    location, around, granted = statement.location, statement.around, "grant" in found
    last = bool(around & _ENDS)
    if around & _ELSEWHERE or ("media" in found and not last and not (granted and location == "rel")):
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
