"""RefinedWeb's rules for lines."""

from typing import Annotated, ClassVar

from pydantic import Field

from filters.kernels.characters import LOWER
from filters.kernels.traits import traits
from filters.texts import Texts
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.kernels.refinedweb import refinedweb_lines, spelt
from pipelines.edits.lines import Chosen, all_lines

COUNTED = spelt(
    [
        *("likes", "shares", "comments", "retweets", "reposts", "quotes"),
        *("bookmarks", "upvotes", "downvotes", "downloads", "views", "followers"),
    ]
)
_PARTS = (spelt(["items in cart"])[0], spelt(["read more..."])[0], spelt(["sign-in"])[0])


class DropRefinedwebLines(Edit):
    r"""Drops lines that come from a page's controls, and such words out of short lines, as DCLM does after RefinedWeb.

    In this order, each over the whole text: lines mostly in capitals, lines of digits, counters such as `3 likes`,
    lines of too few words; then out of lines of few words `items in cart` wherever it stands, `read more` and three
    more characters at the end, `sign-in` at the beginning, with a space beside them and in any case; a line of which
    nothing is left goes. After each of these but the fourth the text is stripped, as DCLM does, so a newline at its
    end always goes. Empty lines stay, lines stand between `\n` and words between white space.

    DCLM reads the dots of its `Read more...` as any characters, hence the three. `drop_datamap_lines` is OLMo 3's
    reading of the same rules.
    """

    name: ClassVar = "drop_refinedweb_lines"
    source: ClassVar = "Penedo et al. 2023 (RefinedWeb), appendix G.2, as DCLM's line modifiers and recipe state it"
    examples: ClassVar = {
        "SIGN UP NOW\nA quiet day.\n3 likes\nHome": "A quiet day.",
        "Sign-in to comment\n0 items in cart\nIt rains. Read more...": "to comment\n0\nIt rains.",
    }

    #: the greatest share of upper-case characters in a line
    max_uppercase: Annotated[float, Field(ge=0, le=1)] = 0.5
    #: the greatest share of digits in a line
    max_digits: Annotated[float, Field(ge=0, le=1)] = 0.999999
    #: whether lines go that only count likes, shares, comments and so on
    counters: bool = True
    #: the fewest words of a line that is not empty
    min_words: Annotated[int, Field(ge=0)] = 2
    #: whether `items in cart` goes
    cart: bool = True
    #: whether `read more` and three more characters go
    read_more: bool = True
    #: whether `sign-in` goes
    sign_in: bool = True
    #: the most words of a line that these three are taken out of
    max_words: Annotated[int, Field(ge=1)] = 10

    def find(self, texts: Texts) -> Cuts:
        """Find the lines that go, and what goes of the others."""
        lines = all_lines(texts, unicode=False)
        kept, begin, finish, start, end = refinedweb_lines(
            texts.data,
            (lines.start, lines.end, lines.firsts),
            (self.max_uppercase, self.max_digits),
            (self.min_words, self.max_words),
            COUNTED,
            _PARTS,
            (self.cart, self.read_more, self.sign_in, self.counters),
            traits(),
            LOWER,
        )
        return Chosen(lines, kept, begin, finish, (start, end)).cuts(texts)
