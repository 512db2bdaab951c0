"""Looks for known n-grams of tokens in texts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from pipelines.dedup.kernels.passage_hashes import mix
from pipelines.passage_index.kernels.parting import Tables, token_hashes
from pipelines.passage_index.kernels.winnowing import BASE

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Places = NDArray[Any]

_BASE, _ZERO, _ONE, _63, _6 = np.uint64(BASE), np.uint64(0), np.uint64(1), np.uint64(63), np.uint64(6)


@inner
def ngram_hashes(hashes: Hashes, count: int, size: int, found: Hashes) -> int:
    """Hash each run of `size` of the first `count` tokens, never as 0; returns how many there are."""
    power, ngram, made = _ONE, _ZERO, 0
    for _ in range(size - 1):
        power *= _BASE
    for token in range(count):
        ngram = ngram * _BASE + hashes[token]
        if token >= size - 1:
            found[made] = max(mix(ngram), _ONE)
            made += 1
            ngram -= hashes[token - size + 1] * power
    return made


@inner
def fill(known: Hashes, slots: Hashes, numbers: Places, filter_: Hashes) -> None:
    """Put distinct hashes into a table of at least twice as many slots, a power of two, and a filter of so many bits.

    A slot without a hash is 0. `numbers` says which hash is in which slot.
    """
    for number in range(len(known)):
        bit = _bit(known[number], filter_)
        filter_[bit >> _6] |= _ONE << (bit & _63)
        slot = known[number] & np.uint64(len(slots) - 1)
        while slots[slot]:
            slot = (slot + _ONE) & np.uint64(len(slots) - 1)
        slots[slot], numbers[slot] = known[number], number


@inlined
def _bit(hash_: np.uint64, filter_: Hashes) -> np.uint64:
    """Choose a bit by the upper half: the table goes by the lower one."""
    return (hash_ >> np.uint64(32)) & np.uint64(len(filter_) * 64 - 1)


@inner
def scan(
    data: Bytes,
    offsets: Places,
    tables: Tables,
    size: int,
    known: tuple[Hashes, Places, Hashes],
    room: tuple[Hashes, Bytes, Hashes],
    first: int,
    last: Places,
    pairs: Places,
) -> int:
    """Find n-grams in texts, which are documents from number `first` on.

    `known` are slots, numbers and filter as `fill` makes them, and `last[n]` is the last document that had n-gram n.
    Row i of `pairs` becomes an n-gram and a document that has it, once each; returns how many there are.
    """
    slots, numbers, filter_ = known
    hashes, units, found = room
    at = 0
    for text in range(len(offsets) - 1):
        document = first + text
        tokens = token_hashes(data, offsets[text], offsets[text + 1], tables, hashes, units)
        for place in range(ngram_hashes(hashes, tokens, size, found)):
            ngram = found[place]
            bit = _bit(ngram, filter_)
            if not filter_[bit >> _6] & _ONE << (bit & _63):
                continue
            slot = ngram & np.uint64(len(slots) - 1)
            while slots[slot] and slots[slot] != ngram:
                slot = (slot + _ONE) & np.uint64(len(slots) - 1)
            if slots[slot] and last[numbers[slot]] != document:
                last[numbers[slot]] = document
                pairs[at, 0], pairs[at, 1] = numbers[slot], document
                at += 1
    return at
