"""Sum the rows of texts' words, and of their n-grams of characters: once for each word, and kept in a cache.

Some words are worked on at a time: read, looked up in the cache, those that it lacks summed, and then all added in
order. A record of the cache is a line of 8 numbers, of which the first is length | rows << 8 | hash << 32 and the
others are the word's bytes, and then the sum. Its place depends on the word; what stood there is replaced.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.fasttext_dictionary import LABEL, find, fnv, fnv_byte
from filters.kernels.fasttext_ngrams import add_ngrams
from filters.kernels.fasttext_tables import BLOCKS, CHARACTERS, FNV_START, LONGEST, TOKENS, Room, Tables
from filters.kernels.intrinsics import load, prefetch, trailing_zeros

LESS, GREATER = np.uint32(0x3C), np.uint32(0x3E)
#: `</s>` as the only block of a word, and fastText's hash of it
END_OF_LINE = np.uint64(0x3E732F3C)
END_OF_LINE_HASH = np.uint32(3617362777)
#: stand for the number of rows of a word that the cache has, of one that it lacks, and of a label, which is no word
KNOWN, MISSING, NO_WORD = -1, -2, 0xFFFFFF
#: where a record's sum begins, in float32
SUM = 2 * (1 + BLOCKS)
#: multiplier and shift that mix the blocks of a word
MIX = np.uint64(0x9E3779B97F4A7C15)
LOW7, HIGH, TO_HIGH = (np.uint64(0x0101010101010101 * byte) for byte in (0x7F, 0x80, 0x7F - 0x20))
S8, S29, S32 = np.uint64(8), np.uint64(29), np.uint64(32)
ONE, BYTE = np.uint64(1), np.uint64(0xFF)


class Batch(NamedTuple):
    """Texts; text i is data[starts[i]:ends[i]]."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Sums(NamedTuple):
    """What becomes of each text: the sum of its rows and their number."""

    rows: NDArray[np.float32]
    counts: NDArray[np.int64]
    #: the hashes of all words, and where each text's end; no room for hashes where they are not wanted
    hashes: NDArray[np.uint32]
    ends: NDArray[np.int64]


@njit(cache=True, nogil=True)
def sum_words(batch: Batch, tables: Tables, records: NDArray[np.uint64], room: Room, sums: Sums) -> None:
    """Add up the rows of each text's words; list the words' hashes where there is room."""
    # Text and position where to read on, and how many hashes are listed.
    at = np.array([0, batch.starts[0] if len(batch.starts) else 0, 0])
    count = 1
    while count:
        count = _read(batch, records, room, at)
        characters = _look_up(batch.data, tables, records, room, count)
        _find_words(batch.data, tables, room, count, characters)
        add_ngrams(tables, room, characters)
        for token in range(count):
            if room.length[token] > LONGEST:
                _sum_long(batch.data, tables, room, token)
        _add(batch, tables, records, room, sums, at, count)


@inlined
def _is_space(byte: Any) -> bool:  # noqa: ANN401  # a number of numpy's
    return byte <= 32 and (byte == 32 or 9 <= byte <= 13 or byte == 0)


