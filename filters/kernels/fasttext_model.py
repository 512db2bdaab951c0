"""Read a supervised fastText model from its bytes into flat arrays; anything else is a ValueError.

The format is what the C++ `FastText::saveModel` writes; `Model.parse` reads what `FastText::loadModel` reads.
"""

import math
import struct
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

MAGIC = 793712314
#: the newest format; a supervised model of version 11 has no character n-grams, whatever it says
VERSION = 12
SUPERVISED = 3
HIERARCHICAL, SOFTMAX, ONE_VS_ALL = 1, 3, 4
#: fastText's loss numbers; a model trained by negative sampling (2) predicts as one-vs-all does
LOSSES = {1: HIERARCHICAL, 2: ONE_VS_ALL, 3: SOFTMAX, 4: ONE_VS_ALL}
PREFIX = "__label__"
END_OF_LINE = b"</s>"
#: each part of a quantised row is one of this many centroids
CENTROIDS = 256
ENTRY = struct.Struct("<qb")
FNV_START = np.uint32(2166136261)
FNV_PRIME = np.uint32(16777619)


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """A supervised fastText model as flat arrays; quantised matrices are expanded (lid.176.ftz: 3.2 MB).

    Entry e of the dictionary (words, then labels) is entry_bytes[entry_starts[e]:entry_starts[e + 1]]. The entries of
    chain c, which is the low bits of their hash, are chain_entries[chain_starts[c]:chain_starts[c + 1]].
    """

    #: in the order of the model's label numbers, without `__label__`
    labels: tuple[str, ...]
    #: HIERARCHICAL, SOFTMAX or ONE_VS_ALL
    loss: int
    rows: NDArray[np.float32]
    #: rows of labels or, under the hierarchical loss, of the tree's inner nodes
    output: NDArray[np.float32]
    entry_bytes: NDArray[np.uint8]
    entry_starts: NDArray[np.int64]
    chain_starts: NDArray[np.int32]
    chain_entries: NDArray[np.int32]
    #: for each 32 buckets of n-grams: in the low half which have a row, in the high half how many before them have;
    #: empty where all have. Rows of words come first, then those of n-grams, by bucket
    ngram_blocks: NDArray[np.uint64]
    #: left and right child of each node of the Huffman tree: leaves (the labels) first, root last; -1 below a leaf
    children: NDArray[np.int32]
    words: int
    #: the row of `</s>`, or -1
    end_of_line: int
    #: lengths of n-grams of characters
    minn: int
    maxn: int
    #: longest n-gram of words
    word_ngrams: int
    #: 0 where the model has no n-grams
    buckets: int

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return self.output.shape[1]

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read what fastText saves, quantised (.ftz) or not (.bin)."""
        source = _Source(content)
        arguments, entries = _read_arguments(source), _read_entries(source)
        quantised = source.flag()
        if entries.kept is not None and not quantised:
            raise ValueError("expected a quantised matrix in a pruned fastText model, got a dense one")
        rows = _read_matrix(source, arguments.dim, quantised=quantised)
        # fastText writes this flag for dense models too, and there ignores it.
        output_quantised = source.flag() and quantised
        output = _read_matrix(source, arguments.dim, quantised=output_quantised)
        return cls._assemble(arguments, entries, rows, output)

    @classmethod
    def _assemble(
        cls, arguments: "_Arguments", entries: "_Entries", rows: NDArray[np.float32], output: NDArray[np.float32]
    ) -> Self:
        names, words = entries.names, entries.words
        buckets = _buckets(arguments, entries)
        if len(output) < len(names) - words:
            raise ValueError(f"expected {len(names) - words} rows for labels in the model, got {len(output)}")
        return cls(
            tuple(name.decode(errors="replace").removeprefix(PREFIX) for name in names[words:]),
            arguments.loss,
            _arrange(entries, buckets, rows),
            output,
            *_index(names),
            _ngram_blocks(entries, buckets),
            _huffman(entries.counts),
            words,
            names.index(END_OF_LINE) if END_OF_LINE in names[:words] else -1,
            arguments.minn,
            arguments.maxn,
            arguments.word_ngrams,
            buckets,
        )


class _Arguments(NamedTuple):
    dim: int
    word_ngrams: int
    loss: int
    buckets: int
    minn: int
    maxn: int


class _Entries(NamedTuple):
    """The dictionary: all names, the labels' counts, and (bucket, row after the words') of each kept n-gram."""

    names: list[bytes]
    counts: list[int]
    kept: NDArray[np.int32] | None

    @property
    def words(self) -> int:
        """How many of the names are words."""
        return len(self.names) - len(self.counts)


class _Source:
    """The model's bytes and a position in them."""

    def __init__(self, content: bytes) -> None:
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

    def array(self, kind: str, *shape: int) -> NDArray[Any]:
        """Take an array, copied so that it is aligned."""
        start = self.need(math.prod(shape) * np.dtype(kind).itemsize)
        return np.frombuffer(self.content, kind, math.prod(shape), start).reshape(shape).copy()

    def numbers(self, layout: str) -> tuple[int, ...]:
        """Take numbers laid out as `struct` names them."""
        return struct.unpack_from("<" + layout, self.content, self.need(struct.calcsize("<" + layout)))

    def flag(self) -> bool:
        """Take a boolean."""
        return self.content[self.need(1)] != 0

    def name(self) -> bytes:
        """Take the bytes before the next zero."""
        end = self.content.find(b"\0", self.position)
        start = self.need((end if end >= 0 else len(self.content)) + 1 - self.position)
        return self.content[start:end]


