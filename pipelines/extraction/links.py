"""Where a page's links lead, counted; and addresses made absolute."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from pipelines.extraction.evidence import Evidence
from pipelines.extraction.frozen import frozen

#: bytes; no longer address is read
LONGEST = 2048
_ON_THE_WEB = re.compile(r"https?:/{2}(?:[^\s/?#\\\[\]]|\[[0-9A-F:.]+\]).*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Links:
    """Where a page's anchors lead. A host and those that lie in it are one site; `www.` is no matter."""

    #: all that have an address
    anchors: int = 0
    #: to the page's own site, and to others
    internal: int = 0
    external: int = 0
    #: to places in the page itself, by `#`
    within: int = 0
    #: distinct hosts of other sites
    hosts: int = 0

    @property
    def internal_share(self) -> float | None:
        """Say which part of the links to the web leads to the page's own site; None without such links."""
        leading = self.internal + self.external
        return self.internal / leading if leading else None


def links(evidence: Evidence, url: str | None, canonical: str | None, base: str) -> Links:
    """Count a page's anchors, of which the relative ones lead to where `base` says, else to its own site."""
    # Only an address with a host of its own leads away.
    away = absolute(base, url) if ":" in base or "//" in base else None
    if away or not url:
        evidence.count_anew(url or canonical or "", away or "")
    other, within, relative, internal, external, hosts = evidence.anchors
    own = relative + internal
    total = other + within + own + external
    return frozen(Links, anchors=total, internal=own, external=external, within=within, hosts=hosts)


def absolute(address: str, url: str | None, base: str = "") -> str | None:
    """Resolve an address against a page's; None unless that gives an address of the web.

    `base` is what the page says that its addresses begin with, itself resolved against `url`, that of the page.
    """
    if not _ON_THE_WEB.fullmatch(address):
        against = (absolute(base, url) if base else None) or url or ""
        try:
            address = urljoin(against, address)
        except ValueError:  # As of brackets that are no IPv6 address.
            return None
    return address if len(address) <= LONGEST and _ON_THE_WEB.fullmatch(address) else None
