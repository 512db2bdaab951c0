"""Notices of copyright: what the kernel tells of a text is what folding it and matching patterns tells."""

# ruff: noqa: RUF001  # signs that look like others are what it is about

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.extraction.kernels.notices import ALL_RESERVED, NOTHING, NOTICE, UNREAD, notice
from rights.licence_names import licence_begins

FAMILIES = {NOTHING: None, NOTICE: "copyright-notice", ALL_RESERVED: "all-rights-reserved"}
BEGINNINGS = [
    "©",
    "(c) ",
    "(C) ",
    "Copyright",
    "copyright ",
    "COPYRIGHT",
    "All rights reserved",
    "all  rights\nreserved",
]
SIGNS = [
    "©",
    "(c)",
    "&copy;",
    " ",
    "\n",
    "\xa0",
    "\u200b",
    "\xad",
    "\u0301",
    "\x1c",
    "\x85",
    "-",
    ",",
    ":",
    ".",
    "_",
    "|",
]
WORDS = [
    "2020",
    "19",
    "1999",
    "２０２０",
    "by ",
    "by",
    "Ann",
    "é",
    "許",
    "ⓒ",
    "s",
    "ſ",
    "ı",
    "Å",
    " " * 110,
    "x" * 110,
    "\0",
]
ENDINGS = ["algunos ", "Alguns", "alcuni\xa0", "pewne ", "niektóre ", "niektore  ", "Ann. ", "os", "©", "companies "]
TEXTS = st.lists(st.sampled_from([*BEGINNINGS, *SIGNS, *WORDS]) | st.text(max_size=2), max_size=6).map("".join)


def told(before: str, text: str, behind: str = "") -> int:
    """Ask the kernel what a text begins with, that stands between others in memory."""
    parts = [part.encode("utf-8", "replace") for part in (before, text, behind)]
    data = np.frombuffer(b"".join([*parts, b"c) 2020 " * 4]), np.uint8)
    at = len(parts[0])
    return notice(data, 0, at, at + len(parts[1]))


def known(before: str, text: str) -> str | None:
    """Name the family of what a text begins with."""
    found = licence_begins(before, text)
    return found.family if found else None


@given(before=st.sampled_from(["", *ENDINGS]) | TEXTS, begin=st.sampled_from(BEGINNINGS), text=TEXTS, behind=TEXTS)
@example(before="", begin="Copyright", text="", behind=" 2020")
@example(before="", begin="Copyright", text=" 2\u200b020", behind="")
@example(before="", begin="(c) ", text="by\u200b 2020", behind="")
@example(before="", begin="Copyright", text="----(\u200bc)", behind="")
@example(before="", begin="©", text=" :,x", behind="")
@example(before="", begin="©", text=" :, x", behind="")
@example(before="", begin="Copyright", text="-----2020", behind="")
@example(before="", begin="Copyright", text=" " * 109 + "2020", behind="")
@example(before="algunos ", begin="All rights reserved", text="", behind="")
@example(before="algunos" + " " * 20, begin="All rights reserved", text="", behind="")
@example(before="", begin="All rights reserved", text="", behind="x")
@example(before="", begin="All rights reserved", text="_", behind="")
def test_it_tells_what_folding_tells(before: str, begin: str, text: str, behind: str) -> None:
    found = told(before, begin + text, behind)
    assert found == UNREAD or FAMILIES[found] == known(before, begin + text)


@given(before=TEXTS, text=TEXTS)
def test_whatever_else_begins_is_left_to_others(before: str, text: str) -> None:
    found = told(before, text + "x")
    assert found == UNREAD or FAMILIES[found] == known(before, text + "x")


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("", "© 2020 Ann", NOTICE),
        ("", "©2020", NOTICE),
        ("", "©, Ann", NOTICE),
        ("", "©\xa0Ann", NOTICE),
        ("", "Copyright © Ann", NOTICE),
        ("", "COPYRIGHT (C) Ann", NOTICE),
        ("", "copyright &copy; Ann", NOTICE),
        ("", "Copyright, 1999", NOTICE),
        ("", "(c) 2020", NOTICE),
        ("", "(C)  by 2020", NOTICE),
        ("© 2020 Ann. ", "All Rights Reserved.", ALL_RESERVED),
        ("Companies ", "all  rights\nreserved", ALL_RESERVED),
        ("", "copyright law", NOTHING),
        ("", "Copyrighted", NOTHING),
        ("", "copyright in 2020", NOTHING),
        ("", "©", NOTHING),
        ("", "© - Ann", NOTHING),
        ("", "(c) the third", NOTHING),
        ("", "© Åse", UNREAD),
        ("algunos ", "all rights reserved", UNREAD),
        ("", "Alle Rechte vorbehalten", UNREAD),
    ],
)
def test_what_most_pages_say_is_told(before: str, text: str, expected: int) -> None:
    assert told(before, text) == expected


@given(st.binary(), st.binary(min_size=1))
def test_any_bytes_are_read(before: bytes, raw: bytes) -> None:
    data = np.frombuffer(before + raw + bytes(8), np.uint8)
    assert notice(data, 0, len(before), len(before) + len(raw)) in {UNREAD, *FAMILIES}
