"""The addresses by which pages name their licences."""

import re

from rights.addresses import located
from rights.jurisdictions import CODES
from rights.licence_kinds import CC, CC0, PDDC, PDM, VERSIONS, Licence, creative_commons
from rights.licence_sites import licence_at
from rights.licence_tables import of_family

_COMMONS = re.compile(r"(?:(?:[a-z]{2}|api|mirrors)\.)?creativecommons\.org")
_BADGES = re.compile(r"(?:[il]\.)?creativecommons\.org|licensebuttons\.net|i\.creativecommons\.org")
_LISTS = frozenset({"licenses", "licences", "license", "licence"})
_DOMAIN = "publicdomain"
_BADGE_LISTS = frozenset({"l", "p"})
_VERSION = re.compile(r"([0-9]\.[0-9])(?![0-9])", re.ASCII)
_PUNCTUATION = ".,;:!?)]}'\"*_-"
_SEPARATOR = re.compile(r"[-_+ ]+")
_ONCE = {
    "zero": CC0,
    "cc0": CC0,
    "cc-zero": CC0,
    "mark": PDM,
    "pdm": PDM,
    "certification": PDDC,
    "publicdomain": PDDC,
    "dedication": PDDC,
    "pdd": PDDC,
}
_OTHERS = {
    "sampling": "CC-Sampling",
    "sampling+": "CC-Sampling-Plus",
    "sampling-plus": "CC-Sampling-Plus",
    "nc-sampling+": "CC-NC-Sampling-Plus",
    "nc-sampling-plus": "CC-NC-Sampling-Plus",
    "devnations": "CC-DevNations",
    "gpl": "GPL",
    "lgpl": "LGPL",
    "bsd": "BSD",
    "mit": "MIT",
}


def licence_of_url(url: str) -> Licence | None:
    """Read which licence an address names; None: it is no licence's address.

    Only the host that an address leads to counts, or the archived one in a web archive; never one in a query. A list
    of Creative Commons licences, or a code that it never had, gives the licence `CC`, whose terms are unknown.
    """
    place = located(url)
    if place is None:
        return None
    host, path = place
    if _COMMONS.fullmatch(host) or _BADGES.fullmatch(host):
        return _commons([part for part in path.lower().split("/") if part])
    return licence_at(host, path)


def _commons(parts: list[str]) -> Licence | None:
    """Read a path such as /licenses/by-sa/3.0/de/deed.en."""
    if not parts:
        return None
    names, first = parts[1:], parts[0].rstrip(_PUNCTUATION)
    if first == _DOMAIN:
        return _ONCE.get(names[0].rstrip(_PUNCTUATION)) if names else None
    if first in _BADGE_LISTS:
        return _coded(names) if names else None
    if first not in _LISTS:
        return None
    return _coded(names) if names else CC


def _coded(parts: list[str]) -> Licence:
    """Read a code, perhaps a version, perhaps a jurisdiction; what follows says how the licence is shown."""
    code = parts[0].rstrip(_PUNCTUATION)
    if code in _ONCE:
        return _ONCE[code]
    found = _VERSION.match(parts[1]) if len(parts) > 1 else None
    version = found[1] if found else None
    if code in _OTHERS:
        return of_family(_OTHERS[code], version)
    port = parts[2].rstrip(_PUNCTUATION) if version in VERSIONS and len(parts) > len("cv") else None
    return creative_commons(_SEPARATOR.split(code), version, port if port in CODES else None)
