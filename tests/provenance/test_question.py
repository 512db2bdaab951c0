"""An answer knows its question, its columns and its rows."""

import duckdb
import pytest

from provenance.question import Question, ask


def test_an_answer_carries_its_question() -> None:
    question = Question("two", "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL ORDER BY a", "Why?")
    with duckdb.connect() as connection:
        answer = ask(connection, question)
    assert answer.question is question
    assert answer.columns == ("a", "b")
    assert answer.rows == ((1, "x"), (2, None))
    assert answer.records == ({"a": 1, "b": "x"}, {"a": 2, "b": None})
    with pytest.raises(ValueError, match="unpack"):
        _ = answer.only
