"""The names by which metadata, footers and sentences call their licences."""

import re

from rights.commons_names import HEAD, read_commons
from rights.folding import Phrase, folded
from rights.licence_kinds import Licence
from rights.licence_phrases import NAMED, SAID
from rights.licence_tables import of_family
from rights.licence_urls import licence_of_url

#: different licences that are told of one text
MOST = 16
#: characters of a text whose beginning is read, and of what precedes it
LONGEST, BEFORE = 120, 16
_URL = r"(?P<url>(?:https?:)?//[^\s/]{1,253}/[^\s]{0,2000}|(?<![\w.])(?:www\.)?creativecommons\.org/[^\s]{1,2000})"
# A licence's name is a word; what is said of rights brings its own bounds, as its scripts differ.
_PATTERNS = (
    *(rf"\b(?:{pattern})(?![^\W\dv_])" for _, pattern in NAMED),
    *(pattern for _, pattern in SAID),
)
_FAMILIES = tuple(family for family, _ in (*NAMED, *SAID))
_OTHERS = "|".join(f"(?P<of{number}>{pattern})" for number, pattern in enumerate(_PATTERNS))
#: whatever names a licence in a folded text; and where that may begin, which passes by most places at once: within a
#: word of ASCII's letters only the h of an address does
NAMES, BEGIN = f"{_URL}|{_OTHERS}|{HEAD}", r"(?=[^\sa-gi-z]|\b[a-z])"
_ANY = Phrase(f"{BEGIN}(?:{NAMES})")
# Most of what texts say of rights, which no name begins with.
_NOTICE, _ALL = (Phrase(dict(SAID)[family]) for family in ("copyright-notice", "all-rights-reserved"))
_NOTICES = ("©", "copyright", "(c) ")
_VERSION = re.compile(
    r"[\W_]{0,3}(?:(?:licen[cs]e|public|version|uk|ver|v)(?:[\W_]{1,3}|(?=[0-9]))){0,4}"
    r"v?([0-9](?:\.[0-9])?)(\+)?(?![0-9]|\.[0-9])"
)
_LATER = re.compile(
    r"[\W_]{0,4}(?:or|oder|ou|o) ?\(?(?:at your option\)? ?|,? ?)?(?:any |jede[rn]? |toute |cualquier )?"
    r"(?:later|newer|greater|spatere|ulterieure|posterior|version ulterieure|version posterieure|-or-later)"
    r"|[-_ ]or[-_ ]later"
)
# An upper-case code after a version is a jurisdiction, the same letters in lower case are a word: joined while seen.
_PORT = re.compile(r"(?<=[1-3]\.[0-9]) (?=(?:[A-Z]{2}|IGO)(?![A-Za-z]))")
#: what gives way to anything that names a licence: smaller is stronger
_WEAK = {"CC": 1, "some-rights-reserved": 1, "copyright-notice": 2}

#: whose full names say "public domain" again
_FREEING = frozenset({"CC0", "CC-PDM", "PDDL"})


def licence_of_name(text: str) -> Licence | None:
    """Read the first licence that a text names; None: it names none.

    A copyright notice, "some rights reserved" and "Creative Commons" without a code count only where nothing else
    is named, the notice last of them.
    """
    return min(licences_in(text), key=lambda licence: _WEAK.get(licence.family, 0), default=None)


def licences_in(text: str) -> tuple[Licence, ...]:
    """List the different licences that a text names or addresses, in its order, at most `MOST` of them.

    Where one is named with its version and again without, or by its elements and again as "Creative Commons", the
    vaguer name is left out.
    """
    plain, found, position = folded(_PORT.sub("-", text)), dict[Licence, None](), 0
    while len(found) < MOST:
        match = _ANY.compiled.search(plain, position)
        if match is None:
            break
        licence, position = _read(plain, match)
        if licence is not None:
            found[licence] = None
    return _without_vaguer(tuple(found))


def licence_begins(before: str, text: str) -> Licence | None:
    """Read the licence whose name a text begins with, within its first LONGEST characters; `before` is what precedes.

    Much quicker than to look for one anywhere.
    """
    head, plain = folded(before[-BEFORE:]), folded(text[:LONGEST])
    if plain.startswith(_NOTICES):
        return of_family("copyright-notice") if _NOTICE.compiled.match(plain) else None
    whole, start = _joined(head, plain)
    if _ALL.compiled.match(whole, start):
        return of_family("all-rights-reserved")
    if (ported := _PORT.sub("-", text[:LONGEST])) != text[:LONGEST]:
        whole, start = _joined(head, folded(ported))
    match = _ANY.compiled.match(whole, start)
    return _read(whole, match)[0] if match else None


def _joined(head: str, plain: str) -> tuple[str, int]:
    """Put a text behind what precedes it, and say where it begins."""
    return (f"{head} {plain}", len(head) + 1) if head else (plain, 0)


def _read(text: str, match: re.Match[str]) -> tuple[Licence | None, int]:
    """Read the licence that begins with a match, and where to go on."""
    # The alternatives are not nested, and theirs are the last groups to close.
    group = match.lastgroup or ""
    if group == "url":
        return licence_of_url(match[group]), match.end()
    if not group.startswith("of"):
        return read_commons(text, match.end(), group)
    number = int(group.removeprefix("of"))
    family = _FAMILIES[number]
    return _versioned(text, family, match.end()) if number < len(NAMED) else (of_family(family), match.end())


def _versioned(text: str, family: str, end: int) -> tuple[Licence, int]:
    found = _VERSION.match(text, end)
    if not found:
        return of_family(family), end
    later = found[2] or _LATER.match(text, found.end())
    version = found[1] if "." in found[1] else f"{found[1]}.0"
    return of_family(family, version, "or-later" if later else "only"), found.end()


def _without_vaguer(licences: tuple[Licence, ...]) -> tuple[Licence, ...]:
    exact = {licence.family for licence in licences if licence.version}
    commons = any(licence.family.startswith("CC-") or licence.family == "CC0" for licence in licences)
    vague = {"CC"} if commons else set[str]()
    if exact & _FREEING:
        vague.add("public-domain")
    return tuple(
        licence
        for licence in licences
        if licence.family not in vague and (licence.version or licence.family not in exact)
    )
