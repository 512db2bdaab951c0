"""C4's rules for lines."""

from functools import cache
from typing import Annotated, ClassVar

from pydantic import Field

from filters.kernels.traits import traits
from filters.texts import Texts
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.kernels.c4 import c4_lines
from pipelines.edits.kernels.phrases import Phrases, phrases
from pipelines.edits.lines import Chosen, all_lines

#: a line that says one of these is about the site, not of it
POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


class DropC4Lines(Edit):
    r"""Drops the lines that C4 takes for no prose, and marks of citations out of the others.

    A line goes if it has too few words, a word that is too long, the word javascript, or a phrase of a policy, and
    if asked, if it does not end in one of `. ? ! " '` or ends in `...`. Words stand between white space here,
    whatever the recipe counts as words: that is how C4, datatrove and Dolma count them. They are counted and measured
    before the citations `[12]`, `[]`, `[edit]` and `[citation needed]` are taken out, all else is looked at
    afterwards. Lines are those of `str.splitlines`. Those that stay lose the space around them (not what a citation
    leaves there) and are joined by `\n`; then the text loses the space around it. So a blank line goes, too.

    datatrove decides on the document in the same pass: it drops it at the first `lorem ipsum` or `{` in a line that
    nothing before has dropped, or if its lines hold fewer than five sentences, and then leaves the text as it was.
    Here those are filters: put them after this edit to ask the lines that stay. They differ where the `{` or the
    `lorem ipsum` stands in a line that javascript (for `{`) or a policy drops: datatrove's order of questions drops
    the document at a line with `lorem ipsum` and javascript, or with `{` and a policy; here only the line goes.
    """

    name: ClassVar = "drop_c4_lines"
    source: ClassVar = "Raffel et al. 2020 (C4), section 2.2, as datatrove's C4QualityFilter edits a text"
    examples: ClassVar = {
        "Home\nThe sea is blue.[1]\nThis site uses cookies.\n": "The sea is blue.",
        "Please enable JavaScript here.\n  It is a fine day  ": "It is a fine day",
    }

    #: whether lines go that do not end in `. ? ! " '`, or that end in `...`; FineWeb leaves them
    punctuated: bool = False
    #: the fewest words of a line
    min_words: Annotated[int, Field(ge=0, lt=1 << 31)] = 3
    #: the most characters of a word; a line with a longer one goes
    max_word_length: Annotated[int, Field(ge=1, lt=1 << 31)] = 1000
    #: whether lines go that say javascript, in any case
    javascript: bool = True
    #: whether lines go that speak of the site's terms, its privacy policy or its cookies
    policies: bool = True
    #: whether marks of citations are taken out
    citations: bool = True

    def find(self, texts: Texts) -> Cuts:
        """Find the lines that go, and what goes of the others."""
        lines = all_lines(texts, unicode=True)
        kept, begin, finish, start, end = c4_lines(
            texts.data,
            (lines.start, lines.end, lines.firsts),
            (self.punctuated, self.citations, self.min_words, self.max_word_length),
            _wanted(self.javascript, self.policies),
            traits(),
        )
        return Chosen(lines, kept, begin, finish, (start, end)).cuts(texts)


@cache
def _wanted(javascript: bool, policies: bool) -> Phrases:
    return phrases([*(("javascript",) if javascript else ()), *(POLICIES if policies else ())])
