"""Words as extraction is measured by, against their definition read character by character."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.extraction.words import is_unspaced, words

ODD = "中文日本語カナー、。กำแพงကြီးខ្មែรहिन्दी한국어éé́ẹ́ ﬁ ا\u064bب_-'’…\u00ad\u200b\u200c\u200d\ufeff\u3099\ufe0f❤𠀀𝒳1٣"  # noqa: RUF001  # odd on purpose
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=("Cs",))))
INVISIBLE = {0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF}


def naive(text: str) -> list[str]:
    found, state = [], ""
    for character in unicodedata.normalize("NFC", text):
        if ord(character) in INVISIBLE:
            continue
        letter = character.isalnum() or character == "_"
        mark = unicodedata.category(character).startswith("M")
        unspaced = is_unspaced(ord(character))
        if letter and (unspaced or state != "run"):
            found.append("")
            state = "alone" if unspaced else "run"
        elif not letter and not (mark and (state == "alone" or (state == "run" and not unspaced))):
            state = ""
        if state:
            found[-1] += character
    return found


@given(TEXTS)
def test_words_are_as_defined(text: str) -> None:
    assert words(text) == naive(text)


@given(st.text(st.characters(max_codepoint=0x1FFF)))
def test_words_of_nearer_scripts_are_as_defined(text: str) -> None:
    assert words(text) == naive(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's a test_1, isn't it?", ["It", "s", "a", "test_1", "isn", "t", "it"]),
        ("我们2024年见 OK", ["我", "们", "2024", "年", "见", "OK"]),
        ("カナー。", ["カ", "ナ", "ー"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("co\u00adoperate e\u0301t\u00e9", ["cooperate", "été"]),
        ("❤\ufe0f \u0301", []),
        ("", []),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert words(text) == expected
