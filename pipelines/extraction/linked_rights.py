"""What JSON-LD says of rights: licences and notices of every node, and whether that is the page, its site, or else."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.extraction.linked_data import Node, read_json
from pipelines.extraction.values import plain
from rights.evidence import Around, Statement

#: nodes that are looked at, and values of one key
NODES, VALUES = 1000, 8
#: a script without any of these says nothing of rights
CUES = (b'icense"', b'ights"', b'opyrightNotice"', b'usageInfo"', b'icenseUrl"')
_KEYS = ("license", "cc:license", "schema:license", "dcterms:license", "dc:rights", "dcterms:rights", "copyrightNotice")
_MEDIA = ("imageobject", "videoobject", "audioobject", "mediaobject", "photograph", "musicrecording", "soundtrack")
_SITES = ("website", "organization", "person", "newsmediaorganization")
_CONTENT = ("article", "posting", "page", "report", "review", "recipe", "book", "thesis", "creativework", "dataset")
_CONTENT_TOO = ("course", "learningresource", "howto", "scholarlyarticle", "techarticle", "guide", "lesson", "blog")
_NODE = frozenset[Around](["node"])


def linked_rights(texts: Iterable[str]) -> Iterator[Statement]:
    """Give the statements of scripts' nodes, wherever those lie, but for what is beyond NODES."""
    waiting: deque[tuple[Any, frozenset[Around]]] = deque((read_json(text), frozenset()) for text in texts)
    seen = 0
    while waiting and seen < NODES:
        value, around = waiting.popleft()
        seen += 1
        if isinstance(value, list):
            waiting.extend((item, around) for item in value[:NODES])
        elif isinstance(value, dict):
            node: Node = value
            around = around | _kind(node)
            yield from _said(node, around)
            # What a node that is no graph holds is something else than the page.
            inner = around if "@graph" in node or not around else around | _NODE
            waiting.extend((item, inner) for item in [*node.values()][:NODES] if isinstance(item, dict | list))


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
    return plain(value) if isinstance(value, str) else ""