@inner
def _read(batch: Batch, records: NDArray[np.uint64], room: Room, at: NDArray[np.int64]) -> int:
    """Read the next words, 8 bytes at a time; say how many."""
    data, starts, ends, blocks = batch.data, batch.starts, batch.ends, room.blocks
    token_start, token_length, token_text, token_record = room.start, room.length, room.text, room.record
    text, position, count, places = at[0], at[1], 0, len(records) - 1
    while count < TOKENS and text < len(starts):
        end = ends[text]
        while position < end and _is_space(data[position]):
            position += 1
        start, number, mixed, size = position, 0, MIX, 8
        while size == 8:
            left = end - position
            block = np.uint64(0)
            if position + 8 <= len(data):
                block = load(data, position)
            else:
                for i in range(min(left, 8)):
                    block |= np.uint64(data[position + i]) << np.uint64(8 * i)
            if left < 8:
                # A zero is white space.
                block &= (ONE << np.uint64(8 * left)) - ONE
            # Bytes up to 32: white space, but for some control characters.
            size = trailing_zeros(~((block & LOW7) + TO_HIGH | block) & HIGH) >> 3
            while size < min(left, 8) and not _is_space(data[position + size]):
                size += 1
            if size < 8:
                block &= (ONE << np.uint64(8 * size)) - ONE
            if number < BLOCKS:
                blocks[count, number] = block
            mixed = (mixed ^ block) * MIX
            mixed ^= mixed >> S29
            number += 1
            position += size
        length = position - start
        # FastText ends a line with `</s>`, and stops where the text itself says so.
        if length == 4 and blocks[count, 0] == END_OF_LINE:
            length = 0
        record = np.int64(mixed >> S8) & (places - 1) if length <= LONGEST else places
        prefetch(records, record, 0)
        prefetch(records, record, SUM // 2)
        token_start[count], token_length[count], token_text[count], token_record[count] = start, length, text, record
        count += 1
        if length == 0:
            text += 1
            position = starts[text] if text < len(starts) else 0
    at[0], at[1] = text, position
    return count


@njit(cache=True, nogil=True)
def _look_up(data: NDArray[np.uint8], tables: Tables, records: NDArray[np.uint64], room: Room, count: int) -> int:
    """Find which words the cache lacks, give each its record, and list their characters; say how many these are."""
    starts, lengths, taken, numbers, blocks = room.start, room.length, room.record, room.number, room.blocks
    characters, lefts, alone, owners, hashes = room.characters, room.lefts, room.alone, room.owners, room.hashed
    slots, ngrams, at = tables.slots.reshape(-1, 1), tables.maxn >= tables.minn, 0
    for token in range(count):
        start, length, record = starts[token], lengths[token], taken[token]
        numbers[token] = KNOWN
        if length == 0 or length > LONGEST:
            continue
        known = records[record, 0] & BYTE == np.uint64(length)
        for block in range((length + 7) >> 3):
            known &= records[record, 1 + block] == blocks[token, block]
        if known:
            continue
        numbers[token] = MISSING
        # Words before this one may still have to be added from this record: its sum and their number stay until then.
        records[record, 0] = records[record, 0] & ~BYTE | np.uint64(length)
        for block in range((length + 7) >> 3):
            records[record, 1 + block] = blocks[token, block]
        first = at
        characters[at] = LESS
        at += 1
        hashed, shift = FNV_START, np.uint32(0)
        for i in range(start, start + length):
            byte = data[i]
            hashed = fnv_byte(hashed, byte)
            if byte & 0xC0 != 0x80:
                characters[at] = byte
                at += 1
                shift = np.uint32(0)
            elif shift < 24:
                shift += np.uint32(8)
                characters[at - 1] |= np.uint32(byte) << shift
        characters[at] = GREATER
        at += 1
        for i in range(first, at):
            lefts[i], alone[i], owners[i] = at - i, at - i, token
        alone[first] = alone[at - 1] = 0
        hashes[token] = hashed
        prefetch(slots, np.int64(hashed) & (len(slots) - 1), 0)
        at = at if ngrams else first
    return at


@njit(cache=True, nogil=True)
def _find_words(data: NDArray[np.uint8], tables: Tables, room: Room, count: int, characters: int) -> None:
    """Begin the sums of the words that the cache lacks with their own rows, if they have one."""
    starts, lengths, numbers, hashes, totals = room.start, room.length, room.number, room.hashed, room.totals
    words, names, name_starts, name_ends, slots = tables.words, tables.names, tables.starts, tables.ends, tables.slots
    rows, lefts, alone, owners = tables.rows, room.lefts, room.alone, room.owners
    for token in range(count):
        if numbers[token] != MISSING:
            continue
        entry = find(data, starts[token], lengths[token], hashes[token], words, names, name_starts, name_ends, slots)
        numbers[token] = NO_WORD if entry == LABEL else 1 if entry >= 0 else 0
        for i in range(rows.shape[1]):
            totals[token, i] = rows[entry, i] if entry >= 0 else 0
        # No n-gram of a label has enough characters left.
        for i in range(characters if entry == LABEL else 0):
            if owners[i] == token:
                lefts[i] = alone[i] = 0


@njit(cache=True, nogil=True)
def _sum_long(data: NDArray[np.uint8], tables: Tables, room: Room, token: int) -> None:
    """Sum a word that is too long for the cache, some characters at a time."""
    position, end = room.start[token], room.start[token] + room.length[token]
    room.hashed[token] = fnv(data, position, end)
    words, names, starts, ends, slots = tables.words, tables.names, tables.starts, tables.ends, tables.slots
    entry = find(data, position, end - position, room.hashed[token], words, names, starts, ends, slots)
    room.number[token] = NO_WORD if entry == LABEL else 1 if entry >= 0 else 0
    for i in range(tables.rows.shape[1]):
        room.totals[token, i] = tables.rows[entry, i] if room.number[token] == 1 else 0
    reading = entry != LABEL and tables.maxn >= tables.minn
    room.characters[0] = LESS
    at, marks = 1, 1
    while reading:
        shift = np.uint32(0)
        while position < end and (at < CHARACTERS - 1 or data[position] & 0xC0 == 0x80):
            byte = data[position]
            position += 1
            if byte & 0xC0 != 0x80:
                room.characters[at] = byte
                at += 1
                shift = np.uint32(0)
            elif shift < 24:
                shift += np.uint32(8)
                room.characters[at - 1] |= np.uint32(byte) << shift
        reading = position < end
        # N-grams that may run past these characters are left for the next ones.
        last = at - tables.maxn if reading else at + 1
        for i in range(last):
            room.lefts[i] = room.alone[i] = at + 1 - i
            room.owners[i] = token
        if marks:
            room.alone[0] = marks = 0
        if not reading:
            room.characters[at] = GREATER
            room.alone[at] = 0
        add_ngrams(tables, room, last)
        for i in range(last, at):
            room.characters[i - last] = room.characters[i]
        at -= last


@njit(cache=True, nogil=True)
def _add(
    batch: Batch,
    tables: Tables,
    records: NDArray[np.uint64],
    room: Room,
    sums: Sums,
    at: NDArray[np.int64],
    count: int,
) -> None:
    """Add what the words are to their texts, and keep it."""
    starts, ends, lengths, taken, texts = batch.starts, batch.ends, room.length, room.record, room.text
    numbers, hashed, totals, kept_totals = room.number, room.hashed, room.totals, records.view(np.float32)
    rows, counts, hashes, hash_ends = sums.rows, sums.counts, sums.hashes, sums.ends
    table, end_of_line, dim = tables.rows, tables.end_of_line, sums.rows.shape[1]
    listed = at[2]
    for token in range(count):
        text, length, record = texts[token], lengths[token], taken[token]
        if length == 0:
            if starts[text] < ends[text]:
                if end_of_line >= 0:
                    counts[text] += 1
                    for i in range(dim):
                        rows[text, i] += table[end_of_line, i]
                if len(hashes):
                    hashes[listed] = END_OF_LINE_HASH
                    listed += 1
            hash_ends[text] = listed
            continue
        number, word_hash = numbers[token], hashed[token]
        if number != KNOWN:
            for i in range(dim):
                kept_totals[record, SUM + i] = totals[token, i]
            if length <= LONGEST:
                records[record, 0] = np.uint64(length) | np.uint64(number) << S8 | np.uint64(word_hash) << S32
        else:
            number = np.int64(records[record, 0] >> S8 & np.uint64(NO_WORD))
            word_hash = np.uint32(records[record, 0] >> S32)
        if number != NO_WORD:
            counts[text] += number
            for i in range(dim):
                rows[text, i] += kept_totals[record, SUM + i]
            if len(hashes):
                hashes[listed] = word_hash
                listed += 1
    at[2] = listed
