"""Whatever is quoted comes back as it was."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.sql import identifier, listed, literal, rows

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(TEXT)
def test_a_text_comes_back(text: str) -> None:
    assert duckdb.sql(f"SELECT {literal(text)}, {listed([text, 'a'])}").fetchall() == [(text, [text, "a"])]


@pytest.mark.parametrize("name", ["word count", 'a"b', "select", "ä;--", "'"])
def test_a_name_comes_back(name: str) -> None:
    assert duckdb.sql(f"SELECT 1 AS {identifier(name)}").columns == [name]


def test_rows_come_back() -> None:
    table = [(1, "it's"), (2, "b")]
    assert duckdb.sql(f"VALUES {rows(table)}").fetchall() == table


def test_no_rows_cannot_be_said() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        rows([])
