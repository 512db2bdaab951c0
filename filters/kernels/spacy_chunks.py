"""Chunks cut into spaCy's tokens, as the memo has it."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from filters.kernels.characters import decode
from filters.kernels.compiled import inner
from filters.kernels.hashes import hash_bytes
from filters.kernels.spacy_memo import CUT, CUTS, Memo
from filters.kernels.spacy_shapes import LETTER, Bytes, Chunks, Hashes, Numbers, Shapes


class Words(NamedTuple):
    """Room for a word per byte; pages that are never written cost nothing."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    characters: NDArray[np.int32]
    lettered: NDArray[np.bool_]
    hashes: Hashes
    #: per chunk its first word, and at last the number of all
    firsts: Numbers

    @classmethod
    def of(cls, most: int, chunks: int) -> Self:
        """Make room for at most so many words, of so many chunks."""
        start, end, characters = (np.empty(most, np.int32) for _ in range(3))
        firsts = np.zeros(chunks + 1, np.int64)
        return cls(start, end, characters, np.empty(most, np.bool_), np.empty(most, np.uint64), firsts)


class Anew(NamedTuple):
    """Chunks whose neighbours change how they are split."""

    #: per chunk: its place among the shapes, ascending; and its first row in `cuts`, followed by the number of all
    shape: Numbers
    first: Numbers
    #: start and end of each word, bytes of the texts
    cuts: Numbers


@inner
def split(
    data: Bytes,
    facts: Bytes,
    found: Chunks,
    shapes: Shapes,
    numbers: NDArray[np.int32],
    memo: Memo,
    anew: Anew,
    words: Words,
    chunk: int,
    last: int,
    shape: int,
) -> None:
    """Write the words of the chunks from `chunk` up to `last`; `shape` is the first shape among them."""
    starts, ends, points, lettered, hashes, shaped, _ = found
    first, places, rows, cuts = shapes.first, shapes.places, memo.shapes, memo.cuts
    again, again_first, again_cuts = anew.shape, anew.first, anew.cuts
    start, end, characters, has_letter, hash_of, firsts = words
    word, other = firsts[chunk], 0
    while chunk < last:
        if not shaped[chunk]:
            start[word], end[word], characters[word] = starts[chunk], ends[chunk], points[chunk]
            has_letter[word], hash_of[word] = lettered[chunk], hashes[chunk]
            word, chunk = word + 1, chunk + 1
            firsts[chunk] = word
            continue
        row, begin, place = numbers[shape], int(starts[chunk]), first[shape]
        cut, count = rows[row, CUT], rows[row, CUTS]
        changed = other < len(again) and again[other] == shape
        if changed:
            cut, count, other = again_first[other], again_first[other + 1] - again_first[other], other + 1
        for k in range(cut, cut + count):
            if changed:
                i, stop = int(again_cuts[k, 0]), int(again_cuts[k, 1])
            else:
                i, stop = int(begin + places[place + cuts[k, 0]]), int(begin + places[place + cuts[k, 1]])
            start[word], end[word] = i, stop
            first_byte, length, some = i, 0, np.uint8(0)
            while i < stop:
                point, after = np.int64(data[i]), i + 1
                if point > 127:
                    point, after = decode(data, i, stop)
                some |= facts[point]
                length, i = length + 1, after
            characters[word], has_letter[word] = length, some & LETTER != 0
            hash_of[word] = hash_bytes(data.ctypes.data + first_byte, stop - first_byte, len(data) - first_byte)
            word += 1
        shape, chunk = shape + 1, chunk + 1
        firsts[chunk] = word
