"""What JSON-LD says of rights: licences and notices of every node, and whether that is the page, its site, or else."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.extraction.linked_data import Node, read_json
from pipelines.extraction.values import plain
from rights.evidence import Around, Statement

#: nodes that are looked at, and values of one key
NODES, VALUES = 1000, 8
#: characters of a value that are read, and statements of all of a page's scripts
LONGEST, MOST = 1024, 48
#: a script without any of these says nothing of rights
CUES = (b'icense"', b'ights"', b'opyrightNotice"', b'usageInfo"', b'icenseUrl"')
_KEYS = ("license", "cc:license", "schema:license", "dcterms:license", "dc:rights", "dcterms:rights", "copyrightNotice")
_MEDIA = ("imageobject", "videoobject", "audioobject", "mediaobject", "photograph", "musicrecording", "soundtrack")
_SITES = ("website", "organization", "person", "newsmediaorganization")
_CONTENT = ("article", "posting", "page", "report", "review", "recipe", "book", "thesis", "creativework", "dataset")
_CONTENT_TOO = ("course", "learningresource", "howto", "scholarlyarticle", "techarticle", "guide", "lesson", "blog")
#: what they hold is the page itself
_SAME = ("@graph", "mainEntity", "mainEntityOfPage")
_NODE = frozenset[Around](["node"])


def linked_rights(texts: Iterable[str]) -> tuple[list[Statement], int]:
    """Give the statements of scripts' nodes, wherever those lie; and how many statements and nodes were left."""
    waiting: deque[tuple[Any, frozenset[Around]]] = deque((read_json(text), frozenset()) for text in texts)
    found, seen = list[Statement](), 0
    while waiting and seen < NODES:
        value, around = waiting.popleft()
        seen += 1
        if isinstance(value, list):
            waiting.extend((item, around) for item in value)
        elif isinstance(value, dict):
            node: Node = value
            around = around | _kind(node)
            found += _said(node, around)
            waiting.extend((item, _inner(key, item, around)) for key, item in _parts(node))
    return found[:MOST], len(waiting) + max(0, len(found) - MOST)


def _parts(node: Node) -> Iterator[tuple[str, Any]]:
    return ((key, item) for key, item in node.items() if isinstance(item, dict | list))


def _inner(key: str, value: Any, around: frozenset[Around]) -> frozenset[Around]:  # noqa: ANN401  # any JSON
    """Say what lies around what a node holds: of most keys that is something else than the page."""
    is_site = key == "isPartOf" and isinstance(value, dict) and "site" in _kind(value)
    return around if key in _SAME or is_site else around | _NODE


def _kind(node: Node) -> frozenset[Around]:
    """Say whether a node is the site, a medium, or anything else that is not the page's content."""
    types = node.get("@type")
    names = [name.lower() for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]
    if any(name.endswith(_MEDIA) for name in names):
        return frozenset(["media"])
    if any(name.endswith(_SITES) for name in names):
        return frozenset(["site"])
    known = not names or any(name.endswith((*_CONTENT, *_CONTENT_TOO)) for name in names)
    return frozenset() if known else _NODE


def _said(node: Node, around: frozenset[Around]) -> Iterator[Statement]:
    for key in _KEYS:
        values = node.get(key)
        for value in (values if isinstance(values, list) else [values])[:VALUES]:
            if text := _text(value):
                yield Statement("json-ld", key, text, around=around)


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON
    """Give an address or words, be they alone or in a node."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@id", "url", "name") if isinstance(value.get(key), str)), "")
    return plain(value[:LONGEST]) if isinstance(value, str) else ""
