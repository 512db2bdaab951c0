"""The rows of n-grams: of the characters of many words at once, and of words.

Listing rows and adding them are two steps: the processor is told of all rows that are listed, and fetches many at a
time. Loops run over the characters of all words, not word by word, so that several are hashed by one instruction.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.fasttext_tables import FNV_PRIME, FNV_START, LINE, PIECE, TURN, Room, Tables
from filters.kernels.intrinsics import ones, prefetch

PRIME_LESS_1 = np.int32(FNV_PRIME - 1)
WORD_PRIME = np.uint64(116049371)
ONE, SIXTY_FOUR_LESS_1 = np.uint64(1), np.uint32(63)
S6, S8, S16, S24, S31 = np.uint32(6), np.uint32(8), np.uint32(16), np.uint32(24), np.int32(31)
S32 = np.uint64(32)


@inner
def add_ngrams(tables: Tables, room: Room, count: int) -> None:
    """Add the rows of all n-grams of the first `count` characters of the room to the words that own them."""
    if count:
        _find_buckets(tables, room, count)
        listed = _list_rows(tables, room, count)
        table, rows, owners, totals, number = tables.rows, room.rows, room.row_owners, room.totals, room.number
        for i in range(listed):
            row, owner = rows[i], owners[i]
            number[owner] += 1
            for column in range(table.shape[1]):
                totals[owner, column] += table[row, column]


@inner
def _find_buckets(tables: Tables, room: Room, count: int) -> None:
    """Find the bucket of each n-gram that begins at one of the characters; one that runs past its word gets none."""
    # Whole turns of the loops, each of several instructions for 8 characters; what lies beyond `count` is not read.
    count = (count + TURN - 1) // TURN * TURN
    characters, hashes, planes, minn = room.characters, room.hashes, room.planes, tables.minn
    inverse, buckets = np.uint64(np.uint32(tables.inverse)), np.uint32(tables.buckets)
    used, all_bytes = np.uint32(0), count + tables.maxn
    for i in range(all_bytes):
        used |= characters[i]
    hashes[:count] = FNV_START
    wide = 4 if used >> S16 else 2 if used >> S8 else 1
    for plane in range(wide):
        shift, out = np.uint32(8 * plane), planes[plane]
        for i in range(all_bytes):
            out[i] = np.int8(characters[i] >> shift)
    for n in range(1, tables.maxn + 1):
        first, second, third, fourth = planes[0, n - 1 :], planes[1, n - 1 :], planes[2, n - 1 :], planes[3, n - 1 :]
        if wide == 1:
            for i in range(count):
                hashes[i] = np.uint32((hashes[i] ^ np.uint32(first[i])) * FNV_PRIME)
        elif wide == 2:
            for i in range(count):
                hashes[i] = _hash_next(np.uint32((hashes[i] ^ np.uint32(first[i])) * FNV_PRIME), second[i])
        else:
            for i in range(count):
                hashed = _hash_next(np.uint32((hashes[i] ^ np.uint32(first[i])) * FNV_PRIME), second[i])
                hashes[i] = _hash_next(_hash_next(hashed, third[i]), fourth[i])
        if n >= minn:
            found = room.buckets[n - minn]
            # A mark alone is no n-gram: it counts as having nothing left for those of one character.
            needed = room.alone if n == 1 else room.lefts
            for i in range(count):
                # The rest of a division: by the rounded inverse it comes out right or too high by one divisor.
                quotient = np.uint32(np.uint64(hashes[i]) * inverse >> S32)
                rest = np.uint32(hashes[i] - np.uint32(quotient * buckets))
                lacking = np.uint32(np.int32(np.int32(needed[i] - np.int32(n)) >> S31))
                found[i] = min(min(rest, np.uint32(rest - buckets)) | lacking, buckets)


@inlined
def _hash_next(hashed: np.uint32, byte: np.int32) -> np.uint32:
    """Hash a further byte of a character, which is negative, or 0 if there is none."""
    # Times one where there is none: to choose between two values takes several times as long.
    prime = np.uint32(np.int32(1) + np.int32(np.int32(byte >> S31) & PRIME_LESS_1))
    return np.uint32((hashed ^ np.uint32(byte)) * prime)


@inner
def _list_rows(tables: Tables, room: Room, count: int) -> int:
    """List the rows of the n-grams that have one; say how many."""
    kept, before, words, table, buckets = tables.kept, tables.before, tables.words, tables.rows, tables.buckets
    owners, rows, row_owners, places = room.owners, room.rows, room.row_owners, room.places
    listed = 0
    for n in range(tables.maxn - tables.minn + 1):
        found = room.buckets[n]
        # An unsigned index needs no look at its sign.
        kept_here = np.uint64(0)
        if len(kept):
            for i in range(count):
                places[kept_here] = i
                kept_here += kept[found[i] >> S6] >> np.uint64(found[i] & SIXTY_FOUR_LESS_1) & ONE
        else:
            for i in range(count):
                places[kept_here] = i
                kept_here += np.uint64(found[i] != buckets)
        for i in range(np.int64(kept_here)):
            rows[listed] = _row(found[places[i]], words, kept, before)
            row_owners[listed] = owners[places[i]]
            for column in range(0, table.shape[1], LINE):
                prefetch(table, rows[listed], column)
            listed += 1
    return listed


@inlined
def _row(bucket: np.uint32, words: int, kept: NDArray[np.uint64], before: NDArray[np.int32]) -> np.int64 | int:
    """Give the row of a bucket that is kept."""
    if len(kept) == 0:
        return words + np.int64(bucket)
    block = bucket >> S6
    return words + before[block] + ones(kept[block] & ((ONE << np.uint64(bucket & SIXTY_FOUR_LESS_1)) - ONE))


@njit(cache=True, nogil=True, error_model="numpy")
def add_word_ngrams(
    hashes: NDArray[np.uint32],
    ends: NDArray[np.int64],
    tables: Tables,
    rows: NDArray[np.int64],
    sums: NDArray[np.float32],
    counts: NDArray[np.int64],
) -> None:
    """Add to `sums` and `counts` the rows of the n-grams of words, given words' hashes and where each text's end."""
    table, kept, before, words = tables.rows, tables.kept, tables.before, tables.words
    longest, buckets = tables.word_ngrams, np.uint64(tables.buckets)
    begin = 0
    for text in range(len(ends)):
        listed = 0
        for first in range(begin, ends[text]):
            ngram = np.uint64(np.int64(np.int32(hashes[first])))
            for last in range(first + 1, min(first + longest, ends[text])):
                ngram = ngram * WORD_PRIME + np.uint64(np.int64(np.int32(hashes[last])))
                bucket = np.uint32(ngram % buckets)
                if len(kept) == 0 or kept[bucket >> S6] >> np.uint64(bucket & SIXTY_FOUR_LESS_1) & ONE:
                    rows[listed] = _row(bucket, words, kept, before)
                    for column in range(0, table.shape[1], LINE):
                        prefetch(table, rows[listed], column)
                    listed += 1
                if listed == PIECE:
                    counts[text] += listed
                    sum_rows(table, rows, listed, sums, text)
                    listed = 0
        counts[text] += listed
        sum_rows(table, rows, listed, sums, text)
        begin = ends[text]


@inner
def sum_rows(
    table: NDArray[np.float32], rows: NDArray[np.int64], listed: int, sums: NDArray[np.float32], at: int
) -> None:
    """Add the listed rows to sums[at], in order."""
    for i in range(listed):
        for column in range(table.shape[1]):
            sums[at, column] += table[rows[i], column]
