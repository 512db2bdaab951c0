"""Writes text as it is read: white space collapsed, invisible characters left out, and everything counted.

White space is HTML's, spaces of all widths, and line and paragraph separators. Soft hyphens, zero-width
spaces, byte order marks and control characters are left out; joiners stay, for they change how a word looks.
"""

import numpy as np
from numpy.typing import NDArray

from filters.kernels.compiled import inlined, inner
from filters.kernels.intrinsics import ones, trailing_zeros
from filters.kernels.vectors import WIDTH, copy_plain, kinds
from pipelines.extraction.kernels.keys import key_at, slot_of
from pipelines.extraction.kernels.layout import (
    BLOCK_CHARACTERS,
    BLOCK_COMMAS,
    BLOCK_DIGITS,
    BLOCK_FREQUENT,
    BLOCK_LINK_CHARACTERS,
    BLOCK_LINK_WORDS,
    BLOCK_SIGNS,
    BLOCK_START,
    BLOCK_STOPS,
    BLOCK_UPPER,
    BLOCK_WORDS,
)
from pipelines.extraction.kernels.memory import (
    A_BREAK,
    A_SPACE,
    IN_LINK,
    IN_PRE,
    NOTHING,
    OUT,
    OUTSIDE,
    STOPPED,
    WAITING,
    WORD,
    frequent_of,
    memory_of,
    text_of,
)
from pipelines.extraction.kernels.tokens import SPACES, past_space

#: bytes beyond the text that is written that may be looked at or written to; what a reference stands for needs less
ROOM = 2 * WIDTH
#: bytes of a word that may be frequent
LONGEST = 48
_ONE, _ALL = np.uint64(1), np.uint64((1 << WIDTH) - 1)
_DIGITS, _CAPITALS, _LETTERS = (48, 57), (65, 90), (97, 122)
_STOPS, _COMMAS = ((33, 33), (46, 46), (63, 63)), ((44, 44), (58, 59))
#: controls, and what is not of ASCII
_ODD = (0, 8), (11, 11), (14, 31), (127, 255)
_kinds = kinds((_DIGITS, _CAPITALS, _LETTERS), (_CAPITALS,), (_DIGITS,), SPACES, _STOPS, _COMMAS, _ODD)
_copy_plain = copy_plain(SPACES)
LETTER, CAPITAL, DIGIT, SPACE, STOP, COMMA, SIGN, CONTROL, HIGH = range(9)


def _classes() -> NDArray[np.uint8]:
    found = np.full(256, SIGN, np.uint8)
    found[:32] = found[127] = CONTROL
    found[[9, 10, 12, 13, 32]] = SPACE
    found[[33, 46, 63]] = STOP
    found[[44, 58, 59]] = COMMA
    found[48:58], found[65:91], found[97:123], found[128:] = DIGIT, CAPITAL, LETTER, HIGH
    return found


#: uint8[256], what kind of character a byte is
CLASSES = _classes()


@inlined
def _is_frequent(page: int, begin: int, end: int) -> int | np.int64:
    """Say whether a word in the text is frequent in some language: 1 or 0."""
    if end - begin > LONGEST:
        return 0
    frequent = frequent_of(page)
    key, slots = key_at(text_of(page), begin, end), len(frequent)
    slot = slot_of(key, slots)
    while frequent[slot] != 0 and frequent[slot] != key:
        slot = (slot + 1) & (slots - 1)
    return np.int64(frequent[slot] == key)


@inner
def end_word(page: int) -> None:
    """Count the word that ended here, if there is one."""
    memory = memory_of(page)
    if memory[WORD] > 0:
        memory[BLOCK_WORDS] += 1
        memory[BLOCK_FREQUENT] += _is_frequent(page, memory[WORD] - 1, memory[OUT])
        memory[WORD] = 0


