"""Edits are applied in order; what they did is told in characters, and what they did not touch stays as it was."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts
from filters.units import Units
from pipelines.edits.apply import EDIT, edit
from pipelines.edits.cap_newlines import CapNewlines
from pipelines.edits.edit import Cuts, Edit
from pipelines.edits.mask_emails import MaskEmails
from tests import naive_edits
from tests.pipelines.edits.strategies import CHARACTERS

Rows = list[tuple[int, int, int]]


class Given(Edit):
    """Cuts what it is told to, in bytes of the batch."""

    name: ClassVar = "given"
    source: ClassVar = "these tests"
    examples: ClassVar = {}

    rows: Rows
    put: bytes | tuple[bytes, ...] | None = b""

    def find(self, texts: Texts) -> Cuts:
        """Give the rows, whatever the texts."""
        del texts
        columns = np.array(self.rows, np.int64).reshape(-1, 3).T.copy()
        return Cuts(*columns, put=self.put)


def _batch(*texts: str) -> Texts:
    return Texts(documents([*texts]))


@given(st.lists(st.lists(st.text(CHARACTERS, max_size=4), max_size=7), max_size=5), st.text(CHARACTERS, max_size=3))
def test_texts_are_spliced_like_strings(pieces: list[list[str]], put: str) -> None:
    rows, puts, spans, place = _every_second(pieces, put)
    edited, done = edit(_batch(*map("".join, pieces)), (Given(rows=rows, put=puts),))
    edited.column.validate(full=True)
    assert edited.column.to_pylist() == [naive_edits.spliced(parts, put) for parts in pieces]
    found = [
        [(span["start"], span["end"]) for entry in entries for span in entry["spans"]] for entries in done.to_pylist()
    ]
    assert found == spans
    assert place == sum(len("".join(parts).encode()) for parts in pieces)


def _every_second(
    pieces: list[list[str]], put: str
) -> tuple[Rows, tuple[bytes, ...], list[list[tuple[int, int]]], int]:
    """Cut the second, the fourth and so on of each text's pieces, and put something else there each time."""
    rows: Rows = []
    spans: list[list[tuple[int, int]]] = []
    place = 0
    for text, parts in enumerate(pieces):
        spans.append([])
        for number, part in enumerate(parts):
            end = place + len(part.encode())
            if number % 2:
                first = sum(map(len, parts[:number]))
                rows.append((text, place, end))
                spans[-1].append((first, first + len(part)))
            place = end
    return rows, tuple((put * (number % 3)).encode() for number in _numbers(pieces)), spans, place


def _numbers(pieces: list[list[str]]) -> list[int]:
    return [number for parts in pieces for number in range(len(parts)) if number % 2]


def test_edits_are_applied_in_order_and_each_tells_of_the_text_that_it_received() -> None:
    edited, done = edit(_batch("ä\n\n\n\nb@c.example", "", "x@y.example"), (CapNewlines(), MaskEmails()))
    assert edited.column.to_pylist() == ["ä\n\nemail@example.com", "", "email@example.com"]
    newlines = _entry("cap_newlines", 2, 0, (3, 5))
    assert done.to_pylist() == [
        [newlines, _entry("mask_emails", 11, 17, (3, 14))],
        [],
        [_entry("mask_emails", 11, 17, (0, 11))],
    ]
    assert done.type == pa.list_(EDIT)


def _entry(name: str, removed: int, put: int, *spans: tuple[int, int]) -> dict[str, object]:
    places = [{"start": start, "end": end} for start, end in spans]
    return {"edit": name, "count": len(spans), "characters_removed": removed, "characters_put": put, "spans": places}


def test_texts_that_no_edit_touches_come_back_themselves() -> None:
    texts = _batch("a", "")
    edited, done = edit(texts, (CapNewlines(), MaskEmails()))
    assert edited is texts
    assert done.to_pylist() == [[], []]


def test_what_is_only_counted_stays() -> None:
    texts = _batch("b@c.example")
    edited, done = edit(texts, (MaskEmails(policy="count"),))
    assert edited is texts
    assert done.to_pylist() == [[_entry("mask_emails", 0, 0, (0, 11))]]


def test_edited_texts_know_the_first_ones_and_all_else() -> None:
    units, resources = Units(lines="unicode"), {"model": 1}
    first = Texts(documents(["a\n\n\n\nb"]), resources, units)
    second, _ = edit(first, (CapNewlines(),))
    third, _ = edit(second, (CapNewlines(most=1),))
    assert third.column.to_pylist() == ["a\nb"]
    assert third.before is second.before is first
    assert third.units is units
    assert third.resources is resources
    assert third.batch.schema == first.batch.schema
    assert third.batch.drop_columns("text") == first.batch.drop_columns("text")


def test_an_edit_may_put_more_than_it_takes() -> None:
    edited, done = edit(_batch("ab"), (Given(rows=[(0, 0, 0), (0, 1, 1), (0, 2, 2)], put="é".encode()),))
    assert edited.column.to_pylist() == ["éaébé"]
    assert done.to_pylist() == [[_entry("given", 0, 3, (0, 0), (1, 1), (2, 2))]]


@pytest.mark.parametrize(
    ("rows", "put"),
    [
        ([(0, 1, 3)], b""),
        ([(1, 1, 2)], b""),
        ([(0, 1, 0)], b""),
        ([(2, 4, 4)], b""),
        ([(-1, 0, 0)], b""),
        ([(1, 2, 3), (0, 0, 1)], b""),
        ([(0, 0, 2), (0, 1, 2)], b""),
        ([(0, 0, 1)], (b"", b"")),
    ],
)
def test_places_that_lie_elsewhere_are_refused(rows: Rows, put: bytes | Sequence[bytes]) -> None:
    with pytest.raises(ValueError, match="given: expected"):
        edit(_batch("ab", "cd"), (Given(rows=rows, put=put),))


def test_more_than_arrow_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="make batches smaller"):
        edit(_batch("a" * 3000), (Given(rows=[(0, n, n) for n in range(3000)], put=b"x" * 800_000),))


def test_an_edit_that_stands_twice_is_told_apart() -> None:
    edited, done = edit(_batch("a\n\n\nb", "c\n\nd"), (CapNewlines(), CapNewlines(column="again", most=1)))
    assert edited.column.to_pylist() == ["a\nb", "c\nd"]
    told = [[(entry["edit"], entry["spans"]) for entry in entries] for entries in done.to_pylist()]
    assert told == [
        [("cap_newlines", [{"start": 3, "end": 4}]), ("again", [{"start": 2, "end": 3}])],
        [("again", [{"start": 2, "end": 3}])],
    ]
