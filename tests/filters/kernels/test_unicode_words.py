"""Words are those of UAX 29: of its rules as they are read, and of ICU."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import regex
import zstandard
from hypothesis import example, given
from hypothesis import strategies as st

from filters.kernels import breaks, breaks_build
from filters.kernels.breaks import ALPHANUMERIC, UNSPACED, WORD_BREAKS
from filters.kernels.unicode_words import find, words
from filters.kernels.word_rules import STEPS
from filters.texts import word_hash
from tests import naive_breaks as naive

HANGUL = regex.compile(r"[\uac00-\ud7a3]")


def found(texts: list[str]) -> list[list[str]]:
    data, offsets = naive.laid(texts)
    start, end, _, _, _, firsts = words(data, offsets)
    return naive.cut(data, start, end, firsts)


def segments(texts: list[str]) -> list[list[str]]:
    """Cut the texts at all boundaries, as if each character were a letter."""
    data, offsets = naive.laid(texts)
    start, end, _, _, _, firsts = find(data, offsets, WORD_BREAKS | ALPHANUMERIC, STEPS)
    return naive.cut(data, start, end, firsts)


def by_icu(text: str) -> list[str]:
    breakers = pytest.importorskip("icu4py.breakers", reason="needs icu4py")
    return list(breakers.WordBreaker(text, "und"))


def is_tailored(text: str) -> bool:
    """Say whether ICU departs from UAX 29: it has dictionaries, and parts Hangul from other letters and numbers."""
    return HANGUL.search(text) is not None or any(WORD_BREAKS[ord(one)] & UNSPACED for one in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can't pay 3.14, she said.", "I|can't|pay|3.14|she|said"),
        ("a.b a..b 1,000.5 1, 000 x:y", "a.b|a|b|1,000.5|1|000|x:y"),
        ("snake_case ___ _a 1_000 12\u202f345", "snake_case|_a|1_000|12\u202f345"),
        ("e\u0301te\u0301 co\u00adop \u0301", "e\u0301te\u0301|co\u00adop"),
        ('צ"ל ג\' "a"', "צ\"ל|ג'|a"),
        ("½ Ⅳ Ⓐ 😀 a\u200d😀b +", "½|Ⅳ|Ⓐ|a\u200d😀|b"),
        ("漢字カタカナ ひら", "漢|字|カタカナ|ひ|ら"),
        ("ไทย", "ไ|ท|ย"),
        ("한국어abc", "한국어abc"),
        (" \t\n...!", ""),
    ],
)
def test_words_of_examples(text: str, expected: str) -> None:
    assert found([text]) == [expected.split("|") if expected else []]


@given(naive.odd_texts(naive.WORD_SHOWN))
@example(["\xb8A:\x80\x80\x80", "\xb8abcdefghij", "\xb8 abcdefghij"])
def test_words_are_those_of_the_rules(texts: list[str]) -> None:
    assert found(texts) == [naive.words(text) for text in texts]


@given(naive.odd_texts(naive.WORD_SHOWN))
def test_facts_of_words_are_those_of_their_characters(texts: list[str]) -> None:
    start, end, characters, lettered, hashes, firsts = words(*naive.laid(texts))
    expected = [word for text in texts for word in naive.words(text)]
    assert characters.tolist() == [len(word) for word in expected]
    assert lettered.tolist() == [any(one.isalpha() for one in word) for word in expected]
    whole = [number for number, word in enumerate(expected) if word.split() == [word]]
    assert hashes[whole].tolist() == [word_hash(expected[number]) for number in whole]
    assert len(start) == len(end) == firsts[-1]


@pytest.mark.parametrize("joiner", ["", "\u200d"])
def test_any_three_classes_part_by_the_rules(joiner: str) -> None:
    texts = [one + other + joiner + last for one, other, last in itertools.product(naive.WORD_SHOWN, repeat=3)]
    assert segments(texts) == [naive.word_segments(text) for text in texts]


@given(naive.odd_texts(naive.WORD_SHOWN))
def test_segments_are_those_of_the_rules(texts: list[str]) -> None:
    assert segments(texts) == [naive.word_segments(text) for text in texts]


@given(naive.odd_texts([one for one in naive.WORD_SHOWN if not is_tailored(one)]))
def test_segments_are_those_of_icu(texts: list[str]) -> None:
    texts = [text for text in texts if not is_tailored(text)]
    assert segments(texts) == [by_icu(text) for text in texts]


@given(st.lists(st.binary(max_size=12), max_size=4))
def test_words_of_any_bytes_stay_inside_their_text(contents: list[bytes]) -> None:
    data = np.frombuffer(b"".join(contents), np.uint8)
    data.flags.writeable = False
    offsets = np.cumsum([0, *map(len, contents)], dtype=np.int64)
    start, end, characters, _, _, firsts = words(data, offsets)
    for text, (first, after) in enumerate(itertools.pairwise(firsts)):
        places = [int(place) for both in zip(start[first:after], end[first:after], strict=True) for place in both]
        assert [int(offsets[text]), *places, int(offsets[text + 1])] == sorted([*places, *offsets[text : text + 2]])
    assert (characters <= end - start).all()


def test_segments_of_real_texts_are_those_of_icu(shared_data: Path) -> None:
    """Of 500 languages; a tenth of the texts, and none that ICU takes otherwise."""
    with zstandard.open(shared_data / "langid_truth.jsonl.zst", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for number, line in enumerate(lines) if number % 10 == 0]
    texts = [text for text in texts if not is_tailored(text)]
    assert segments(texts) == [by_icu(text) for text in texts]


def test_tables_are_read_only() -> None:
    assert not breaks.WORD_BREAKS.flags.writeable
    assert not breaks.SENTENCE_BREAKS.flags.writeable


@pytest.mark.skipif(regex.__version__ != breaks_build.REGEX, reason="the tables are built with another regex")
def test_shipped_tables_are_the_built_ones(tmp_path: Path) -> None:
    breaks_build.build(tmp_path / "again.npz")
    with np.load(Path(breaks.__file__).with_name("breaks.npz")) as ours, np.load(tmp_path / "again.npz") as again:
        assert ours.files == again.files
        for name in ours.files:
            np.testing.assert_array_equal(ours[name], again[name])
