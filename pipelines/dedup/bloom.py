"""A Bloom filter: it says of an item that it is new, or that it was probably put in before.

It never calls a known item new. It calls a new one known at a rate that grows as it fills; the rate is that of all
its probes' bits being set by others, so the share of set bits to the power of the probes. Bloom 1970.
"""

import math
import struct
from dataclasses import dataclass
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.kernels import bloom_bits
from pipelines.dedup.views import read_only
from pipelines.store import Store

Hashes = NDArray[np.uint64]

_HEAD = struct.Struct("<8sQQQ")
_MAGIC = b"VBLOOM01"
_WORD_BITS = 64
#: words that are read or written at a time: 8 MB
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BloomSize:
    """How large a filter is, and how many of its bits stand for an item."""

    bits: int
    probes: int

    @classmethod
    def of(cls, items: int, rate: float) -> Self:
        """Find the smallest filter whose rate of false positives is at most `rate` once it holds so many items.

        With m bits, k probes and n items the rate is (1 - exp(-k n / m))^k, least at k = m / n ln 2. ValueError if
        there is no item or the rate is not between 0 and 1.
        """
        if items < 1 or not 0 < rate < 1:
            raise ValueError(f"expected at least one item and a rate between 0 and 1, got {items} and {rate}")
        ideal = -math.log2(rate)
        sizes = {k: -k * items / math.log1p(-(rate ** (1 / k))) for k in {max(1, math.floor(ideal)), math.ceil(ideal)}}
        probes = min(sorted(sizes), key=lambda k: sizes[k])
        return cls(math.ceil(sizes[probes] / _WORD_BITS) * _WORD_BITS, probes)

    @property
    def bytes(self) -> int:
        """Count the bytes of memory that it takes."""
        return self.bits // 8

    def rate(self, items: int) -> float:
        """Expect this rate of false positives once it holds so many items."""
        return (-math.expm1(-self.probes * items / self.bits)) ** self.probes


class BloomFilter:
    """A Bloom filter of 64-bit hashes. What it says depends on what was put in before: on the order of documents."""

    def __init__(self, size: BloomSize) -> None:
        self.size = size
        #: those put in that were not known
        self.items = 0
        self.words = np.zeros(size.bits // _WORD_BITS, np.uint64)

    def put(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Put hashes in, one after the other; say of each whether it was known."""
        known = np.empty(len(hashes), np.bool_)
        self.items += bloom_bits.put_all(*self.state, read_only(hashes), known)
        return known

    def knows(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Say of each hash whether it is known, and put none in."""
        known = np.empty(len(hashes), np.bool_)
        bloom_bits.find_all(*self.state, read_only(hashes), known)
        return known

    @property
    def state(self) -> tuple[Any, np.uint64, int]:
        """Give words, bits and probes, as kernels take them; those may set bits in the words."""
        return self.words, np.uint64(self.size.bits), self.size.probes

    @property
    def bits_set(self) -> int:
        """Count the bits that are set."""
        return int(bloom_bits.count_bits(self.words))

    @property
    def rate(self) -> float:
        """Estimate the rate of false positives now, from the bits that are set."""
        return (self.bits_set / self.size.bits) ** self.size.probes

    def save(self, store: Store, name: str) -> None:
        """Write the filter to a file, so that another process goes on with it: 32 bytes, then the bits."""
        with store.writing(name) as file:
            file.write(_HEAD.pack(_MAGIC, self.size.bits, self.size.probes, self.items))
            for begin in range(0, len(self.words), _PIECE):
                file.write(self.words[begin : begin + _PIECE].astype("<u8", copy=False).tobytes())

    @classmethod
    def load(cls, store: Store, name: str) -> Self:
        """Read a filter that `save` wrote. ValueError if the file is none, or is not whole."""
        with store.open(name) as file:
            size, _ = _head(store, name, file)
        made = cls(size)
        made.join(store, name)
        return made

    def join(self, store: Store, name: str) -> None:
        """Put all in that a filter holds which `save` wrote: it then knows what either knew.

        Whoever joins two that both hold something does not know how many items they share; it is told by the bits.
        ValueError if the file is no filter, not a whole one, or one of another size.
        """
        with store.open(name) as file:
            size, items = _head(store, name, file)
            if size != self.size:
                raise ValueError(f"expected a filter of {self.size}, and {store.path(name)} is one of {size}")
            for begin in range(0, len(self.words), _PIECE):
                piece = self.words[begin : begin + _PIECE]
                piece |= np.frombuffer(file.read(piece.nbytes), "<u8")
        self.items = min(self.items + items, self._likely_items) if self.items else items

    @property
    def _likely_items(self) -> int:
        """Estimate the items from the bits that are set: those of which so many are expected."""
        free = 1 - self.bits_set / self.size.bits
        return round(-self.size.bits / self.size.probes * math.log(free)) if free else self.size.bits


def _head(store: Store, name: str, file: IO[bytes]) -> tuple[BloomSize, int]:
    """Read how large a filter is, and how many items it holds."""
    magic, bits, probes, items = _HEAD.unpack(file.read(_HEAD.size).ljust(_HEAD.size, b"\0"))
    if magic != _MAGIC or bits % _WORD_BITS or store.size(name) != _HEAD.size + bits // 8:
        raise ValueError(f"{store.path(name)} is not a Bloom filter, or not a whole one")
    return BloomSize(bits, probes), items
