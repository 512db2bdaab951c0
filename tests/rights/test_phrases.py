"""Phrases found by their first words are those that a search finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.cue_words import EXCEPTION, GRANT, MEDIA, NEGATION, OWN
from rights.folding import Phrase, any_of, folded
from rights.licence_words import RESERVED, words
from rights.phrases import Phrases, Side

LISTS = (GRANT, MEDIA, RESERVED, NEGATION, OWN, EXCEPTION)
PATTERNS = {listed: Phrase(any_of(words(listed))) for listed in LISTS}
PHRASES = {listed: Phrases(listed) for listed in LISTS}
PIECES = st.one_of(
    st.sampled_from([phrase.rstrip("*") for listed in LISTS for phrase in words(listed)]),
    st.sampled_from([" ", ". ", "(", "'", "-", "_", "s", "7", "photo", "un", "licensed", "Under ", "a b"]),
    st.text(max_size=3),
)


@given(pieces=st.lists(PIECES, max_size=8), glue=st.sampled_from(["", " "]))
@pytest.mark.parametrize("listed", LISTS, ids=["grant", "media", "reserved", "negation", "own", "exception"])
def test_a_phrase_stands_where_a_search_finds_it(listed: str, pieces: list[str], glue: str) -> None:
    for text in (folded(glue.join(pieces)), folded(glue.join(pieces)).encode("ascii", "ignore").decode()):
        assert PHRASES[listed].stand_in(Side(text)) == (PATTERNS[listed].compiled.search(text) is not None)


@pytest.mark.parametrize("listed", LISTS, ids=["grant", "media", "reserved", "negation", "own", "exception"])
def test_every_phrase_is_found(listed: str) -> None:
    for phrase in words(listed):
        assert PHRASES[listed].stand_in(Side(folded(f"so, {phrase.rstrip('*')} it")))


def test_a_phrase_is_replaced_where_it_stands() -> None:
    exceptions = PHRASES[EXCEPTION]
    assert exceptions.without(Side("unless otherwise noted, all of it"), " . ").text == " .  noted, all of it"
    untouched = Side("all of it")
    assert exceptions.without(untouched, " . ") is untouched
