"""Texts are packed in input order into files of a stated size."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.finalise import Segment, pack


def test_a_file_is_full_when_it_holds_enough() -> None:
    packed = pack([[4, 4, 4], [], [4, 9, 1]], 8)
    assert packed == [
        (Segment(0, 0, 2),),
        (Segment(0, 2, 3), Segment(2, 0, 1)),
        (Segment(2, 1, 2),),
        (Segment(2, 2, 3),),
    ]


def test_nothing_makes_no_file() -> None:
    assert pack([[], []], 8) == []


@given(st.lists(st.lists(st.integers(0, 20), max_size=8), max_size=6), st.integers(1, 50))
def test_every_text_is_packed_once_and_in_order(sizes: list[list[int]], file_bytes: int) -> None:
    packed = pack(sizes, file_bytes)
    places = [(part.shard, number) for file in packed for part in file for number in range(part.start, part.stop)]
    assert places == [(shard, number) for shard, texts in enumerate(sizes) for number in range(len(texts))]
    for file in packed[:-1]:
        held = [sizes[part.shard][number] for part in file for number in range(part.start, part.stop)]
        assert sum(held) >= file_bytes > sum(held[:-1])
