"""Lines and paragraphs that a text has more than once."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

from filters.kernels.characters import CLASSES
from filters.kernels.line_choice import Lines, choose
from filters.kernels.repetition import repeats
from filters.kernels.trim import after_space, before_space
from filters.texts import Spans, Texts, per_text

Paragraphs = Literal["runs", "split", "nonempty", "filled"]
Of = Literal["text", "unbroken", "visible", "counted"]

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Counts = NDArray[np.int64]

_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_ONES = np.uint64(0x0101010101010101)
_SIX, _SEVEN, _EIGHT, _TOP = np.uint64(6), np.uint64(7), np.uint64(8), np.uint64(56)


@dataclass(frozen=True, slots=True)
class Copies:
    """Which lines or paragraphs of a batch are equal to others of their text."""

    #: per span: its characters; the first of its text that is equal to it, -1 where no other is
    characters: Counts
    first: Places
    #: per text the number of its first span, and at last the number of all
    firsts: Counts

    @property
    def count(self) -> Counts:
        """Spans of each text."""
        return np.diff(self.firsts)

    @property
    def later(self) -> NDArray[np.bool_]:
        """Whether a span occurred before."""
        return (self.first >= 0) & (self.first != np.arange(len(self.first), dtype=np.int32))

    @property
    def every(self) -> NDArray[np.bool_]:
        """Whether a span occurs more than once, the first copy too."""
        return self.first >= 0

    def number(self, chosen: NDArray[np.bool_]) -> Counts:
        """Count the chosen spans of each text."""
        return per_text(chosen, self.firsts)

    def size(self, chosen: NDArray[np.bool_]) -> Counts:
        """Count the characters of the chosen spans of each text."""
        return per_text(self.characters * chosen, self.firsts)


def line_copies(texts: Texts, lines: Lines, *, trimmed: bool = False) -> Copies:
    """Compare the lines that count, as `line_choice` has them."""
    return texts.fact(("line copies", lines, trimmed), lambda: _copies(texts, choose(texts, lines, trimmed=trimmed)))


def paragraph_copies(texts: Texts, paragraphs: Paragraphs, *, trimmed: bool = False) -> Copies:
    r"""Compare the paragraphs that count, without the space around them if `trimmed`.

    `runs`: what stands between runs of two or more `\n`, in the text without the space around it. What stands between
    `\n\n`: `split`, all; `nonempty`, those with any character, be it space; `filled`, those that are not blank.
    """
    key = ("paragraph copies", paragraphs, trimmed)
    return texts.fact(key, lambda: _copies(texts, _paragraphs(texts, paragraphs, trimmed)))


def characters_of(texts: Texts, copies: Copies, of: Of) -> Counts:
    r"""Count the characters that the copies are a share of; 0 where no line or paragraph counts.

    `text`: all of the text; `unbroken`: all but `\n`; `visible`: all but white space; `counted`: those of the lines or
    paragraphs that count.
    """
    if of == "counted":
        return copies.size(np.ones(len(copies.first), np.bool_))
    if of == "visible":
        characters = per_text(texts.chunks.characters, texts.chunks.firsts)
    elif of == "unbroken":
        newlines = pc.count_substring(texts.column, "\n").to_numpy(zero_copy_only=False)
        characters = texts.characters - newlines
    else:
        characters = texts.characters
    return np.where(copies.count == 0, 0, characters)


def _copies(texts: Texts, spans: Spans) -> Copies:
    keys, characters = span_keys(texts.data, spans.start, spans.end)
    return Copies(characters, repeats(keys, spans.firsts), spans.firsts)


def _paragraphs(texts: Texts, paragraphs: Paragraphs, trimmed: bool) -> Spans:
    begins, ends = texts.offsets[:-1].astype(np.int32), texts.offsets[1:].astype(np.int32)
    if paragraphs == "runs":
        begins, ends = trim(texts.data, begins, ends, CLASSES)
    newlines = np.flatnonzero(texts.data == ord("\n")).astype(np.int32)
    start, end, firsts = part(newlines, begins, ends, paragraphs == "runs")
    cut = trim(texts.data, start, end, CLASSES) if trimmed or paragraphs == "filled" else (start, end)
    chosen = start < end if paragraphs == "nonempty" else (cut[0] < cut[1]) | (paragraphs != "filled")
    start, end = cut if trimmed else (start, end)
    return Spans(start[chosen], end[chosen], np.concatenate([[0], np.cumsum(chosen)])[firsts])


@njit(cache=True, nogil=True)
def part(newlines: Places, begins: Places, ends: Places, runs: bool) -> tuple[Any, ...]:
    r"""Part data[begins:ends] of each text at every `\n\n` or, if `runs`, at every run of two or more `\n`.

    As str.split("\n\n") or re.split("\n{2,}") does; `newlines` are the places of all newlines in the data. Returns, per
    paragraph: start byte, end byte; and per text the number of its first paragraph, then the number of all.
    """
    most = len(newlines) // 2 + len(begins)
    start, end = np.empty(most, np.int32), np.empty(most, np.int32)
    firsts = np.empty(len(begins) + 1, np.int64)
    paragraph, newline = np.int64(0), np.int64(0)
    for text in range(len(begins)):
        firsts[text] = paragraph
        begin, stop = begins[text], ends[text]
        while newline < len(newlines) and newlines[newline] < begin:
            newline += 1
        while newline < len(newlines) and newlines[newline] < stop:
            place, after = newlines[newline], newlines[newline] + 1
            newline += 1
            while (
                (runs or after - place < 2) and newline < len(newlines) and newlines[newline] == after and after < stop
            ):
                newline += 1
                after += 1
            if after - place >= 2:
                start[paragraph], end[paragraph] = begin, place
                paragraph += 1
                begin = after
        start[paragraph], end[paragraph] = begin, stop
        paragraph += 1
    firsts[-1] = paragraph
    return start[:paragraph], end[:paragraph], firsts


@njit(cache=True, nogil=True)
def trim(data: Bytes, start: Places, end: Places, classes: Bytes) -> tuple[Any, Any]:
    """Leave out the white space around each span, as str.strip does: where it starts and ends, the same if blank."""
    begins, ends = np.empty(len(start), np.int32), np.empty(len(start), np.int32)
    for span in range(len(start)):
        stop = int(end[span])
        begin = after_space(data, int(start[span]), stop, classes)
        begins[span], ends[span] = begin, before_space(data, begin, stop, classes)
    return begins, ends


@njit(cache=True, nogil=True)
def span_keys(data: Bytes, start: Places, end: Places) -> tuple[Any, Any]:
    """Give each span a 64-bit key of its bytes, never 0, and count its characters."""
    keys, characters = np.empty(len(start), np.uint64), np.empty(len(start), np.int64)
    for span in range(len(start)):
        # Unsigned places spare a look whether they count from the end, and so eight bytes are read as one.
        i, stop = np.uint64(start[span]), np.uint64(end[span])
        key, continued = (stop - i) * _MIX + _MIX, np.uint64(0)
        while i < stop:
            eight = np.uint64(0)
            if i + _EIGHT <= stop:
                for place in range(_EIGHT):
                    eight |= np.uint64(data[i + place]) << _EIGHT * place
            else:
                for place in range(stop - i):
                    eight |= np.uint64(data[i + place]) << _EIGHT * place
            i += _EIGHT
            key = (key ^ eight) * _MIX
            key ^= key >> _SHIFT
            # A byte 10xxxxxx continues a character: its highest bit is set and the next one is not.
            continued += (eight >> _SEVEN & ~(eight >> _SIX) & _ONES) * _ONES >> _TOP
        keys[span] = max(key, np.uint64(1))
        characters[span] = end[span] - start[span] - np.int64(continued)
    return keys, characters
