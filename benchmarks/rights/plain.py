"""Plain patterns, as many a script has them, over a page's markup."""

import re
from collections.abc import Callable

from benchmarks.rights.named import OTHER, Named, of_codes

_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<codes>[a-z-]+)|(?P<dedication>publicdomain/[a-z]+))"
    r"(?:/(?P<version>\d\.\d))?(?:/(?P<jurisdiction>[a-z]{2}|igo|scotland)\b)?",
    re.IGNORECASE,
)
_RELATION = re.compile(r"""\srel\s*=\s*(?:"[^">]{0,80}\blicense\b|'[^'>]{0,80}\blicense\b|license\b)""", re.IGNORECASE)

Pattern = Callable[[str], Named | None]


def address(html: str) -> Named | None:
    """Take the first address of a Creative Commons licence."""
    found = _ADDRESS.search(html)
    if not found:
        return None
    return of_codes(found["codes"] or found["dedication"], found["version"], found["jurisdiction"])


def relation(html: str) -> Named | None:
    """Take any rel=license for a licence; it is named by the first address of its own element."""
    found = _RELATION.search(html)
    if not found:
        return None
    start, end = html.rfind("<", 0, found.start()), html.find(">", found.end())
    return address(html[max(start, 0) : end if end >= 0 else len(html)]) or Named(OTHER)


def either(html: str) -> Named | None:
    """Take the first address, else any rel=license."""
    return address(html) or relation(html)


PATTERNS: dict[str, Pattern] = {
    "CC address": address,
    "CC address or rel=license": either,
    "rel=license": relation,
}
