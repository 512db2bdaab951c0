"""Words of texts that an edit cut: those of the lines that stayed are carried over, and not found again."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from filters.kernels.breaks import WORD_BREAKS, WORD_CLASS, Word
from filters.kernels.characters import decode
from filters.kernels.compiled import inner

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Offsets = NDArray[np.int64]
#: start, end, characters, whether it has a letter, hash; and per text the number of its first word, then of all
Words = tuple[Any, ...]
__all__ = ["WORD_BREAKS", "carry", "clean"]

#: of each cut: its text, start and end
Cuts = tuple[Places, Places, Places]
#: what is put in place of each cut: bytes, and where it starts and ends in them
Put = tuple[Bytes, Places, Places]

_EXTEND, _FORMAT, _JOINER, _BLANK = int(Word.EXTEND), int(Word.FORMAT), int(Word.ZWJ), int(Word.W_SEG_SPACE)


@njit(cache=True, nogil=True)
def clean(data: Bytes, offsets: Offsets, cuts: Cuts, put: Put, breaks: Bytes) -> NDArray[np.bool_]:
    """Say of each text whether what stays of it is parted into words as it was before the cuts.

    It is if white space stood, and stands, wherever a cut begins or ends within it, and only white space is put there.
    Such are the cuts of whole lines. `breaks` are the classes of characters in UAX 29: what joins the character before
    it may be joined to a blank, but not to a newline.
    """
    text, start, end = cuts
    found = np.ones(len(offsets) - 1, np.bool_)
    cut = 0
    while cut < len(text):
        number: int = text[cut]
        first, stop = offsets[number], offsets[number + 1]
        i, begun, spaced, same = first, False, True, True
        while cut < len(text) and text[cut] == number and same:
            if i < start[cut]:
                same = _fits(data, first, i, stop, begun, spaced, breaks)
                begun, spaced = True, _is_space(data[start[cut] - 1])
            if begun and not spaced:
                # A word may end here: so it has to before and after.
                same = same and (start[cut] == stop or _is_space(data[start[cut]]))
            if begun and start[cut] < stop:
                # What joined the character before the cut is taken from its word, or made a blank one.
                same = same and not _joins(data, start[cut], stop, breaks)
            for place in range(put[1][cut], put[2][cut]):
                begun, spaced = True, _is_space(put[0][place])
                same = same and spaced
            i = end[cut]
            cut += 1
        if same and i < stop:
            same = _fits(data, first, i, stop, begun, spaced, breaks)
        found[number] = same
        while cut < len(text) and text[cut] == number:
            cut += 1
    return found


@njit(cache=True, nogil=True)
def carry(words: Words, fresh: Words, kept: NDArray[np.bool_], cuts: Cuts, put: Put, moved: Offsets) -> Words:
    """Give the words of all texts: of those `kept`, their old ones that no cut took; of the others, their fresh ones.

    `fresh` has the others only, one after the other from byte 0; `moved` are the offsets of the texts before the cuts
    (row 0), after them (row 1), and of the fresh ones (row 2: for each text, where it lies among those).
    """
    old_start, old_end, old_characters, old_lettered, old_hashes, old_firsts = words
    new_start, new_end, new_characters, new_lettered, new_hashes, new_firsts = fresh
    text_of, cut_start, cut_end = cuts
    put_start, put_end = put[1], put[2]
    most = len(old_start) + len(new_start)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    characters, lettered = np.empty(most, np.int32), np.empty(most, np.bool_)
    hashes, firsts = np.empty(most, np.uint64), np.empty(len(kept) + 1, np.int64)
    count, cut, other = 0, 0, 0
    for text in range(len(kept)):
        firsts[text] = count
        while cut < len(text_of) and text_of[cut] < text:
            cut += 1
        if not kept[text]:
            shift = moved[1, text] - moved[2, text]
            for word in range(new_firsts[other], new_firsts[other + 1]):
                start[count], end[count] = new_start[word] + shift, new_end[word] + shift
                characters[count], lettered[count] = new_characters[word], new_lettered[word]
                hashes[count] = new_hashes[word]
                count += 1
            other += 1
            continue
        shift, word, last = moved[1, text] - moved[0, text], old_firsts[text], old_firsts[text + 1]
        while word < last:
            # Up to the next cut, then past it.
            more = cut < len(text_of) and text_of[cut] == text
            until = cut_start[cut] if more else np.int64(old_end[last - 1])
            while word < last and old_start[word] < until:
                start[count], end[count] = old_start[word] + shift, old_end[word] + shift
                characters[count], lettered[count] = old_characters[word], old_lettered[word]
                hashes[count] = old_hashes[word]
                count, word = count + 1, word + 1
            if more:
                while word < last and old_start[word] < cut_end[cut]:
                    word += 1
                shift += put_end[cut] - put_start[cut] - (cut_end[cut] - cut_start[cut])
                cut += 1
    firsts[-1] = count
    return start[:count], end[:count], characters[:count], lettered[:count], hashes[:count], firsts


@inner
def _is_space(byte: int) -> bool:
    """Say whether it is ASCII's white space, of which no word has any."""
    return byte == 32 or 9 <= byte <= 13


@inner
def _joins(data: Bytes, i: int, stop: int, breaks: Bytes) -> bool:
    """Say whether a character at `i` joins the one before it."""
    if i >= stop:
        return False
    point = np.int64(data[i]) if data[i] < 0x80 else decode(data, i, stop)[0]
    class_ = breaks[point] & WORD_CLASS
    return class_ in (_EXTEND, _FORMAT, _JOINER)


@inner
def _past_blanks(data: Bytes, i: int, stop: int, breaks: Bytes) -> int:
    """Go past blanks: they join one another, and what joins the last one makes a word of them."""
    while i < stop:
        point, after = (np.int64(data[i]), i + 1) if data[i] < 0x80 else decode(data, i, stop)
        if breaks[point] & WORD_CLASS != _BLANK:
            break
        i = after
    return i


@inner
def _fits(data: Bytes, first: int, i: int, stop: int, begun: bool, spaced: bool, breaks: Bytes) -> bool:
    """Say whether what begins at `i` is parted as it was; `begun` and `spaced` tell what now stands before it."""
    if i == first and not begun:
        return True
    if _joins(data, _past_blanks(data, i, stop, breaks), stop, breaks):
        return False
    if _is_space(data[i]):
        return True
    return spaced and (i == first or _is_space(data[i - 1]))
