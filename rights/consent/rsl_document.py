"""RSL documents as trees of plain values, parsed without entities, document types, or anything from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml ships no types

from rights.raw import excerpt

#: bytes; a larger document is not read
DOCUMENT_BYTES = 65536
#: elements of other namespaces are extensions, which RSL has a reader pass over; some documents name none
_NAMESPACES = frozenset({"", "https://rslstandard.org/rsl", "http://rslstandard.org/rsl"})


class _Element(Protocol):
    """What is used of lxml's elements; the tag of what is no element is no text."""

    tag: object
    text: str | None

    def __iter__(self) -> Iterator["_Element"]: ...
    def items(self) -> Iterable[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Node:
    """An element of RSL's namespace."""

    name: str
    attributes: Mapping[str, str]
    #: before the first element in it
    text: str
    children: tuple["Node", ...]
    #: the element as XML, cut as a preference cuts it; only what statements are made of has it
    raw: str

    def attribute(self, name: str) -> str:
        """Look up an attribute without the blanks around it; empty where there is none."""
        return self.attributes.get(name, "").strip()

    def has(self, name: str) -> bool:
        """Say whether an attribute is given, be it empty."""
        return name in self.attributes

    def named(self, name: str) -> list["Node"]:
        """List the children of a name."""
        return [child for child in self.children if child.name == name]


def read_document(content: bytes) -> Node | str:
    """Parse a document; a text says why not. libxml2 stops at 256 levels."""
    if len(content) > DOCUMENT_BYTES:
        return f"{len(content)} bytes, more than {DOCUMENT_BYTES}, are not read"
    # UTF-16 writes ASCII with zeros between.
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        return "a document type, which is not read"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        return f"no XML: {fault}"
    if root.getroottree().docinfo.doctype:
        return "a document type, which is not read"
    node = _node(root)
    return node if node and node.name == "rsl" else "no rsl element at the root"


def _node(element: _Element) -> Node | None:
    tag = element.tag
    if not isinstance(tag, str):
        return None
    namespace, name = tag[1:].split("}") if tag.startswith("{") else ("", tag)
    if namespace not in _NAMESPACES:
        return None
    children = tuple(node for child in element if (node := _node(child)))
    raw = etree.tostring(element, encoding="unicode", with_tail=False) if name in {"rsl", "content", "license"} else ""
    return Node(name, dict(element.items()), element.text or "", children, excerpt(raw))
