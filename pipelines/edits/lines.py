"""Edits of lines: which lines of a batch stay, and what of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from filters.kernels import spans
from filters.texts import Spans, Texts
from pipelines.edits.edit import Cuts
from pipelines.edits.kernels.lines import line_cuts

_NONE = np.zeros(0, np.int64)


def all_lines(texts: Texts, unicode: bool) -> Spans:
    r"""Find all lines, whatever the recipe calls a line: as `splitlines()` if `unicode`, else as `split("\n")`."""
    if unicode == (texts.units.lines == "unicode"):
        return texts.all_lines
    return Spans(*spans.all_lines(texts.data, texts.offsets, unicode))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines of a batch that stay."""

    lines: Spans
    kept: NDArray[np.bool_]
    #: what stays of each kept line, in bytes of `Texts.data`
    begin: NDArray[Any]
    finish: NDArray[Any]
    #: ascending places inside kept lines that are cut too
    inner: tuple[NDArray[np.int64], NDArray[np.int64]] = (_NONE, _NONE)

    def cuts(self, texts: Texts, inner: bytes = b"") -> Cuts:
        r"""Cut all else: kept lines are joined by `\n`, and `inner` is put in place of what is cut inside them."""
        lines = (self.lines.start, self.lines.end, self.lines.firsts)
        text, start, end, kinds = line_cuts(
            texts.data, texts.offsets, lines, self.kept, (self.begin, self.finish), self.inner
        )
        # One for each kind.
        return Cuts(text, start, end, (b"", b"\n", inner), kinds)