def _read_arguments(source: _Source) -> _Arguments:
    head = source.content[:8]
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
    if dim < 1 or (buckets < 1 and (maxn > 0 or word_ngrams > 1)):
        raise ValueError(f"expected a fastText model with vectors and buckets, got dim {dim}, bucket {buckets}")
    return _Arguments(dim, word_ngrams, LOSSES[loss], buckets, minn, maxn)


def _read_entries(source: _Source) -> _Entries:
    size, words, labels, _, pruned = source.numbers("3i2q")
    if words < 0 or labels < 1 or words + labels != size:
        raise ValueError(f"expected words and labels in the fastText dictionary, got {words} and {labels} of {size}")
    names: list[bytes] = []
    counts: list[int] = []
    for number in range(size):
        names.append(source.name())
        count, is_label = ENTRY.unpack_from(source.content, source.need(ENTRY.size))
        if is_label != (number >= words):
            raise ValueError(f"expected words, then labels in the fastText dictionary, got {names[-1]!r} at {number}")
        if is_label:
            counts.append(count)
    return _Entries(names, counts, source.array("<i4", pruned, 2) if pruned >= 0 else None)


def _read_matrix(source: _Source, dim: int, *, quantised: bool) -> NDArray[np.float32]:
    with_norms = quantised and source.flag()
    rows, columns = source.numbers("2q")
    if columns != dim or rows < 0:
        raise ValueError(f"expected a fastText matrix of {dim} columns, got {rows} rows of {columns}")
    if quantised:
        codes = source.array("u1", *source.numbers("i"))
        matrix = _expand(source, codes, rows, dim)
        matrix *= _expand(source, source.array("u1", rows), rows, 1) if with_norms else 1
    else:
        matrix = source.array("<f4", rows, dim)
    if not np.isfinite(matrix).all():
        raise ValueError("expected finite numbers in the fastText model, got infinity or NaN")
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


def _buckets(arguments: _Arguments, entries: _Entries) -> int:
    """Say how many buckets there are for n-grams: 0 without n-grams, also where pruning has left none."""
    if arguments.maxn <= 0 and arguments.word_ngrams < 2:
        return 0
    if entries.kept is None:
        return arguments.buckets
    kept = entries.kept[:, 0]
    if len(kept) and (entries.kept.min() < 0 or kept.max() >= arguments.buckets or len(np.unique(kept)) < len(kept)):
        raise ValueError(
            f"expected distinct n-gram buckets below {arguments.buckets} in the fastText model, got others"
        )
    return arguments.buckets if len(kept) else 0


def _ngram_blocks(entries: _Entries, buckets: int) -> NDArray[np.uint64]:
    """Say, for each 32 buckets, which are kept and how many are kept before them; nothing where all are."""
    if entries.kept is None or not buckets:
        return np.empty(0, np.uint64)
    kept = np.zeros(-(-buckets // 32) * 32, np.bool_)
    kept[entries.kept[:, 0]] = True
    bits = np.packbits(kept, bitorder="little").view("<u4").astype(np.uint64)
    before = np.cumsum(kept.reshape(-1, 32).sum(axis=1, dtype=np.uint64))
    before = np.concatenate(([0], before[:-1])).astype(np.uint64)
    return bits | before << np.uint64(32)


def _arrange(entries: _Entries, buckets: int, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put the rows of kept n-grams into the order of their buckets."""
    needed = entries.words + buckets
    if entries.kept is not None and buckets:
        needed = entries.words + int(entries.kept[:, 1].max()) + 1
    if len(rows) < needed:
        raise ValueError(f"expected {needed} rows for words and n-grams in the fastText model, got {len(rows)}")
    if entries.kept is None or not buckets:
        return rows
    kept = entries.kept[np.argsort(entries.kept[:, 0]), 1] + entries.words
    return rows[np.concatenate((np.arange(entries.words), kept))]


def _huffman(counts: list[int]) -> NDArray[np.int32]:
    """Build fastText's tree; labels come sorted, so two queues do (but it does so for unsorted ones as well)."""
    leaves, unbuilt = len(counts), 10**15
    if min(counts) < 0 or max(counts) >= unbuilt:
        raise ValueError(f"expected label counts from 0 to 1e15 in the fastText model, got {max(counts)}")
    weights = counts + [unbuilt] * (leaves - 1)
    children = np.full((2, 2 * leaves - 1), -1, np.int32)
    leaf, node = leaves - 1, leaves
    for parent in range(leaves, 2 * leaves - 1):
        for side in range(2):
            if leaf >= 0 and weights[leaf] < weights[node]:
                children[side, parent], leaf = leaf, leaf - 1
            else:
                children[side, parent], node = node, node + 1
        weights[parent] = sum(weights[child] for child in children[:, parent])
    return children


def _index(names: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Lay the entries end to end, and list them by the low bits of their hashes."""
    content = np.frombuffer(b"".join(names), np.uint8)
    starts = np.cumsum([0, *map(len, names)], dtype=np.int64)
    chains = 1 << (2 * len(names)).bit_length()
    chain = _hash(content, starts) & np.uint32(chains - 1)
    order = np.argsort(chain, kind="stable").astype(np.int32)
    return content.copy(), starts, np.searchsorted(chain[order], np.arange(chains + 1)).astype(np.int32), order


def _hash(content: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Hash each entry as fastText does: FNV-1a over 32 bits, but a byte is a signed char."""
    lengths = np.diff(starts)
    hashed = np.full(len(lengths), FNV_START, np.uint32)
    for place in range(int(lengths.max())):
        longer = np.flatnonzero(lengths > place)
        signed = content[starts[longer] + place].astype(np.int8).astype(np.uint32)
        hashed[longer] = (hashed[longer] ^ signed) * FNV_PRIME
    return hashed
