"""The sentence boundary rules of UAX 29 (SB3 to SB998) as a table of steps: what each character does to each state.

A state is what of the text so far the rules may ask for; Extend and Format change none (SB5). Behind a full stop
and what closes it, SB8 asks whether a lower case letter comes before another letter: there the step is held, the state
is then undecided, and the first letter says whether the boundary was there.
"""

from enum import IntEnum, auto

import numpy as np

from filters.kernels.breaks import Sentence


class State(IntEnum):
    """What stands before."""

    START = 0
    OTHER = auto()
    #: Upper or Lower
    CASED = auto()
    CR = auto()
    PARAGRAPH_END = auto()
    #: ATerm behind Upper or Lower
    CASED_STOP = auto()
    #: ATerm; then with Close behind it, then with Sp
    STOP = auto()
    STOP_CLOSED = auto()
    STOP_SPACED = auto()
    #: STerm; then with Close behind it, then with Sp
    MARK = auto()
    MARK_CLOSED = auto()
    MARK_SPACED = auto()
    #: behind the others of STOP, and what SB8 passes over
    PASSING = auto()


START, OTHER, CASED = int(State.START), int(State.OTHER), int(State.CASED)
#: there is a boundary before this character
BOUNDARY = 64
#: whether there is a boundary before this character, a later one says
HOLD = 128
#: there is a boundary where the last step was held
PASSED = 32
#: the class of what follows a text
END = 15

_AFTER = {
    Sentence.CR: State.CR,
    Sentence.LF: State.PARAGRAPH_END,
    Sentence.SEP: State.PARAGRAPH_END,
    Sentence.LOWER: State.CASED,
    Sentence.UPPER: State.CASED,
    Sentence.A_TERM: State.STOP,
    Sentence.S_TERM: State.MARK,
}
_PARAGRAPH_ENDS = {Sentence.CR, Sentence.LF, Sentence.SEP}
_CLOSED = {
    State.CASED_STOP: State.STOP_CLOSED,
    State.STOP: State.STOP_CLOSED,
    State.STOP_CLOSED: State.STOP_CLOSED,
    State.MARK: State.MARK_CLOSED,
    State.MARK_CLOSED: State.MARK_CLOSED,
}
_STOPS = {State.CASED_STOP, State.STOP, State.STOP_CLOSED, State.STOP_SPACED}
_MARKS = {State.MARK, State.MARK_CLOSED, State.MARK_SPACED}
#: what stays in the sentence behind any end of it (SB8a, SB9, SB10), and behind each
_CONTINUED = {Sentence.S_CONTINUE, Sentence.A_TERM, Sentence.S_TERM, *_PARAGRAPH_ENDS}
_JOINED = {
    State.CASED_STOP: {*_CONTINUED, Sentence.NUMERIC, Sentence.UPPER, Sentence.LOWER},  # SB6, SB7, SB8
    State.STOP: {*_CONTINUED, Sentence.NUMERIC, Sentence.LOWER},  # SB6, SB8
    State.STOP_CLOSED: {*_CONTINUED, Sentence.LOWER},  # SB8
    State.STOP_SPACED: {*_CONTINUED, Sentence.LOWER},  # SB8
    **dict.fromkeys(_MARKS, _CONTINUED),
}


def _step(state: State, following: Sentence) -> int:
    """Say what follows from one character: the new state, and where a boundary is."""
    after = _AFTER.get(following, State.OTHER)
    if state is State.START or (state is State.CR and following is Sentence.LF):  # SB3
        return after
    if state in {State.CR, State.PARAGRAPH_END}:  # SB4
        return after | BOUNDARY
    if following in {Sentence.EXTEND, Sentence.FORMAT}:  # SB5
        return state
    if state is State.PASSING:
        return _step_on(following)
    if state in _JOINED:
        return _step_past_end(state, following)
    return State.CASED_STOP if state is State.CASED and following is Sentence.A_TERM else after  # SB998


def _step_past_end(state: State, following: Sentence) -> int:
    """Say what a character does behind a full stop or another mark that may end the sentence."""
    after = _AFTER.get(following, State.OTHER)
    if following in _JOINED[state]:
        return after
    if following is Sentence.SP:  # SB9, SB10
        return State.STOP_SPACED if state in _STOPS else State.MARK_SPACED
    if following is Sentence.CLOSE and state in _CLOSED:  # SB9
        return _CLOSED[state]
    if state in _MARKS or following in {Sentence.UPPER, Sentence.O_LETTER}:  # SB11
        return after | BOUNDARY
    return State.PASSING | HOLD  # SB8


def _step_on(following: Sentence) -> int:
    """Say what SB8 finds: a lower case letter, what ends the search without one, or something to pass over."""
    after = _AFTER.get(following, State.OTHER)
    if following is Sentence.LOWER:
        return after
    ending = {Sentence.UPPER, Sentence.O_LETTER, Sentence.A_TERM, Sentence.S_TERM}
    return after | PASSED if following in ending | _PARAGRAPH_ENDS else State.PASSING


def _steps() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    steps = np.full((len(State), END + 1), BOUNDARY, np.uint8)
    for state in State:
        for following in Sentence:
            steps[state, following] = _step(state, following)
    steps[State.PASSING, END] = BOUNDARY | PASSED
    steps.flags.writeable = False
    return steps.reshape(-1)


#: uint8[13 * 16]: at state * 16 + class the new state, with BOUNDARY, HOLD or PASSED
STEPS = _steps()