@inlined
def count_linked(page: int) -> None:
    """Count the word that is being read as a word of the link that ends here, or that the word ends in."""
    memory = memory_of(page)
    memory[BLOCK_LINK_WORDS] += memory[IN_LINK] and memory[WORD] > 0 and not memory[OUTSIDE]


@inner
def begin_link(page: int, linked: int) -> None:
    """End the link that is open, if one is, and begin another if it leads anywhere."""
    memory = memory_of(page)
    count_linked(page)
    memory[IN_LINK] = linked
    memory[OUTSIDE] = linked and memory[WORD] > 0


@inner
def _end_outside(page: int, data: NDArray[np.uint8], i: int, end: int) -> None:
    """End the word that was begun before a link, unless the link's text goes on with it."""
    while i < end:
        kind, size = np.int64(CLASSES[data[i]]), 1
        if kind == HIGH:
            size, kind = _wide(data, i)
        if kind != CONTROL:
            if kind > DIGIT or (kind == CAPITAL and size > 1):
                end_word(page)
            memory_of(page)[OUTSIDE] = 0
            return
        i += size


@inner
def _wide(data: NDArray[np.uint8], i: int) -> tuple[int, int]:
    """Say of a character beyond ASCII how many bytes it has, and what kind of character it is.

    A letter that is a word of its own counts as CAPITAL here.
    """
    lead, second, third = data[i], data[i + 1], data[i + 2]
    if lead < 0xE0:
        if lead == 0xC2:
            if second in (0xAA, 0xB5, 0xBA):
                return 2, LETTER
            return 2, SPACE if second in (0xA0, 0x85) else CONTROL if second < 0xA0 or second == 0xAD else SIGN
        if lead == 0xC3 and second in (0x97, 0xB7):
            return 2, SIGN
        if lead == 0xD8 and second in (0x8C, 0x9B):
            return 2, COMMA
        return 2, STOP if (lead == 0xD8 and second == 0x9F) or (lead == 0xDB and second == 0x94) else LETTER
    if lead >= 0xF0:
        return 4, CAPITAL if lead == 0xF0 and second >= 0xA0 else SIGN if lead == 0xF0 and second == 0x9F else LETTER
    if lead == 0xE2 and second == 0x80:
        if third <= 0x8A or third in (0xA8, 0xA9, 0xAF):
            return 3, SPACE
        return 3, CONTROL if third == 0x8B else STOP if third == 0xA6 else LETTER if third in (0x8C, 0x8D) else SIGN
    if lead == 0xE2 and second < 0xB0:
        # Signs of money, arrows, figures.
        return 3, SPACE if second == 0x81 and third == 0x9F else SIGN
    if lead == 0xE3 and second == 0x80:
        return 3, SPACE if third == 0x80 else COMMA if third == 0x81 else STOP if third == 0x82 else SIGN
    if lead == 0xEF:
        if second == 0xBB and third == 0xBF:
            return 3, CONTROL
        if second == 0xBC and (third < 0x90 or 0x9A <= third < 0xA1 or third > 0xBA):
            return 3, STOP if third in (0x81, 0x9F) else COMMA if third in (0x8C, 0x9A, 0x9B) else SIGN
        return 3, LETTER
    if lead == 0xE0 and second == 0xA5 and third in (0xA4, 0xA5):
        return 3, STOP
    return 3, CAPITAL if 0xE3 <= lead <= 0xE9 else LETTER


