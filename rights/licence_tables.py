"""Licences that are not made of Creative Commons' elements: their identifiers, versions and terms."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rights.licence_kinds import CC0, PDDC, PDM, Licence, Term

_BY: tuple[Term, ...] = ("attribution",)
_BY_SA: tuple[Term, ...] = ("attribution", "share-alike")
_CODE: tuple[Term, ...] = ("attribution", "software")
_COPYLEFT: tuple[Term, ...] = ("attribution", "share-alike", "software")
_FREE: tuple[Term, ...] = ("public-domain",)
_FREE_CODE: tuple[Term, ...] = ("public-domain", "software")
_RESERVED: tuple[Term, ...] = ("reserved",)
_UNKNOWN: tuple[Term, ...] = ("unknown",)

Later = Literal["only", "or-later"]


@dataclass(frozen=True, slots=True)
class _Family:
    """How the identifiers of a family are made."""

    #: with `{version}` and `{later}` where they stand
    pattern: str
    terms: tuple[Term, ...]
    #: all that are; where it is one, a name without a version means it
    versions: tuple[str, ...] = ()
    #: those of them that SPDX does not list
    unlisted: tuple[str, ...] = ()


_GNU = "{family}-{version}-{later}"
_PLAIN = "{family}-{version}"
_FAMILIES = {
    "GFDL": _Family(_GNU, _BY_SA, ("1.1", "1.2", "1.3")),
    "GPL": _Family(_GNU, _COPYLEFT, ("1.0", "2.0", "3.0")),
    "LGPL": _Family(_GNU, _COPYLEFT, ("2.0", "2.1", "3.0")),
    "AGPL": _Family(_GNU, _COPYLEFT, ("1.0", "3.0")),
    "Apache": _Family(_PLAIN, _CODE, ("1.0", "1.1", "2.0")),
    "MPL": _Family(_PLAIN, _COPYLEFT, ("1.0", "1.1", "2.0")),
    "EPL": _Family(_PLAIN, _COPYLEFT, ("1.0", "2.0")),
    "EUPL": _Family(_PLAIN, _COPYLEFT, ("1.0", "1.1", "1.2")),
    "Artistic": _Family(_PLAIN, _CODE, ("1.0", "2.0")),
    "BSL": _Family(_PLAIN, _CODE, ("1.0",)),
    "OFL": _Family(_PLAIN, _COPYLEFT, ("1.0", "1.1")),
    "MIT": _Family("MIT", _CODE),
    "MIT-0": _Family("MIT-0", ("software",)),
    "ISC": _Family("ISC", _CODE),
    "Zlib": _Family("Zlib", _CODE),
    "0BSD": _Family("0BSD", ("software",)),
    "BSD": _Family("LicenseRef-BSD", _CODE),
    "BSD-2-Clause": _Family("BSD-2-Clause", _CODE),
    "BSD-3-Clause": _Family("BSD-3-Clause", _CODE),
    "BSD-4-Clause": _Family("BSD-4-Clause", _CODE),
    "Unlicense": _Family("Unlicense", _FREE_CODE),
    "WTFPL": _Family("WTFPL", ("software",)),
    "OGL-UK": _Family(_PLAIN, _BY, ("1.0", "2.0", "3.0")),
    "OGL-Canada": _Family(_PLAIN, _BY, ("1.0", "2.0"), unlisted=("1.0",)),
    "ODbL": _Family(_PLAIN, _BY_SA, ("1.0",)),
    "ODC-By": _Family(_PLAIN, _BY, ("1.0",)),
    "PDDL": _Family(_PLAIN, _FREE, ("1.0",)),
    "LAL": _Family(_PLAIN, _BY_SA, ("1.2", "1.3")),
    "OPUBL": _Family(_PLAIN, _BY, ("1.0",)),
    "OpenContent": _Family("LicenseRef-OpenContent-{version}", _BY_SA, ("1.0",)),
    "DL-DE-BY": _Family(_PLAIN, _BY, ("1.0", "2.0"), unlisted=("1.0",)),
    "DL-DE-BY-NC": _Family("LicenseRef-DL-DE-BY-NC-{version}", ("attribution", "non-commercial"), ("1.0",)),
    "DL-DE-ZERO": _Family(_PLAIN, _FREE, ("2.0",)),
    "etalab": _Family(_PLAIN, _BY, ("1.0", "2.0"), unlisted=("1.0",)),
    "IODL": _Family("LicenseRef-IODL-{version}", _BY, ("1.0", "2.0")),
    "NLOD": _Family(_PLAIN, _BY, ("1.0", "2.0")),
    "CDLA-Permissive": _Family(_PLAIN, _BY, ("1.0", "2.0")),
    "CDLA-Sharing": _Family(_PLAIN, _BY_SA, ("1.0",)),
    "CC-Sampling": _Family("LicenseRef-CC-Sampling-{version}", ("attribution", "unknown"), ("1.0",)),
    "CC-Sampling-Plus": _Family("LicenseRef-CC-Sampling-Plus-{version}", ("attribution", "unknown"), ("1.0",)),
    "CC-NC-Sampling-Plus": _Family(
        "LicenseRef-CC-NC-Sampling-Plus-{version}", ("attribution", "non-commercial", "unknown"), ("1.0",)
    ),
    "CC-DevNations": _Family("LicenseRef-CC-DevNations-{version}", ("attribution", "unknown"), ("2.0",)),
    "public-domain": _Family("LicenseRef-public-domain", _FREE),
    "all-rights-reserved": _Family("LicenseRef-all-rights-reserved", _RESERVED),
    "some-rights-reserved": _Family("LicenseRef-some-rights-reserved", _UNKNOWN),
    "copyright-notice": _Family("LicenseRef-copyright-notice", _RESERVED),
    "RS-InC": _Family("LicenseRef-RS-InC", _RESERVED),
    "RS-InC-OW-EU": _Family("LicenseRef-RS-InC-OW-EU", _RESERVED),
    "RS-InC-RUU": _Family("LicenseRef-RS-InC-RUU", _RESERVED),
    "RS-InC-EDU": _Family("LicenseRef-RS-InC-EDU", _RESERVED),
    "RS-InC-NC": _Family("LicenseRef-RS-InC-NC", ("non-commercial", "reserved")),
    "RS-NoC-US": _Family("LicenseRef-RS-NoC-US", _FREE),
    "RS-NoC-NC": _Family("LicenseRef-RS-NoC-NC", _UNKNOWN),
    "RS-NoC-CR": _Family("LicenseRef-RS-NoC-CR", _UNKNOWN),
    "RS-NoC-OKLR": _Family("LicenseRef-RS-NoC-OKLR", _UNKNOWN),
    "RS-CNE": _Family("LicenseRef-RS-CNE", _UNKNOWN),
    "RS-UND": _Family("LicenseRef-RS-UND", _UNKNOWN),
    "RS-NKC": _Family("LicenseRef-RS-NKC", _UNKNOWN),
}
_WHOLE = {"CC0": CC0, "CC-PDM": PDM, "CC-PDDC": PDDC}
_SPELT = {family.lower(): family for family in (*_FAMILIES, *_WHOLE)}
_LATERS: tuple[Later, ...] = ("only", "or-later")


@lru_cache(maxsize=1024)
def of_family(family: str, version: str | None = None, later: Later = "only") -> Licence:
    """Name the licence of a family in this table, in whatever case; KeyError: there is none.

    A version that the family does not have is none. A GNU licence is that version only, unless `later` says otherwise:
    whoever names a version has granted no other.
    """
    name = _SPELT[family.lower()]
    if name in _WHOLE:
        return _WHOLE[name]
    kind = _FAMILIES[name]
    if len(kind.versions) == 1:
        version = version or kind.versions[0]
    version = version if version in kind.versions else None
    if kind.versions and version is None:
        return Licence(f"LicenseRef-{name}", name, None, None, kind.terms)
    identifier = kind.pattern.format(family=name, version=version, later=later)
    prefix = "LicenseRef-" if version in kind.unlisted else ""
    return Licence(prefix + identifier, name, version, None, kind.terms)


def identifiers() -> dict[str, Licence]:
    """List every licence of this table by its identifier in lower case."""
    named = list(_WHOLE.values())
    for family, kind in _FAMILIES.items():
        laters = _LATERS if "{later}" in kind.pattern else _LATERS[:1]
        named.append(of_family(family))
        named.extend(of_family(family, version, later) for version in kind.versions for later in laters)
    return {licence.id.lower(): licence for licence in named}
