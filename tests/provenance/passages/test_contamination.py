"""Coverage of benchmark items is what comparing all n-grams gives, and says what was read."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.passages.benchmark_items import Item, read_items
from provenance.passages.contamination import FOLLOWED, NGRAM, Contamination, contamination
from tests import naive_winnow, odd
from tests.provenance.passages.small import data_name, release

QUESTION = (
    "Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. "
    "How many clips did Natalia sell altogether in April and May?"
)
OTHER = "Weng earns 12 dollars an hour for babysitting. Yesterday, she just did 50 minutes of it. How much was that?"


def measured(folder: Path, files: list[list[str]], items: list[Item], ngram: int = NGRAM) -> Contamination:
    store = release(folder, files)
    return contamination(store, [data_name(number) for number in range(len(files))], items, ngram)


def items(*texts: str) -> list[Item]:
    return [Item(line, text, ("text",)) for line, text in enumerate(texts, 1)]


def test_an_item_that_is_held_whole_and_one_that_is_not(tmp_path: Path) -> None:
    files = [["nothing", f"see: {QUESTION.upper()}"], [], ["", QUESTION[:70]]]
    found = measured(tmp_path, files, items(QUESTION, OTHER, "too short"))
    whole, none, short = found.items
    assert (whole.share, whole.covered, whole.found, whole.ngrams) == (1.0, 1.0, 19, 19)
    one, part = whole.documents
    assert (one.id, one.data_file, one.data_row, one.ngrams, one.share) == ("id-0-1", "data/00000.parquet", 1, 19, 1.0)
    # Its first 14 words are two n-grams.
    assert (part.id, part.ngrams) == ("id-2-1", 2)
    assert (none.share, none.documents) == (0.0, ())
    assert (short.share, short.covered, short.ngrams, short.tokens) == (None, None, 0, 2)
    assert (found.documents, found.too_short, found.common_ngrams) == (4, 1, 0)
    assert "all runs of 13 tokens of all 4 kept documents" in found.guarantee


def test_more_documents_than_are_told_from_each_other(tmp_path: Path) -> None:
    found = measured(tmp_path, [[QUESTION] * 60, [QUESTION] * 60], items(QUESTION))
    assert 60 < FOLLOWED < 120
    assert found.common_ngrams == 19
    assert found.items[0].share == 1.0
    assert [one.id for one in found.items[0].documents] == [f"id-0-{row}" for row in range(5)]


def test_as_many_documents_are_listed_as_were_asked_for(tmp_path: Path) -> None:
    store = release(tmp_path, [[QUESTION] * 4])
    for most in range(6):
        (found,) = contamination(store, [data_name(0)], items(QUESTION), most=most).items
        assert [one.data_row for one in found.documents] == list(range(min(most, 4)))


def test_no_items_and_no_texts(tmp_path: Path) -> None:
    assert measured(tmp_path / "a", [["text"]], []).items == ()
    assert measured(tmp_path / "b", [[]], items(QUESTION)).items[0].share == 0.0
    with pytest.raises(ValueError, match="at least one token"):
        measured(tmp_path / "c", [[]], [], 0)


@given(st.data(), st.integers(1, 5))
@settings(max_examples=25)
def test_the_naive_twin_agrees(data: st.DataObject, ngram: int) -> None:
    words = data.draw(st.lists(st.text(odd.CHARACTERS, min_size=1, max_size=3), max_size=3))
    run = st.lists(st.sampled_from([*words, "a", "字", "-"]), max_size=30).map(" ".join)
    texts, asked = data.draw(st.lists(run, max_size=4)), data.draw(st.lists(run, max_size=4))
    with TemporaryDirectory() as folder:
        found = measured(Path(folder), [texts], items(*asked), ngram)
    held = [ngrams(text, ngram) for text in texts]
    for one, text in zip(found.items, asked, strict=True):
        mine = ngrams(text, ngram)
        there = [any(each in of_text for of_text in held) for each in mine]
        assert (one.ngrams, one.found) == (len(mine), sum(there))
        covered = {at + inside for at, is_there in enumerate(there) if is_there for inside in range(ngram)}
        assert one.covered == (len(covered) / one.tokens if mine else None)
        counts = [(-len(set(mine) & set(of_text)), row) for row, of_text in enumerate(held) if set(mine) & set(of_text)]
        assert [(-each.ngrams, each.data_row) for each in one.documents] == sorted(counts)[:5]


def ngrams(text: str, size: int) -> list[tuple[str, ...]]:
    run = [token for token, _ in naive_winnow.tokens(text)]
    return [tuple(run[at : at + size]) for at in range(len(run) - size + 1)]


def test_items_are_read_from_their_text_or_from_what_else_they_have() -> None:
    lines = [
        json.dumps({"text": "one", "question": "not read"}),
        "",
        json.dumps({"answer": "B", "question": "Which?", "id": 7, "choices": ["yes", ["no"], 3]}),
        json.dumps({"choices": {"text": ["x", "y"], "label": ["A", "B"]}, "text": ""}).encode(),
    ]
    assert read_items(lines) == [
        Item(1, "one", ("text",)),
        Item(3, "Which?\nyes\nno\nB", ("question", "choices", "answer")),
        Item(4, "x\ny\nA\nB", ("choices",)),
    ]


@pytest.mark.parametrize("line", ["{", "[1]", '"text"', '{"id": 1}', '{"text": 3}', b"\xff"])
def test_a_line_that_is_no_item_is_named(line: str | bytes) -> None:
    with pytest.raises(ValueError, match="line 2: expected"):
        read_items(['{"text": "one"}', line])
