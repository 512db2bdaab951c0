"""What a licence is, and the Creative Commons licences by their elements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Term = Literal[
    "public-domain", "attribution", "share-alike", "non-commercial", "no-derivatives", "software", "reserved", "unknown"
]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence in its normal form; two spellings of one licence are equal."""

    #: the identifier of SPDX where SPDX has one, else a `LicenseRef-`
    id: str
    #: the identifier without version and jurisdiction, such as CC-BY-SA or GFDL
    family: str
    version: str | None
    #: as the address has it, in lower case: de, scotland, igo; None where the licence is ported to none
    jurisdiction: str | None
    #: what the licence asks, in the order of `Term`
    terms: tuple[Term, ...]


#: versions that Creative Commons has published; 2.1 was only ported
VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
#: the codes of an address, in the order in which a licence names them
ELEMENTS = ("by", "nc", "nd", "sa")

_TERMS: tuple[tuple[str, Term], ...] = (
    ("by", "attribution"),
    ("sa", "share-alike"),
    ("nc", "non-commercial"),
    ("nd", "no-derivatives"),
)
_SIX = ("CC-BY", "CC-BY-SA", "CC-BY-NC", "CC-BY-NC-SA", "CC-BY-ND", "CC-BY-NC-ND")
_UNPORTED = ("1.0", "2.0", "2.5", "3.0", "4.0")
#: ported licences that SPDX lists, by family
_PORTED = {
    "CC-BY": "2.5-AU 3.0-AT 3.0-AU 3.0-DE 3.0-IGO 3.0-NL 3.0-US",
    "CC-BY-NC": "3.0-DE",
    "CC-BY-NC-ND": "3.0-DE 3.0-IGO",
    "CC-BY-NC-SA": "2.0-DE 2.0-FR 2.0-UK 3.0-DE 3.0-IGO",
    "CC-BY-ND": "3.0-DE",
    "CC-BY-SA": "2.0-UK 2.1-JP 3.0-AT 3.0-DE 3.0-IGO",
}
#: the identifiers of SPDX for licences of these elements; source: SPDX licence list 3.27
SPDX = frozenset(
    {"CC-SA-1.0"}
    | {f"{family}-{version}" for family in _SIX for version in _UNPORTED}
    | {f"{family}-{port}" for family, ports in _PORTED.items() for port in ports.split()}
)

CC = Licence("LicenseRef-CC", "CC", None, None, ("unknown",))
CC0 = Licence("CC0-1.0", "CC0", "1.0", None, ("public-domain",))
PDM = Licence("CC-PDM-1.0", "CC-PDM", "1.0", None, ("public-domain",))
PDDC = Licence("CC-PDDC", "CC-PDDC", None, None, ("public-domain",))


def creative_commons(codes: Iterable[str], version: str | None, jurisdiction: str | None) -> Licence:
    """Name the licence of these elements, in whatever order they come.

    Elements that no licence combines, such as `nd` and `sa`, name none: what comes back is `CC`.
    """
    elements = frozenset(codes)
    if not elements or not elements <= set(ELEMENTS) or {"nd", "sa"} <= elements:
        return CC
    family = "-".join(("CC", *(code.upper() for code in ELEMENTS if code in elements)))
    version = version if version in VERSIONS else None
    jurisdiction = jurisdiction if version else None
    name = "-".join(part for part in (family, version, jurisdiction and jurisdiction.upper()) if part)
    terms: tuple[Term, ...] = tuple(term for code, term in _TERMS if code in elements)
    return Licence(name if name in SPDX else f"LicenseRef-{name}", family, version, jurisdiction, terms)
