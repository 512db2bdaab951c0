"""Repeated substrings are those of the slow twin; the first of each stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.document import documents
from filters.texts import Texts
from pipelines.dedup.cuts import Keep, Parts, cut
from pipelines.dedup.substrings import MEMORY_PER_BYTE, Substrings, repeated_substrings
from tests import naive_passages as naive
from tests.odd import CHARACTERS

pytest.importorskip("pydivsufsort")

PIECES = st.sampled_from(["a", "b", "ab", "é", "è", "\u4e2d", "\u4e2e", " ", "\n", "\U0001f600", "abcab"]) | CHARACTERS
TEXTS = st.lists(st.lists(PIECES, max_size=24).map("".join), max_size=6)
MEMORY = 1 << 20


def batch(values: list[str]) -> Texts:
    """Lay texts out as a batch that does not begin where its bytes do."""
    return Texts(documents(["before", *values]).slice(1))


def bytes_of(parts: Parts, texts: Texts) -> list[set[int]]:
    """Say which bytes of each text are in parts, which must be apart."""
    gone = [set[int]() for _ in range(len(texts))]
    for text, start, end in zip(parts.text.tolist(), parts.start.tolist(), parts.end.tolist(), strict=True):
        inside = range(start - int(texts.offsets[text]), end - int(texts.offsets[text]))
        assert inside
        assert not gone[text] & {inside.start - 1, *inside}
        gone[text].update(inside)
    return gone


def whole_characters(text: str, gone: set[int]) -> set[int]:
    """Leave out bytes at the ends of parts that are not a whole character: any character of which a byte stays."""
    kept, place = set(), 0
    for one in text:
        inside = set(range(place, place + len(one.encode())))
        kept |= inside if inside <= gone else set()
        place += len(one.encode())
    return kept


@settings(max_examples=60)
@given(TEXTS, st.integers(2, 9), st.sampled_from(["first", "none"]), st.randoms(use_true_random=False))
def test_parts_are_those_of_the_twin(values: list[str], size: int, keep: Keep, random: object) -> None:
    """Byte for byte, whatever the order of the texts, but for characters that are not whole."""
    places = [*range(len(values))]
    random.shuffle(places)
    given = batch(values)
    found = repeated_substrings(given, np.array(places, np.int64), Substrings(min_bytes=size, keep=keep), MEMORY)
    gone = naive.repeated_parts([value.encode() for value in values], places, size, keep)
    assert bytes_of(found, given) == [whole_characters(*pair) for pair in zip(values, gone, strict=True)]


@settings(max_examples=50)
@given(TEXTS, st.integers(2, 6))
def test_every_run_that_was_stays_somewhere_in_the_texts_together(values: list[str], size: int) -> None:
    """If nothing was repeated, nothing goes; of what goes, each byte's run stands elsewhere."""
    given, contents = batch(values), [value.encode() for value in values]
    found = repeated_substrings(given, np.arange(len(values)), Substrings(min_bytes=size), MEMORY)
    for text, inside in enumerate(bytes_of(found, given)):
        for place in inside:
            runs = [contents[text][i : i + size] for i in range(max(0, place - size + 1), place + 1)]
            counts = [_count(contents, run) for run in runs if len(run) == size]
            assert max(counts) > 1


def _count(contents: list[bytes], run: bytes) -> int:
    return sum(one.startswith(run, i) for one in contents for i in range(len(one)))


@settings(max_examples=50)
@given(st.lists(st.binary(max_size=20), max_size=4), st.integers(2, 4))
def test_bytes_that_are_not_text_do_no_harm(contents: list[bytes], size: int) -> None:
    """Neither 0xFF nor 0 is taken for the end of a text."""
    given = batch([""] * len(contents))
    data = np.frombuffer(b"".join(contents) or b"", np.uint8)
    offsets = np.cumsum([0, *map(len, contents)], dtype=np.int64)
    vars(given)["data"], vars(given)["offsets"] = data, offsets
    found = repeated_substrings(given, np.arange(len(contents)), Substrings(min_bytes=size, keep="none"), MEMORY)
    gone = naive.repeated_parts(contents, [*range(len(contents))], size, "none")
    assert all(inside <= all_ for inside, all_ in zip(bytes_of(found, given), gone, strict=True))


@pytest.mark.parametrize(
    ("values", "size", "left"),
    [
        (["one two three four", "six two three six"], 10, ["one two three four", "six six"]),
        (["abcdef", "abcdef"], 6, ["abcdef", ""]),
        (["abcdef", "abcdef"], 7, ["abcdef", "abcdef"]),
        (["abc", "abcabc"], 6, ["abc", "abcabc"]),
        (["ababababab"], 4, ["abab"]),
        (["x" * 50], 5, ["xxxxx"]),
        (["éa", "èa", "éa"], 3, ["éa", "èa", ""]),
        (["\u4e2dx", "\u4e2ex", "\u4e2d\u4e2ex"], 4, ["\u4e2dx", "\u4e2ex", "\u4e2d"]),
        ([], 2, []),
        (["", ""], 2, ["", ""]),
    ],
)
def test_what_is_left(values: list[str], size: int, left: list[str]) -> None:
    """No match over two texts, no half character, something of a run of one letter."""
    given = batch(values)
    parts = repeated_substrings(given, np.arange(len(values)), Substrings(min_bytes=size), MEMORY)
    assert cut(given, parts)[0].column.to_pylist() == left


def test_more_text_than_memory_is_refused() -> None:
    """The error says how much there is, and how much is needed."""
    given = batch(["abc" * 100])
    repeated_substrings(given, np.arange(1), Substrings(), 300 * MEMORY_PER_BYTE)
    with pytest.raises(ValueError, match="300 bytes of text need 3000 bytes of memory"):
        repeated_substrings(given, np.arange(1), Substrings(), 300 * MEMORY_PER_BYTE - 1)
