"""Addresses as pages give them, brought to a host and a path: escaped, without a scheme, or inside a web archive."""

import html
import re
from urllib.parse import unquote

#: characters; what follows in a longer address is not read
LONGEST = 2048
#: an archive inside an archive is undone so often
_ARCHIVED = 3
_SCHEME = re.compile(r"(?:https?:)?/{2}|https?:/(?!/)", re.IGNORECASE)
_ESCAPED = re.compile(r"https?(?:%3a|:%2f)|%2f%2f", re.IGNORECASE)
_STOP = re.compile(r"""[\s"'<>|\\^`{}]""")
_AUTHORITY = re.compile(r"[^/?#]*")
_HOST = re.compile(r"[a-z0-9.-]{1,253}")
_ARCHIVES = re.compile(
    r"(?:web\.|wayback\.|www\.)?archive\.org|wayback\.archive-it\.org|archive\.(?:today|is|ph|fo|li|vn|md)|"
    r"webarchive\.(?:nationalarchives\.gov\.uk|loc\.gov|org\.uk)|(?:www\.)?arquivo\.pt"
)
# A stamp is what an archive puts before the address: a time, or `*` for any, and how to show it.
_STAMP = r"/(?:[a-z_-]+/|[0-9]{1,5}/){0,2}(?:[0-9]{4,14}\*?|\*)(?:[a-z]{2}_)?/"
_INSIDE = re.compile(rf"{_STAMP}((?:https?:)?/{{0,2}}[^/].*)", re.IGNORECASE)
_LEFT_BY_ARCHIVE = re.compile(rf"/web{_STAMP}(https?:/{{1,2}}[^/].*)", re.IGNORECASE)


def located(url: str) -> tuple[str, str] | None:
    """Split an address into its host, in lower case without port and `www.`, and its path with every escape undone.

    Query and fragment are dropped, save where the host is a web archive's: then it is the archived address that is
    split. An address that begins with a host, without a scheme, is taken for one. None: there is no host.
    """
    text = _opened(url)
    for _ in range(_ARCHIVED):
        left = _LEFT_BY_ARCHIVE.fullmatch(text)
        if left:
            text = left[1]
        parts = _split(text)
        if parts is None:
            return None
        host, rest = parts
        inside = _INSIDE.fullmatch(rest) if _ARCHIVES.fullmatch(host) else None
        if inside is None:
            return host.removeprefix("www."), _path(rest)
        text = inside[1]
    return None


def _opened(url: str) -> str:
    """Undo what HTML, JSON and copying do to an address, and cut it where no address goes on."""
    text = url[:LONGEST].strip().replace("\\/", "/")
    text = html.unescape(text) if "&" in text else text
    text = unquote(text) if _ESCAPED.match(text) else text
    stop = _STOP.search(text)
    return text[: stop.start()] if stop else text


def _split(text: str) -> tuple[str, str] | None:
    scheme = _SCHEME.match(text)
    begin = scheme.end() if scheme else 0
    authority = _AUTHORITY.match(text, begin)
    end = authority.end() if authority else begin
    # What stands before the @ is a user's name, whatever host it looks like.
    host = unquote(text[begin:end]).rpartition("@")[2].lower().partition(":")[0].strip(".")
    return (host, text[end:]) if "." in host and _HOST.fullmatch(host) else None


def _path(rest: str) -> str:
    bare = rest.partition("#")[0].partition("?")[0]
    path = unquote(bare)
    # Escaped twice, as by a form that was filled with an escaped address.
    path = unquote(path) if "%" in path else path
    stop = _STOP.search(path)
    return (path[: stop.start()] if stop else path).partition("#")[0].partition("?")[0]
