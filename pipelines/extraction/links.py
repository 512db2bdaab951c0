"""Where a page's links lead, counted; and addresses made absolute."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import numpy as np

from pipelines.extraction.kernels.anchors import EXTERNAL, INTERNAL, RELATIVE, WITHIN, count_anchors
from pipelines.extraction.kernels.references import NAMES
from pipelines.extraction.page import Page

#: bytes; no longer address is read
LONGEST = 2048
_ON_THE_WEB = re.compile(r"https?:/{2}(?:[^\s/?#\\\[\]]|\[[0-9A-F:.]+\]).*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
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


def links(page: Page, url: str | None, base: str | None) -> Links:
    """Count the anchors of a page at `url`, whose relative ones lead to where `base` says, else to its own site."""
    counts, hashes = count_anchors(page.data, page.marks, _bytes(url), _bytes(base), NAMES)
    number = counts.tolist()
    internal = number[INTERNAL] + number[RELATIVE]
    return Links(sum(number), internal, number[EXTERNAL], number[WITHIN], len(set(hashes.tolist())))


def absolute(address: str, base: str | None) -> str | None:
    """Resolve an address against the page's; None unless that gives an address of the web."""
    if not _ON_THE_WEB.fullmatch(address):
        try:
            address = urljoin(base or "", address)
        except ValueError:  # As of brackets that are no IPv6 address.
            return None
    return address if _ON_THE_WEB.fullmatch(address) and len(address) <= LONGEST else None


def _bytes(address: str | None) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    # Of memory that may be written to, as the page's own: a kernel would be compiled once more for other.
    return np.frombuffer(bytearray((address or "").encode(errors="replace")), np.uint8)
