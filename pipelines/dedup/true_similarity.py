"""Compares candidates by their texts: the Jaccard similarity of their shingles, not an estimate of it."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from filters.texts import Texts
from pipelines.dedup.forest import Edges
from pipelines.dedup.jaccard import jaccard, shingle_sets
from pipelines.dedup.keys import SHARD_BITS, Hashes
from pipelines.dedup.minhash import MinHash
from pipelines.store import Store
from pipelines.unfinished import reading

#: pairs that are compared at once
_AT_ONCE = 4096
_ROW = (1 << SHARD_BITS) - 1


class TrueSimilarity:
    """Says which pairs of documents are at least so similar; reads their texts, and remembers what memory allows.

    `name_of` names the file that holds the texts of a shard, in a column `text`, by the rows of document numbers.
    """

    def __init__(
        self, store: Store, name_of: Callable[[int], str], minhash: MinHash, least: float, memory_bytes: int
    ) -> None:
        self._store, self._name_of, self._minhash = store, name_of, minhash
        self._least, self._memory = least, memory_bytes
        self._known: OrderedDict[int, Hashes] = OrderedDict()
        self._held = 0

    def __call__(self, pairs: Edges) -> npt.NDArray[np.bool_]:
        """Compare the two documents of each pair, int64[m, 2]: bool[m]."""
        similar = np.zeros(len(pairs), np.bool_)
        # Neighbours in this order share texts.
        order = np.lexsort((pairs[:, 0], pairs[:, 1]))
        for start in range(0, len(pairs), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            similar[some] = self._compare(pairs[some]) >= np.float32(self._least)
        return similar

    def _compare(self, pairs: Edges) -> npt.NDArray[np.float32]:
        documents, places = np.unique(pairs, return_inverse=True)
        sets = self._sets(documents.tolist())
        firsts = np.cumsum([0, *map(len, sets)])
        return jaccard(np.concatenate(sets), firsts, places.reshape(-1, 2))

    def _sets(self, documents: list[int]) -> list[Hashes]:
        """Give the shingles of some documents, and forget those that were asked for longest ago."""
        missing = [document for document in documents if document not in self._known]
        for shard, rows in _by_shard(missing):
            self._load(shard, rows)
        for document in documents:
            self._known.move_to_end(document)
        found = [self._known[document] for document in documents]
        while self._held > self._memory and len(self._known) > len(documents):
            _, forgotten = self._known.popitem(last=False)
            self._held -= forgotten.nbytes
        return found

    def _load(self, shard: int, rows: list[int]) -> None:
        with reading(self._store, self._name_of(shard)) as parquet:
            first, wanted = 0, np.array(rows)
            for group in range(parquet.num_row_groups):
                end = first + parquet.metadata.row_group(group).num_rows
                inside = wanted[(wanted >= first) & (wanted < end)]
                if len(inside):
                    texts = parquet.read_row_group(group, ["text"], use_threads=False)["text"].combine_chunks()
                    self._remember(shard, inside.tolist(), texts.take(pa.array(inside - first)))
                first = end

    def _remember(self, shard: int, rows: list[int], texts: pa.StringArray) -> None:
        seen = Texts(pa.RecordBatch.from_arrays([texts.cast(pa.string())], ["text"]))
        hashes, firsts = shingle_sets(seen.data, seen.offsets, self._minhash)
        for row, (start, end) in zip(rows, pairwise(firsts.tolist()), strict=True):
            own = hashes[start:end].copy()
            self._known[(shard << SHARD_BITS) | row] = own
            self._held += own.nbytes


def _by_shard(documents: list[int]) -> list[tuple[int, list[int]]]:
    shards: dict[int, list[int]] = {}
    for document in documents:
        shards.setdefault(document >> SHARD_BITS, []).append(document & _ROW)
    return sorted(shards.items())
