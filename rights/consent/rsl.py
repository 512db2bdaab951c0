"""RSL 1.0, Really Simple Licensing: XML documents that license what a site holds, and links to them.

The standard has a client that cannot obtain a document treat what it governs as not licensed. Nothing is fetched here:
a link is therefore a preference with the verdict "unknown" and the detail "document not held", for a policy to judge.
"""

from dataclasses import replace

from rights.consent.paths import host_of, matches, overlong, path_of, pattern_of, without_origin
from rights.consent.preference import TRAIN_AI, Place, Preference, distinct
from rights.consent.rsl_document import DOCUMENT_BYTES, Node, read_document
from rights.consent.rsl_license import SIGNAL, judge
from rights.consent.rules import Rule, highest

__all__ = ["DOCUMENT_BYTES", "SIGNAL", "rsl_link", "rsl_xml"]


def rsl_xml(content: bytes, url_path: str, place: Place = "file") -> tuple[Preference, ...]:
    """Read what an RSL document says of a path, or of a URL, in all licences of the most specific `content`.

    An empty `url` means whatever the document is attached to. Of several licences the most restrictive decides. A fault
    hides nothing: what a wider `content` denies counts then, what it allows is unknown. A document with a document
    type, or larger than DOCUMENT_BYTES, is not read.
    """
    root = read_document(content)
    if isinstance(root, str):
        return (_unread(content.decode("utf-8", "replace"), root, place),)
    contents = root.named("content")
    if not contents:
        return (_unread(root.raw, "an rsl element without a content", place),)
    said = highest(_rule(node, place) for node in contents if _governs(node, url_path))
    limits = (_unread("", told, place) for told in (overlong(url_path),) if told)
    return distinct((*said, *limits))


def rsl_link(url: str, place: Place = "header") -> tuple[Preference, ...]:
    """Record a link to an RSL document, from a header, a page or a `License` line: that there is one is all it says."""
    fault = "" if "://" in url else "; not an absolute URL"
    return (_unread(url, f"document not held{fault}", place),)


def _governs(content: Node, url: str) -> bool:
    """Say whether a `content` is about a URL; hosts are compared where both name one."""
    given = content.attribute("url")
    host, asked = host_of(given), host_of(url)
    if host and asked and host != asked:
        return False
    return not _pattern(given) or matches(_pattern(given), path_of(url))


def _pattern(url: str) -> str:
    """Write the pattern of a `url`; empty, for everything, where it has none that can be read."""
    pattern = without_origin(url)
    if not pattern and url:
        return "/"
    return pattern_of(pattern) if pattern.startswith(("/", "*")) else ""


def _rule(content: Node, place: Place) -> Rule:
    """Read all licences of a `content`."""
    given = content.attribute("url")
    licences = [judge(node, content, place) for node in content.named("license")]
    said = [preference for preferences, _ in licences for preference in preferences]
    malformed = any(fault for _, fault in licences)
    if not licences:
        said, malformed = [_unread(content.raw, "a content without a license", place)], True
    elif not content.has("url") or (given and not _pattern(given)):
        said = [_doubted(preference) for preference in said]
        malformed = True
    return Rule(len(_pattern(given)), tuple(said), malformed)


def _doubted(preference: Preference) -> Preference:
    """Take back what is allowed for nobody knows which paths."""
    if preference.verdict != "allow":
        return preference
    return replace(preference, verdict="unknown", detail="a content without a url that can be read")


def _unread(raw: str, detail: str, place: Place) -> Preference:
    return Preference(SIGNAL, place, "*", TRAIN_AI, "unknown", raw, detail)
