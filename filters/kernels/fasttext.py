"""Supervised fastText prediction over Arrow text: what the library's `predict` says, with each word computed once.

A text's vector is the mean of the rows of its words and their character n-grams. What a word adds depends on the word
alone, so a text is a gather and a sum over words. Source: Joulin et al. 2017 (Bag of Tricks) and the C++ fastText.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.fasttext_model import FNV_PRIME, FNV_START, HIERARCHICAL, PREFIX, SOFTMAX, Model

__all__ = ["Cache", "Model", "predict"]

#: bytes of a record before its sum: length and number of rows (int32 each), the word's last 8 bytes, the rest of it
HEAD = 64
SUM = HEAD // 4
REST = 16
LONGEST = HEAD - REST + 8
LESS, GREATER = 0x3C, 0x3E
LABEL = np.frombuffer(PREFIX.encode(), np.uint8)
#: `</s>` as the last bytes of a word, and fastText's hash of it
END_OF_LINE = np.uint64(0x3C2F733E)
END_OF_LINE_HASH = np.uint32(3617362777)


@dataclass(frozen=True, eq=False, slots=True)
class Cache:
    """What words add to a text, for one model and one worker (not for several threads at once).

    A word has one place, by its hash, and replaces what was there. It is known by all its bytes, so the cache changes
    the speed and never a result. A word of more than 56 bytes is not kept.
    """

    model: Model
    records: NDArray[np.uint8]

    @classmethod
    def of(cls, model: Model, memory: int = 32 << 20) -> Self:
        """Make an empty cache of at most `memory` bytes (or one record); they are taken as they are used."""
        width = HEAD + -(-model.dim * 4 // HEAD) * HEAD
        places = 1 << max(0, (memory // width).bit_length() - 1)
        # The last record is the room for words that are not kept. Records begin at a line of the processor's cache.
        room = np.zeros((places + 1) * width + HEAD, np.uint8)
        start = -room.ctypes.data % HEAD
        return cls(model, room[start : start + (places + 1) * width].reshape(places + 1, width))


def predict(
    model: Model, cache: Cache, data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    r"""Give each text the number of its best label and the probability; text i is data[offsets[i]:offsets[i + 1]].

    As the library's `predict(text.replace("\n", " "))`, also in that a probability may exceed 1 by some 1e-5. A text
    that is empty, or of which the model knows nothing, is -1 and NaN.
    """
    if cache.model is not model:
        raise ValueError("expected the cache of this model, got another model's: make one with Cache.of(model)")
    if len(offsets) == 0 or offsets[0] < 0 or offsets[-1] > len(data) or (np.diff(offsets) < 0).any():
        raise ValueError(f"expected ascending offsets into {len(data)} bytes, got {offsets}")
    # Arrow's buffers are read-only: to see all others so too means one compiled kernel, not two.
    data, offsets = data[:], offsets[:]
    data.flags.writeable = offsets.flags.writeable = False
    means, counts = _mean_rows(model, cache, data, offsets)
    labels = np.full(len(means), -1, np.int32)
    probabilities = np.full(len(means), np.nan, np.float32)
    if model.loss == HIERARCHICAL:
        _search_tree(means, counts, model.output, model.children, labels, probabilities)
    else:
        _search_all(means, counts, model.output[: len(model.labels)], model.loss == SOFTMAX, labels, probabilities)
    return labels, probabilities


def _mean_rows(
    model: Model, cache: Cache, data: NDArray[np.uint8], offsets: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Give the mean of each text's rows, and how many they are: words, the end of the line, n-grams of words."""
    texts = len(offsets) - 1
    sums, counts, ends = np.zeros((texts, model.dim), np.float32), np.zeros(texts, np.int64), np.zeros(texts, np.int64)
    hashes = np.empty(len(data) // 2 + 2 * texts if model.word_ngrams > 1 else 0, np.uint32)
    entries = (model.entry_bytes, model.entry_starts, model.chain_starts, model.chain_entries)
    ngrams = (model.ngram_blocks, model.minn, model.maxn, model.buckets)
    records = cache.records
    views = (records, records.view(np.int32), records.view(np.uint64), records.view(np.float32))
    _sum_words(data, offsets, model.rows, model.words, *entries, *ngrams, *views, hashes, ends, sums, counts)
    if model.end_of_line >= 0:
        present = np.diff(offsets) > 0
        sums[present] += model.rows[model.end_of_line]
        counts += present
    if len(hashes):
        ngrams = (model.ngram_blocks, model.word_ngrams, model.buckets)
        _sum_word_ngrams(hashes, ends, model.rows, model.words, *ngrams, sums, counts)
    sums *= (1 / np.maximum(counts, 1)).astype(np.float32)[:, None]
    return sums, counts


@njit(cache=True, nogil=True)
def _is_space(byte: int) -> bool:
    return byte <= 32 and (byte == 32 or 9 <= byte <= 13 or byte == 0)


@njit(cache=True, nogil=True)
def _hash(value: np.uint32, byte: int) -> np.uint32:
    """Hash one more byte as fastText does: FNV-1a, but the byte is a signed char."""
    return np.uint32((value ^ np.uint32(np.int8(byte))) * FNV_PRIME)


@njit(cache=True, nogil=True)
def _rank(block: np.uint64, place: np.uint64) -> np.int64 | int:
    """Say how many kept buckets come before the one at `place` of this block; -1 if it is not kept itself."""
    if not (block >> place) & np.uint64(1):
        return -1
    rank = np.int64(block >> np.uint64(32))
    before = np.uint32(block & ((np.uint64(1) << place) - np.uint64(1)))
    while before:
        before &= before - np.uint32(1)
        rank += 1
    return rank


@njit(cache=True, nogil=True, error_model="numpy")
def _sum_word(
    word: NDArray[np.uint8],
    hashed: np.uint32,
    rows: NDArray[np.float32],
    words: int,
    entry_bytes: NDArray[np.uint8],
    entry_starts: NDArray[np.int64],
    chain_starts: NDArray[np.int32],
    chain_entries: NDArray[np.int32],
    ngram_blocks: NDArray[np.uint64],
    minn: int,
    maxn: int,
    buckets: int,
    total: NDArray[np.float32],
) -> int:
    """Put the sum of a word's rows into `total`; say how many they are, or -1 for a label, which is no word."""
    length = len(word)
    entry = -1
    chain = np.int64(hashed) & (len(chain_starts) - 2)
    for at in range(chain_starts[chain], chain_starts[chain + 1]):
        start = entry_starts[chain_entries[at]]
        same = entry_starts[chain_entries[at] + 1] - start == length
        i = 0
        while same and i < length:
            same = entry_bytes[start + i] == word[i]
            i += 1
        if same:
            entry = chain_entries[at]
    label = entry >= words or (entry < 0 and length >= len(LABEL))
    i = 0 if entry < 0 else len(LABEL)
    while label and i < len(LABEL):
        label = word[i] == LABEL[i]
        i += 1
    if label:
        return -1
    for i in range(len(total)):
        total[i] = rows[entry, i] if entry >= 0 else 0
    count = 1 if entry >= 0 else 0
    # The n-grams of `<word>`, which begin at -1 and end after `length`; a character is a byte and what continues it.
    for first in range(-1 if buckets else length, length):
        if first >= 0 and word[first] & 0xC0 == 0x80:
            continue
        ngram, end, n = FNV_START, first, 0
        while end <= length and n < maxn:
            ngram = _hash(ngram, LESS if end < 0 else (GREATER if end == length else word[end]))
            end += 1
            while 0 < end < length and word[end] & 0xC0 == 0x80:
                ngram = _hash(ngram, word[end])
                end += 1
            n += 1
            if n >= minn and not (n == 1 and (first < 0 or end > length)):
                row = np.int64(ngram % np.uint32(buckets))
                if len(ngram_blocks):
                    row = _rank(ngram_blocks[row >> 5], np.uint64(row & 31))
                if row >= 0:
                    count += 1
                    for i in range(len(total)):
                        total[i] += rows[words + row, i]
    return count


@njit(cache=True, nogil=True)
def _sum_words(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    rows: NDArray[np.float32],
    words: int,
    entry_bytes: NDArray[np.uint8],
    entry_starts: NDArray[np.int64],
    chain_starts: NDArray[np.int32],
    chain_entries: NDArray[np.int32],
    ngram_blocks: NDArray[np.uint64],
    minn: int,
    maxn: int,
    buckets: int,
    records: NDArray[np.uint8],
    heads: NDArray[np.int32],
    tails: NDArray[np.uint64],
    record_sums: NDArray[np.float32],
    hashes: NDArray[np.uint32],
    ends: NDArray[np.int64],
    sums: NDArray[np.float32],
    counts: NDArray[np.int64],
) -> None:
    """Add up the rows of each text's words in `sums` and `counts`; list the words' hashes where there is room."""
    dim, room, listed = sums.shape[1], len(records) - 1, 0
    for text in range(len(sums)):
        position, end = int(offsets[text]), int(offsets[text + 1])
        reading = position < end
        while reading:
            while position < end and _is_space(data[position]):
                position += 1
            start, hashed, last = position, FNV_START, np.uint64(0)
            while position < end and not _is_space(data[position]):
                hashed = _hash(hashed, data[position])
                last = last << np.uint64(8) | np.uint64(data[position])
                position += 1
            length = position - start
            # FastText ends a line with `</s>`, and stops where the text itself says so.
            reading = length > 0 and last != END_OF_LINE
            if reading:
                place = np.int64(hashed ^ hashed >> np.uint32(15)) & (room - 1) if length <= LONGEST else room
                known = heads[place, 0] == length and tails[place, 1] == last
                rest = length - 8
                while known and rest > 0:
                    rest -= 1
                    known = records[place, REST + rest] == data[start + rest]
                if not known:
                    heads[place, 1] = _sum_word(
                        data[start:position], hashed, rows, words, entry_bytes, entry_starts, chain_starts,
                        chain_entries, ngram_blocks, minn, maxn, buckets, record_sums[place, SUM : SUM + dim],
                    )  # fmt: skip
                    heads[place, 0] = length if place < room else 0
                    tails[place, 1] = last
                    for i in range(length - 8 if place < room else 0):
                        records[place, REST + i] = data[start + i]
                if heads[place, 1] >= 0:
                    counts[text] += heads[place, 1]
                    for i in range(dim):
                        sums[text, i] += record_sums[place, SUM + i]
                if len(hashes) and heads[place, 1] >= 0:
                    hashes[listed] = hashed
                    listed += 1
        if len(hashes) and end > offsets[text]:
            hashes[listed] = END_OF_LINE_HASH
            listed += 1
        ends[text] = listed


@njit(cache=True, nogil=True, error_model="numpy")
def _sum_word_ngrams(
    hashes: NDArray[np.uint32],
    ends: NDArray[np.int64],
    rows: NDArray[np.float32],
    words: int,
    ngram_blocks: NDArray[np.uint64],
    longest: int,
    buckets: int,
    sums: NDArray[np.float32],
    counts: NDArray[np.int64],
) -> None:
    """Add to `sums` and `counts` the rows of the n-grams of 2 to `longest` words, given the words' hashes."""
    begin = 0
    for text in range(len(ends)):
        for first in range(begin, ends[text]):
            ngram = np.uint64(np.int64(np.int32(hashes[first])))
            for last in range(first + 1, min(first + longest, ends[text])):
                ngram = ngram * np.uint64(116049371) + np.uint64(np.int64(np.int32(hashes[last])))
                row = np.int64(ngram % np.uint64(buckets))
                if len(ngram_blocks):
                    row = _rank(ngram_blocks[row >> 5], np.uint64(row & 31))
                if row >= 0:
                    counts[text] += 1
                    for i in range(sums.shape[1]):
                        sums[text, i] += rows[words + row, i]
        begin = ends[text]


@njit(cache=True, nogil=True)
def _log(probability: np.float32) -> np.float32:
    """FastText's logarithm, which is never infinite."""
    return np.float32(math.log(np.float64(probability) + 1e-5))


@njit(cache=True, nogil=True)
def _search_tree(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    output: NDArray[np.float32],
    children: NDArray[np.int32],
    labels: NDArray[np.int32],
    probabilities: NDArray[np.float32],
) -> None:
    """Find each text's best leaf depth first, as fastText does for k = 1: of equal leaves the last one wins."""
    nodes = children.shape[1]
    leaves = (nodes + 1) // 2
    waiting = np.empty(nodes + 1, np.int64)
    waiting_scores = np.empty(nodes + 1, np.float32)
    for text in range(len(means)):
        best = _log(np.float32(0))
        waiting[0], waiting_scores[0] = nodes - 1, 0
        pending = 1 if counts[text] else 0
        while pending:
            pending -= 1
            node, score = waiting[pending], waiting_scores[pending]
            if score < best:
                continue
            if node < leaves:
                labels[text], probabilities[text], best = node, math.exp(score), score
                continue
            x = np.float32(0)
            for i in range(means.shape[1]):
                x += output[node - leaves, i] * means[text, i]
            right = np.float32(1 / np.float64(np.float32(1) + np.float32(math.exp(-x))))
            waiting[pending], waiting_scores[pending] = children[1, node], score + _log(right)
            waiting[pending + 1] = children[0, node]
            waiting_scores[pending + 1] = score + _log(np.float32(1 - np.float64(right)))
            pending += 2


@njit(cache=True, nogil=True)
def _search_all(
    means: NDArray[np.float32],
    counts: NDArray[np.int64],
    output: NDArray[np.float32],
    softmax: bool,
    labels: NDArray[np.int32],
    probabilities: NDArray[np.float32],
) -> None:
    """Compare all labels for each text, by softmax or by a sigmoid each: of equal ones the last one wins."""
    outputs = np.empty(len(output), np.float32)
    for text in range(len(means)):
        highest = np.float32(-np.inf)
        for label in range(len(output)):
            outputs[label] = 0
            for i in range(means.shape[1]):
                outputs[label] += output[label, i] * means[text, i]
            highest = max(highest, outputs[label])
        whole = np.float32(0)
        for label in range(len(output)):
            x = outputs[label]
            if softmax:
                outputs[label] = np.float32(math.exp(np.float64(x - highest)))
                whole += outputs[label]
            elif x < -8 or x > 8:
                outputs[label] = x > 0
            else:
                # FastText looks its sigmoid up in a table of 512 steps from -8 to 8.
                step = np.float32(16 * int(np.float32(x + np.float32(8)) * np.float32(32))) / np.float32(512)
                outputs[label] = 1 / np.float64(np.float32(1) + np.float32(math.exp(np.float32(8) - step)))
        best = np.float32(-np.inf)
        for label in range(len(output)):
            score = _log(outputs[label] / whole if softmax else outputs[label])
            if counts[text] and score >= best:
                labels[text], probabilities[text], best = label, math.exp(score), score
