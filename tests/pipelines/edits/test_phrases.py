"""Phrases are found wherever they stand, by fours of bytes or without."""

import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.edits.kernels.phrases import contains, phrases

LISTS = [("javascript", "terms of use", "use cookies"), ("cookie policy", "uses cookies"), ("abc", "cdefghijk"), ()]
PIECES = [
    "javascript",
    "Terms of use",
    "use cooKies",
    "uses coo\u212aies",
    "\u212a",
    "cookie policy",
    "k",
    " ",
    "é",
    "x",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text("abcdefghijkABCK \u212a", max_size=9), max_size=6).map("".join)


@pytest.mark.parametrize("wanted", LISTS)
@given(text=TEXTS, before=TEXTS, behind=TEXTS)
@example(text="abc", before="", behind="")
@example(text="xxxxxxuses coo\u212aiesxxxxxxxxxxx", before="", behind="")
def test_phrases_are_found(wanted: tuple[str, ...], text: str, before: str, behind: str) -> None:
    data = np.frombuffer((before + text + behind).encode(), np.uint8)
    start = len(before.encode())
    expected = any(phrase in re.sub("\u212a", "k", text).lower() for phrase in wanted)
    assert contains(data, start, start + len(text.encode()), phrases(wanted)) == expected
