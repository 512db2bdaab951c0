"""A published page depends on the ledger and the recipe alone, and what it says can be asked again."""

import hashlib
import pickle
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from markdown_it import MarkdownIt

from datasheets.markdown import table
from datasheets.publish import PAGE, DatasheetWork, write_datasheet
from pipelines.recipe import Recipe
from pipelines.store import Store
from provenance.question import Question, ask
from tests.datasheets.asking import Rows, kept
from tests.datasheets.test_untrusted import HOSTILE
from tests.provenance.ledgers import RECIPE, ROWS, write_ledger
from tests.servers import BUCKET, s3_server

BARE = Recipe.parse('name = "bare"\npurpose = ""')


def published(store: Store, recipe: Recipe = RECIPE, rows: Rows = ROWS) -> str:
    write_ledger(store, recipe, rows)
    write_datasheet(DatasheetWork(store, recipe, tuple(store.list("ledger"))))
    return store.read(PAGE).decode()


def test_what_was_made_is_said(tmp_path: Path) -> None:
    store = Store.at(tmp_path)
    page = published(store).encode()
    work = DatasheetWork(store, RECIPE, tuple(store.list("ledger")))
    made = write_datasheet(pickle.loads(pickle.dumps(work)))  # noqa: S301  # our own
    assert made.digest == hashlib.sha256(page).hexdigest()
    assert made.bytes == len(page)
    assert made.facts == {"file": "datasheet/datasheet.md"}


@pytest.mark.parametrize(
    ("recipe", "rows"), [(RECIPE, ROWS), (RECIPE, ((),)), (BARE, ((),)), (BARE, ([kept()],)), (RECIPE, ([kept()],))]
)
def test_each_query_gives_the_table_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recipe: Recipe, rows: Rows
) -> None:
    page = published(Store.at(tmp_path), recipe, rows)
    monkeypatch.chdir(tmp_path)
    *queries, view = re.findall(r"```sql\n(.*?)\n```", page, re.DOTALL)
    with duckdb.connect() as connection:
        connection.execute(view)
        for sql in queries:
            found = ask(connection, Question("again", sql, ""))
            shown = f"{table(found)}\n\n" if found.rows else ""
            assert f"{shown}<details><summary>SQL</summary>\n\n```sql\n{sql}\n```" in page
    assert page.count("| --- |") + page.count("| ---: |") > 0 or not any(rows)
    assert len(queries) == page.count("<details>")


def test_the_page_does_not_depend_on_how_the_rows_lie(tmp_path: Path) -> None:
    rows = [row for part in ROWS for row in part]
    pages = {
        published(Store.at(tmp_path / str(number)), rows=parts)
        for number, parts in enumerate((ROWS, [rows], [rows[::-1]], [[row] for row in rows], [[], rows, []]))
    }
    assert len(pages) == 1


def test_the_page_names_no_folder(tmp_path: Path) -> None:
    assert str(tmp_path) not in published(Store.at(tmp_path))


def test_the_page_is_the_same_on_s3(tmp_path: Path) -> None:
    with s3_server():
        assert published(Store.at(f"s3://{BUCKET}/r")) == published(Store.at(tmp_path))


def test_nothing_hostile_gets_through(tmp_path: Path) -> None:
    page = published(Store.at(tmp_path), rows=[[row for text in HOSTILE for row in hostile_rows(text)]])
    tame = published(Store.at(tmp_path / "tame"), rows=[hostile_rows("x")])
    assert tags(page) == tags(tame)
    assert links(page) == []
    assert not [character for character in page if not character.isprintable() and character != "\n"]


def hostile_rows(text: str) -> list[dict[str, Any]]:
    row = {"id": text, "url": f"http://{text}/", "mime": text, "charset": text, "language": text, "cluster": text}
    fates = [{}, {"outcome": "error", "dropped_by": text}, {"outcome": "duplicate", "dropped_by": text}]
    return [kept(**row) | fate for fate in fates]


def tags(page: str) -> set[str]:
    return set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", rendered(page)))


def links(page: str) -> list[str]:
    return re.findall(r"(?:href|src)=", rendered(page))


def rendered(page: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(page)


def test_without_ledgers_there_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected the names"):
        write_datasheet(DatasheetWork(Store.at(tmp_path), RECIPE, ()))
