"""What names of elements say: whole and in parts, and the same however often and wherever they come."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.kernels.keys import key_of
from pipelines.extraction.kernels.layout import KIND, KIND_COMMENTS, OWN_HIGH, OWN_LOW
from pipelines.extraction.model import hint_table
from pipelines.extraction.page import Scanner

WEIGHTS = {"post": 50, "content": 120, "post-content": 300, "menu": -200, "main": 90, "promo": -400, "x1y": 5}
SCANNER = Scanner(hint_table({key_of(name): weight for name, weight in WEIGHTS.items()}), np.zeros(2, np.uint64))


def said(value: str) -> tuple[int, int]:
    """Give lowest and highest weight, the slow and obvious way."""
    found = [0]
    for name in value.split():
        pieces = re.split(r"(?<=[a-z])(?=[A-Z])", name)
        parts = [part.lower() for piece in pieces for part in re.findall(r"[a-zA-Z\x80-\U0010ffff]+", piece)]
        parts = [part for part in parts if len(part.encode()) > 1]
        names = [*parts, name.lower()] if len(parts) > 1 else parts
        found += [WEIGHTS[part] for part in names if part in WEIGHTS]
    return min(found), max(found)


def scanned(values: list[str]) -> list[tuple[int, int]]:
    html = "".join(f'<div class="{value}"></div>' for value in values)
    containers = SCANNER.scan(html.encode()).containers[1:]
    return [(int(low), int(high)) for low, high in containers[:, [OWN_LOW, OWN_HIGH]]]


def test_names_are_read_whole_and_in_parts() -> None:
    values = ["post-content", "mainMenu", "menu main2", "PROMO", "postcontent", "post_content promo", "", "x1y"]
    assert scanned(values) == [(0, 300), (-200, 90), (-200, 90), (-400, 0), (0, 0), (-400, 120), (0, 0), (0, 0)]
    assert scanned(values) == [said(value) for value in values]


@given(st.lists(st.text("aBé-_ 1post", max_size=50), max_size=3))
def test_names_of_any_letters(values: list[str]) -> None:
    assert scanned(values) == [said(value) for value in values]


@given(
    st.lists(
        st.sampled_from(["post", "post-content", "promo menu", "main-menu x", "", "a" * 9, "menu " * 4]), max_size=30
    )
)
def test_a_value_says_the_same_each_time(values: list[str]) -> None:
    assert scanned(values) == [said(value) for value in values]


def test_more_values_than_are_remembered() -> None:
    values = [f"x{number} post" if number % 3 else "promo" for number in range(2000)] * 2
    assert scanned(values) == [said(value) for value in values]


def test_a_name_may_say_outright_what_an_element_is() -> None:
    containers = SCANNER.scan(b'<div id="comments"><p>x</p></div>').containers
    assert containers[2, KIND] & KIND_COMMENTS
