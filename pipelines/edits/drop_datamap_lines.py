"""RefinedWeb's rules for lines in another reading."""

from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from filters.kernels.characters import LOWER
from filters.kernels.traits import traits
from filters.texts import Spans, Texts
from filters.units import OwnUnits
from pipelines.edits.drop_refinedweb_lines import COUNTED
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.kernels.datamap import datamap_lines
from pipelines.edits.lines import Chosen, all_lines

_NAMES: Any = tuple(np.frombuffer(name, np.uint8) for name in (b"items in cart", b"Read more", b"Sign-in"))


class DropDatamapLines(Edit):
    r"""Drops lines that come from a page's controls, and such words out of lines, as OLMo 3's tool datamap-rs does.

    The questions are those of `drop_refinedweb_lines`, in the same order, but upper-case characters and digits, those
    of ASCII, are counted per byte; words are those of UAX 29; names are taken out of lines of any length, as they are
    written here, `items in cart` for a blank; and texts are not stripped. Each of the three names costs a text the
    newline at its end, and its lines a carriage return at theirs.

    OLMo 3's recipe says `max_length` where the code reads `max_len`, hence lines of any length, and `regex_string`
    where it reads `regex`, so that its counters are DCLM's, which end with the line.
    """

    name: ClassVar = "drop_datamap_lines"
    source: ClassVar = "OLMo 3's pool (Dolma 3, 2025): datamap-rs with its configuration all_dressed_v3"
    examples: ClassVar = {
        "SIGN UP NOW\nA quiet day.\n3 likes\nHome": "A quiet day.",
        "Sign-in to comment\n0 items in cart today\nIt rains. Read more...": "to comment\n0 today\nIt rains.",
    }

    #: the greatest share of upper-case characters, per byte of a line
    max_uppercase: Annotated[float, Field(ge=0, le=1)] = 0.5
    #: the greatest share of digits, per byte of a line
    max_digits: Annotated[float, Field(ge=0, le=1)] = 0.999999
    #: whether lines go that only count likes, shares, comments and so on
    counters: bool = True
    #: the fewest words of a line that is not empty
    min_words: Annotated[int, Field(ge=0)] = 2
    #: whether `items in cart` goes
    cart: bool = True
    #: whether `Read more` and three more characters go
    read_more: bool = True
    #: whether `Sign-in` goes
    sign_in: bool = True

    def find(self, texts: Texts) -> Cuts:
        """Find the lines that go, and what goes of the others."""
        lines = all_lines(texts, unicode=False)
        kept, begin, finish, start, end = datamap_lines(
            texts.data,
            (lines.start, lines.end, lines.firsts),
            _words(texts, lines),
            (self.max_uppercase, self.max_digits, self.min_words),
            COUNTED,
            _NAMES,
            (self.cart, self.read_more, self.sign_in, self.counters),
            traits(),
            LOWER,
        )
        return Chosen(lines, kept, begin, finish, (start, end)).cuts(texts, b" ")


def _words(texts: Texts, lines: Spans) -> NDArray[np.int64]:
    """Count the words of each line by UAX 29: none goes on in another line."""
    starts = texts.counted_in(OwnUnits(words="unicode")).words.start
    return np.searchsorted(starts, lines.end) - np.searchsorted(starts, lines.start)
