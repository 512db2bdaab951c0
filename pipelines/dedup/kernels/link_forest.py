"""Union-find over sparse 64-bit numbers of documents, which are counted by bits: 64 documents are one page.

A page is one row of a hash table: its number, a bit for each document that has an edge, and how many documents come
before it. So a document's place among all that have an edge is a look-up and a count of bits, and places are in the
order of the documents.
"""

import numpy as np
import numpy.typing as npt

from filters.kernels.compiled import inlined, inner

#: words of a table's row: page + 1 (0 where the row is empty), bits, place of its first document
PAGE, BITS, FIRST = 0, 1, 2

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

# Fraction of the golden ratio: multiplied by it, neighbours lie far apart.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO, _FOUR, _SIX, _56, _63 = (np.uint64(n) for n in (1, 2, 4, 6, 56, 63))
_PAIRS, _NIBBLES, _BYTES, _SUM = (
    np.uint64(n) for n in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x0101010101010101)
)


@inlined
def _ones(word: np.uint64) -> np.int64:
    """Count the bits that are set, side by side (Knuth, volume 4A, 7.1.3)."""
    word -= (word >> _ONE) & _PAIRS
    word = (word & _NIBBLES) + ((word >> _TWO) & _NIBBLES)
    word = (word + (word >> _FOUR)) & _BYTES
    return np.int64((word * _SUM) >> _56)


@inlined
def _row(page: np.uint64, table: Words, shift: np.uint64) -> np.int64:
    """Find the row of a page, or the empty one where it belongs; the table has 2 ** (64 - shift) rows."""
    row, last = np.int64((page * _SPREAD) >> shift), len(table) - 1
    while table[row, PAGE] and table[row, PAGE] != page + _ONE:
        row = (row + 1) & last
    return row


@inner
def mark(edges: Numbers, start: int, table: Words, shift: np.uint64, room: int) -> tuple[int, int]:
    """Set the bits of both ends of the edges from `start` on; give the edge it stopped at and the pages it added.

    It stops early where the table has no room for the pages of one more edge.
    """
    added = 0
    for e in range(start, len(edges)):
        if added + 2 > room:
            return e, added
        for end in range(2):
            document = np.uint64(edges[e, end])
            row = _row(document >> _SIX, table, shift)
            added += table[row, PAGE] == 0
            table[row, PAGE] = (document >> _SIX) + _ONE
            table[row, BITS] |= _ONE << (document & _63)
    return len(edges), added


@inner
def move(old: Words, table: Words, shift: np.uint64) -> None:
    """Take over the pages of a smaller table."""
    for i in range(len(old)):
        if old[i, PAGE]:
            row = _row(old[i, PAGE] - _ONE, table, shift)
            table[row, PAGE], table[row, BITS] = old[i, PAGE], old[i, BITS]


@inner
def number(rows: Numbers, table: Words, documents: Numbers) -> int:
    """Give the documents of the pages at `rows`, in that order, their places; write who is where, and count them."""
    count = 0
    for row in rows:
        table[row, FIRST] = count
        bits, first = table[row, BITS], np.int64((table[row, PAGE] - _ONE) << _SIX)
        for bit in range(64):
            if bits & (_ONE << np.uint64(bit)):
                documents[count] = first + bit
                count += 1
    return count


@inlined
def _place(document: np.uint64, table: Words, shift: np.uint64) -> np.int64:
    row = _row(document >> _SIX, table, shift)
    before = (_ONE << (document & _63)) - _ONE
    return np.int64(table[row, FIRST]) + _ones(table[row, BITS] & before)


@inlined
def _root(parents: Numbers, place: np.int64) -> np.int64:
    while parents[place] != place:
        # Path halving: each step also lets a place skip its parent, so that the next search is shorter.
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


@inner
def join(edges: Numbers, table: Words, shift: np.uint64, parents: Numbers) -> None:
    """Join the ends of each edge; the smallest place of a cluster is its root, whatever the order of the edges."""
    for e in range(len(edges)):
        one = _root(parents, _place(np.uint64(edges[e, 0]), table, shift))
        other = _root(parents, _place(np.uint64(edges[e, 1]), table, shift))
        if one < other:
            parents[other] = one
        else:
            parents[one] = other


@inner
def settle_roots(parents: Numbers) -> int:
    """Point every place at its root, and count those that are none. A parent never comes after its child."""
    children = 0
    for place in range(len(parents)):
        parents[place] = parents[parents[place]]
        children += parents[place] != place
    return children
