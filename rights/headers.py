"""Reads what HTTP headers say of licences: `Link: <address>; rel="license"` (RFC 8288)."""

import re
from collections.abc import Iterable, Iterator

from rights.evidence import Statement

#: characters of a header that are read, and links
LONGEST, LINKS = 8192, 64
#: an address in angle brackets, then parameters, of which one in quotes may hold a comma
_LINK = re.compile(r"""<([^<>]{0,2048})>((?:[^,<>"]|"[^"]*")*)""")
_RELATION = re.compile(r"""(?:^|;)\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))""", re.IGNORECASE)
_TYPE = re.compile(r"""(?:^|;)\s*type\s*=\s*"?([^\s;"]+)""", re.IGNORECASE)
RSL_TYPE = "application/rsl+xml"


def licence_links(fields: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    """Give the links to licences in an HTTP response's fields, whose names are in lower case.

    The name of a statement is the link's relation, or the type of RSL documents.
    """
    read = 0
    for name, value in fields:
        if name != "link":
            continue
        for address, parameters in _LINK.findall(value[:LONGEST]):
            relation, kind = _RELATION.search(parameters), _TYPE.search(parameters)
            words = (relation[1] or relation[2] or "").lower().split() if relation else []
            read += 1
            if "license" in words and read <= LINKS:
                is_rsl = kind is not None and kind[1].lower() == RSL_TYPE
                yield Statement("header", RSL_TYPE if is_rsl else "link", address.strip())
