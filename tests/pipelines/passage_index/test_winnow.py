"""The kernels keep what the paper keeps, and texts that share enough share a fingerprint there."""

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from filters.kernels.characters import CODE_POINTS
from pipelines.passage_index.scheme import SCHEME, WORD_UNITS, Scheme
from pipelines.passage_index.tokens import tables
from pipelines.passage_index.winnow import bytes_of, postings_of
from tests import naive_winnow, odd

SMALL = Scheme(4, 6)
#: what parts words, and what belongs to none
GAPS = [" ", "\n", " ", "  ", ", ", "-", ". \t", "—", "'", "_", "\u3000", "。", "!? (", "\0", "🙂"]
OFTEN = "aB 0éßİ\u0131Σς'-_がﾊﾞﾟ゛한ไทยกำ漢字ཀཁ\u0301\u200d\u0307\u20e3ﬁ½²ﷺㄱ"
WORDS = [
    "a",
    "don",
    "Straße",
    "x1",
    "naïve",
    "ΟΔΟΣ",
    "привет",
    "حَرَكة",
    "हिन्दी",
    "한국어",
    "internationalisation",
    "12345678",
]
CHARACTERS = list("漢字かなカナがパไทยกขລາວខ្មမြန")
KATAKANA = "ガイドブックパーティービールデザインドアベンチピアノゲームゴルフボール"


def fingerprints(texts: list[str], scheme: Scheme = SCHEME) -> list[list[int]]:
    """List the hashes of each text as they were chosen, by the kernels."""
    found: list[list[int]] = [[] for _ in texts]
    data, offsets = bytes_of(pa.array(texts, pa.string()))
    for posting in postings_of(data, offsets, 0, scheme).tolist():
        row = posting & ((1 << (63 - scheme.bits)) - 1)
        found[row].append(posting >> (63 - scheme.bits))
    return found


@given(odd.texts(OFTEN, most=80), st.sampled_from([SCHEME, SMALL, Scheme(1, 2, 52)]))
@settings(max_examples=60)
def test_the_naive_twin_agrees(texts: list[str], scheme: Scheme) -> None:
    expected = [[hash_ for _, hash_ in naive_winnow.fingerprints(text, scheme)] for text in texts]
    assert fingerprints(texts, scheme) == expected


@given(st.lists(st.sampled_from(WORDS + CHARACTERS), max_size=80), st.sampled_from(GAPS))
@settings(max_examples=40)
def test_the_naive_twin_agrees_on_long_texts(run: list[str], gap: str) -> None:
    text = gap.join(run)
    assert fingerprints([text]) == [[hash_ for _, hash_ in naive_winnow.fingerprints(text, SCHEME)]]


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="the tables are built under Python 3.11")
def test_every_character_is_folded_as_the_twin_folds_it() -> None:
    kinds, values, sequences = tables()
    names = {0: "", 1: "skipped", 8: "word", 16: "single", 128: "mark"}
    for point in [*range(0x3100), *range(0xA000, 0xD7B0, 7), *range(0xF900, 0x11800), *range(0x1D400, 0x20000)]:
        one = chr(point)
        if unicodedata.category(one) in {"Cn", "Cs", "Co"} and not kinds[point]:
            continue
        assert naive_winnow.kind(one) == names[kinds[point]], hex(point)
        if kinds[point] > 1:
            value = values[point]
            spelt = [value] if value >= 0 else [each for each in sequences[-1 - value] if each]
            assert "".join(map(chr, spelt)) == naive_winnow.folded(one), hex(point)
    assert len(kinds) == len(values) == CODE_POINTS


def spelt(run: list[str], gaps: list[str], cases: list[int]) -> str:
    """Write words with what is between them, in one case or another."""
    forms = (str, str.upper, str.lower, str.title, lambda word: unicodedata.normalize("NFD", word))
    changed = (forms[case](word) for word, case in zip(run, cases, strict=True))
    return "".join(word + gap for word, gap in zip(changed, gaps, strict=True))


