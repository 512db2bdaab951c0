"""Addresses of pages go as by the naive twin, which asks regular expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.edits.kernels.top_level import NAMES
from pipelines.edits.remove_urls import RemoveUrls
from tests import naive_edits
from tests.pipelines.edits.edited import after, places
from tests.pipelines.edits.strategies import texts

PIECES = (
    *("http://", "https://", "ftp://", "://", "/", "?", "(", ")", "@", ":", ".", ".", ".", "_", "-", "  ", " " * 9),
    *("example", "com", "co", "c", "de", ".com", ".de", "COM", "a.com", "x.de/y", "setup.py", "b" * 200, "1.2.3.4"),
    *("10.0.0.1", "299.1", "300.1.1.1", "1.", "12", "भारत", ".भारतम्", "भारत", ".рф", ".中国", "コム", "\u2003", "\x1c"),
    *("Com", "\u0130s", "\u0131t", "Quiet", "\u017fE", "\u0440\u0444"),
)


@given(texts(*PIECES), st.booleans())
def test_it_is_like_the_naive_twin(batch: list[str], begun: bool) -> None:
    assert after(RemoveUrls(begun=begun), batch) == [naive_edits.remove_urls(text, begun=begun) for text in batch]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see  a.com.  b", "see  b"),
        ("to" + " " * 15 + "a.com", "to     "),
        ("to" + " " * 15 + "a.com 1.2.3.4", "to"),
        ("to" + "x" * 300 + ".com", "to" + "x" * 44),
        ("to shttp://a.com", "to s"),
        ("to x1.2.3.4 x.1.2.3.4 999.1.2.3.4", "to x1.2.3.4 x. 999."),
        ("to http://1.2.3.4/a xhttp://1.2.3.4", "to xhttp://"),
        ("to a.com.de.x", "to"),
        ("to a.comma a.COM a.c", "to a.comma a.COM a.c"),
        (
            "to \N{DEVANAGARI LETTER KA}.com \N{DEVANAGARI LETTER KA}a.com",
            "to \N{DEVANAGARI LETTER KA}.com \N{DEVANAGARI LETTER KA}",
        ),
    ],
)
def test_what_an_address_is(text: str, left: str) -> None:
    assert after(RemoveUrls(), [text]) == [left]


def test_only_what_begins_with_a_top_level_domain_is_asked_for_names() -> None:
    batch = ["Quiet a.com", "The a.com", "İs a.com", "a.com", "", " to a.com", "Quiet 1.2.3.4"]
    assert after(RemoveUrls(), batch) == ["Quiet a.com", "The", "İs", "a.com", "", " to a.com", "Quiet"]
    assert after(RemoveUrls(begun=False), batch) == ["Quiet", "The", "İs", "", "", " to", "Quiet"]


def test_places_are_those_of_the_text_as_it_was() -> None:
    text = "to a.com by" + " " * 12 + "b.de 1.2.3.4, ärger 5.6.7.8"
    assert places(RemoveUrls(), [text, text]) == 2 * [[(2, 8), (11, 35), (42, 50)]]


def test_the_names_are_in_small_letters() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert [name for name in NAMES if name != name.lower() or name.startswith("xn--")] == []
