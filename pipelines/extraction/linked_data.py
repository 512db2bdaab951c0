"""What a page's JSON-LD says of the page: headline, authors, dates of its first node of the best kind."""

import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from pipelines.extraction.values import plain

#: nodes of a page's JSON-LD that are looked at, names of authors, and how deep nodes lie in lists and graphs
NODES, AUTHORS, DEEPEST = 500, 16, 8
#: endings of the types that are a page's content; what else has a headline or a date comes after these
_CONTENT = ("article", "posting", "report", "review", "recipe", "book", "thesis")
_PAGE = ("page", "videoobject", "creativework", "course", "event", "product")
#: types that are never the page's own content: the site, its owner, what leads to it, what is shown on it
_ASIDE = ("website", "organization", "person", "breadcrumblist", "imageobject", "comment", "searchaction")
#: of content, of a page, of an aside, of anything else
_RANKS = (0, 1, None, 2)

Node = dict[str, Any]
_DECODER = json.JSONDecoder(strict=False)


def read_json(text: str) -> Any:  # noqa: ANN401  # as `json.loads`
    """Parse a script's text; None where it is no JSON, or nested too deep for the parser."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


class LinkedData:
    """The nodes of a page's JSON-LD, those first that are most likely its content."""

    def __init__(self, texts: Iterable[str]) -> None:
        found: list[Node] = []
        for text in texts:
            found += _nodes(read_json(text), 0, NODES - len(found))
        self._named = {node["@id"]: node for node in found if isinstance(node.get("@id"), str)}
        ranked = [(rank, node) for node in found if (rank := _rank(node)) is not None]
        self._nodes = [node for _, node in sorted(ranked, key=itemgetter(0))]

    def texts(self, key: str) -> Iterator[str]:
        """Give the values of a key that are text, those of the best node first."""
        for node in self._nodes:
            value = node.get(key)
            if isinstance(value, str) and (text := plain(value)):
                yield text

    def authors(self) -> list[str]:
        """Give the names of the authors of the best node that names some."""
        for node in self._nodes:
            authors = node.get("author") or node.get("creator")
            names = [self._name(author) for author in (authors if isinstance(authors, list) else [authors])[:AUTHORS]]
            if given := [name for name in dict.fromkeys(names) if name]:
                return given
        return []

    def _name(self, author: Any) -> str:  # noqa: ANN401  # any JSON
        """Give a name that stands for itself, in a node, or in a node elsewhere that is meant."""
        if isinstance(author, dict):
            meant = author if "name" in author else self._named.get(_text(author.get("@id")), {})
            author = meant.get("name")
            author = author[0] if isinstance(author, list) and author else author
        return plain(_text(author))


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON
    return value if isinstance(value, str) else ""


def _nodes(value: Any, depth: int, left: int) -> list[Node]:  # noqa: ANN401  # any JSON
    """List what lies in lists, in graphs and as the main entity; what else a node holds is not of the page itself."""
    found: list[Node] = []
    if isinstance(value, dict) and left > 0:
        found.append(value)
        value = [value.get("@graph"), value.get("mainEntity")]
    if isinstance(value, list) and depth < DEEPEST:
        for item in value[:left]:
            if isinstance(item, dict | list):
                found += _nodes(item, depth + 1, left - len(found))
    return found


def _rank(node: Node) -> int | None:
    """Say how likely a node is the page's content: less is more; None: it is not."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return _RANKS[min([_rank_of(name.lower()) for name in names if isinstance(name, str)], default=-1)]


def _rank_of(name: str) -> int:
    """Give the place in `_RANKS` of a type's name."""
    return 0 if name.endswith(_CONTENT) else 1 if name.endswith(_PAGE) else 2 if name.endswith(_ASIDE) else 3
