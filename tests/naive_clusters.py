"""Clusters by walking from document to document, survivors by comparing keys."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def clusters(documents: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """Name the smallest ordinal that can be reached from each document."""
    near = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    roots = [-1] * documents
    for start in range(documents):
        waiting = [start] if roots[start] < 0 else []
        while waiting:
            document = waiting.pop()
            roots[document] = start
            waiting += [other for other in near[document] if roots[other] < 0]
    return roots


def edges_of_band(ordinals: list[int], keys: list[Any]) -> set[tuple[int, int]]:
    """Link each document to the first with the same key."""
    groups = defaultdict(list)
    for ordinal, key in zip(ordinals, keys, strict=True):
        groups[key].append(ordinal)
    firsts = [(min(group), group) for group in groups.values()]
    return {(one, first) for first, group in firsts for one in group if one != first}


def order_key(document: dict[str, Any], prefer: tuple[str, ...]) -> tuple[Any, ...]:
    """Make what compares as the total order does."""

    def first(value: float | None, sign: int) -> tuple[bool, float]:
        missing = value is None or value != value  # noqa: PLR0124  # not a number
        return (missing, 0 if missing else sign * value)

    date = document["date"].timestamp() if document["date"] else None
    keys = {
        "longest": first(document["text_bytes"], -1),
        "language_score": first(document["language_score"], -1),
        "earliest": first(date, 1),
        "latest": first(date, -1),
        "license": first(document.get("license"), 1),
    }
    own = (document["id"].encode(), document["file"].encode(), document["offset"])
    return (*(keys[preference] for preference in prefer), keys["earliest"], *own)


def sparse_clusters(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Name the smallest document that can be reached from each that has an edge."""
    pairs = list(edges)
    numbers = sorted({end for pair in pairs for end in pair})
    places = {number: place for place, number in enumerate(numbers)}
    roots = clusters(len(numbers), [(places[one], places[other]) for one, other in pairs])
    return {number: numbers[root] for number, root in zip(numbers, roots, strict=True)}
