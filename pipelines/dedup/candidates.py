"""Candidates are compared before they are linked: who shares a key need not be similar.

In a small run every document is compared with every other one, unless the two are in one cluster already: that says
all that single linkage can say. In a larger run it would take too long. There each document is compared with leaders
until one is similar; the first document that is like none of them becomes the next leader (Hartigan 1975, chapter 3).

What can be missed in a large run: two similar documents that are like different leaders, or of which only one is like
a leader; and, where there are as many leaders as are allowed, all that is similar among documents that are like none.
Such pairs may still meet in another run. Every large run is returned, with the number of documents like no leader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.dedup.clusters import join_pairs
from pipelines.dedup.forest import Edges, forest
from pipelines.dedup.keys import Numbers
from pipelines.dedup.runs import Runs

#: whether the two documents of each pair int64[m, 2] are similar, bool[m]; of each, the later one comes first
Similar = Callable[[Edges], npt.NDArray[np.bool_]]

#: runs in which not every document was compared with every other one, in the order of their keys
LARGE_RUNS = pa.schema(
    [
        pa.field("key", pa.uint64(), nullable=False),
        pa.field("documents", pa.int64(), nullable=False),
        pa.field("leaders", pa.int64(), nullable=False),
        #: documents like no leader, which were compared with nothing else
        pa.field("unlike", pa.int64(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing candidates."""

    #: of the similar ones
    forest: Edges
    #: how many pairs were compared
    pairs: int
    #: LARGE_RUNS
    large: pa.Table


@dataclass(slots=True)
class _Leading:
    """A large run, of which more may come."""

    leaders: list[int]
    documents: int = 0
    unlike: int = 0


def compare(runs: Iterable[Runs], similar: Similar, all_pairs: int, leaders: int) -> Compared:
    """Compare the candidates of all runs; in runs of more than `all_pairs` documents with at most so many leaders.

    In a run of n small enough a document is compared with (n - 1) / 2 others at most, in a large run with `leaders`:
    where `all_pairs` is twice as many as `leaders`, no document costs more than these.
    """
    comparing = _Comparing(similar)
    large: dict[int, _Leading] = {}
    whole = True
    for some in runs:
        sizes = np.diff(some.starts)
        # A part of a run that did not fit in memory is no small run, however short the part.
        small = (sizes <= all_pairs) & (whole and some.last)
        comparing.everyone(some, small)
        for run in np.flatnonzero(~small).tolist():
            documents = some.documents[some.starts[run] : some.starts[run + 1]]
            leading = large.setdefault(int(some.keys[run]), _Leading([]))
            comparing.leaders(documents, leading, leaders)
        whole = some.last
    rows = [[key, one.documents, len(one.leaders), one.unlike] for key, one in sorted(large.items())]
    columns = zip(*rows, strict=True) if rows else [[]] * 4
    table = pa.table([pa.array(c, field.type) for c, field in zip(columns, LARGE_RUNS, strict=True)], LARGE_RUNS)
    return Compared(forest(comparing.links), comparing.pairs, table)


class _Comparing:
    """Asks, counts what was asked, and remembers who is linked."""

    def __init__(self, similar: Similar) -> None:
        self._similar = similar
        self.links: list[Edges] = []
        self.pairs = 0

    def everyone(self, runs: Runs, chosen: npt.NDArray[np.bool_]) -> None:
        """Compare all documents of each chosen run: first all runs' first ones with those after them, and so on."""
        documents, places = np.unique(runs.documents, return_inverse=True)
        parents = np.arange(len(documents))
        firsts, sizes = runs.starts[:-1][chosen], np.diff(runs.starts)[chosen]
        while len(firsts):
            longer = sizes > 1
            firsts, sizes = firsts[longer], sizes[longer] - 1
            pairs = _stars(firsts, sizes, places)
            roots = _roots(parents)
            pairs = _distinct(pairs[roots[pairs[:, 0]] != roots[pairs[:, 1]]], len(documents))
            join_pairs(parents, pairs[self._keep(documents[pairs])])
            firsts = firsts + 1

    def leaders(self, documents: Numbers, leading: _Leading, most: int) -> None:
        """Compare the documents of a large run with its leaders, and let it have more of these."""
        leading.documents += len(documents)
        tried = 0
        while len(documents) and (tried < len(leading.leaders) or tried < most):
            if tried == len(leading.leaders):
                leading.leaders.append(int(documents[0]))
                documents = documents[1:]
            pairs = np.column_stack((documents, np.full(len(documents), leading.leaders[tried])))
            documents = documents[~self._keep(pairs)]
            tried += 1
        leading.unlike += len(documents)

    def _keep(self, pairs: Edges) -> npt.NDArray[np.bool_]:
        """Ask for pairs, and remember those that are similar."""
        if not len(pairs):
            return np.zeros(0, np.bool_)
        found = self._similar(pairs)
        self.pairs += len(pairs)
        self.links.append(pairs[found])
        return found


def _stars(firsts: Numbers, sizes: Numbers, places: Numbers) -> Edges:
    """Pair each of the `sizes` rows that come after a first with it, int64[m, 2] of places."""
    ends = np.cumsum(sizes)
    after = np.arange(1, ends[-1] + 1 if len(ends) else 1) - np.repeat(ends - sizes, sizes)
    rows = np.repeat(firsts, sizes)
    return np.column_stack((places[rows + after], places[rows]))


def _distinct(pairs: Edges, count: int) -> Edges:
    """Leave each pair of places below `count` once: two documents may meet in several runs."""
    return np.column_stack(np.divmod(np.unique(pairs[:, 0] * count + pairs[:, 1]), max(count, 1)))


def _roots(parents: Numbers) -> Numbers:
    while (parents != (higher := parents[parents])).any():
        parents[:] = higher
    return parents
