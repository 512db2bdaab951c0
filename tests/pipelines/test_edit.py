"""Edits change what they name and nothing else, and say what they did."""

import pyarrow as pa
import pytest

from pipelines.edit import EDITS, CapNewlines, Edit, MaskEmails, MaskIps, edit

every_edit = pytest.mark.parametrize("kind", EDITS.values(), ids=list(EDITS))


@every_edit
def test_its_examples_hold(kind: type[Edit]) -> None:
    texts, done = edit(pa.array([*kind.examples]), (kind(),))
    assert texts.to_pylist() == [*kind.examples.values()]
    assert [bool(entry) for entry in done] == [before != after for before, after in kind.examples.items()]


@every_edit
def test_it_says_what_it_is(kind: type[Edit]) -> None:
    assert kind.__doc__
    assert kind.source
    assert not kind().mistakes()


def test_untouched_texts_stay_as_they_are() -> None:
    texts, done = edit(pa.array(["a", "b@c.example", ""]), (MaskEmails(), CapNewlines()))
    assert texts.to_pylist() == ["a", "email@example.com", ""]
    assert done == [[], [{"edit": "mask_emails", "count": 1, "characters_removed": -6}], []]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("1.1.1.1", 1),
        ("10.0.0.1 127.0.0.1 169.254.1.1 203.0.113.5", 0),
        ("version 1.2.3.4.5", 0),
        ("999.8.8.8", 0),
        ("at 8.8.8.8.", 1),
        ("8.8.8.8, 9.9.9.9", 2),
    ],
)
def test_only_public_addresses_are_masked(text: str, masked: int) -> None:
    assert MaskIps().apply(text)[1] == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("x@y.org", 1),
        ("first.last+tag@mail.shop.example.", 1),
        ("not@localhost", 0),
        ("a@b@c.example", 1),
        ("twitter @name", 0),
        ("@" * 10_000, 0),
        ("a." * 10_000 + "@b.example", 1),
    ],
)
def test_addresses_are_found(text: str, masked: int) -> None:
    assert MaskEmails().apply(text)[1] == masked
