"""Words carried over an edit are those that are found in the edited texts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts, Words
from filters.units import Units, WordKind
from pipelines.edits.apply import edit
from pipelines.edits.edit import Cuts, Edit

#: joins, parts and marks: a diaeresis, a joiner, a soft hyphen, a halfwidth sound mark, a narrow and a wide blank
ALPHABET = "ab1'.,_ \n\r\t\u0308\u200d\u00ad\uff9e\u202f\u3000é日ก\U0001f600"
PIECES = (b"", b"\n", b" ", b"x", b"|a b|")


class Scattered(Edit):
    """Cuts wherever a test says: bounds in bytes, and which piece goes there."""

    name = "scattered"
    source = "tests"
    examples = {}  # noqa: RUF012

    cuts: tuple[tuple[int, int, int, int], ...]

    def find(self, texts: Texts) -> Cuts:  # noqa: ARG002  # they were drawn for these texts
        """Give the cuts."""
        text, start, end, choice = np.array(self.cuts, np.int64).reshape(-1, 4).T.copy()
        return Cuts(text, start, end, PIECES, choice)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], tuple[tuple[int, int, int, int], ...]]:
    """Draw texts, and cuts at the bounds of their characters, in order."""
    texts = draw(st.lists(st.text(ALPHABET, max_size=24), min_size=1, max_size=4))
    cuts, offset = [], 0
    for number, text in enumerate(texts):
        bounds = offset + np.cumsum([0, *(len(one.encode()) for one in text)])
        chosen = sorted(draw(st.lists(st.sampled_from(bounds.tolist()), max_size=6)))
        for start, end in list(pairwise(chosen))[::2]:
            cuts.append((number, start, end, draw(st.integers(0, len(PIECES) - 1))))
        offset = int(bounds[-1])
    return texts, tuple(cuts)


@pytest.mark.parametrize("words", ["whitespace", "unicode", "segmented"])
@settings(max_examples=300, deadline=None)
@given(given_=edited())
@example(given_=(["one two\nthree\nfour"], ((0, 8, 14, 0),)))
@example(given_=(["one two\nthree", "\u0308a b"], ((0, 3, 7, 1), (1, 13, 13, 3))))
@example(given_=(["a\nb\u0308"], ((0, 1, 2, 0),)))
@example(given_=(["", "111 \uff9e1"], ((1, 4, 8, 0),)))
@example(given_=(["", "1 \uff9e"], ((1, 0, 1, 2),)))
def test_carried_words_are_those_found_anew(
    words: WordKind, given_: tuple[list[str], tuple[tuple[int, int, int, int], ...]]
) -> None:
    plain, cuts = given_
    texts = Texts(documents(plain), units=Units(words=words))
    assert texts.words.firsts[-1] >= 0
    after, _ = edit(texts, (Scattered(cuts=cuts),))
    anew = Texts(after.batch, units=Units(words=words)).words
    for carried, found in zip(after.words.fields, anew.fields, strict=True):
        assert carried.tolist() == found.tolist()


def test_words_of_lines_that_stay_are_not_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = Texts(documents(["one two\nthree\nfour five", "untouched"]), units=Units(words="unicode"))
    assert texts.words.firsts.tolist() == [0, 5, 6]
    after, _ = edit(texts, (Scattered(cuts=((0, 8, 14, 0),)),))
    seen: list[int] = []
    find = Texts.find_words

    def counted(texts: Texts, kind: str) -> Words:
        seen.append(len(texts))
        return find(texts, kind)

    monkeypatch.setattr(Texts, "find_words", counted)
    assert after.words.firsts.tolist() == [0, 4, 5]
    assert seen == [0]
