"""Licences as truth and detectors name them, in one form to be compared."""

from typing import NamedTuple

from rights.licence import licence_of
from rights.licence_kinds import CC, creative_commons

#: what has a licence whose name says nothing that we can compare
OTHER = "other"
#: what a family is called where only the site's own page says which Creative Commons licence it is
UNSPECIFIED = "CC-unspecified"
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "CC-PDM", "certification": "CC-PDDC"}
_DEDICATION = "publicdomain"


class Named(NamedTuple):
    """A licence, as far as it is named."""

    family: str
    version: str | None = None
    #: in upper case
    jurisdiction: str | None = None


def of_identifier(identifier: str) -> Named:
    """Read an identifier of SPDX or of ours."""
    found = licence_of(identifier)
    if found is None:
        return Named(OTHER)
    family = UNSPECIFIED if found.family == CC.family else found.family
    return Named(family, found.version, found.jurisdiction and found.jurisdiction.upper())


def of_codes(path: str, version: str | None = None, jurisdiction: str | None = None) -> Named:
    """Read the codes of an address of Creative Commons, such as `by-nc-sa`, `publicdomain/zero` or `publicdomain`."""
    kind, _, code = path.lower().rpartition("/")
    if _DEDICATION in {kind, code}:
        family = _PUBLIC_DOMAIN.get(code, "CC-PDDC")
        return Named(family, None if family == "CC-PDDC" else version)
    found = creative_commons(code.split("-"), version, jurisdiction)
    return Named(UNSPECIFIED) if found is CC else of_identifier(found.id)
