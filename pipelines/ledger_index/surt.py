"""Addresses in an order in which a site lies together: Sort-friendly URI Reordering Transform (SURT).

The host is reversed, and what seldom tells two pages apart is left out: scheme, `www.`, user, default port, fragment,
session ids, case, the order of the query's parts. The key is what Common Crawl's index calls `url_surtkey`; its rules
are those of the Internet Archive's Wayback Machine.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote_to_bytes

from filters.kernels.addresses import in_ascii

#: bytes of a key; of a longer one a digest stands for the end, so that Parquet has bounds for its column
KEY_BYTES = 1024
#: after the name of a domain: of its own pages, of hosts below it, of other ports
LOW, HIGH = ")", ";"

#: characters that need no escape, and are none
_AS_IT_IS = re.compile(r'[!"$&-~]*')
_BLANKS = re.compile(r"[\t\r\n]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://)?", re.DOTALL)
#: schemes whose addresses name no host, or are none
_OPAQUE = frozenset({"dns", "filedesc", "mailto", "metadata", "screenshot", "urn", "warcinfo", "whois"})
_PORTS = {"http": "80", "https": "443"}
_WWW = re.compile(r"^www\d*\.")
_IPV4 = re.compile(r"^\d+(\.\d+){0,3}$")
#: session ids as ASP.NET writes them before a page, and as others do in a query
_PATH_SESSION = re.compile(r"/(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))/")
_QUERY_SESSION = re.compile(
    r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]{1,99}&cftoken=[^&]{1,99})(?:&|\Z)",
    re.IGNORECASE,
)
#: times that escapes within escapes are undone
_DEPTH = 16


def surt(url: str) -> str:
    """Write an address as its sort key, such as `example,lamp)/path?a=1`; what is no address stays as it is."""
    text = _BLANKS.sub("", url).strip()
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found and (found[0].endswith("//") or found[1].lower() in _OPAQUE) else ""
    if scheme in _OPAQUE:
        return text
    rest = text[found.end() :].lstrip("/") if found and scheme else text.removeprefix("//")
    authority, path, query = _parts(rest)
    host, port = _host_and_port(authority)
    if port == _PORTS.get(scheme or "http"):
        port = ""
    return f"{reversed_host(host)}{f':{port}' if port else ''}){_path(path)}{_query(query)}"


def address_key(url: str) -> str:
    """Give the SURT of an address in at most KEY_BYTES bytes of UTF-8, one for one as far as digests go."""
    # What is no valid text in a question is in no ledger: it is found nowhere, and harms nothing.
    raw = surt(url).encode("utf-8", "replace")
    if len(raw) <= KEY_BYTES:
        return raw.decode()
    digest = blake2b(raw, digest_size=16).hexdigest()
    return f"{raw[: KEY_BYTES - len(digest) - 1].decode(errors='ignore')}#{digest}"


def domain_bounds(domain: str) -> tuple[str, str]:
    """Give the least key of a domain's addresses, and one above all of them; other domains' may lie between."""
    key = reversed_host(domain)
    return f"{key}{LOW}", f"{key}{HIGH}"


@lru_cache(maxsize=16384)
def reversed_host(host: str) -> str:
    """Write a host from its end, in lower case and ASCII, without `www.`: `example,lamp`."""
    if host.startswith("["):
        return host.strip("[]").lower()
    name = in_ascii(host.encode("utf-8", "replace")).decode("ascii", "replace")
    labels = [label for label in _WWW.sub("", ".".join(filter(None, name.split(".")))).split(".") if label]
    return ",".join(reversed(_dotted(labels)))


def _dotted(labels: list[str]) -> list[str]:
    """Write an IPv4 address in all its forms as four numbers: the last part fills what is left."""
    if not labels or not _IPV4.match(".".join(labels)) or max(map(len, labels)) > len("037777777777"):
        return labels
    try:
        numbers = [int(part, 8 if part.startswith("0") else 10) for part in labels]
    except ValueError:
        return labels
    room = 4 - len(numbers) + 1
    if max(numbers[:-1], default=0) > 255 or numbers[-1] >= 256**room:  # noqa: PLR2004  # a byte
        return labels
    return [str(number) for number in (*numbers[:-1], *numbers[-1].to_bytes(room, "big"))]


def _parts(rest: str) -> tuple[str, str, str | None]:
    """Split what follows the scheme into authority, path and query; the fragment falls."""
    rest = rest.partition("#")[0]
    before, mark, query = rest.partition("?")
    authority, slash, path = before.partition("/")
    return authority, f"{slash}{path}", query if mark else None


def _host_and_port(authority: str) -> tuple[str, str]:
    name = authority.rpartition("@")[2]
    if name.startswith("["):
        host, _, after = name.partition("]")
        return f"{host}]", after.removeprefix(":")
    host, _, port = name.partition(":")
    return host, port


def _path(path: str) -> str:
    path = f"/{'/'.join(_resolved(_escaped(path)))}".lower()
    session = _PATH_SESSION.search(path)
    if session and path.find(".aspx", session.end() + 1) > 0:
        path = f"{path[: session.start()]}/{path[session.end() :]}"
    return path


def _resolved(path: str) -> list[str]:
    """Resolve `.` and `..`, and make of several slashes one."""
    if "//" not in path and "/." not in path:
        return [path.strip("/")]
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in {"", "."}:
            kept.append(part)
    return kept


def _query(query: str | None) -> str:
    """Write the parts of a query in order and in lower case, without session ids."""
    if not query:
        return ""
    text = _QUERY_SESSION.sub("", _escaped(query)).lower()
    return f"?{'&'.join(sorted(text.split('&'), key=_by_name))}" if text else ""


def _by_name(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def _escaped(text: str) -> str:
    """Undo escapes, as often as there are any within, then escape once what must be."""
    if _AS_IT_IS.fullmatch(text):
        return text
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(_DEPTH):
        bare = unquote_to_bytes(raw)
        if bare == raw:
            break
        raw = bare
    return "".join(map(_ESCAPES.__getitem__, raw))


_ESCAPES = [
    chr(byte) if 0x20 < byte < 0x7F and byte not in b"#%" else f"%{byte:02X}"  # noqa: PLR2004  # ASCII that prints
    for byte in range(256)
]
