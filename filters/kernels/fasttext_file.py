"""Read the bytes of a supervised fastText model into its parts; anything else is a ValueError.

The format is what the C++ `FastText::saveModel` writes; what `FastText::loadModel` reads is read here.
"""

import math
import struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inner

MAGIC = 793712314
#: the newest format; a supervised model of version 11 has no character n-grams, whatever it says
VERSION = 12
SUPERVISED = 3
HIERARCHICAL, SOFTMAX, ONE_VS_ALL = 1, 3, 4
#: fastText's loss numbers; a model trained by negative sampling (2) predicts as one-vs-all does
LOSSES = {1: HIERARCHICAL, 2: ONE_VS_ALL, 3: SOFTMAX, 4: ONE_VS_ALL}
#: longest n-gram of characters: the library has no limit, but a longer one means a damaged file
LONGEST_NGRAM = 100
#: each part of a quantised row is one of this many centroids
CENTROIDS = 256
#: bytes of an entry of the dictionary after its name: a count and whether it is a label
COUNT = 9
#: rows that are looked at together for infinity and NaN
LOOKED_AT = 1 << 16


class Arguments(NamedTuple):
    """What the model was trained with, as far as it matters."""

    dim: int
    word_ngrams: int
    loss: int
    buckets: int
    minn: int
    maxn: int


class Entries(NamedTuple):
    """The dictionary, words first: entry e is names[starts[e]:ends[e]]."""

    names: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: int
    #: of the labels
    counts: list[int]
    #: bucket, and row after the words', of each n-gram that pruning left; None in a model that is not pruned
    kept: NDArray[np.int32] | None

    def name(self, entry: int) -> bytes:
        """Give the name of an entry."""
        return self.names[self.starts[entry] : self.ends[entry]].tobytes()


class Parts(NamedTuple):
    """A model file."""

    arguments: Arguments
    entries: Entries
    rows: NDArray[np.float32]
    output: NDArray[np.float32]


def read_parts(content: bytes | memoryview) -> Parts:
    """Read what fastText saves, quantised (.ftz) or not (.bin); a dense matrix is a view of `content`."""
    source = _Source(np.frombuffer(content, np.uint8))
    arguments, entries = _read_arguments(source), _read_entries(source)
    quantised = source.flag()
    if entries.kept is not None and not quantised:
        raise ValueError("expected a quantised matrix in a pruned fastText model, got a dense one")
    rows = _read_matrix(source, arguments.dim, quantised=quantised)
    # fastText writes this flag for dense models too, and there ignores it.
    output_quantised = source.flag() and quantised
    return Parts(arguments, entries, rows, _read_matrix(source, arguments.dim, quantised=output_quantised))


