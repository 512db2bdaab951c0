"""Where listed words and phrases occur, whatever their case: from each place one walk down a tree of all of them."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import CLASSES, LOWER, SPACE, WORD, decode
from filters.kernels.trim import last_character
from filters.texts import Texts

#: what may end at a node: a phrase that may stand anywhere, or one that must be parted from what stands beside it
_ANYWHERE, _PARTED = 1, 2
#: bits of a code point
_POINT = 21
_MIX = 0x9E3779B97F4A7C15
_SHIFT = np.uint64(40)
_FINAL_SIGMA, _SIGMA = 0x3C2, 0x3C3


class Tree(NamedTuple):
    """Phrases as paths of code points from one root, node 0; the edges lie in an open hash table."""

    #: int64[slots]: the node from which an edge starts, and its code point; -1 in a free slot
    edges: NDArray[np.int64]
    #: int32[slots]: the node at which it ends, -1 in a free slot
    targets: NDArray[np.int32]
    #: uint8[nodes]: what ends there
    ends: NDArray[np.uint8]
    #: bool[256]: whether a phrase may begin with a character whose first byte is that, in either case
    leads: NDArray[np.bool_]
    #: uint8[4096]: bits that say whether one may begin with four ASCII characters, by a hash of five bits of each
    fours: NDArray[np.uint8]


def count(
    texts: Texts, anywhere: tuple[str, ...], parted: tuple[str, ...] = (), *, by_space: bool = False
) -> NDArray[np.int64]:
    """Count the places of each text at which a phrase begins; a place at which several begin counts once.

    The text is read in lower case, the phrases as they are. Those that are `parted` have on both sides an end of the
    text or white space, if `by_space`, or else a character that is no letter, no number and no underscore.
    """
    tree = _tree(anywhere, parted)
    return count_places(texts.data, texts.offsets, CLASSES, LOWER, *tree, by_space, bool(anywhere))


def lowered(phrase: str) -> str:
    """Put a phrase in lower case as a text is read: code point by code point."""
    return "".join(chr(int(LOWER[ord(character)])) for character in phrase)


@lru_cache(maxsize=64)
def _tree(anywhere: tuple[str, ...], parted: tuple[str, ...]) -> Tree:
    children: list[dict[int, int]] = [{}]
    ends = [0]
    for phrase, end in [(phrase, _ANYWHERE) for phrase in anywhere] + [(phrase, _PARTED) for phrase in parted]:
        node = 0
        # A final sigma is as any other: Python's lower case tells them apart by their neighbours.
        for point in map(ord, phrase.replace("\N{GREEK SMALL LETTER FINAL SIGMA}", "\N{GREEK SMALL LETTER SIGMA}")):
            if point not in children[node]:
                children[node][point] = len(children)
                children.append({})
                ends.append(0)
            node = children[node][point]
        ends[node] |= end
    return Tree(*_slots(children), np.array(ends, np.uint8), _leads(children[0]), _fours(anywhere + parted))


def _leads(roots: Collection[int]) -> NDArray[np.bool_]:
    """Say with which first bytes a phrase may begin."""
    wanted = np.isin(LOWER, [*roots, *([_FINAL_SIGMA] if _SIGMA in roots else [])])
    leads = np.zeros(256, np.bool_)
    leads[[chr(point).encode()[0] for point in np.flatnonzero(wanted)]] = True
    return leads


def _fours(phrases: tuple[str, ...]) -> NDArray[np.uint8]:
    """Say with which four ASCII characters a phrase may begin; five bits of a letter do not tell its case."""
    keys = np.arange(32**4).reshape(32, 32, 32, 32)
    wanted = np.zeros(1 << 15, np.bool_)
    # No other character is read as the upper or lower case of an ASCII one where the bytes are ASCII.
    for start in {phrase[:4] for phrase in phrases if phrase[:4].isascii()}:
        wanted[_hash.py_func(keys[tuple(ord(character) & 31 for character in start)])] = True
    return np.packbits(wanted, bitorder="little")


def _slots(children: list[dict[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Make the hash table of the edges, at most half full."""
    size = 1 << (2 * len(children)).bit_length()
    edges, targets = np.full(size, -1, np.int64), np.full(size, -1, np.int32)
    for node, following in enumerate(children):
        for point, target in following.items():
            edge = node << _POINT | point
            slot = (edge * _MIX % 2**64 >> int(_SHIFT)) & (size - 1)
            while edges[slot] >= 0:
                slot = (slot + 1) & (size - 1)
            edges[slot], targets[slot] = edge, target
    return edges, targets


@njit(cache=True, nogil=True)
def count_places(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    classes: NDArray[np.uint8],
    lower: NDArray[np.int32],
    edges: NDArray[np.int64],
    targets: NDArray[np.int32],
    ends: NDArray[np.uint8],
    leads: NDArray[np.bool_],
    fours: NDArray[np.uint8],
    by_space: bool,
    anywhere: bool,
) -> NDArray[np.int64]:
    """Count the places of each text at which a phrase of the tree begins; `anywhere` where it has such phrases."""
    found = np.zeros(len(offsets) - 1, np.int64)
    last = np.int64(len(edges) - 1)
    # After a byte that is no ASCII character only the whole character tells.
    before = np.array([anywhere or byte > 0x7F or _parts(classes[byte], by_space) for byte in range(256)])
    for text in range(len(offsets) - 1):
        first, stop = offsets[text], offsets[text + 1]
        for i in range(first, stop):
            if not leads[data[i]] or (i > first and not before[data[i - 1]]):
                continue
            if i + 3 < stop and data[i] | data[i + 1] | data[i + 2] | data[i + 3] < 0x80:
                two = (int(data[i]) & 31) << 5 | int(data[i + 1]) & 31
                hash_ = _hash((two << 5 | int(data[i + 2]) & 31) << 5 | int(data[i + 3]) & 31)
                if not fours[hash_ >> 3] >> (hash_ & 7) & 1:
                    continue
            free = i == first or _parts(int(classes[decode(data, last_character(data, first, i), i)[0]]), by_space)
            # No function for the walk: a call counts references to all of these arrays.
            j, node = i, np.int64(0)
            while node >= 0:
                end, node_before = ends[node], node
                node, parts = np.int64(-1), True
                if j < stop:
                    point, j = (np.int64(data[j]), j + 1) if data[j] < 0x80 else decode(data, j, stop)
                    parts = _parts(classes[point], by_space)
                    small = np.int64(lower[point])
                    edge = node_before << _POINT | (_SIGMA if small == _FINAL_SIGMA else small)
                    slot = np.int64((np.uint64(edge) * np.uint64(_MIX)) >> _SHIFT) & last
                    while edges[slot] >= 0 and edges[slot] != edge:
                        slot = (slot + 1) & last
                    node = np.int64(targets[slot])
                if end & _ANYWHERE or (end & _PARTED and free and parts):
                    found[text] += 1
                    break
    return found


@njit(cache=True, nogil=True, inline="always")
def _parts(flags: int, by_space: bool) -> bool:
    """Say whether a character parts a phrase from others."""
    return flags & SPACE != 0 if by_space else flags & WORD == 0


@njit(cache=True, nogil=True, inline="always")
def _hash(four: int) -> int:
    """Hash five bits of each of four characters to fifteen."""
    return (four * 0x9E3779B1 >> 12) & 0x7FFF
