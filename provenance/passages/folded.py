"""A text as it is searched for and compared: its folded letters, its tokens, and the shingles that begin with them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from pipelines.dedup.views import read_only
from pipelines.passage_index.kernels.parting import ALONE, letters, spelt_tokens
from pipelines.passage_index.kernels.winnowing import shingles, winnow
from pipelines.passage_index.scheme import WORD_UNITS, Scheme
from pipelines.passage_index.tokens import tables
from pipelines.passage_index.winnow import HASH_BITS, powers, room_for

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Folded:
    """One text, folded."""

    #: UTF-8
    data: Bytes
    scheme: Scheme
    #: letters with the flags of `kernels.parting`, int32[n]
    points: npt.NDArray[np.int32]
    #: first byte of the character of each letter, int32[n]
    starts: npt.NDArray[np.int32]
    #: first letter of each token, int32[t]
    firsts: npt.NDArray[np.int32]
    #: shortened hash of the shingle that begins with each token, int64[s], s <= t
    hashes: Numbers
    #: tokens whose shingles winnowing keeps, ascending
    chosen: Numbers

    @classmethod
    def of(cls, text: str | bytes, scheme: Scheme) -> Self:
        """Fold a text; bytes that are no UTF-8, and halves of surrogate pairs, part tokens."""
        content = text.encode(errors="surrogatepass") if isinstance(text, str) else text
        data, nothing = read_only(np.frombuffer(content, np.uint8)), np.empty(0, np.int32)
        points, starts = np.empty((2, letters(data, tables(), nothing, nothing)), np.int32)
        letters(data, tables(), points, starts)
        most = room_for(len(data))
        hashes, units, firsts = np.empty(most, np.uint64), np.empty(most, np.uint8), np.empty(most, np.int32)
        count = spelt_tokens(read_only(points), hashes, units, firsts)
        made, chosen = np.empty(most, np.uint64), np.empty(most, np.int64)
        found = shingles(hashes, units, count, powers(scheme.shingle), made)
        kept = winnow(made, units, found, scheme.window, chosen)
        short = (made[:found] >> np.uint64(HASH_BITS - scheme.bits)).astype(np.int64)
        return cls(data, scheme, read_only(points), read_only(starts), firsts[:count], short, chosen[:kept])

    @cached_property
    def _characters(self) -> Numbers:
        return np.concatenate(([0], np.cumsum((self.data & 0xC0) != 0x80)))  # noqa: PLR2004  # UTF-8's later bytes

    @cached_property
    def units(self) -> Numbers:
        """Units of each token."""
        return np.where(self.points[self.firsts] & ALONE, 1, WORD_UNITS)

    @property
    def guaranteed(self) -> bool:
        """Whether the text fills a window, so that it is found wherever it is whole."""
        return int(self.units[: len(self.hashes)].sum()) >= self.scheme.window

    def spans(self, firsts: Numbers, stops: Numbers) -> tuple[Numbers, Numbers]:
        """Give the bytes of runs of letters, from the first to before the stop."""
        last = self.starts[stops - 1].astype(np.int64)
        lead = self.data[last]
        # No letter was read from bytes that are no UTF-8.
        widths = 1 + (lead >= 0xC0).astype(np.int64) + (lead >= 0xE0) + (lead >= 0xF0)  # noqa: PLR2004
        return self.starts[firsts].astype(np.int64), last + widths

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Give the characters of a span of bytes: places in the text as Python counts them."""
        return int(self._characters[start]), int(self._characters[end])

    def tokens(self, firsts: Numbers, stops: Numbers) -> Numbers:
        """Count the tokens that begin in runs of letters."""
        begins = self.firsts.astype(np.int64)
        return np.searchsorted(begins, stops) - np.searchsorted(begins, firsts)
