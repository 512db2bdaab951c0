"""Repeated substrings: whatever stands byte for byte in two places of a partition of texts.

Lee et al. 2022, "Deduplicating Training Data Makes Language Models Better", whose program is
`deduplicate-text-datasets`. A suffix array sorts all suffixes of the texts; those that begin with the same bytes are
neighbours.
"""

from importlib import import_module
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from filters.texts import Texts
from pipelines.dedup.cuts import Keep, Parts
from pipelines.dedup.kernels import substring_repeats
from pipelines.dedup.views import read_only

#: bytes of memory for each byte of text: a copy and a suffix array, then prefixes' lengths and marks beside that
MEMORY_PER_BYTE = 10


class Substrings(BaseModel):
    """Substrings of at least `min_bytes` bytes that stand in another place, too.

    Each run of `min_bytes` bytes that is repeated goes, so that a longer part may go whose whole is not repeated but
    made of such runs. With `first` each run stays in the document of the lowest place, where it begins first in it;
    of runs that overlap that one, only what lies behind it goes, so that of "ababab" something is left. With `none`
    every copy goes, as in the program of Lee et al., which has no other way.

    What differs from that program: bytes are UTF-8's, not tokens' (its 50 tokens are 100 bytes of token numbers), and
    no character is cut in two; no run goes on in another document; `cuts.cut` leaves white space where it was cut.
    Cutting may bring new repeats about, which another pass would find.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: bytes of UTF-8; fewer than a sentence has would cut phrases
    min_bytes: Annotated[int, Field(ge=2, lt=1 << 31)] = 100
    keep: Keep = "first"

    @property
    def packages(self) -> frozenset[str]:
        """Name the distributions beyond Vitrine's own that this needs (extra `substrings`)."""
        return frozenset({"pydivsufsort"})


def repeated_substrings(texts: Texts, places: NDArray[np.int64], rule: Substrings, memory: int) -> Parts:
    """Find the parts of texts that go; `places` says where each text stands in the order, all different.

    Only within these texts: what is repeated elsewhere stays. ValueError if there are more bytes of text than can be
    compared in `memory` bytes, at MEMORY_PER_BYTE for each. ImportError without the extra `substrings`.
    """
    begin, end = int(texts.offsets[0]), int(texts.offsets[-1])
    size = end - begin
    if size * MEMORY_PER_BYTE > memory:
        raise ValueError(
            f"{size} bytes of text need {size * MEMORY_PER_BYTE} bytes of memory to find repeated substrings in, "
            f"more than the {memory} allowed: make partitions smaller, or allow more"
        )
    data, offsets = texts.data[begin:end], texts.offsets - begin
    suffixes, keep_first = read_only(_suffixes(data)), rule.keep == "first"
    found = substring_repeats.repeats(data, offsets, read_only(places), suffixes, rule.min_bytes, keep_first)
    text, start, stop = found
    return Parts(text, start + begin, stop + begin)


def _suffixes(data: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Sort all suffixes; the answer is their starts."""
    if not len(data):
        return np.zeros(0, np.int32)
    # It takes only an array that may be written to.
    return import_module("pydivsufsort").divsufsort(np.array(data))