@st.composite
def sharing(draw: st.DrawFn, tokens: list[str], least: int) -> tuple[str, str, str]:
    """Make two texts that share a run, written differently, and the run alone."""
    run = draw(st.lists(st.sampled_from(tokens), min_size=least, max_size=least + 8))
    many = st.lists(st.sampled_from(GAPS), min_size=len(run), max_size=len(run))
    case = st.lists(st.integers(0, 4), min_size=len(run), max_size=len(run))
    one, other, alone = (spelt(run, draw(many), draw(case)) for _ in range(3))
    around = st.lists(st.sampled_from(WORDS + CHARACTERS), max_size=30).map(" ".join)
    return f"{draw(around)} {one} {draw(around)}", f"{draw(around)} {other} {draw(around)}", alone


@given(sharing(WORDS, SCHEME.words))
@settings(max_examples=80)
def test_texts_that_share_fifteen_words_share_a_fingerprint_there(texts: tuple[str, str, str]) -> None:
    one, other, alone = map(set, fingerprints(list(texts)))
    assert one & other & alone


@given(sharing(CHARACTERS, SCHEME.characters))
@settings(max_examples=40)
def test_so_do_texts_without_spaces(texts: tuple[str, str, str]) -> None:
    one, other, alone = map(set, fingerprints(list(texts)))
    assert one & other & alone


@given(sharing(WORDS + CHARACTERS, 16), st.sampled_from([SCHEME, SMALL]))
@settings(max_examples=40)
def test_so_do_texts_of_both(texts: tuple[str, str, str], scheme: Scheme) -> None:
    assume(sum(units for _, units in naive_winnow.tokens(texts[2])) > scheme.characters)
    one, other, alone = map(set, fingerprints(list(texts), scheme))
    assert one & other & alone


@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", KATAKANA),
        "ｶﾞｲﾄﾞﾌﾞｯｸﾊﾟｰﾃｨｰﾋﾞｰﾙﾃﾞｻﾞｲﾝﾄﾞｱﾍﾞﾝﾁﾋﾟｱﾉｹﾞｰﾑｺﾞﾙﾌﾎﾞｰﾙ",
        "゛".join(unicodedata.normalize("NFD", KATAKANA).split("\u3099")),
    ],
)
def test_kana_are_the_same_in_any_form(written: str) -> None:
    one, other = fingerprints([KATAKANA, written])
    assert len(one) > 1
    assert list(one) == list(other)


def test_one_word_less_may_be_missed() -> None:
    words = [f"w{number}" for number in range(40)]
    missed = 0
    for first in range(20):
        run = " ".join(words[first : first + SCHEME.words - 1])
        one, other = fingerprints([f"a b c d e f g {run} h i j k l m n", f"n m l k j i {run} g f e d c b a"])
        missed += not set(one) & set(other)
    assert missed


def test_a_text_below_the_guarantee_gives_its_least_shingle_and_one_below_a_shingle_none() -> None:
    shortest, shorter = "one two three four five six seven eight nine", "one two three four five six seven"
    assert [len(found) for found in fingerprints([shortest, shorter, "", "。"])] == [1, 0, 0, 0]


def test_bytes_that_are_no_text_are_read_within_bounds() -> None:
    generator = np.random.default_rng(3)
    for size in range(1, 60):
        data = generator.integers(128, 256, size).astype(np.uint8)
        postings_of(data, np.array([0, size], np.int64), 0, Scheme(1, 2))


def test_rows_that_do_not_fit_beside_a_hash_are_refused() -> None:
    data, offsets = bytes_of(pa.array(["a"] * 200))
    with pytest.raises(ValueError, match="at most 2\\^7 texts"):
        postings_of(data, offsets, 0, Scheme(bits=56))


def test_the_guarantee_says_what_the_numbers_come_to() -> None:
    assert (SCHEME.words, SCHEME.characters) == (15, 31)
    assert (Scheme(16, 48).words, Scheme(16, 48).characters) == (31, 63)
    assert "at least 15 words" in SCHEME.guarantee
    assert WORD_UNITS * SCHEME.words == SCHEME.characters - 1
