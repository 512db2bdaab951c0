"""Paths of URLs, and the patterns of robots.txt that TDMRep, aipref, RSL and ai.txt use too (RFC 9309, 2.2.2)."""

import re
from urllib.parse import quote

#: characters; of a longer URL the rest is not compared
URL_CHARACTERS = 8192

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,31}://([^/?#]*)")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# "*" and "$" are signs in a pattern, so that a path which holds them writes them as escapes.
_SAFE = "/%?&=;:@!+,'()[]~"


def path_of(url: str) -> str:
    """Write the path and query of a URL, or of a path, in the spelling that patterns are compared in.

    Of a URL longer than URL_CHARACTERS the rest is left out; `overlong` tells.
    """
    path = without_origin(url[:URL_CHARACTERS]).partition("#")[0]
    return _spelt(path if path.startswith("/") else f"/{path}", _SAFE)


def overlong(url: str) -> str:
    """Say by how much a URL is longer than what is compared; empty where it is not."""
    size = len(url)
    return f"of a URL of {size} characters only {URL_CHARACTERS} were compared" if size > URL_CHARACTERS else ""


def host_of(url: str) -> str:
    """Name the host, with its port, in lower case; empty for a path."""
    origin = _ORIGIN.match(url)
    return origin[1].rpartition("@")[2].lower() if origin else ""


def without_origin(url: str) -> str:
    """Leave the scheme and the host out of a URL, or a pattern that begins with them."""
    origin = _ORIGIN.match(url)
    return url[origin.end() :] if origin else url


def pattern_of(pattern: str) -> str:
    """Write a pattern in one spelling: `*` stands for anything and a last `$` for the end, `%24` for a dollar sign."""
    body = pattern.removesuffix("$")
    return _spelt(body, _SAFE + "*") + pattern[len(body) :]


def matches(pattern: str, path: str) -> bool:
    """Say whether a pattern meets a path from its begin, in time linear in both; case counts.

    Both are as `pattern_of` and `path_of` write them.
    """
    ends = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not parts:
        return not ends or len(path) == len(first)
    position = len(first)
    for part in parts[:-1]:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    last = parts[-1]
    return path.endswith(last) and len(path) - len(last) >= position if ends else path.find(last, position) >= 0


def _spelt(path: str, safe: str) -> str:
    """Decode escapes that nothing needs, write the others in upper case, and escape what is not ASCII."""
    return quote(_ESCAPE.sub(_unescaped, path).encode("utf-8", "replace"), safe=safe)


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
