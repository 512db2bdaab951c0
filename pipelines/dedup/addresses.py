"""When two addresses are of one page: all but what says how it was fetched, and where in it to look."""

from urllib.parse import urlsplit

_PORTS = {"http": ":80", "https": ":443"}


def url_key(url: str) -> str:
    """Write an address without scheme, user, default port and fragment, its host in lower case; else as it stands.

    What follows the host is kept as it stands: only a site knows which of its queries mean the same.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not parts.netloc:
        return url
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS[parts.scheme]).rstrip(".")
    return f"{host}{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
