"""Lines go as by the naive twin, which asks one question after the other as datamap-rs does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.edits.drop_datamap_lines import DropDatamapLines
from tests import naive_edits
from tests.pipelines.edits.edited import after
from tests.pipelines.edits.strategies import texts

PIECES = (
    *("items in cart", " items in cart ", "Read more...", "Read more", "...", "Sign-in", "Sign-in ", "sign-in"),
    *(
        "3 likes",
        "1,2k Views",
        "FOUR",
        "ab cd",
        "\r\n",
        "\r",
        "\n\n",
        "\n",
        " ",
        "\u2003",
        "\u00c4\u00d6",
        "12",
        "it is",
        "re-use",
    ),
)


@given(
    texts(*PIECES),
    st.sampled_from([0, 0.3, 0.5, 1]),
    st.sampled_from([0, 0.5, 0.999999]),
    st.integers(0, 3),
    st.tuples(*[st.booleans()] * 4),
)
def test_it_is_like_the_naive_twin(
    batch: list[str], upper: float, digits: float, few: int, parts: tuple[bool, bool, bool, bool]
) -> None:
    counters, cart, read_more, sign_in = parts
    step = DropDatamapLines(
        max_uppercase=upper,
        max_digits=digits,
        min_words=few,
        counters=counters,
        cart=cart,
        read_more=read_more,
        sign_in=sign_in,
    )
    assert after(step, batch) == [naive_edits.drop_datamap_lines(text, upper, digits, few, parts) for text in batch]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # Per byte: of the first line half is in capitals, of the second a third.
        ("ÄÄ ab cd\nABC de", "ÄÄ ab cd\nABC de"),
        ("ABCD ef\nit is", "it is"),
        ("it is\n3 likes\n3 likes!\n3 likes of it", "it is\n3 likes of it"),
        ("it is\nhalf-way\nhome", "it is\nhalf-way"),
        ("it is\nread more... of it\nand Read more...\nRead more...", "it is\nread more... of it\nand"),
        ("so 2 items in cart now, and two items in cart", "so 2 now, and two "),
        ("Sign-in items in cart\nit is", "it is"),
        ("it moreRead moreab items in cart", "it more"),
        ("it is\r\nso it is\r\n\n\n\n\n", "it is\nso it is\n\n"),
        (" it is \n \n it is", " it is \n it is"),
        ("", ""),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert after(DropDatamapLines(), [text]) == [left]
