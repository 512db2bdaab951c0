"""Sites, besides Creative Commons', whose pages are licences."""

import re
from collections.abc import Callable

from rights.licence_kinds import Licence
from rights.licence_tables import identifiers, of_family
from rights.spdx import licence_of_id

_GNU = re.compile(
    r"/(?:licen[cs]es|copyleft)(?:/(?:old-)?licen[cs]es)?/([al]?gpl|fdl)(?:[-v]{0,2}([0-9](?:\.[0-9])?))?(?![0-9a-z])"
)
_SUFFIX = re.compile(r"\.(?:html?|php|txt|json|rdf|ttl|xml|md)$")
_IDENTIFIER = re.compile(r"/licen[cs]es?/([a-z0-9.+-]{1,60})")
_DASHED = re.compile(r"(?<=[0-9])-(?=[0-9])")
#: what these sites call differently than SPDX does
_ALIASES = {
    "mit-license": "mit",
    "bsd-license": "bsd-2-clause",
    "gpl-license": "licenseref-gpl",
    "gpl": "licenseref-gpl",
    "lgpl-license": "licenseref-lgpl",
    "lgpl": "licenseref-lgpl",
    "artistic-license": "artistic-1.0",
    "isc-license": "isc",
    "zlib-license": "zlib",
    "unlicense": "unlicense",
    "apache2.0": "apache-2.0",
    "apache-license-2.0": "apache-2.0",
    "mozilla1.1": "mpl-1.1",
    "cc0": "cc0-1.0",
    "odbl": "odbl-1.0",
    "by": "odc-by-1.0",
    "pddl": "pddl-1.0",
}
_Reader = Callable[[re.Match[str]], Licence | None]


def licence_at(host: str, path: str) -> Licence | None:
    """Read which licence stands at a path of a host, both as `located` gives them; None: no one known."""
    lower = path.lower().rstrip(".,;:!?)]*_'\"")
    for pattern, read in _SITES.get(host, ()):
        found = pattern.match(lower)
        if found:
            return read(found)
    return None


def _gnu(found: re.Match[str]) -> Licence:
    family = "GFDL" if found[1] == "fdl" else found[1]
    return of_family(family, _dotted(found[2]))


def _listed(found: re.Match[str]) -> Licence | None:
    """Read an identifier as the last part of a path, in SPDX's spelling or in the site's own."""
    name = _SUFFIX.sub("", found[1])
    name = _ALIASES.get(name, name)
    return _KNOWN.get(name) or licence_of_id(name) or licence_of_id(_DASHED.sub(".", name))


def _rights_statement(found: re.Match[str]) -> Licence | None:
    return _KNOWN.get(f"licenseref-rs-{found[1]}")


def _versioned(family: str) -> _Reader:
    """Read the version, if the pattern has a group for it that matched."""

    def read(found: re.Match[str]) -> Licence:
        return of_family(family, _dotted(found[1]) if found.re.groups else None)

    return read


def _dotted(version: str | None) -> str | None:
    if not version:
        return None
    digits = version.replace("-", ".").replace("_", ".")
    return digits if "." in digits else f"{digits}.0"


def _site(pattern: str, family: str) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, re.ASCII), _versioned(family)


_KNOWN = identifiers()
_ANY = (_IDENTIFIER, _listed)
_OGL = _site(r"/doc/open-government-licence(?:/version/([0-9]))?", "OGL-UK")
_ETALAB = _site(r"/[^?]*licence[-_]?ouverte(?:[-_]?open[-_]?licence)?(?:[-_]?v?([12](?:\.0)?))?", "etalab")
_DL_DE = (
    _site(r"/dl-de/by-nc(?:-([0-9]-[0-9]))?(?![0-9a-z])", "DL-DE-BY-NC"),
    _site(r"/dl-de/by(?:-([0-9]-[0-9]))?(?![0-9a-z-])", "DL-DE-BY"),
    _site(r"/dl-de/zero(?:-([0-9]-[0-9]))?(?![0-9a-z])", "DL-DE-ZERO"),
)
_LAL = (
    _site(r"/licen[cs]e/lal/?(?:[a-z]{2}/?)?$", "LAL"),
    _site(r"/licen[cs]e/lal(?:[/-]?([0-9]-?[0-9]))?", "LAL"),
)
_OFL = _site(r"/(?:ofl|ofl_web|open-font-license)(?![a-z0-9])", "OFL")
_SITES: dict[str, tuple[tuple[re.Pattern[str], _Reader], ...]] = {
    "gnu.org": ((_GNU, _gnu),),
    "fsf.org": ((_GNU, _gnu),),
    "opensource.org": (_ANY,),
    "spdx.org": (_ANY,),
    "choosealicense.com": (_ANY,),
    "opendatacommons.org": (_ANY,),
    "apache.org": (_site(r"/licenses/license(?:-([0-9]\.[0-9]))?(?:\.(?:txt|html))?$", "Apache"),),
    "mit-license.org": (_site(r"", "MIT"),),
    "unlicense.org": (_site(r"/?(?:unlicense(?:\.txt)?)?$", "Unlicense"),),
    "wtfpl.net": (_site(r"", "WTFPL"),),
    "sam.zoy.org": (_site(r"/(?:lprab|wtfpl)(?![a-z])", "WTFPL"),),
    "mozilla.org": (_site(r"/(?:[a-z]{2}(?:-[a-z]{2})?/)?mpl(?:/([0-9]\.[0-9]))?(?![a-z0-9.])", "MPL"),),
    "nationalarchives.gov.uk": (_OGL,),
    "artlibre.org": _LAL,
    "opencontent.org": (_site(r"/openpub(?![a-z])", "OPUBL"), _site(r"/opl\.s?html", "OpenContent")),
    "govdata.de": _DL_DE,
    "etalab.gouv.fr": (_ETALAB,),
    "data.gouv.fr": (_ETALAB,),
    "open.canada.ca": (_site(r"/[a-z]{2}/(?:open-government-licence-canada|licence-du-gouvernement)", "OGL-Canada"),),
    "data.gc.ca": (_site(r"/(?:eng|fra)/(?:open-government-licence-canada|licence-du)", "OGL-Canada"),),
    "formez.it": (_site(r"/iodl/?(?:([0-9]\.[0-9]))?", "IODL"),),
    "dati.gov.it": (_site(r"/iodl/?(?:([0-9]\.[0-9]))?", "IODL"),),
    "data.norge.no": (_site(r"/nlod/(?:[a-z]{2}/?)?(?:([0-9]\.[0-9]))?", "NLOD"),),
    "cdla.dev": (
        _site(r"/permissive-([0-9]-[0-9])", "CDLA-Permissive"),
        _site(r"/sharing-([0-9]-[0-9])", "CDLA-Sharing"),
    ),
    "rightsstatements.org": ((re.compile(r"/(?:vocab|page|data)/([a-z-]{2,10})(?:/|$)"), _rights_statement),),
    "scripts.sil.org": (_OFL,),
    "gnu.de": ((re.compile(r"/documents/(fdl|l?gpl)(?:-([0-9]\.[0-9]))?(?![0-9a-z-])"), _gnu),),
    "openfontlicense.org": (_site(r"", "OFL"),),
}
#: hosts of which an address may name a licence
HOSTS = ("creativecommons.org", "de.creativecommons.org", "us.creativecommons.org", "api.creativecommons.org", *_SITES)
