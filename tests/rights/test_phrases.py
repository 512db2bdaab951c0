"""Phrases found by their first words are those that a search finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.cue_words import EXCEPTION, GRANT, MEDIA, NEGATION, OWN
from rights.folding import any_of, folded
from rights.licence_words import RESERVED, words
from rights.phrases import Lists

WRITTEN = {
    "grant": GRANT,
    "media": MEDIA,
    "reserved": RESERVED,
    "negation": NEGATION,
    "own": OWN,
    "exception": EXCEPTION,
}
PATTERNS = {name: re.compile(any_of(words(listed))) for name, listed in WRITTEN.items()}
LISTS = Lists(WRITTEN)
PIECES = st.one_of(
    st.sampled_from([phrase.rstrip("*") for listed in WRITTEN.values() for phrase in words(listed)]),
    st.sampled_from([" ", ". ", "(", "'", "-", "_", "s", "7", "photo", "un", "licensed", "Under ", "a b"]),
    st.text(max_size=3),
)


@given(
    pieces=st.lists(PIECES, max_size=8), glue=st.sampled_from(["", " "]), wanted=st.sets(st.sampled_from([*WRITTEN]))
)
def test_a_phrase_stands_where_a_search_finds_it(pieces: list[str], glue: str, wanted: set[str]) -> None:
    for text in (folded(glue.join(pieces)), folded(glue.join(pieces)).encode("ascii", "ignore").decode()):
        expected = {name for name in wanted if PATTERNS[name].search(text)}
        assert LISTS.standing_in(text, wanted) == expected


@pytest.mark.parametrize("listed", WRITTEN)
def test_every_phrase_is_found(listed: str) -> None:
    for phrase in words(WRITTEN[listed]):
        assert listed in LISTS.standing_in(folded(f"so, {phrase.rstrip('*')} it"), [listed])


def test_a_phrase_is_replaced_where_it_stands() -> None:
    exceptions = LISTS.lists["exception"]
    assert exceptions.without("unless otherwise noted, all of it", " . ") == " .  noted, all of it"
    assert exceptions.without("all of it", " . ") == "all of it"
