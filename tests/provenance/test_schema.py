"""Every answer is what the schema says, and the schema says something."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from provenance.opened import Opened
from provenance.passages.benchmark_items import read_items
from provenance.questions import QUESTIONS, put
from provenance.schema import schema

ARCH = "https://archesandspans.example/stone/how-an-arch-stands"
ASKED: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("why", (ARCH,), {}),
    ("why", ("nobody",), {}),
    ("url", (ARCH,), {}),
    ("url", ("nobody",), {}),
    ("domain", ("starfinder.example",), {}),
    ("domain", ("nobody",), {}),
    ("duplicates", (ARCH,), {}),
    ("duplicates", ("nobody",), {}),
    ("compare", (ARCH, f"{ARCH}/amp"), {}),
    ("compare", (ARCH, "nobody"), {}),
    ("funnel", (), {}),
    ("funnel", ("language",), {}),
    ("filter", ("word_count",), {}),
    ("filter", ("language",), {}),
    ("what-if", (["word_count.low=5", 'language.allowed=["en"]', "language_score.low=inf"],), {}),
    ("sample", (), {}),
    ("sample", ("stop_words",), {"count": 3}),
    ("sample", (), {"kept": True, "seed": 4}),
    ("show", (ARCH,), {}),
    ("show", ("nobody",), {}),
    ("trace", ("An arch stands because every stone of it leans on the next one, " * 9,), {}),
    ("trace", ("",), {}),
    ("contamination", (read_items(['{"question": "Why does an arch stand?", "answer": "It leans."}']), 3), {}),
    ("sql", ("SELECT *, [1.5, NULL] AS list, 'inf'::DOUBLE AS inf FROM ledger LIMIT 3",), {}),
)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    described = schema()
    Draft202012Validator.check_schema(described)
    return Draft202012Validator(described)


@pytest.mark.parametrize(("question", "given", "named"), ASKED)
def test_an_answer_is_what_the_schema_says(
    opened: Opened, validator: Draft202012Validator, question: str, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    answer = put(opened, question, *given, **named)
    written = json.dumps(answer.plain(), allow_nan=False)
    said = json.loads(written)
    validator.validate(said)
    assert said["digest"] == opened.manifest["digest"]
    assert all(query["sql"] for query in said["sql"])
    # The same question has the same answer.
    assert json.dumps(put(opened, question, *given, **named).plain()) == written
    for name in said["answer"]:
        wrong = copy.deepcopy(said)
        del wrong["answer"][name]
        with pytest.raises(ValidationError):
            validator.validate(wrong)
    with pytest.raises(ValidationError):
        validator.validate(said | {"more": 1})
    with pytest.raises(ValidationError):
        validator.validate(said | {"answer": said["answer"] | {"more": 1}})


def test_answers_about_texts_that_are_not_kept_are_what_the_schema_says(
    opened_holding: Opened, validator: Draft202012Validator, dropped_texts: dict[str, str]
) -> None:
    longest = max(dropped_texts.values(), key=len)
    for question, given, named in (
        ("trace", (longest,), {}),
        ("sample", (), {"count": 1000}),
        ("sample", (), {"count": 1000, "dropped_text": True}),
        ("filter", ("word_count",), {"dropped_text": True}),
        ("show", (next(iter(dropped_texts)),), {"dropped_text": True}),
        ("sql", ("FROM dropped_texts SELECT *",), {}),
        ("sql", ("FROM clusters SELECT *",), {}),
    ):
        validator.validate(json.loads(json.dumps(put(opened_holding, question, *given, **named).plain())))


def test_every_question_was_asked() -> None:
    assert {question for question, _, _ in ASKED} == {*QUESTIONS}
