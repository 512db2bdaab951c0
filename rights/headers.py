"""Reads what HTTP headers say of licences: `Link: <address>; rel="license"` (RFC 8288)."""

import re
from collections.abc import Iterable, Iterator

from rights.evidence import Statement

#: characters of a header that are read, and links
LONGEST, LINKS = 8192, 64
#: an address in angle brackets, then parameters, of which one in quotes may hold a comma
_LINK = re.compile(r"""<([^<>]{0,2048})>((?:[^,<>"]|"[^"]*")*)""")
_PARAMETER = re.compile(r"""([^\s;="]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;"]*)))?""")
#: the field that links
LINK = "link"
RSL_TYPE = "application/rsl+xml"


def licence_links(fields: Iterable[tuple[str, str]]) -> tuple[list[Statement], int]:
    """Give the links to licences in an HTTP response's fields, whose names are in lower case; and how many are left.

    The name of a statement is `link`, or the type of RSL documents. Of a field that is too long the rest counts as one.
    """
    found, left = list[Statement](), 0
    for name, value in fields:
        if name == LINK:
            read = value[:LONGEST]
            if "license" in read.lower():
                found += (statement for link in _LINK.findall(read) for statement in _licence(*link))
            left += len(value) > LONGEST
    return found[:LINKS], left + max(0, len(found) - LINKS)


def _licence(address: str, parameters: str) -> Iterator[Statement]:
    given = _parameters(parameters)
    # With an anchor it speaks of something else.
    if "license" in given.get("rel", "").lower().split() and "anchor" not in given:
        is_rsl = given.get("type", "").lower() == RSL_TYPE
        yield Statement("header", RSL_TYPE if is_rsl else LINK, address.strip())


def _parameters(text: str) -> dict[str, str]:
    """Read a link's parameters; of a repeated one the first counts."""
    given: dict[str, str] = {}
    for name, quoted, bare in _PARAMETER.findall(text):
        given.setdefault(name.lower(), quoted or bare)
    return given
