"""Links of documents become clusters: connected components, found without holding more than those that have a link.

A document is a 64-bit number (see `keys`). A forest is an array int64[m, 2] with one row for each document that is
not the smallest of its cluster: itself, and the smallest. It says all that links said, in as few rows as can be, and
does not depend on their order. Forests are links again, so that clusters of clusters are found the same way.

Memory: about 25 bytes for each of the documents that have a link, where these lie close together, and 100 where each
lies alone among 64 numbers. Documents without links cost nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.dedup.kernels.link_forest import BITS, PAGE, join, mark, move, number, settle_roots
from pipelines.dedup.keys import Numbers
from pipelines.dedup.rows import read_rows, write_rows
from pipelines.dedup.views import read_only
from pipelines.store import Store

Edges = npt.NDArray[np.int64]

#: a forest in a file, by document
FOREST = pa.schema([pa.field("document", pa.int64(), nullable=False), pa.field("root", pa.int64(), nullable=False)])

_FIRST_BITS = 10
# A table that is fuller than this is slow to search.
_FILL = 0.6


@dataclass(frozen=True, slots=True)
class Clusters:
    """The documents that have a link, in order, and the smallest of each one's cluster, both int64[n]."""

    documents: Numbers
    roots: Numbers

    def forest(self) -> Edges:
        """Name the root of each document that is none, int64[m, 2], by document."""
        child = self.documents != self.roots
        return np.column_stack((self.documents[child], self.roots[child]))


@dataclass(frozen=True, slots=True)
class ForestFiles:
    """Links that lie in files, read piece by piece as often as they are asked for."""

    store: Store
    names: tuple[str, ...]

    def __iter__(self) -> Iterator[Edges]:
        """Yield arrays int64[m, 2]."""
        for name in self.names:
            for table in read_rows(self.store, name):
                yield np.column_stack([np.asarray(column) for column in table.columns])


def clusters_of(links: Iterable[Edges]) -> Clusters:
    """Join what is linked, directly or through others.

    `links` are arrays int64[m, 2] of documents, gone through twice: give a list, or `ForestFiles`, no generator.
    """
    pages = _Pages()
    for edges in links:
        pages.mark(edges)
    documents = pages.number()
    parents = np.arange(len(documents))
    for edges in links:
        join(read_only(edges), pages.table, pages.shift, parents)
    settle_roots(parents)
    return Clusters(documents, documents[parents])


def forest(links: Iterable[Edges]) -> Edges:
    """Reduce links to as few as say the same, int64[m, 2], by document; `clusters_of` says how they come."""
    return clusters_of(links).forest()


def write_forest(store: Store, name: str, forests: Iterable[Edges]) -> str:
    """Write forests one after the other into one file, and give its digest."""
    return write_rows(store, name, FOREST, (pa.table(list(edges.T), schema=FOREST) for edges in forests))


def merge_forests(store: Store, names: tuple[str, ...], name: str) -> str:
    """Merge the forests of several files into one forest, and give its digest.

    Where all files are too many for one machine, they are merged some at a time, and then what came of them: a
    forest has at most one row for each document, however many files had it.
    """
    return write_forest(store, name, [forest(ForestFiles(store, names))])


class _Pages:
    """The hash table of pages, which grows with them."""

    def __init__(self) -> None:
        self._used = 0
        self._grow(_FIRST_BITS)

    def mark(self, edges: Edges) -> None:
        """Note the documents of some links."""
        done = 0
        while done < len(edges):
            room = int(_FILL * len(self.table)) - self._used
            done, added = mark(read_only(edges), done, self.table, self.shift, room)
            self._used += added
            if done < len(edges):
                old = self.table
                self._grow(self._bits + 1)
                move(old, self.table, self.shift)

    def number(self) -> Numbers:
        """Give each document its place in the order of their numbers; list them."""
        rows = np.flatnonzero(self.table[:, PAGE])
        rows = rows[np.argsort(self.table[rows, PAGE])]
        documents = np.empty(int(np.bitwise_count(self.table[rows, BITS]).sum()), np.int64)
        number(rows, self.table, documents)
        return documents

    def _grow(self, bits: int) -> None:
        self._bits = bits
        self.shift = np.uint64(64 - bits)
        self.table = np.zeros((1 << bits, 3), np.uint64)
