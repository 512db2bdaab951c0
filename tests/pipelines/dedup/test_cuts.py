"""All but the first of equal passages go, whatever the order they come in; what is left and what went is the text."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts
from pipelines.dedup.cuts import OCCURRENCE, REPEAT, Keep, Parts, cut, occurrences, of_shard, repeats
from pipelines.dedup.passages import Lines, Paragraphs, passages
from pipelines.edits.edit import Edit
from tests import naive_passages as naive
from tests.odd import CHARACTERS

#: few hashes, documents and places, so that much is equal
ROWS = st.lists(st.tuples(*(st.integers(0, 2) for _ in range(4))), max_size=20, unique_by=lambda row: row[2:])
PIECE = st.sampled_from([*"ab. \n", "\t", "\r\n", "\n\n", "é", "\u3000"]) | CHARACTERS


def batch(values: list[str]) -> Texts:
    """Lay texts out as a batch that does not begin where its bytes do."""
    return Texts(documents(["before", *values]).slice(1))


def rows(found: list[tuple[int, int, int, int]]) -> pa.Table:
    """Make occurrences of hash, check, place and start."""
    columns = [[row[place] for row in found] for place in range(4)]
    return pa.table([*columns, [row[3] + 1 for row in found]], schema=OCCURRENCE)


def parts_of(texts: Texts, values: list[str], parts: list[list[tuple[int, int]]]) -> Parts:
    """Lay parts out as bytes of a batch."""
    bounds = [
        (text, *(int(texts.offsets[text]) + len(values[text][:place].encode()) for place in part))
        for text, inside in enumerate(parts)
        for part in sorted(inside)
    ]
    return Parts(*np.array(bounds, np.int64).reshape(-1, 3).T)


@given(ROWS, st.sampled_from(["first", "none"]), st.randoms(use_true_random=False))
def test_repeats_are_those_of_the_twin(found: list[tuple[int, int, int, int]], keep: Keep, random: object) -> None:
    """All but the first by place and start, or all; the order of the rows decides nothing."""
    random.shuffle(found)
    gone = repeats(rows(found), keep)
    assert gone.schema == REPEAT
    twin = naive.repeated([(row[:2], row[2], row[3]) for row in found], keep)
    assert [*zip(gone["place"].to_pylist(), gone["start"].to_pylist(), strict=True)] == sorted(twin)


def test_the_check_tells_apart_what_the_hash_does_not() -> None:
    """Two passages whose first hashes collide both stay."""
    assert len(repeats(rows([(7, 1, 0, 0), (7, 2, 1, 0)]))) == 0
    assert len(repeats(rows([(7, 1, 0, 0), (7, 1, 1, 0)]))) == 1


@st.composite
def texts_and_parts(draw: st.DrawFn) -> tuple[list[str], list[list[tuple[int, int]]]]:
    """Draw texts, and parts of them, which may touch, overlap, repeat, and be blank."""
    values, parts = [], []
    for pieces in draw(st.lists(st.lists(st.tuples(PIECE, st.booleans(), st.integers(0, 2)), max_size=14), max_size=4)):
        ends = np.cumsum([0, *(len(piece) for piece, _, _ in pieces)]).tolist()
        values.append("".join(piece for piece, _, _ in pieces))
        goes = [place for place, (_, gone, _) in enumerate(pieces) if gone]
        parts.append([(ends[place], ends[min(place + 1 + pieces[place][2], len(pieces))]) for place in goes])
    return values, parts


@settings(max_examples=200)
@given(texts_and_parts())
def test_what_is_left_is_that_of_the_twin(drawn: tuple[list[str], list[list[tuple[int, int]]]]) -> None:
    """Without the parts, and without the white space that parted them."""
    values, parts = drawn
    given = batch(values)
    left, _ = cut(given, parts_of(given, values, parts))
    assert left.column.to_pylist() == [naive.without(*pair) for pair in zip(values, parts, strict=True)]


@given(texts_and_parts())
def test_what_is_left_and_what_went_are_the_text(drawn: tuple[list[str], list[list[tuple[int, int]]]]) -> None:
    """The spans of the record, put back where they were taken out, give the text as it was; none goes that need not."""
    values, parts = drawn
    given = batch(values)
    left, edits = cut(given, parts_of(given, values, parts), "repeated_lines")
    for value, rest, inside, done in zip(values, left.column.to_pylist(), parts, edits.to_pylist(), strict=True):
        spans = [(span["start"], span["end"]) for one in done for span in one["spans"]]
        bounds = [0, *(place for span in spans for place in span), len(value)]
        assert rest == "".join(value[start:end] for start, end in [*pairwise(bounds)][::2])
        kept = {place for place in range(len(value)) if not any(start <= place < end for start, end in inside)}
        gone = {place for start, end in spans for place in range(start, end)}
        assert all(naive.is_blank(value[place]) for place in gone & kept)
        assert all(naive.is_blank(value[place]) for place in set(range(len(value))) - kept - gone)
        assert [one["edit"] for one in done] == ["repeated_lines"] * (len(spans) > 0)
        assert sum(one["characters_removed"] for one in done) == len(value) - len(rest)


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("a\nb\nc", "b", "a\nc"),
        ("a\n\nb\n\nc", "b", "a\n\nc"),
        ("a\nb\n\nc", "b", "a\n\nc"),
        ("a\n\nb\nc", "b", "a\n\nc"),
        ("a\r\nb\r\nc", "b\r", "a\r\nc"),
        ("a\n    b\n    c", "    b", "a\n    c"),
        ("a\n\n  b\n    c", "  b", "a\n\n    c"),
        ("a  \nb\nc", "b", "a  \nc"),
        ("b\n  c", "b", "  c"),
        ("a\nb\n", "b", "a"),
        (" \nb\n ", "b", ""),
        ("b", "b", ""),
        ("One. Two. Three.", "Two.", "One. Three."),
        ("One. Two.\nThree.", "Two.", "One.\nThree."),
        ("One.\nTwo. Three.", "Two.", "One.\nThree."),
        ("wanted to go to the store", " to go to the ", "wanted store"),
        ("a b", " ", "a b"),
    ],
)
def test_what_parts_the_neighbours_stays(text: str, part: str, left: str) -> None:
    """One separator, the stronger one."""
    given = batch([text])
    start = text.index(part)
    rest, _ = cut(given, parts_of(given, [text], [[(start, start + len(part))]]))
    assert rest.column.to_pylist() == [left]


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(["a", "A", "b 1", "b 2", " ", "", "c"])).map("\n".join), max_size=6))
def test_repeated_lines_go_from_a_collection(values: list[str]) -> None:
    """Found in two batches and cut from each as if it were a shard, in an order that is not that of the batches."""
    halves = [values[::2], values[1::2]]
    places = [np.arange(len(values), dtype=np.int64)[::-1][half::2] for half in range(2)]
    batches = [batch(half) for half in halves]
    found = [occurrences(passages(b, Paragraphs()), b.offsets, p) for b, p in zip(batches, places, strict=True)]
    gone = repeats(pa.concat_tables(found[::-1]))
    seen: set[str] = set()
    wanted = []
    for value in reversed(values):
        parts = []
        for start, end in naive.lines(value):
            key = naive.ccnet(value[start:end])
            if key and key in seen:
                parts.append((start, end))
            seen.add(key)
        wanted.append(naive.without(value, parts))
    left = [cut(b, of_shard(gone, b.offsets, p))[0].column.to_pylist() for b, p in zip(batches, places, strict=True)]
    together = [""] * len(values)
    together[::2], together[1::2] = left
    assert together == wanted[::-1]


@given(st.lists(st.lists(st.sampled_from(["a", " a", "a ", "b", "  b\r", " ", ""])).map("\n".join), max_size=6))
def test_no_line_is_left_twice(values: list[str]) -> None:
    """Cutting lines changes no other line, and so brings no new repeat about."""
    given, places = batch(values), np.arange(len(values))
    gone = repeats(occurrences(passages(given, Lines()), given.offsets, places))
    left, _ = cut(given, of_shard(gone, given.offsets, places))
    assert len(repeats(occurrences(passages(left, Lines()), left.offsets, places))) == 0
    kept = {line for value in left.column.to_pylist() for line in value.split("\n") if not naive.is_blank(line)}
    assert kept == {line for value in values for line in value.split("\n") if not naive.is_blank(line)}


def test_nothing_to_cut_leaves_the_texts_as_they_are() -> None:
    """They are the same texts, with no edit of any."""
    given = batch(["a", "b"])
    found = passages(given, Lines())
    gone = repeats(occurrences(found, given.offsets, np.arange(2)))
    left, edits = cut(given, of_shard(gone, given.offsets, np.arange(2)))
    assert left is given
    assert edits.to_pylist() == [[], []]
    assert len(of_shard(gone, np.zeros(1, np.int64), np.zeros(0, np.int64)).text) == 0


def test_other_texts_are_refused() -> None:
    """A passage that ends behind its text would be cut from the next."""
    gone = pa.table([[0], [0], [3]], schema=REPEAT)
    with pytest.raises(ValueError, match="ends outside its text"):
        of_shard(gone, np.array([0, 2]), np.array([0]))


def test_no_recipe_knows_the_cut_of_passages() -> None:
    """It is an edit for the record alone."""
    from pipelines.edits.catalog import edits  # noqa: PLC0415  # imports every edit

    assert "repeated_passages" not in edits()
    assert all(issubclass(kind, Edit) for kind in edits().values())
