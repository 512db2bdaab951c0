"""True Jaccard similarity: of two texts, how many of all shingles that any of them has both have."""

import numpy as np
import numpy.typing as npt
from numba import njit

from filters.kernels.compiled import inner
from pipelines.dedup.minhash import MinHash
from pipelines.dedup.shingles import Bytes, Hashes, Numbers, shingle_hashes, slices
from pipelines.dedup.views import read_only

Ordinals = npt.NDArray[np.int64]


def shingle_sets(data: Bytes, offsets: Numbers, minhash: MinHash) -> tuple[Hashes, Numbers]:
    """Give the hashes of each text's distinct shingles, ascending, uint64[m], and its first one, int64[n + 1].

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`; its shingles are those that `signatures` signs. Those
    of text i are `hashes[firsts[i] : firsts[i + 1]]`. Two shingles have the same 64-bit hash by chance alone, of
    `datasketch` and `datasketch-1` the same 32-bit one, as there.
    """
    found, counts = [np.empty(0, np.uint64)], np.zeros(len(offsets), np.int64)
    for first, last in slices(offsets):
        hashes, firsts = shingle_hashes(data, offsets[first : last + 1], minhash.resolved)
        kept = _sort(hashes, firsts, counts[first + 1 : last + 1])
        # The slice is a view of room for many more.
        found.append(hashes[:kept].copy())
    return np.concatenate(found), np.cumsum(counts)


def jaccard(hashes: Hashes, firsts: Numbers, pairs: Ordinals) -> npt.NDArray[np.float32]:
    """Give the Jaccard similarity of each pair of texts, float32[k], from `shingle_sets`; `pairs` is int64[k, 2].

    A text without shingles is like no other. Raises IndexError where a pair names a text that there is not.
    """
    pairs = np.ascontiguousarray(pairs, np.int64).reshape(-1, 2)
    if len(pairs) and not 0 <= pairs.min() <= pairs.max() < len(firsts) - 1:
        raise IndexError(f"expected texts 0 to {len(firsts) - 2}, got {pairs.min()} to {pairs.max()}")
    similarity = np.empty(len(pairs), np.float32)
    _merge(read_only(hashes), read_only(firsts), read_only(pairs), similarity)
    return similarity


@njit(cache=True, nogil=True)
def _sort(hashes: Hashes, firsts: Numbers, counts: Numbers) -> int:
    """Sort each text's hashes and leave each only once, all moved together; say how many are left."""
    at = 0
    for t in range(len(counts)):
        own = hashes[firsts[t] : firsts[t + 1]]
        own.sort()
        begun = at
        for j in range(len(own)):
            if not j or own[j] != hashes[at - 1]:
                hashes[at] = own[j]
                at += 1
        counts[t] = at - begun
    return at


@inner
def _merge(hashes: Hashes, firsts: Numbers, pairs: Ordinals, similarity: npt.NDArray[np.float32]) -> None:
    for p in range(len(pairs)):
        i, last = firsts[pairs[p, 0]], firsts[pairs[p, 0] + 1]
        j, end = firsts[pairs[p, 1]], firsts[pairs[p, 1] + 1]
        either, both = last - i + end - j, 0
        while i < last and j < end:
            one, other = hashes[i], hashes[j]
            # No branch depends on hashes, which would be guessed wrong half of the time.
            both += one == other
            i += one <= other
            j += other <= one
        similarity[p] = np.float32(both / (either - both)) if both else np.float32(0)
