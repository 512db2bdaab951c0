"""Where the shapes met so far are cut into tokens: a memo, in flat arrays, that knows a shape by all its bytes."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner
from filters.kernels.spacy_shapes import LONGEST, Bytes, Hashes, Numbers, Shapes

#: columns of `Memo.shapes`; BEFORE and AFTER take two each
KEY, SIZE, CUT, CUTS, BEFORE, AFTER = 0, 1, 2, 3, 4, 6
#: places in `Memo.used`
SHAPES, KEYS, ALL_CUTS, WAITING, WAITING_BYTES = range(5)


class Memo(NamedTuple):
    """The shapes met so far; not for several threads at once."""

    #: numbers of shapes by open addressing; -1 is free
    slots: NDArray[np.int32]
    hashes: Hashes
    #: per shape: its first byte in `keys`, their number; its first row in `cuts`, their number; and twice
    #: two words of bits: bytes (less the highest bit) beside which, one blank away, a chunk may be cut in another way
    shapes: Numbers
    keys: Bytes
    #: per token: start and end in its shape, bytes
    cuts: NDArray[np.int32]
    #: shapes, bytes of `keys`, rows of `cuts`, rows of `waiting`, bytes of the shapes there
    used: Numbers
    #: per shape that spaCy has not been asked about: its number, and its place among the shapes of the batch
    waiting: Numbers

    @classmethod
    def of(cls, bits: int) -> Self:
        """Make a memo of at most 2**bits shapes: some 250 bytes each, taken as they are used."""
        most = 1 << bits
        # One shape, at least, fits whatever its size; a token has at least a byte.
        keys, cuts = np.empty(64 * most + LONGEST + 1, np.uint8), np.empty((8 * most + LONGEST + 1, 2), np.int32)
        shapes, waiting = np.empty((most, 8), np.int64), np.empty((most, 2), np.int64)
        slots = np.full(2 * most, -1, np.int32)
        return cls(slots, np.empty(most, np.uint64), shapes, keys, cuts, np.zeros(5, np.int64), waiting)

    def clear(self) -> None:
        """Forget everything."""
        self.slots.fill(-1)
        self.used.fill(0)


@inner
def number(shapes: Shapes, memo: Memo, numbers: NDArray[np.int32], shape: int) -> int:
    """Write the numbers in the memo of all shapes from `shape` on; new ones get one, and wait for spaCy.

    Returns the first shape that the memo has no room for.
    """
    keys, first, size, hashes = shapes.keys, shapes.first, shapes.size, shapes.hashes
    slots, known, rows, bytes_, used, waiting = memo.slots, memo.hashes, memo.shapes, memo.keys, memo.used, memo.waiting
    mask, cuts = len(slots) - 1, len(memo.cuts)
    while shape < len(first):
        at, count, hash_ = first[shape], np.int64(size[shape]), hashes[shape]
        slot, same = np.int64(hash_) & mask, False
        while not same and slots[slot] >= 0:
            row = slots[slot]
            if known[row] == hash_ and rows[row, SIZE] == count:
                start, k = rows[row, KEY], 0
                while k < count and bytes_[start + k] == keys[at + k]:
                    k += 1
                same = k == count
            if same:
                numbers[shape] = row
            else:
                slot = (slot + 1) & mask
        if not same:
            row, start = used[SHAPES], used[KEYS]
            if row == len(rows) or start + count > len(bytes_) or used[ALL_CUTS] + used[WAITING_BYTES] + count > cuts:
                return shape
            slots[slot], known[row], rows[row, KEY], rows[row, SIZE] = row, hash_, start, count
            for k in range(count):
                bytes_[start + k] = keys[at + k]
            waiting[used[WAITING], 0], waiting[used[WAITING], 1], numbers[shape] = row, shape, row
            used[SHAPES], used[KEYS] = row + 1, start + count
            used[WAITING], used[WAITING_BYTES] = used[WAITING] + 1, used[WAITING_BYTES] + count
        shape += 1
    return shape