@inner
def write(page: int, data: NDArray[np.uint8], i: int, end: int) -> None:
    """Write data[i:end], which holds no references; WIDTH bytes may be looked at from any place before `end`.

    What is counted is held in variables, for the text might be the memory itself for all that the compiler knows.
    """
    memory, out = memory_of(page), text_of(page)
    if memory[OUTSIDE]:
        _end_outside(page, data, i, end)
    at, waiting, word, stopped = memory[OUT], memory[WAITING], memory[WORD], memory[STOPPED]
    pre, begin = memory[IN_PRE], memory[BLOCK_START]
    words = characters = upper = digits = stops = commas = signs = known = 0
    while i < end:
        byte = data[i]
        kind, size = np.int64(CLASSES[byte]), 1
        if kind == HIGH:
            size, kind = _wide(data, i)
            size = min(size, end - i)  # Whatever the bytes, no more is written than was read.
        if kind == SPACE:
            if word > 0:
                words += 1
                known += _is_frequent(page, word - 1, at)
                word = 0
            stops += stopped
            stopped = 0
            i += size
            if pre:
                if byte == 13 and i < end and data[i] == 10:
                    i += 1
                is_break = byte == 10 or byte == 13 or (byte == 0xE2 and data[i - 1] in (0xA8, 0xA9))
                out[at] = 10 if is_break else 9 if byte == 9 else 32
                at += 1
                continue
            waiting = max(waiting, A_SPACE)
            i = past_space(data, i, end)
            continue
        if kind == CONTROL:
            i += size
            continue
        if waiting != NOTHING:
            if at > begin:
                out[at] = 10 if waiting == A_BREAK else 32
                at += 1
            waiting = NOTHING
        if byte < 0x80:
            # Signs of ASCII's that can be written as they stand, and what they are, as bits.
            alnum, capital, digit, space, stop, comma, odd = _kinds(data, i)
            here = _ALL if end - i >= WIDTH else (_ONE << np.uint64(end - i)) - _ONE
            # A blank waits for what follows it, unless that is plain too; preformatted text has its own way.
            kept = space & ~((here & ~(space | odd)) >> _ONE) if pre == 0 else space
            size = trailing_zeros(kept | odd | ~here)
            here = (_ONE << np.uint64(size)) - _ONE
            _copy_plain(data, i, out, at)
            alnum &= here
            space &= here
            characters += size - ones(space)
            upper += ones(capital & here)
            digits += ones(digit & here)
            commas += ones(comma & here)
            between = here & ~(alnum | space)
            signs += ones(between & ~(stop | comma))
            # A full stop counts if only signs stand between it and a blank: the addition carries it there.
            carried = between + (stop & between) + np.uint64(stopped)
            stops += ones(carried & space)
            stopped = np.int64(carried >> np.uint64(size) & _ONE)
            before = alnum << _ONE | np.uint64(word > 0)
            begins, ends = alnum & ~before, here & ~alnum & before
            words += ones(ends)
            while ends:
                if word == 0:
                    word = at + trailing_zeros(begins) + 1
                    begins &= begins - _ONE
                known += _is_frequent(page, word - 1, at + trailing_zeros(ends))
                ends &= ends - _ONE
                word = 0
            if begins:
                word = at + trailing_zeros(begins) + 1
            at += size
            i += size
            continue
        characters += 1
        alone = kind == CAPITAL
        if word > 0 and kind != LETTER:
            words += 1
            known += _is_frequent(page, word - 1, at)
            word = 0
        if kind <= DIGIT:
            word = at + 1 if word == 0 else word
            stopped = 0
        commas += kind == COMMA
        signs += kind == SIGN
        if kind == STOP:
            # A full stop of another script needs no space after it.
            stops += 1
            stopped = 0
        for k in range(size):
            out[at + k] = data[i + k]
        at += size
        i += size
        if alone:
            words += 1
            known += _is_frequent(page, word - 1, at)
            word = 0
    memory[OUT], memory[WAITING], memory[WORD], memory[STOPPED] = at, waiting, word, stopped
    memory[BLOCK_WORDS] += words
    memory[BLOCK_CHARACTERS] += characters
    memory[BLOCK_UPPER] += upper
    memory[BLOCK_DIGITS] += digits
    memory[BLOCK_STOPS] += stops
    memory[BLOCK_COMMAS] += commas
    memory[BLOCK_SIGNS] += signs
    memory[BLOCK_FREQUENT] += known
    if memory[IN_LINK]:
        memory[BLOCK_LINK_WORDS] += words
        memory[BLOCK_LINK_CHARACTERS] += characters
