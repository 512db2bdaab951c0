"""Fingerprints of texts: a digest that finds the equal ones, a MinHash signature that finds the similar ones.

A signature holds, for each of `bands * rows` random orders of all shingles, the first of the text's shingles. Two
texts agree in each value with the probability of their Jaccard similarity s, so that a share s of the values is
equal, and a band of `rows` values is equal with probability s^rows. Texts that share any band are candidates: a
pair is one with probability 1 - (1 - s^rows)^bands, by default 0.5 at 0.68 and 0.92 at 0.8.

Broder 1997; bands after Indyk and Motwani 1998. The default numbers are FineWeb's (Penedo et al. 2024).
"""

from hashlib import blake2b
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from numba import njit
from pydantic import BaseModel, ConfigDict, Field

from filters.kernels.characters import CLASSES, LOWER, SINGLE, WORD, decode
from filters.kernels.compiled import inner

Bytes = npt.NDArray[np.uint8]
Tables = tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]
Hashes = npt.NDArray[np.uint64]

DIGEST_BYTES = 16

# Odd numbers with bits as if by chance: the fractions of the golden ratio and of the square roots of 3 and 5.
_STEP, _TOKEN, _SHINGLE = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B))
# The finaliser of splitmix64: Steele, Lea and Flood 2014, with Stafford's constants.
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_27, _30, _31, _32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)
_ZERO, _ONE, _MOST = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)
_ASCII = 0x80
_SIGMA, _FINAL_SIGMA = 0x3C3, 0x3C2
# Shingles that fit a processor's first cache together with what is computed from them.
_BLOCK = 512