class _Source:
    """The model's bytes and a position in them."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self.content = content
        self.position = 0

    def need(self, size: int) -> int:
        """Move `size` bytes on; say where they begin."""
        start = self.position
        if size < 0 or start + size > len(self.content):
            raise ValueError(
                f"expected {size} bytes at {start} of the fastText model, got {len(self.content) - start}: "
                f"the file is cut short or damaged"
            )
        self.position += size
        return start

    def view(self, kind: str, *shape: int) -> NDArray[Any]:
        """Take an array as it lies, be it aligned or not."""
        size = math.prod(shape)
        start = self.need(size * np.dtype(kind).itemsize)
        return np.frombuffer(self.content, kind, size, start).reshape(shape)

    def array(self, kind: str, *shape: int) -> NDArray[Any]:
        """Take an array, copied so that it is aligned."""
        return self.view(kind, *shape).copy()

    def numbers(self, layout: str) -> tuple[int, ...]:
        """Take numbers laid out as `struct` names them."""
        start = self.need(struct.calcsize("<" + layout))
        return struct.unpack("<" + layout, self.content[start : self.position].tobytes())

    def flag(self) -> bool:
        """Take a boolean."""
        return bool(self.content[self.need(1)])


def _read_arguments(source: _Source) -> Arguments:
    head = source.content[:8].tobytes()
    magic, version = struct.unpack("<ii", head) if len(head) == 8 else (None, None)
    if magic != MAGIC or version not in {VERSION - 1, VERSION}:
        raise ValueError(
            f"expected a fastText supervised model (magic {MAGIC}, version {VERSION}), "
            f"got magic {magic}, version {version}"
        )
    source.position = 8
    dim, _, _, _, _, word_ngrams, loss, kind, buckets, minn, maxn, _, _ = source.numbers("12id")
    if kind != SUPERVISED or loss not in LOSSES:
        raise ValueError(
            f"expected a fastText supervised model (model {SUPERVISED}, loss 1 to 4), got model {kind}, loss {loss}"
        )
    maxn = maxn if version == VERSION else 0
    if dim < 1 or (buckets < 1 and (maxn > 0 or word_ngrams > 1)) or maxn > LONGEST_NGRAM:
        raise ValueError(
            f"expected a fastText model with vectors, buckets and n-grams of up to {LONGEST_NGRAM} characters, "
            f"got dim {dim}, bucket {buckets}, maxn {maxn}"
        )
    return Arguments(dim, word_ngrams, LOSSES[loss], buckets, max(minn, 1), maxn)


def check_finite(matrix: NDArray[np.float32]) -> None:
    """Raise ValueError for infinity and NaN."""
    if not all(np.isfinite(matrix[at : at + LOOKED_AT]).all() for at in range(0, len(matrix), LOOKED_AT)):
        raise ValueError("expected finite numbers in the fastText model, got infinity or NaN")


def _read_entries(source: _Source) -> Entries:
    size, words, labels, _, pruned = source.numbers("3i2q")
    if words < 0 or labels < 1 or words + labels != size:
        raise ValueError(f"expected words and labels in the fastText dictionary, got {words} and {labels} of {size}")
    # Each takes at least its name's end and its count: so a damaged size asks for no more room than the file has.
    source.position = source.need(size * (COUNT + 1))
    begin, starts, ends = source.position, np.empty(size, np.int64), np.empty(size, np.int64)
    source.position = int(_scan_names(source.content, begin, starts, ends))
    source.need(0)
    # A copy, so that the model does not keep all of the file.
    names = source.content[begin : source.position].copy()
    starts -= begin
    ends -= begin
    kinds = names[ends + COUNT] != 0
    if (kinds != (np.arange(size) >= words)).any():
        raise ValueError("expected words, then labels in the fastText dictionary, got them mixed")
    counts = [int.from_bytes(names[end + 1 : end + COUNT].tobytes(), "little", signed=True) for end in ends[words:]]
    kept = source.array("<i4", pruned, 2) if pruned >= 0 else None
    return Entries(names, starts, ends, words, counts, kept)


@inner
def _scan_names(content: NDArray[np.uint8], position: int, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> int:
    """Find where names begin and end in a zero; say where the dictionary ends, beyond the content if it is cut."""
    for entry in range(len(starts)):
        starts[entry] = position
        while position < len(content) and content[position] != 0:
            position += 1
        ends[entry] = position
        position += 1 + COUNT
        if position > len(content):
            return position
    return position


def _read_matrix(source: _Source, dim: int, *, quantised: bool) -> NDArray[np.float32]:
    with_norms = quantised and source.flag()
    rows, columns = source.numbers("2q")
    if columns != dim or rows < 0:
        raise ValueError(f"expected a fastText matrix of {dim} columns, got {rows} rows of {columns}")
    if not quantised:
        return source.view("<f4", rows, dim)
    codes = source.array("u1", *source.numbers("i"))
    matrix = _expand(source, codes, rows, dim)
    matrix *= _expand(source, source.array("u1", rows), rows, 1) if with_norms else 1
    return matrix


def _expand(source: _Source, codes: NDArray[np.uint8], rows: int, dim: int) -> NDArray[np.float32]:
    """Look up the centroid of each part of each row; the last part may be narrower."""
    columns, parts, width, last = source.numbers("4i")
    if columns != dim or not 0 < last <= width or (parts - 1) * width + last != dim or len(codes) != rows * parts:
        raise ValueError(
            f"expected a fastText quantiser for {rows} rows of {dim} columns, got {len(codes)} codes "
            f"for {columns} columns in {parts} parts of {width}, the last of {last}"
        )
    codes = codes.reshape(rows, parts)
    matrix = np.empty((rows, dim), np.float32)
    for part in range(parts):
        wide = width if part < parts - 1 else last
        start = part * width
        matrix[:, start : start + wide] = source.array("<f4", CENTROIDS, wide)[codes[:, part]]
    return matrix
