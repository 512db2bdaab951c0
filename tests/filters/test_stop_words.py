"""Stop words are counted once each, whole and as written."""

import pytest
from pydantic import ValidationError

from filters.document import documents
from filters.stop_words import StopWords
from filters.texts import Texts


def test_each_stop_word_counts_once() -> None:
    texts = Texts(documents(["the the of", "The OF", "", "others often", "of\u3000the"]))
    assert StopWords().signal(texts).to_pylist() == [2, 0, 0, 0, 2]


def test_a_word_listed_twice_is_one_word() -> None:
    assert StopWords(words=("a", "a")).signal(Texts(documents(["a b"]))).to_pylist() == [1]


def test_a_stop_word_is_one_word() -> None:
    with pytest.raises(ValidationError, match="without white space"):
        StopWords(words=("of the",))