class MinHash(BaseModel):
    """How near-duplicates are found; another number anywhere makes signatures that cannot be compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: tokens of a shingle; a shorter text is one shingle
    ngram: Annotated[int, Field(ge=1, le=64)] = 5
    #: more bands find more pairs, also less similar ones
    bands: Annotated[int, Field(ge=1, le=1024)] = 14
    #: more rows of a band leave out more of the less similar pairs
    rows: Annotated[int, Field(ge=1, le=1024)] = 8
    #: draws the random orders
    seed: Annotated[int, Field(ge=0, lt=1 << 64)] = 1

    @property
    def values(self) -> int:
        """Count the values of a signature."""
        return self.bands * self.rows

    def chance(self, similarity: float) -> float:
        """Give the probability that two texts of this Jaccard similarity share a band."""
        return 1 - (1 - similarity**self.rows) ** self.bands


def text_digests(data: Bytes, offsets: npt.NDArray[np.int64]) -> list[bytes]:
    """Give the 128-bit BLAKE2b of each text: equal if and only if the texts are, byte for byte.

    Text i is `data[offsets[i] : offsets[i + 1]]`.
    """
    view, bounds = data.data, offsets.tolist()
    return [blake2b(view[i:end], digest_size=DIGEST_BYTES).digest() for i, end in pairwise(bounds)]


def signatures(
    data: Bytes, offsets: npt.NDArray[np.int64], minhash: MinHash
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    r"""Give the signature of each text, uint32[n, bands * rows], and whether it has one, bool[n].

    Text i is the UTF-8 of `data[offsets[i] : offsets[i + 1]]`. Its tokens are the runs of `\w` in lower case, but
    each character of Han, kana and hangul is one. A text without a token has no signature, and a row of ones
    that means nothing.
    """
    orders = random_orders(minhash.values, minhash.seed)
    count, longest = len(offsets) - 1, int(np.diff(offsets).max(initial=0))
    # A letter and a character of three bytes, in turn: no text has more than one token in two bytes.
    hashes = np.empty(longest // 2 + 1, np.uint64)
    lowest = np.full((count, minhash.values), _MOST)
    tokens = np.zeros(count, np.int64)
    _fill(_read_only(data), _read_only(offsets), (CLASSES, LOWER), minhash.ngram, orders, hashes, lowest, tokens)
    return (lowest >> _32).astype(np.uint32), tokens > 0


def band_hashes(signatures: npt.NDArray[np.uint32], minhash: MinHash) -> Hashes:
    """Hash the rows of each band, uint64[n, bands]; equal bands have equal hashes, and bands do not share any."""
    parts = signatures.reshape(-1, minhash.bands, minhash.rows)
    hashes = np.broadcast_to(_scramble(np.arange(minhash.bands, dtype=np.uint64)), parts.shape[:2])
    for row in range(minhash.rows):
        hashes = _scramble(hashes * _STEP + parts[:, :, row])
    return hashes


def random_orders(count: int, seed: int) -> Hashes:
    """Draw `count` orders of all 64-bit shingle hashes, uint64[2, count]: h stands at `a * h + b`, a being odd.

    The seed gives the same numbers for ever; a random generator of numpy does not promise that.
    """
    start = _scramble(np.array([seed], np.uint64))
    orders = _scramble(start + np.arange(1, 2 * count + 1, dtype=np.uint64) * _STEP).reshape(2, count)
    orders[0] |= _ONE
    return orders


def _scramble(values: Hashes) -> Hashes:
    values = (values ^ (values >> _30)) * _MIX_1
    values = (values ^ (values >> _27)) * _MIX_2
    return values ^ (values >> _31)


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    # numba compiles once more for an array that may be written to.
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


_mix: Any = njit(cache=True, nogil=True)(_scramble)


@inner
def _absorb(token: np.uint64, code_point: np.int64) -> np.uint64:
    token = (token ^ np.uint64(code_point)) * _TOKEN
    return token ^ (token >> _32)


@inner
def _tokens(data: Bytes, i: int, end: int, tables: Tables, hashes: Hashes) -> int:
    """Write the hash of each token of one text, and count them."""
    classes, lower = tables
    count, token, inside = 0, _ZERO, False
    while i < end:
        code_point = np.int64(data[i])
        if code_point < _ASCII:
            i += 1
        else:
            code_point, i = decode(data, i, end)
        kind = classes[code_point] & (WORD | SINGLE)
        if inside and kind != WORD:
            hashes[count] = _mix(token)
            count, token, inside = count + 1, _ZERO, False
        if kind & SINGLE:
            hashes[count] = _mix(_absorb(_ZERO, code_point))
            count += 1
        elif kind:
            # The one letter whose lower case depends on its neighbours; here it never does.
            folded = np.int64(lower[code_point]) if code_point != _FINAL_SIGMA else np.int64(_SIGMA)
            token, inside = _absorb(token, folded), True
    if inside:
        hashes[count] = _mix(token)
    return count + inside


@inner
def _shingles(hashes: Hashes, tokens: int, ngram: int) -> int:
    """Replace the hashes of tokens by those of shingles, and count them."""
    ngram = min(ngram, tokens)
    power, shingle = _ONE, _ZERO
    for j in range(ngram - 1):
        power, shingle = power * _SHINGLE, shingle * _SHINGLE + hashes[j]
    count = tokens - ngram + 1 if tokens else 0
    for j in range(count):
        first = hashes[j]
        shingle = shingle * _SHINGLE + hashes[j + ngram - 1]
        hashes[j] = _mix(shingle)
        shingle -= first * power
    return count


@inner
def _minima(shingles: Hashes, count: int, orders: Hashes, lowest: Hashes) -> None:
    """Lower to where the first of the shingles stands in each order."""
    for start in range(0, count, _BLOCK):
        block = shingles[start : min(start + _BLOCK, count)]
        for k in range(len(lowest)):
            a, b, least = orders[0, k], orders[1, k], lowest[k]
            for j in range(len(block)):
                least = min(least, a * block[j] + b)
            lowest[k] = least


@inner
def _fill(  # noqa: PLR0913, PLR0917  # a kernel takes flat arrays, so it takes many
    data: Bytes,
    offsets: npt.NDArray[np.int64],
    tables: Tables,
    ngram: int,
    orders: Hashes,
    hashes: Hashes,
    lowest: Hashes,
    tokens: npt.NDArray[np.int64],
) -> None:
    """Fill one row of `lowest` and one of `tokens` for each text; `hashes` is room to work in."""
    for t in range(len(tokens)):
        tokens[t] = _tokens(data, offsets[t], offsets[t + 1], tables, hashes)
        count = _shingles(hashes, tokens[t], ngram)
        _minima(hashes, count, orders, lowest[t])
