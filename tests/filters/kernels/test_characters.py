"""The tables say what Python says, and a character is read where it stands."""

import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.kernels import characters as c
from filters.kernels import characters_build

WORD = re.compile(r"\w")
#: Unicode 15.1 found that these are numbers, too
CORRECTED = frozenset("两京俩倆拐洞皕秭鈎钩")
#: characters of Unicode 3.2, which are the same in every Python but for those
OLD = [i for i in range(c.CODE_POINTS) if unicodedata.ucd_3_2_0.category(chr(i)) != "Cn" and chr(i) not in CORRECTED]
#: Python 3.11 has Unicode 14, as the tables have
CHECKED = range(c.CODE_POINTS) if sys.version_info[:2] == (3, 11) else OLD


def codes_with(flag: int) -> set[int]:
    """Name the code points that carry the flag."""
    return set(np.flatnonzero(c.CLASSES & flag).tolist())


@pytest.mark.parametrize(
    ("flag", "says"),
    [
        (c.SPACE, str.isspace),
        (c.LETTER, str.isalpha),
        (c.NUMBER, lambda one: one.isnumeric() or unicodedata.category(one)[0] == "N"),
        (c.WORD, lambda one: WORD.match(one) is not None),
        (c.PUNCTUATION, lambda one: unicodedata.category(one)[0] == "P"),
        (c.SYMBOL, lambda one: unicodedata.category(one)[0] == "S"),
        (c.MARK, lambda one: unicodedata.category(one)[0] == "M"),
    ],
)
def test_flag_is_what_python_says(flag: int, says: Callable[[str], bool]) -> None:
    """Each flag holds for the characters for which Python's own question holds."""
    assert codes_with(flag) & set(CHECKED) == {i for i in CHECKED if says(chr(i))}


def test_lower_case_is_what_python_says() -> None:
    """One code point each; the only character that would need two is known."""
    assert [int(c.LOWER[i]) for i in CHECKED] == [ord(chr(i).lower()[0]) for i in CHECKED]
    assert [chr(i) for i in CHECKED if len(chr(i).lower()) > 1] == ["İ"]


def test_lower_case_of_lower_case_is_itself() -> None:
    """Lower case is lower case."""
    np.testing.assert_array_equal(c.LOWER[c.LOWER], c.LOWER)


def test_tables_are_read_only() -> None:
    """No reader may change what the next one reads."""
    assert not c.CLASSES.flags.writeable
    assert not c.LOWER.flags.writeable


@pytest.mark.parametrize("character", "中文漢々〇あんアー가힣ㄱﾊ𠀀")
def test_characters_written_without_spaces_are_single(character: str) -> None:
    """Han, kana and hangul, also rare ones."""
    assert c.CLASSES[ord(character)] & c.SINGLE


@pytest.mark.parametrize("character", "aZ0_éжαא한"[:-1] + "กক・。、「 ")
def test_other_characters_are_not_single(character: str) -> None:
    """Other scripts, and East Asian punctuation."""
    assert not c.CLASSES[ord(character)] & c.SINGLE


def test_every_single_is_a_word_character() -> None:
    """A token is made of word characters."""
    assert codes_with(c.SINGLE) <= codes_with(c.WORD)


@given(st.text())
def test_spaces_part_words_as_split_does(text: str) -> None:
    """Words are those of str.split()."""
    parted = "".join(" " if c.CLASSES[ord(one)] & c.SPACE else one for one in text)
    assert [word for word in parted.split(" ") if word] == text.split()


@given(st.text(min_size=1))
@settings(deadline=None)  # the kernel compiles once
def test_decode_reads_the_text(text: str) -> None:
    """Every character in turn, and nothing after the last."""
    data, i, seen = np.frombuffer(text.encode(), np.uint8), 0, []
    while i < len(data):
        code_point, i = c.decode(data, i, len(data))
        seen.append(chr(code_point))
    assert "".join(seen) == text
    assert i == len(data)


@given(st.binary(min_size=1, max_size=12))
@settings(deadline=None)  # the kernel compiles once
def test_decode_of_any_bytes_stays_inside(content: bytes) -> None:
    """What is no UTF-8 is read past, byte by byte, within the tables."""
    data, i = np.frombuffer(content, np.uint8), 0
    while i < len(data):
        code_point, following = c.decode(data, i, len(data))
        assert 0 <= code_point < c.CODE_POINTS
        assert i < following <= len(data)
        i = following


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="the tables are built under Python 3.11")
def test_shipped_tables_are_the_built_ones(tmp_path: Path) -> None:
    """Nobody edits the file by hand."""
    characters_build.build(tmp_path / "again.npz")
    shipped = Path(c.__file__).with_name("characters.npz")
    with np.load(shipped) as ours, np.load(tmp_path / "again.npz") as again:
        assert ours.files == again.files
        for name in ours.files:
            np.testing.assert_array_equal(ours[name], again[name])
