"""The word boundary rules of UAX 29 (WB3 to WB999) as a table of steps: what each character does to each state.

A state is what of the text so far the rules may ask for: the last character, but for Extend, Format and ZWJ behind it
(WB4), and whether a ZWJ was the very last (WB3c). Where a rule asks for what comes after the next character, the step
is held: the state is then undecided, and the character that follows joins it or shows that the boundary was there.
"""

from enum import IntEnum, auto

import numpy as np

from filters.kernels.breaks import Word


class State(IntEnum):
    """What stands before."""

    START = 0
    OTHER = auto()
    CR = auto()
    NEWLINE = auto()
    SPACE = auto()
    LETTER = auto()
    HEBREW = auto()
    HEBREW_QUOTE = auto()
    NUMERIC = auto()
    KATAKANA = auto()
    EXTEND_NUM_LET = auto()
    REGIONAL_INDICATOR = auto()
    DICTIONARY = auto()
    LETTER_MID = auto()
    HEBREW_DOUBLE_QUOTE = auto()
    NUMERIC_MID = auto()


START, NEWLINE, SPACE, LETTER = int(State.START), int(State.NEWLINE), int(State.SPACE), int(State.LETTER)
#: states from here on are undecided
UNDECIDED = int(State.LETTER_MID)
#: added to a state: the last character is a zero width joiner
JOINER = 16
#: there is a boundary before this character
BOUNDARY = 64
#: whether there is a boundary before this character, the next one says
HOLD = 128
#: the class of what follows a text
END = 31

_AFTER = {
    Word.CR: State.CR,
    Word.LF: State.NEWLINE,
    Word.NEWLINE: State.NEWLINE,
    Word.ZWJ: State.OTHER + JOINER,
    Word.REGIONAL_INDICATOR: State.REGIONAL_INDICATOR,
    Word.KATAKANA: State.KATAKANA,
    Word.HEBREW_LETTER: State.HEBREW,
    Word.A_LETTER: State.LETTER,
    Word.LETTER_PICTOGRAM: State.LETTER,
    Word.NUMERIC: State.NUMERIC,
    Word.EXTEND_NUM_LET: State.EXTEND_NUM_LET,
    Word.W_SEG_SPACE: State.SPACE,
    Word.DICTIONARY: State.DICTIONARY,
}
_LETTERS = {Word.A_LETTER, Word.HEBREW_LETTER, Word.LETTER_PICTOGRAM}
_MID = {Word.MID_NUM_LET, Word.SINGLE_QUOTE}
_JOINED = {
    State.CR: {Word.LF},  # WB3
    State.SPACE: {Word.W_SEG_SPACE},  # WB3d
    State.LETTER: {*_LETTERS, Word.NUMERIC, Word.EXTEND_NUM_LET},  # WB5, WB9, WB13a
    State.HEBREW: {*_LETTERS, Word.NUMERIC, Word.EXTEND_NUM_LET},
    State.HEBREW_QUOTE: _LETTERS,  # WB7
    State.LETTER_MID: _LETTERS,  # WB6, WB7
    State.HEBREW_DOUBLE_QUOTE: {Word.HEBREW_LETTER},  # WB7b, WB7c
    State.NUMERIC: {*_LETTERS, Word.NUMERIC, Word.EXTEND_NUM_LET},  # WB8, WB10, WB13a
    State.NUMERIC_MID: {Word.NUMERIC},  # WB11, WB12
    State.KATAKANA: {Word.KATAKANA, Word.EXTEND_NUM_LET},  # WB13, WB13a
    State.EXTEND_NUM_LET: {*_LETTERS, Word.NUMERIC, Word.KATAKANA, Word.EXTEND_NUM_LET},  # WB13a, WB13b
    State.DICTIONARY: {Word.DICTIONARY},
}


def _step(state: State, joiner: bool, following: Word) -> int:
    """Say what follows from one character: the new state, and whether a boundary is before it."""
    after = _AFTER.get(following, State.OTHER)
    if state is State.START or following in _JOINED.get(state, ()):
        return after
    newline = {Word.CR, Word.LF, Word.NEWLINE}
    if following in newline or state in {State.CR, State.NEWLINE}:  # WB3a, WB3b
        return after | BOUNDARY
    if following in {Word.EXTEND, Word.FORMAT, Word.ZWJ}:  # WB4
        kept = State.OTHER if state is State.SPACE else state
        return kept + (JOINER if following is Word.ZWJ else 0)
    if joiner and following in {Word.PICTOGRAM, Word.LETTER_PICTOGRAM} and state < State.DICTIONARY:  # WB3c
        return after
    return _step_past_mark(state, following) or after | BOUNDARY  # WB999


def _step_past_mark(state: State, following: Word) -> int:
    """Say what a mark does that may join what is on both sides of it; 0 if it does not."""
    if state is State.REGIONAL_INDICATOR and following is Word.REGIONAL_INDICATOR:  # WB15, WB16
        return State.OTHER
    if state is State.HEBREW and following is Word.SINGLE_QUOTE:  # WB7a
        return State.HEBREW_QUOTE
    if state is State.HEBREW and following is Word.DOUBLE_QUOTE:  # WB7b
        return State.HEBREW_DOUBLE_QUOTE | HOLD
    if state in {State.LETTER, State.HEBREW} and following in {*_MID, Word.MID_LETTER}:  # WB6
        return State.LETTER_MID | HOLD
    if state is State.NUMERIC and following in {*_MID, Word.MID_NUM}:  # WB12
        return State.NUMERIC_MID | HOLD
    return 0


def _steps() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    steps = np.full((2 * JOINER, END + 1), BOUNDARY, np.uint8)
    for state in State:
        for following in Word:
            for joiner in (False, True):
                steps[state + joiner * JOINER, following] = _step(state, joiner, following)
    steps.flags.writeable = False
    return steps.reshape(-1)


#: uint8[32 * 32]: at state * 32 + class the new state, with BOUNDARY or HOLD
STEPS = _steps()
